/** What a worker does its work with: everything the activities stand on, and the activities. Big, so loaded once tasks can be taken. */
import { readFileSync } from 'node:fs'
import type { Deps } from '../../activities/deps.ts'
import { createActivities, type Activities } from '../../activities/index.ts'
import { createSentFolder } from '../../connectors/mail/sent.ts'
import { createMailSender } from '../../connectors/mail/smtp.ts'
import { openDb } from '../../db/sql.ts'
import { useErasureKey } from '../../db/stores/erased.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { keyId, publicKeyFrom } from '../../domain/gate/decision.ts'
import type { Config } from '../config.ts'
import { fetcherFrom, modelFrom } from '../outside.ts'
import type { ProcessSettings } from './child.ts'
import { processLog } from './log.ts'

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
function depsFrom(settings: ProcessSettings, config: Config): Deps {
  const key = publicKeyFrom(readFileSync(settings.publicKeyFile, 'utf8'))
  const smtp = config.smtpUrl ?? settings.sandboxSmtpUrl
  useErasureKey(settings.erasureKey)
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

export interface Work {
  activities: Activities
  close: () => Promise<void>
}

export function openWork(settings: ProcessSettings, config: Config): Work {
  const deps = depsFrom(settings, config)
  return {
    activities: createActivities(deps),
    async close() {
      deps.sent?.close()
      await Promise.allSettled([deps.fetcher.close(), deps.db.close()])
    },
  }
}
