/** The worker process: the Temporal workers over the database's worker role. It verifies decisions and cannot make any. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { NativeConnection, Runtime } from '@temporalio/worker'
import type { Deps } from '../../activities/deps.ts'
import { createSentFolder } from '../../connectors/mail/sent.ts'
import { createMailSender } from '../../connectors/mail/smtp.ts'
import { openDb } from '../../db/sql.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { keyId, publicKeyFrom } from '../../domain/gate/decision.ts'
import { readConfig, type Config } from '../config.ts'
import { fetcherFrom, modelFrom } from '../outside.ts'
import { onStop, processSettings, sayReady, type ProcessSettings } from './child.ts'
import { processLog } from './log.ts'
import { patiently } from './patiently.ts'
import { makeCurrent } from './deployment.ts'
import { buildId, createWorkers } from './temporal-workers.ts'

/** Without a mail server everything else works; what is approved waits, and says for what. */
const NO_MAIL_SERVER: Deps['mail'] = {
  ready: () =>
    Promise.reject(
      new DealwrightError(
        'mail_unavailable',
        'No mail server is configured: set SMTP_URL and start again; the mail waits.',
      ),
    ),
  send: () => Promise.resolve({ outcome: 'later', code: 'mail_unavailable', why: 'no mail server is configured' }),
}

/** Everything the activities stand on, from settings and environment. */
export function depsFrom(settings: ProcessSettings, config: Config): Deps {
  const key = publicKeyFrom(readFileSync(settings.publicKeyFile, 'utf8'))
  const smtp = config.smtpUrl ?? settings.sandboxSmtpUrl
  return {
    db: openDb(settings.databaseUrl, { max: 20, name: 'dealwright worker' }),
    fetcher: fetcherFrom(process.env),
    model: modelFrom(config),
    mail: smtp ? createMailSender(smtp) : NO_MAIL_SERVER,
    sent: config.imapUrl ? createSentFolder(config.imapUrl) : null,
    publicKeys: new Map([[keyId(key), key]]),
    publicUrl: settings.publicUrl,
    dayBudget: { micros: config.model.dayMicros ?? null, tokens: config.model.dayTokens ?? null },
    log: processLog('worker'),
  }
}

async function main(): Promise<void> {
  const settings = processSettings()
  const deps = depsFrom(settings, readConfig())
  Runtime.install({ shutdownSignals: [], telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } })
  const { address, namespace, apiKey } = settings.temporal
  const connection = await patiently(() =>
    NativeConnection.connect({ address, ...(apiKey ? { apiKey, tls: true } : {}) }),
  )
  const workers = await patiently(() =>
    createWorkers({
      connection,
      namespace,
      prefix: settings.queuePrefix,
      deps,
      bundleCache: path.join(settings.home, 'cache'),
      versioned: true,
    }),
  )
  const running = workers.map(worker => worker.run())
  await makeCurrent(
    connection,
    { namespace, name: settings.queuePrefix, buildId: buildId() },
    settings.makeCurrent === true,
  )
  onStop(async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
    await Promise.allSettled(running)
    deps.sent?.close()
    await Promise.allSettled([deps.fetcher.close(), deps.db.close(), connection.close()])
  })
  sayReady()
  // A worker that ends by itself is a fault: the process ends and is started again.
  await Promise.race(running)
}

if (process.env.DEALWRIGHT_SETTINGS) await main()
