// Run by killed-worker.ts: a worker process that carries out one action, and is killed while it does.
import { createPublicKey } from 'node:crypto'
import { pino } from 'pino'
import { createActivities } from '../../activities/index.ts'
import { createMailSender } from '../../connectors/mail/smtp.ts'
import { createFetcher } from '../../connectors/web/fetcher.ts'
import { openDb } from '../../db/sql.ts'
import { keyId } from '../../domain/gate/decision.ts'
import type { Doom } from './killed-worker.ts'

const { databaseUrl, smtpUrl, publicKey, at } = JSON.parse(process.argv[2] ?? '') as Doom
const key = createPublicKey(publicKey)
const activities = createActivities({
  db: openDb(databaseUrl, { name: 'doomed worker', max: 4 }),
  fetcher: createFetcher({ minDelayMs: 0 }),
  model: null,
  mail: createMailSender(smtpUrl),
  sent: null,
  publicKeys: new Map([[keyId(key), key]]),
  publicUrl: 'http://127.0.0.1',
  dayBudget: { micros: null, tokens: null },
  log: pino({ level: 'silent' }),
})
await activities.perform(at)
process.exit()
