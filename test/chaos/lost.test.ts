/** What was written and never sent, and what was sent and lost: it arrives. Between SMTP and the record: known outcomes stay known. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { routeEvents } from '../../server/router.ts'
import { workflowIdOf } from '../../db/stores/runs.ts'
import { startSystem, until, type LeadIds, type System } from '../support/system.ts'

const WAITS = `
playbook: waits
language: 1
on: { event: lead.created }
steps:
  - { id: reply, wait: { for: message.received, where: event.human, at_most: 3 working days } }
  - end: answered
`
const REPLY = { message: 'm', label: 'interested', human: true, margin: 1, until: null, updates: 0 }

let system: System
beforeAll(async () => {
  system = await startSystem()
  await system.publish(WAITS)
})
afterEach(async () => {
  await system.stopWorkers()
  await system.stopFlow()
})
afterAll(() => system.close())

/** A run whose event was routed, with its start in the outbox and nobody there to send it. */
async function unsentRun(name: string): Promise<{ runId: string; lead: LeadIds }> {
  const lead = await system.lead(name)
  await system.happen('lead.created', lead)
  await routeEvents(system.db, system.deps.log)
  const row = await system.db.row<{ id: string }>('select id from run where contact_id = $1', [lead.contactId])
  return { runId: row?.id ?? '', lead }
}

const describe = (runId: string) =>
  system.client.workflow
    .getHandle(workflowIdOf(runId))
    .describe()
    .then(
      found => found.status.name,
      () => null,
    )

const isRunning = async (runId: string) => (await describe(runId)) === 'RUNNING'
const stateOf = (runId: string) =>
  system.db.row<{ status: string; outcome: string | null }>('select status, outcome from run where id = $1', [runId])

test('a start that was written and never sent arrives once somebody is there', async () => {
  const { runId } = await unsentRun('Unsent Start')
  expect(await describe(runId)).toBeNull()
  await system.startFlow()
  await until('the workflow runs', () => isRunning(runId))
})

test('a start that counts as sent and was lost arrives by the reconciler, with the wakes that it missed', async () => {
  const { runId, lead } = await unsentRun('Lost Start')
  await system.happen('message.received', lead, REPLY)
  await routeEvents(system.db, system.deps.log)
  // As after the loss of Temporal's own database: everything was sent, and nobody there knows of it.
  const lost = await system.admin.run('update outbox set sent_at = now() where workflow_id = $1 and sent_at is null', [
    workflowIdOf(runId),
  ])
  expect(lost).toBe(2)
  await system.admin.run(`update run set started_at = started_at - interval '1 minute' where id = $1`, [runId])
  await system.startFlow()
  await system.startWorkers()
  await until('the run has taken the reply in', async () => (await stateOf(runId))?.outcome === 'answered')
  const taken = await system.db.rows<{ type: string }>(
    `select event->>'type' as type from run_state where run_id = $1 order by seq`,
    [runId],
  )
  expect(taken.map(row => row.type)).toEqual(['started', 'happened'])
})

test('a wake that was written and never sent arrives, once, however often it is sent', async () => {
  const { runId, lead } = await unsentRun('Unsent Wake')
  await system.startFlow()
  await system.startWorkers()
  await until('the run waits', async () => (await stateOf(runId))?.status === 'waiting')
  await system.stopFlow()
  await system.happen('message.received', lead, { ...REPLY, human: false })
  await routeEvents(system.db, system.deps.log)
  await system.startFlow()
  await until('the wake was sent', async () => {
    const row = await system.db.row<{ n: number }>('select count(*)::int as n from outbox where sent_at is null')
    return row?.n === 0
  })
  // Sent, and the mark of it lost with the server.
  await system.admin.run(`update outbox set sent_at = null where workflow_id = $1 and kind = 'signal'`, [
    workflowIdOf(runId),
  ])
  await system.happen('message.received', lead, REPLY)
  await until('the run has ended', async () => (await stateOf(runId))?.outcome === 'answered')
  const taken = await system.db.row<{ n: number }>(
    `select count(*)::int as n from run_state where run_id = $1 and event->>'type' = 'happened'`,
    [runId],
  )
  expect(taken?.n).toBe(2)
})

test('the turn that a lost task has stored is told apart from the occasion that comes first the next time', async () => {
  const { runId, lead } = await unsentRun('Overtaken')
  await system.activities.advance({ runId, seq: 1, occasion: { type: 'started' } })
  const event = (key: string) => system.happen('message.received', lead, { ...REPLY, human: false }, key)
  const [first, second] = [await event('overtaken:1'), await event('overtaken:2')]
  const happened = (eventId: string) => ({ type: 'happened', eventId }) as const
  const stored = await system.activities.advance({ runId, seq: 2, occasion: happened(first) })
  expect(await system.activities.advance({ runId, seq: 2, occasion: happened(first) })).toEqual(stored)
  expect(await system.activities.advance({ runId, seq: 2, occasion: happened(second) })).toEqual({
    ...stored,
    took: false,
  })
  const next = await system.activities.advance({ runId, seq: 3, occasion: happened(second) })
  expect(next).toMatchObject({ seq: 3 })
  expect(next.took).toBeUndefined()
})
