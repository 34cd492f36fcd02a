/** What one side has lost, the other brings back: starts, wakes, whole workflows, readings, words of people, claims. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pino } from 'pino'
import { createActivities } from '../../activities/index.ts'
import { dispatch } from '../../server/dispatcher.ts'
import { reconcile } from '../../server/reconciler.ts'
import { routeEvents } from '../../server/router.ts'
import { eventsOf, runById } from '../../db/stores/runs.ts'
import { approvedMail, current, tamper } from '../gate/mails.ts'
import { type LeadIds, startSystem, type System, until } from '../support/system.ts'
import { ASK, begin, message, order, POLICY, untilAction, untilRun, WAIT } from './begin.ts'

const log = pino({ level: 'silent' })
let system: System

beforeAll(async () => {
  system = await startSystem({ policy: POLICY })
  await system.startWorkers()
})
afterAll(() => system.close())

const workflow = (runId: string) => system.client.workflow.getHandle(`run/${runId}`)

const untilAt = (runId: string, key: string) =>
  until(`run ${runId} at ${key}`, async () => {
    const now = await runById(system.db, runId)
    return now.currentKey === key && now
  })

/** The reconciler leaves young runs alone: they may be on their way. */
async function letAge(runId: string): Promise<void> {
  await system.admin.run(`update run set started_at = started_at - interval '1 minute' where id = $1`, [runId])
}

test('a start and a wake whose outbox rows were written and never sent arrive once a dispatcher lives', async () => {
  const { lead, playbook } = await order(system, WAIT)
  await routeEvents(system.db, log)
  await message(system, lead)
  await routeEvents(system.db, log)
  const made = await system.db.row<{ id: string }>('select id from run where playbook = $1', [playbook])
  const runId = made?.id ?? ''
  const unsent = await system.db.rows<{ kind: string }>(
    'select kind from outbox where workflow_id = $1 and sent_at is null order by id',
    [`run/${runId}`],
  )
  expect(unsent.map(({ kind }) => kind)).toEqual(['start', 'signal'])
  await expect(workflow(runId).describe()).rejects.toThrow('not found')
  await system.startFlow()
  expect((await untilRun(system, runId, 'completed')).outcome).toBe('keen')
})

test('outbox rows sent a second time change nothing', async () => {
  await system.startFlow()
  const { lead, runId } = await begin(system, WAIT)
  await untilRun(system, runId, 'waiting')
  await system.admin.run('update outbox set sent_at = null, next_at = now() where workflow_id = $1', [`run/${runId}`])
  await dispatch(system.db, system.client, `${system.prefix}-runs`)
  await message(system, lead)
  const ended = await untilRun(system, runId, 'completed')
  await system.admin.run('update outbox set sent_at = null, next_at = now() where workflow_id = $1', [`run/${runId}`])
  await dispatch(system.db, system.client, `${system.prefix}-runs`)
  await until('the last workflow to end', async () => (await workflow(runId).describe()).status.name === 'COMPLETED')
  expect((await runById(system.db, runId)).seq).toBe(ended.seq)
  expect(await system.db.rows('select 1 from task where run_id = $1', [runId])).toHaveLength(1)
})

test('a run whose workflow was terminated goes on where it was, and hears what happened meanwhile', async () => {
  await system.startFlow()
  const { lead, runId } = await begin(system, WAIT)
  const { seq } = await untilAt(runId, 'reply#1')
  await system.stopFlow()
  await workflow(runId).terminate('test')
  await message(system, lead)
  await routeEvents(system.db, log)
  // The wake is lost with the workflow: somebody sent it, and nobody got it.
  await system.admin.run('update outbox set sent_at = now() where workflow_id = $1', [`run/${runId}`])
  await letAge(runId)
  await system.startFlow()
  const ended = await untilRun(system, runId, 'completed')
  expect([ended.outcome, ended.seq]).toEqual(['keen', seq + 1])
  expect(await system.db.rows('select 1 from task where run_id = $1', [runId])).toHaveLength(1)
})

