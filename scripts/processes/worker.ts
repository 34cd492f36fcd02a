/** The worker process: the Temporal workers over the database's worker role. It verifies decisions and cannot make any. */
import { readFileSync } from 'node:fs'
import { NativeConnection, Runtime } from '@temporalio/worker'
import { pino } from 'pino'
import type { Deps } from '../../activities/deps.ts'
import { createSentFolder } from '../../connectors/mail/sent.ts'
import { createMailSender } from '../../connectors/mail/smtp.ts'
import { createFetcher } from '../../connectors/web/fetcher.ts'
import { parseAllowHosts, parseHostMap } from '../../connectors/web/rules.ts'
import { openDb } from '../../db/sql.ts'
import { keyId, publicKeyFrom } from '../../domain/gate/decision.ts'
import { readConfig, type Config } from '../config.ts'
import { onStop, processSettings, sayReady, type ProcessSettings } from './child.ts'
import { createWorkers } from './temporal-workers.ts'

/** Everything the activities stand on, from settings and environment. */
export function depsFrom(settings: ProcessSettings, config: Config): Deps {
  const key = publicKeyFrom(readFileSync(settings.publicKeyFile, 'utf8'))
  const smtp = config.smtpUrl ?? settings.sandboxSmtpUrl
  if (!smtp) throw new Error('no mail server: set SMTP_URL')
  return {
    db: openDb(settings.databaseUrl, { max: 20, name: 'dealwright worker' }),
    fetcher: createFetcher({
      allowHosts: parseAllowHosts(process.env.DEALWRIGHT_ALLOW_HOSTS ?? ''),
      hostMap: parseHostMap(process.env.DEALWRIGHT_HOST_MAP ?? ''),
      ...(process.env.DEALWRIGHT_PACE_MS ? { minDelayMs: Number(process.env.DEALWRIGHT_PACE_MS) } : {}),
    }),
    model: config.model.apiKey || config.model.baseUrl ? modelOf(config) : null,
    mail: createMailSender(smtp),
    sent: config.imapUrl ? createSentFolder(config.imapUrl) : null,
    publicKeys: new Map([[keyId(key), key]]),
    publicUrl: settings.publicUrl,
    dayBudget: { micros: config.model.dayMicros ?? null, tokens: config.model.dayTokens ?? null },
    log: pino({ name: 'worker', level: process.env.DEALWRIGHT_LOG ?? 'info' }),
  }
}

function modelOf(config: Config): NonNullable<Deps['model']> {
  return {
    apiKey: config.model.apiKey ?? 'none',
    model: config.model.name ?? 'gpt-4.1-mini',
    timeoutMs: 120_000,
    ...(config.model.baseUrl ? { baseUrl: config.model.baseUrl } : {}),
  }
}

async function main(): Promise<void> {
  const settings = processSettings()
  const deps = depsFrom(settings, readConfig())
  Runtime.install({ shutdownSignals: [], telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } })
  const { address, namespace, apiKey } = settings.temporal
  const connection = await NativeConnection.connect({ address, ...(apiKey ? { apiKey, tls: true } : {}) })
  const workers = await createWorkers({ connection, namespace, prefix: settings.queuePrefix, deps })
  const running = workers.map(worker => worker.run())
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
