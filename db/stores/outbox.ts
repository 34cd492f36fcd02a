/**
 * Starts and wakes of workflows, written with their cause and sent afterwards. Guaranteed: each row is sent at least once,
 * in the order written. Not guaranteed: only once; workflow ids and event ids make a second sending harmless.
 */
import type { Json } from '../../domain/playbook/types.ts'
import { json, type Db, type Tx } from '../sql.ts'

export interface OutboxRow {
  id: number
  key: string
  kind: 'start' | 'signal'
  /** Workflow type to start, or signal name. */
  workflow: string
  workflowId: string
  args: Json[]
  attempts: number
}

export async function enqueue(tx: Tx, row: Omit<OutboxRow, 'id' | 'attempts'>): Promise<void> {
  await tx.run(
    'insert into outbox (key, kind, workflow, workflow_id, args) values ($1, $2, $3, $4, $5) on conflict (key) do nothing',
    [row.key, row.kind, row.workflow, row.workflowId, json(row.args)],
  )
}

/**
 * Hands up to `limit` due rows to `send`, oldest first, holding their locks; a row is marked sent when `send` returns, put off
 * with growing delay (1 s to 20 s) when it throws. Rows of one workflow after a failed one wait too, so their order holds.
 * Returns how many were sent.
 */
export async function sendDue(db: Db, limit: number, send: (row: OutboxRow) => Promise<void>): Promise<number> {
  return db.tx(async tx => {
    const due = await tx.rows<OutboxRow>(
      `select id, key, kind, workflow, workflow_id, args, attempts from outbox
       where sent_at is null and next_at <= now() order by id limit $1 for update skip locked`,
      [limit],
    )
    const sent: number[] = []
    const stuck = new Set<string>()
    const byWorkflow = new Map<string, OutboxRow[]>()
    for (const row of due) byWorkflow.set(row.workflowId, [...(byWorkflow.get(row.workflowId) ?? []), row])
    await Promise.all(
      [...byWorkflow.values()].map(async rows => {
        for (const row of rows) {
          if (stuck.has(row.workflowId)) break
          try {
            await send(row)
            sent.push(row.id)
          } catch (error) {
            stuck.add(row.workflowId)
            await putOff(tx, row, error)
          }
        }
      }),
    )
    if (sent.length > 0) await tx.run('update outbox set sent_at = now() where id = any($1::bigint[])', [sent])
    return sent.length
  })
}

async function putOff(tx: Tx, row: OutboxRow, error: unknown): Promise<void> {
  const seconds = Math.min(20, 2 ** row.attempts)
  await tx.run(
    `update outbox set attempts = attempts + 1, next_at = now() + make_interval(secs => $3), last_error = $4
     where workflow_id = $2 and sent_at is null and id >= $1`,
    [row.id, row.workflowId, seconds, error instanceof Error ? error.message.slice(0, 500) : 'unknown'],
  )
}
