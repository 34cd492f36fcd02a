/** Whom nobody may write to, by our own word: who said so and why is kept, also of what is no longer in force. */
import { DealwrightError } from '../../domain/errors.ts'
import { entriesCovering, neverEntry, type NeverKind } from '../../domain/policy/never.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import type { Action } from './actions.ts'
import { audit } from './audit.ts'
import { recipientDomain } from './policy-subject.ts'

export interface NeverContact {
  id: string
  kind: NeverKind
  value: string
  /** The account's name; null for the other kinds. */
  name: string | null
  reason: string
  addedBy: string
  addedAt: Date
  removedBy: string | null
  removedAt: Date | null
  removedWhy: string | null
}

const COLUMNS = `n.id, n.kind, n.value, n.reason, n.added_by, n.added_at, n.removed_by, n.removed_at, n.removed_why,
  case n.kind when 'account' then (select name from account where id::text = n.value) end as name`

/**
 * The reason why the action's recipient may not be written to; null: they may. An account stands for its contacts and for every address
 * at its domain.
 */
export async function neverContacted(sql: Sql, action: Action): Promise<string | null> {
  const { emailKey } = action.content
  const domain = recipientDomain(action)
  if (domain === null || typeof emailKey !== 'string') return null
  const row = await sql.row<{ kind: NeverKind; value: string; reason: string }>(
    `select n.kind, n.value, n.reason from never_contact n where n.removed_at is null and (
       (n.kind = 'address' and n.value = $1) or (n.kind = 'domain' and n.value = any($2::text[]))
       or (n.kind = 'account' and n.value in (
         select account_id::text from contact where id = $3 union all select account_id::text from lead where id = $4
         union all select id::text from account where domain = any($5::text[])))) limit 1`,
    [emailKey.toLowerCase(), entriesCovering(domain), action.contactId, action.leadId, parents(domain)],
  )
  return row
    ? `${row.kind === 'account' ? 'the account' : row.value} is on the never-contact list (${row.reason})`
    : null
}

/** The domain and all above it: an account's domain stands for its sub-domains. */
function parents(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, n) => labels.slice(n).join('.'))
}

/** Adding what is in force already gives the entry that stands. @throws DealwrightError `bad_input`, `not_found` (account) */
export async function addNeverContact(
  tx: Tx,
  entry: { kind: NeverKind; value: string; reason: string; by: string },
): Promise<{ entry: NeverContact; made: boolean }> {
  const { kind, value } = neverEntry(entry.kind, entry.value)
  if (kind === 'account') await must('account', value, tx.row('select 1 from account where id::text = $1', [value]))
  const made = await tx.row<{ id: string }>(
    'insert into never_contact (kind, value, reason, added_by) values ($1, $2, $3, $4) on conflict do nothing returning id',
    [kind, value, entry.reason, entry.by],
  )
  if (made)
    await audit(tx, {
      actor: entry.by,
      type: 'never_contact.added',
      target: 'never_contact',
      targetId: made.id,
      data: { kind },
    })
  const row = await tx.row<NeverContact>(
    `select ${COLUMNS} from never_contact n where n.kind = $1 and n.value = $2 and n.removed_at is null`,
    [kind, value],
  )
  return { entry: row as NeverContact, made: made !== null }
}

/** @throws DealwrightError `not_found`; `conflict` when it is not in force any more */
export async function removeNeverContact(tx: Tx, id: string, by: string, why: string): Promise<NeverContact> {
  const row = await must(
    'never-contact entry',
    id,
    tx.row<NeverContact>(`select ${COLUMNS} from never_contact n where n.id::text = $1 for update of n`, [id]),
  )
  if (row.removedAt !== null) throw new DealwrightError('conflict', `Entry ${id} is not in force any more.`)
  await tx.run(
    'update never_contact set removed_by = $2, removed_at = clock_timestamp(), removed_why = $3 where id = $1',
    [id, by, why],
  )
  await audit(tx, {
    actor: by,
    type: 'never_contact.removed',
    target: 'never_contact',
    targetId: id,
    data: { kind: row.kind },
  })
  return must(
    'never-contact entry',
    id,
    tx.row<NeverContact>(`select ${COLUMNS} from never_contact n where n.id = $1`, [id]),
  )
}

const NEWEST: Order = {
  by: [
    { sql: 'n.added_at', type: 'timestamptz', key: 'addedAt' },
    { sql: 'n.id', type: 'uuid', key: 'id' },
  ],
  descending: true,
}

/** Newest first; `all` with what is no longer in force. */
export async function listNeverContact(
  sql: Sql,
  options: PageRequest & { all?: boolean | undefined },
): Promise<Page<NeverContact>> {
  const values: unknown[] = [options.all === true]
  const { where, tail } = keyset(NEWEST, options, values)
  const rows = await sql.rows<NeverContact>(
    `select ${COLUMNS} from never_contact n where ($1 or n.removed_at is null) and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, NEWEST, options)
}
