/** What activities are given: the database, the world outside, the model. Made once for a worker process. */
import type { KeyObject } from 'node:crypto'
import type { Logger } from 'pino'
import type { ModelSettings } from '../agents/gateway.ts'
import type { Fetcher } from '../connectors/web/fetcher.ts'
import type { MailSender } from '../connectors/mail/smtp.ts'
import type { SentFolder } from '../connectors/mail/sent.ts'
import type { Db } from '../db/sql.ts'

export interface Deps {
  db: Db
  fetcher: Fetcher
  /** Null: no model is configured, the rules do the work. */
  model: ModelSettings | null
  mail: MailSender
  /** Where sent mail can be looked up; null where there is no IMAP. */
  sent: SentFolder | null
  /** Verifies decisions, by key id. The worker never holds the private key. */
  publicKeys: Map<string, KeyObject>
  /** Where people unsubscribe: the server's public address. */
  publicUrl: string
  /** Most that all model calls of a day may spend. */
  dayBudget: { micros: number | null; tokens: number | null }
  log: Logger
  /** The instant that a run's turn happens at. Default: the clock; a test may have a clock of its own. */
  now?: () => Promise<Date>
}
