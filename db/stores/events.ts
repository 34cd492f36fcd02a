/** What happened, kept once per key until its playbooks were started and its runs woken. */
import type { JsonObject } from '../../domain/playbook/types.ts'
import { json, type Sql, type Tx } from '../sql.ts'

export interface NewEvent {
  /** Says which happening this is: the same key a second time changes nothing. */
  key: string
  name: string
  /** What CEL reads under `event`, `lead`, `contact`, `account`, `deal`: ids and small values, no texts. */
  fields: JsonObject
  leadId?: string | null
  contactId?: string | null
  accountId?: string | null
  dealId?: string | null
}

export interface DomainEvent {
  id: string
  key: string
  name: string
  fields: JsonObject
  leadId: string | null
  contactId: string | null
  accountId: string | null
  dealId: string | null
  at: Date
}

export const EVENT = 'id, key, name, fields, lead_id, contact_id, account_id, deal_id, at'

/** Returns the event's id, of the first time where the key is known already. */
export async function recordEvent(tx: Tx, event: NewEvent): Promise<string> {
  const made = await tx.row<{ id: string }>(
    `insert into domain_event (key, name, fields, lead_id, contact_id, account_id, deal_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing returning id`,
    [
      event.key,
      event.name,
      json(event.fields),
      event.leadId ?? null,
      event.contactId ?? null,
      event.accountId ?? null,
      event.dealId ?? null,
    ],
  )
  if (made) return made.id
  const known = await tx.row<{ id: string }>('select id from domain_event where key = $1', [event.key])
  return (known as { id: string }).id
}

export async function eventById(sql: Sql, id: string): Promise<DomainEvent | null> {
  return sql.row<DomainEvent>(`select ${EVENT} from domain_event where id = $1`, [id])
}

/** Locks up to `limit` unhandled events for this transaction, oldest first; others skip them. */
export async function takeUnhandled(tx: Tx, limit: number): Promise<DomainEvent[]> {
  return tx.rows<DomainEvent>(
    `select ${EVENT} from domain_event where handled_at is null order by at, id limit $1 for update skip locked`,
    [limit],
  )
}

export async function markHandled(tx: Tx, ids: string[]): Promise<void> {
  await tx.run('update domain_event set handled_at = now() where id = any($1::uuid[])', [ids])
}
