/** Sends outbox rows to Temporal. Workflow ids and event ids make a second sending harmless. */
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common'
import type { Db } from '../db/sql.ts'
import { sendDue, type OutboxRow } from '../db/stores/outbox.ts'
import { openRunOf } from '../db/stores/runs.ts'

const AT_ONCE = 100

export function dispatch(db: Db, client: Client, taskQueue: string): Promise<number> {
  return sendDue(db, AT_ONCE, row => send(db, client, taskQueue, row))
}

async function send(db: Db, client: Client, taskQueue: string, row: OutboxRow): Promise<void> {
  if (row.kind === 'start') return start(client, taskQueue, row)
  try {
    await client.workflow.getHandle(row.workflowId).signal(row.workflow, ...row.args)
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
    // An ended run needs no wake. One whose workflow is lost begins again with it: a person's word stands nowhere else.
    const runId = await openRunOf(db, row.workflowId)
    if (runId !== null) await signalAnew(client, taskQueue, row, runId)
  }
}

async function signalAnew(client: Client, taskQueue: string, row: OutboxRow, runId: string): Promise<void> {
  await client.workflow.signalWithStart('playbookRun', {
    workflowId: row.workflowId,
    taskQueue,
    args: [{ runId }],
    signal: row.workflow,
    signalArgs: row.args,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
  })
}

/** A workflow that runs already is left alone; one that ended may begin anew (a restart after a loss), since it reads where it stands. */
async function start(client: Client, taskQueue: string, row: OutboxRow): Promise<void> {
  try {
    await client.workflow.start(row.workflow, {
      workflowId: row.workflowId,
      taskQueue,
      args: row.args,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
