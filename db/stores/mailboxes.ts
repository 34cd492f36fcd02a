/**
 * What people change of the mailboxes that mail is sent from. The address stays: threads and what was approved rest on it. What was approved
 * leaves as it was approved, with the name and the signature of then; cap and pause hold for every claim from now on.
 */
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { lockMailbox, type Mailbox } from './people.ts'

export interface MailboxRow extends Mailbox {
  /** Whose it is. */
  user: string
}

const ROW = 'm.id, m.user_id, u.name as user, m.address, m.name, m.signature, m.daily_cap, m.paused_at, m.paused_why'
const FROM = 'mailbox m join "user" u on u.id = m.user_id'

const BY_ADDRESS: Order = {
  by: [
    { sql: 'm.address', type: 'text', key: 'address' },
    { sql: 'm.id', type: 'uuid', key: 'id' },
  ],
  descending: false,
}

export async function listMailboxes(sql: Sql, page: PageRequest): Promise<Page<MailboxRow>> {
  const values: unknown[] = []
  const { where, tail } = keyset(BY_ADDRESS, page, values)
  return pageOf(
    await sql.rows<MailboxRow>(`select ${ROW} from ${FROM} where ${where} ${tail}`, values),
    BY_ADDRESS,
    page,
  )
}

export const mailboxRow = (sql: Sql, id: string): Promise<MailboxRow> =>
  must('mailbox', id, sql.row<MailboxRow>(`select ${ROW} from ${FROM} where m.id = $1`, [id]))

/** For a change: claims that have looked at its cap and pause are over, and the next ones wait for it. */
export async function lockedMailbox(tx: Tx, id: string): Promise<MailboxRow> {
  await lockMailbox(tx, id)
  await tx.run('select 1 from mailbox where id = $1 for update', [id])
  return mailboxRow(tx, id)
}

export interface MailboxChange {
  name?: string | undefined
  signature?: string | undefined
  /** Mails a day, by the database's clock. */
  dailyCap?: number | undefined
  /** Why nothing is sent from it for now; null: it may send. */
  pausedWhy?: string | null | undefined
}

/** Call it with the row locked. Paused once more, it has the new reason and the time of the first. */
export async function changeMailbox(
  tx: Tx,
  before: MailboxRow,
  change: MailboxChange,
  by: string,
): Promise<MailboxRow> {
  const { id } = before
  const after = {
    name: change.name ?? before.name,
    signature: change.signature ?? before.signature,
    dailyCap: change.dailyCap ?? before.dailyCap,
    pausedWhy: change.pausedWhy === undefined ? before.pausedWhy : change.pausedWhy,
  }
  const fields = (Object.keys(after) as (keyof typeof after)[]).filter(field => after[field] !== before[field])
  if (fields.length === 0) return before
  await tx.run(
    `update mailbox set name = $2, signature = $3, daily_cap = $4, paused_why = $5,
       paused_at = case when $5::text is not null then coalesce(paused_at, now()) end where id = $1`,
    [id, after.name, after.signature, after.dailyCap, after.pausedWhy],
  )
  const about = { actor: by, target: 'mailbox', targetId: id } as const
  const others = fields.filter(field => field !== 'pausedWhy')
  if (others.length > 0) await audit(tx, { ...about, type: 'mailbox.changed', data: { fields: others } })
  if (fields.includes('pausedWhy'))
    await audit(tx, { ...about, type: after.pausedWhy === null ? 'mailbox.resumed' : 'mailbox.paused' })
  return mailboxRow(tx, id)
}