test('a run that Temporal has forgotten altogether is started again; its proposal stays the one that people see', async () => {
  await system.startFlow()
  const { runId } = await begin(system, ASK)
  const before = await untilAction(system, runId, 'waiting')
  // Deleted while it runs: what has been closed waits until the server's queues have moved on, which may take minutes.
  await system.client.workflowService.deleteWorkflowExecution({
    namespace: system.client.options.namespace,
    workflowExecution: { workflowId: `run/${runId}` },
  })
  await until('Temporal to forget it', () =>
    workflow(runId)
      .describe()
      .then(
        () => false,
        () => true,
      ),
  )
  await letAge(runId)
  await until('it to run again', () =>
    workflow(runId)
      .describe()
      .then(
        ({ status }) => status.name === 'RUNNING',
        () => false,
      ),
  )
  const actions = await system.db.rows<{ id: string }>('select id from action where run_id = $1', [runId])
  expect(actions.map(({ id }) => id)).toEqual([before.id])
  await system.call(system.people.rep, `/api/actions/${before.id}/approve`, {})
  expect((await untilRun(system, runId, 'completed')).outcome).toBe('opened')
})

test('a person’s word to a run whose workflow is lost is not lost with it', async () => {
  await system.startFlow()
  const { runId } = await begin(system, ASK)
  await untilAction(system, runId, 'waiting')
  await workflow(runId).terminate('test')
  // Young as it is, the reconciler does not look at it: the word itself has to arrive.
  await system.call(system.people.ops, `/api/runs/${runId}/cancel`, { why: 'wrong list' })
  expect((await untilRun(system, runId, 'cancelled')).outcome).toBe('cancelled')
  await untilAction(system, runId, 'superseded')
})

test('a message whose reading was lost is read', async () => {
  await system.stopFlow()
  const raw = (id: string) =>
    Buffer.from(
      [
        'From: Nobody <nobody@else.example>',
        'To: riva@ledgerline.example',
        'Subject: hello',
        `Message-ID: <${id}@else.example>`,
        'Date: Tue, 03 Nov 2026 10:00:00 +0000',
        '',
        'Please take me off your list.',
        '',
      ].join('\r\n'),
    )
  const answers = await Promise.all(
    [1, 2, 3].map(async () => {
      const response = await fetch(`${system.url}/api/intake`, {
        method: 'POST',
        headers: { authorization: `Bearer ${system.people.rep.apiKey}` },
        body: raw('one'),
      })
      return (await response.json()) as { id: string; made: boolean }
    }),
  )
  expect(answers.filter(({ made }) => made)).toHaveLength(1)
  const id = answers[0]?.id ?? ''
  // As if it had been sent to a Temporal that lost it.
  await system.admin.run('update outbox set sent_at = now() where workflow_id = $1', [`intake/${id}`])
  await system.admin.run(`update message set created_at = created_at - interval '1 minute' where id = $1`, [id])
  await system.startFlow()
  await until('the message to be read', () =>
    system.db.row('select 1 as read from message where id = $1 and read_at is not null', [id]),
  )
  const tasks = await system.db.rows('select 1 from task where message_id = $1', [id])
  expect(tasks).toHaveLength(1)
})

test('a mail that was claimed and never heard of again becomes uncertain, for a person to settle', async () => {
  const lead = await system.lead('Lost Claim')
  const mail = await approvedMail(system, lead)
  await tamper(
    system,
    `update action set status = 'claimed', claim_token = 'x', claimed_at = now() - interval '21 minutes' where id = $1`,
    [mail.id],
  )
  await reconcile(system.db, system.client, 'test', log)
  // The system's own reconciler may have been at it in the same moment.
  const doubted = await until('it to be settled', async () => {
    const now = await current(system, mail)
    return now.status !== 'claimed' && now
  })
  expect(doubted.status).toBe('uncertain')
})

