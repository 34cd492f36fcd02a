/**
 * Compares what the store believes open with what Temporal runs. A run that Temporal has forgotten or ended is started again and goes
 * on from its last stored state; an unread message whose reading was lost is read again; a mail that was claimed and never heard of
 * again is called uncertain.
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Db } from '../db/sql.ts'
import { askWorkflow, enqueueAsk, openAsks } from '../db/stores/asks.ts'
import { doubtLostClaims } from '../db/stores/claims.ts'
import { enqueue } from '../db/stores/outbox.ts'
import { enqueueStart, openRuns, workflowIdOf } from '../db/stores/runs.ts'

const PAGE = 200

/** Returns how many were started again. `occasion` names this pass, so that a pass repeated after a crash starts nothing twice. */
export async function reconcile(db: Db, client: Client, occasion: string, log: Logger): Promise<number> {
  const doubted = await db.tx(tx => doubtLostClaims(tx))
  if (doubted > 0) log.warn({ actions: doubted }, 'claimed and never heard of again: a person has to look')
  let again = 0
  let after: string | null = null
  let listed: Set<string> | undefined
  for (;;) {
    const page: { id: string }[] = await openRuns(db, PAGE, after)
    // Hundreds of questions every half minute cost more than the work itself, so many are asked for in one.
    if (page.length === PAGE) listed ??= await listRunning(client)
    for (const { id } of page) {
      const workflowId = workflowIdOf(id)
      if (listed?.has(workflowId) || (await isRunning(client, workflowId))) continue
      await db.tx(tx => enqueueStart(tx, id, occasion))
      log.warn({ run: id }, 'run was forgotten by Temporal: started again')
      again += 1
    }
    if (page.length < PAGE) break
    after = page.at(-1)?.id ?? null
  }
  return again + (await unreadMessages(db, client, occasion)) + (await unansweredAsks(db, client, occasion))
}

/** A question whose workflow was lost is answered anew. */
async function unansweredAsks(db: Db, client: Client, occasion: string): Promise<number> {
  let again = 0
  for (const { id } of await openAsks(db, PAGE)) {
    if (await isRunning(client, askWorkflow(id))) continue
    await db.tx(tx => enqueueAsk(tx, id, occasion))
    again += 1
  }
  return again
}

async function unreadMessages(db: Db, client: Client, occasion: string): Promise<number> {
  const unread = await db.rows<{ id: string }>(
    `select id from message where direction = 'in' and read_at is null and created_at < now() - interval '30 seconds' order by created_at limit $1`,
    [PAGE],
  )
  let again = 0
  for (const { id } of unread) {
    if (await isRunning(client, `intake/${id}`)) continue
    await db.tx(tx =>
      enqueue(tx, {
        key: `start:intake:${id}:${occasion}`,
        kind: 'start',
        workflow: 'intake',
        workflowId: `intake/${id}`,
        args: [{ messageId: id }],
      }),
    )
    again += 1
  }
  return again
}

/** As Temporal's list has it, which may lag by moments: who has just ended is found at the next pass; who is not in it is asked for by name. */
async function listRunning(client: Client): Promise<Set<string>> {
  const running = new Set<string>()
  const query = `ExecutionStatus = 'Running' AND WorkflowType = 'playbookRun'`
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 })) running.add(workflowId)
  return running
}

async function isRunning(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe()
    return status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}
