/** The leads that a changed file would touch: all that are not done with. */
import type { Sql } from '../../db/sql.ts'
import { accountById, contactById, leadById, type Account, type Contact, type Lead } from '../../db/stores/records.ts'

export interface CurrentLead {
  lead: Lead
  account: Account | null
  contact: Contact | null
  name: string
  company: string | null
}

const AT_ONCE = 5

/**
 * Calls `on` for each, oldest first, a few at a time; results in that order.
 * @param most the newest so many; all of them unless said
 */
export async function forCurrentLeads<T>(
  sql: Sql,
  on: (current: CurrentLead) => Promise<T>,
  onProgress: (done: number, of: number) => void,
  most?: number,
): Promise<T[]> {
  const rows = await sql.rows<{ id: string }>(
    `select id from (select id, created_at from lead where status not in ('disqualified', 'converted', 'closed')
       order by created_at desc, id desc limit $1) l order by created_at, id`,
    [most ?? null],
  )
  const results: T[] = []
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE)
    results.push(...(await Promise.all(some.map(async ({ id }) => on(await load(sql, id))))))
    onProgress(Math.min(at + AT_ONCE, rows.length), rows.length)
  }
  return results
}

async function load(sql: Sql, id: string): Promise<CurrentLead> {
  const lead = await leadById(sql, id)
  const contact = lead.contactId ? await contactById(sql, lead.contactId) : null
  const accountId = lead.accountId ?? contact?.accountId ?? null
  const account = accountId ? await accountById(sql, accountId) : null
  return {
    lead,
    account,
    contact,
    name: contact?.name ?? account?.name ?? 'a lead without a name',
    company: account?.name ?? null,
  }
}
