/** Legal holds: while one is in force, nothing of the person or company is erased or swept. */
import { DealwrightError } from '../../domain/errors.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { holdStill } from './retention.ts'

export interface LegalHold {
  id: string
  contactId: string | null
  accountId: string | null
  why: string
  setBy: string
  setAt: Date
  releasedBy: string | null
  releasedAt: Date | null
}

const HOLD = 'id, contact_id, account_id, why, set_by, set_at, released_by, released_at'

/** Those in force first, newest first; 500 at most. */
export const legalHolds = (sql: Sql): Promise<LegalHold[]> =>
  sql.rows<LegalHold>(`select ${HOLD} from legal_hold order by released_at is not null, set_at desc, id limit 500`)

/** @throws DealwrightError `not_found` for a record that is not there, `conflict` where it is held already */
export async function setHold(
  tx: Tx,
  of: { contact: string } | { account: string },
  why: string,
  by: string,
): Promise<LegalHold> {
  await holdStill(tx)
  const [table, id] = 'contact' in of ? (['contact', of.contact] as const) : (['account', of.account] as const)
  await must(table, id, tx.row(`select 1 from ${table} where id = $1`, [id]))
  const held = await tx.row<{ id: string }>(
    `select id from legal_hold where ${table}_id = $1 and released_at is null`,
    [id],
  )
  if (held) throw new DealwrightError('conflict', `The ${table} ${id} is under legal hold ${held.id} already.`)
  const hold = await must(
    table,
    id,
    tx.row<LegalHold>(`insert into legal_hold (${table}_id, why, set_by) values ($1, $2, $3) returning ${HOLD}`, [
      id,
      why,
      by,
    ]),
  )
  await audit(tx, { actor: by, type: 'hold.set', target: 'legal_hold', targetId: hold.id, data: { [table]: id } })
  return hold
}

/** Released twice is released once. @throws DealwrightError `not_found` */
export async function releaseHold(tx: Tx, id: string, by: string): Promise<LegalHold> {
  const released = await tx.row<LegalHold>(
    `update legal_hold set released_by = $2, released_at = clock_timestamp() where id = $1 and released_at is null returning ${HOLD}`,
    [id, by],
  )
  if (released) await audit(tx, { actor: by, type: 'hold.released', target: 'legal_hold', targetId: id })
  return released ?? must('legal hold', id, tx.row<LegalHold>(`select ${HOLD} from legal_hold where id = $1`, [id]))
}

/** @throws DealwrightError `conflict` while a legal hold is on the person or their company */
export async function requireNoHold(sql: Sql, contactId: string): Promise<void> {
  const row = await sql.row<{ held: boolean }>('select is_held($1) as held', [contactId])
  if (row?.held === true)
    throw new DealwrightError(
      'conflict',
      `Contact ${contactId} is under a legal hold, or their company is: nothing of them is erased until it is released.`,
    )
}
