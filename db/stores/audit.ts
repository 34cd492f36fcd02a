/** Who did what to which record: append-only, ids and small facts, never texts of people. */
import type { JsonObject } from '../../domain/playbook/types.ts'
import { json, type Sql } from '../sql.ts'

export interface AuditEntry {
  /** user:<id> | policy | worker | server | import:<id> | run:<id> */
  actor: string
  type: string
  target: string
  targetId: string
  runId?: string | null
  data?: JsonObject
}

export async function audit(sql: Sql, entry: AuditEntry): Promise<void> {
  await sql.run(
    'insert into audit_event (actor, type, target, target_id, run_id, data) values ($1, $2, $3, $4, $5, $6)',
    [entry.actor, entry.type, entry.target, entry.targetId, entry.runId ?? null, json(entry.data ?? {})],
  )
}

export interface AuditEvent extends Required<AuditEntry> {
  id: number
  at: Date
}

/** Newest first. */
export async function auditEvents(sql: Sql, limit: number, before?: number): Promise<AuditEvent[]> {
  return sql.rows<AuditEvent>(
    `select id, at, actor, type, target, target_id, run_id, data from audit_event
     where $2::bigint is null or id < $2 order by id desc limit $1`,
    [limit, before ?? null],
  )
}