test('nothing is put before people for a step that was called off while its proposal was made', async () => {
  await system.startFlow()
  const { lead, runId } = await begin(system, ASK, 'stop_on: [contact.suppressed]')
  await untilAction(system, runId, 'waiting')
  await system.happen('contact.suppressed', lead)
  await untilRun(system, runId, 'completed')
  // The same step again, as an activity that is under way while the step is called off.
  await system.admin.tx(async tx => {
    await tx.run(`set local session_replication_role = replica`)
    await tx.run(`delete from action where run_id = $1`, [runId])
    await tx.run(`update step_run set status = 'pending', result = null where run_id = $1`, [runId])
  })
  const calledOff: typeof system.deps.db.tx = async work => {
    await system.admin.run(`update step_run set status = 'cancelled' where run_id = $1`, [runId])
    return system.deps.db.tx(work)
  }
  const racing = createActivities({ ...system.deps, db: { ...system.deps.db, tx: calledOff } })
  const late = await racing.propose({ runId, key: 'deal#1' })
  expect([late.actionId, late.settled]).toEqual([null, true])
  expect(await system.db.rows('select 1 from action where run_id = $1', [runId])).toHaveLength(0)
  const withdrawn = await system.activities.withdraw({ runId, key: 'deal#1', why: 'the run moved on' })
  expect(withdrawn.settled).toBe(true)
})

test('a long history begins anew: waits and proposals outlive it, and nothing is heard twice', async () => {
  await system.stopFlow()
  const begun = [await order(system, WAIT), await order(system, ASK)]
  await routeEvents(system.db, log)
  const runs = await Promise.all(
    begun.map(async ({ playbook }) => {
      const row = await system.db.row<{ id: string }>('select id from run where playbook = $1', [playbook])
      const runId = row?.id ?? ''
      // The dispatcher finds it running already.
      await system.client.workflow.start('playbookRun', {
        workflowId: `run/${runId}`,
        taskQueue: `${system.prefix}-runs`,
        args: [{ runId, historyEvents: 40 }],
      })
      return runId
    }),
  )
  await system.startFlow()
  const [waiting = '', asking = ''] = runs
  await untilAt(waiting, 'reply#1')
  const before = await untilAction(system, asking, 'waiting')
  for (const runId of runs) {
    const first = await workflow(runId).describe()
    // Looked at again and again, and told of things that it has no use for.
    const strange = await system.happen('deal.opened', {})
    const anew = async () => {
      await workflow(runId).signal('wake', strange)
      await workflow(runId).signal('decided', 'somebody')
      return (await workflow(runId).describe()).runId !== first.runId
    }
    await until('a new execution', anew)
    expect((await workflow(runId).describe()).status.name).toBe('RUNNING')
  }
  await system.call(system.people.rep, `/api/actions/${before.id}/approve`, {})
  expect((await untilRun(system, asking, 'completed')).outcome).toBe('opened')
  expect(await system.db.rows('select 1 from action where run_id = $1', [asking])).toHaveLength(1)
  await message(system, begun[0]?.lead as LeadIds)
  expect((await untilRun(system, waiting, 'completed')).outcome).toBe('keen')
  const heard = (await eventsOf(system.db, waiting)).filter(({ event }) => event.type === 'happened')
  expect(heard).toHaveLength(1)
})

test('runs are woken by what concerns them and left in peace by the rest', async () => {
  await system.startFlow()
  const { lead, runId } = await begin(system, WAIT)
  await untilAt(runId, 'reply#1')
  await system.happen('deal.opened', lead)
  await message(system, lead)
  await untilRun(system, runId, 'completed')
  const wakes = await system.db.rows('select 1 from outbox where workflow_id = $1 and workflow = $2', [
    `run/${runId}`,
    'wake',
  ])
  expect(wakes).toHaveLength(1)
})
