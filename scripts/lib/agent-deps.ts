/** What activities stand on, for a command that does their reading itself because no worker runs. It sends no mail. */
import { pino } from 'pino'
import type { Deps } from '../../activities/deps.ts'
import { openDb } from '../../db/sql.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { fetcherFrom, modelFrom } from '../outside.ts'
import type { Opened } from './with-database.ts'

/** In the worker's database role. Everything is closed again however the work ends. */
export async function withAgents<T>({ urls, config }: Opened, work: (deps: Deps) => Promise<T>): Promise<T> {
  const db = openDb(urls.workerUrl, { max: 8, name: 'dealwright command' })
  const fetcher = fetcherFrom(process.env)
  const noMail = () => new DealwrightError('unavailable', 'A command sends no mail: start Dealwright with "npm start".')
  try {
    return await work({
      db,
      fetcher,
      model: modelFrom(config),
      mail: { ready: () => Promise.reject(noMail()), send: () => Promise.reject(noMail()) },
      sent: null,
      publicKeys: new Map(),
      publicUrl: config.publicUrl ?? '',
      dayBudget: { micros: config.model.dayMicros ?? null, tokens: config.model.dayTokens ?? null },
      log: pino({ level: 'silent' }),
    })
  } finally {
    await Promise.all([fetcher.close(), db.close()])
  }
}
