/** Who did what to which record: append-only, ids and small facts, never texts of people. */
import { checkAuditEntry, type AuditEntry } from '../../domain/audit/events.ts'
import type { JsonObject } from '../../domain/playbook/types.ts'
import { json, type Sql } from '../sql.ts'

export type { AuditEntry } from '../../domain/audit/events.ts'

/** @throws DealwrightError `internal` for an event that domain/audit/events.ts does not list, or data of another shape */
export async function audit(sql: Sql, entry: AuditEntry): Promise<void> {
  checkAuditEntry(entry)
  await sql.run(
    'insert into audit_event (actor, type, target, target_id, run_id, data) values ($1, $2, $3, $4, $5, $6)',
    [entry.actor, entry.type, entry.target, entry.targetId, entry.runId ?? null, json(entry.data ?? {})],
  )
}

/** As stored; types of earlier versions stay readable. */
export interface AuditEvent {
  id: number
  at: Date
  actor: string
  type: string
  target: string
  targetId: string
  runId: string | null
  data: JsonObject
}

export interface AuditFilter {
  actor?: string | undefined
  /** `action.approved`, or all of a room: `action.*`. */
  type?: string | undefined
  target?: string | undefined
  targetId?: string | undefined
  /** Inclusive. */
  from?: Date | undefined
  /** Exclusive. */
  to?: Date | undefined
}

const COLUMNS = 'id, at, actor, type, target, target_id, run_id, data'

/** Newest first. `before`: only events with a smaller id. */
export async function auditEvents(
  sql: Sql,
  limit: number,
  before?: number,
  filter: AuditFilter = {},
): Promise<AuditEvent[]> {
  const values: unknown[] = [limit]
  const older = before === undefined ? 'true' : `id < $${values.push(before)}`
  return sql.rows<AuditEvent>(
    `select ${COLUMNS} from audit_event where ${older} and ${conditions(filter, values)} order by id desc limit $1`,
    values,
  )
}

/** Oldest first, in pages, up to the newest event of now: what comes in meanwhile is not among it. */
export async function* auditTrail(sql: Sql, filter: AuditFilter, pageSize = 1_000): AsyncGenerator<AuditEvent[]> {
  const end = await sql.row<{ id: number | null }>('select max(id) as id from audit_event')
  let after = 0
  for (;;) {
    const values: unknown[] = [pageSize, after, end?.id ?? 0]
    const page = await sql.rows<AuditEvent>(
      `select ${COLUMNS} from audit_event where id > $2 and id <= $3 and ${conditions(filter, values)} order by id limit $1`,
      values,
    )
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? after
  }
}

/** The filter as SQL; values are appended. */
function conditions(filter: AuditFilter, values: unknown[]): string {
  const slot = (value: unknown): string => `$${values.push(value)}`
  const { actor, type, target, targetId, from, to } = filter
  const all = [
    actor === undefined ? null : `actor = ${slot(actor)}`,
    type === undefined ? null : typeIs(type, slot),
    target === undefined ? null : `target = ${slot(target)}`,
    targetId === undefined ? null : `target_id = ${slot(targetId)}`,
    from === undefined ? null : `at >= ${slot(from)}`,
    to === undefined ? null : `at < ${slot(to)}`,
  ].filter(one => one !== null)
  return all.length === 0 ? 'true' : all.join(' and ')
}

function typeIs(type: string, slot: (value: unknown) => string): string {
  if (!type.endsWith('.*')) return `type = ${slot(type)}`
  return `starts_with(type, ${slot(type.slice(0, -1))})`
}
