/** Runs on a real Temporal: what wakes them, what ends them, and what people may do with them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventsOf, type Run, runById, stateAt, stepsOf } from '../../db/stores/runs.ts'
import { catalogue } from '../../activities/registry.ts'
import { calendarAt } from '../../domain/calendar/hours.ts'
import { rehearse, type Answer } from '../../domain/playbook/memory-driver.ts'
import { parsePlaybook } from '../../domain/playbook/parse.ts'
import type { JsonObject } from '../../domain/playbook/types.ts'
import { type LeadIds, startSystem, type System, until } from '../support/system.ts'
import { ASK, begin as beginIn, message as messageIn, POLICY, untilAction, untilRun, WAIT } from './begin.ts'

let system: System

beforeAll(async () => {
  system = await startSystem({ policy: POLICY })
  await system.startFlow()
  await system.startWorkers()
})
afterAll(() => system.close())

const begin = (steps: string, head?: string) => beginIn(system, steps, head)
const status = (runId: string, wanted: Run['status']) => untilRun(system, runId, wanted)
const run = (runId: string) => runById(system.db, runId)
const message = (...of: Parameters<typeof messageIn> extends [System, ...infer Rest] ? Rest : never) =>
  messageIn(system, ...of)
const proposed = (runId: string, wanted = 'waiting') => untilAction(system, runId, wanted)

test('a wait is ended by its event, once, however often the wake comes', async () => {
  const { lead, runId } = await begin(WAIT)
  await status(runId, 'waiting')
  const eventId = await message(lead, 'interested', true, `dup:${runId}`)
  const handle = system.client.workflow.getHandle(`run/${runId}`)
  await Promise.all([1, 2, 3].map(() => handle.signal('wake', eventId).catch(() => {})))
  expect((await status(runId, 'completed')).outcome).toBe('keen')
  const taken = (await eventsOf(system.db, runId)).filter(({ event }) => event.type === 'happened')
  expect(taken).toHaveLength(1)
})

test('what does not fit the wait is kept and does not end it', async () => {
  const { lead, runId } = await begin(WAIT)
  await status(runId, 'waiting')
  await message(lead, 'out_of_office', false)
  await message(lead, 'not_now', true)
  expect((await status(runId, 'completed')).outcome).toBe('other')
})

test('an event that comes before its wait opens is not lost', async () => {
  const { lead, runId } = await begin(`
  - { id: first, wait: { for: deal.opened, at_most: 2 working days } }
  - { id: reply, wait: { for: message.received, where: event.human, at_most: 2 working days } }
  - choose:
      - when: 'reply.label == "interested"'
        steps: [{ end: heard }]
  - end: missed
`)
  await status(runId, 'waiting')
  await message(lead)
  await until('the early event to be taken in', async () => (await run(runId)).seq >= 2)
  await system.happen('deal.opened', lead)
  expect((await status(runId, 'completed')).outcome).toBe('heard')
})

test('a wait that runs out gives none', async () => {
  const { runId } = await begin(`
  - { id: reply, wait: { for: message.received, where: event.human, at_most: 1s } }
  - choose:
      - when: 'reply.label == "none"'
        steps: [{ end: silent }]
  - end: heard
`)
  expect((await status(runId, 'completed')).outcome).toBe('silent')
})

test('stop wins: the run ends at once, what it had put before people is superseded', async () => {
  const { lead, runId } = await begin(ASK, 'stop_on: [contact.suppressed]')
  const action = await proposed(runId)
  await system.happen('contact.suppressed', lead, { reason: 'asked' })
  expect((await status(runId, 'completed')).outcome).toBe('stopped')
  await proposed(runId, 'superseded')
  const late = await system.call(system.people.manager, `/api/actions/${action.id}/approve`, {})
  expect([late.status, late.json.code]).toEqual([409, 'action_not_open'])
  const deals = await system.db.rows('select 1 from deal where lead_id = $1', [lead.leadId])
  expect(deals).toHaveLength(0)
})

test('approved by a person through the API, the effect happens and the run goes on; refused, it does not', async () => {
  const yes = await begin(ASK)
  const no = await begin(ASK)
  const [first, second] = [await proposed(yes.runId), await proposed(no.runId)]
  await system.call(system.people.rep, `/api/actions/${first.id}/approve`, { hash: first.contentHash })
  await system.call(system.people.rep, `/api/actions/${second.id}/refuse`, { why: 'too early' })
  expect((await status(yes.runId, 'completed')).outcome).toBe('opened')
  expect((await status(no.runId, 'completed')).outcome).toBe('left_alone')
  const dealOf = (lead: LeadIds) => system.db.rows('select 1 from deal where lead_id = $1', [lead.leadId])
  expect([(await dealOf(yes.lead)).length, (await dealOf(no.lead)).length]).toEqual([1, 0])
})

test('a proposal that nobody decides expires and the run goes on', async () => {
  const { runId } = await begin(ASK.replace('{ by: owner }', '{ by: owner, expires: 1s }'))
  expect((await status(runId, 'completed')).outcome).toBe('left_alone')
  await proposed(runId, 'expired')
})

test('cancelled by a person: waits and proposals go with the run', async () => {
  const { runId } = await begin(ASK)
  await proposed(runId)
  const sent = await system.call(system.people.ops, `/api/runs/${runId}/cancel`, { why: 'wrong list' })
  expect(sent.status).toBe(200)
  expect((await status(runId, 'cancelled')).outcome).toBe('cancelled')
  await proposed(runId, 'superseded')
  expect((await system.call(system.people.ops, `/api/runs/${runId}/cancel`, { why: 'again' })).status).toBe(409)
})

/** update_deal fails for good where there is no deal. */
const FAILS = `
  - { id: kept, propose: update_deal }
  - { id: todo, propose: create_task, with: { title: Look at them } }
  - end: over
`

test('a step that fails for good pauses the run with its code; skipped, the run goes on', async () => {
  const { runId } = await begin(FAILS)
  const paused = await status(runId, 'paused')
  expect([paused.errorCode, paused.currentKey]).toEqual(['not_found', 'kept#1'])
  expect((await system.call(system.people.rep, `/api/runs/${runId}/skip`, { why: 'x' })).status).toBe(403)
  await system.call(system.people.ops, `/api/runs/${runId}/skip`, { why: 'no deal yet' })
  expect((await status(runId, 'completed')).outcome).toBe('over')
})

test('resumed once its cause is gone, the run goes on at that step', async () => {
  const { lead, runId } = await begin(FAILS)
  await status(runId, 'paused')
  await system.db.run(
    `insert into deal (name, lead_id, contact_id, pipeline_id, stage_id, source)
     select 'D', $1, $2, pipeline_id, id, 'test' from stage where name = 'discovery'`,
    [lead.leadId, lead.contactId],
  )
  await system.call(system.people.ops, `/api/runs/${runId}/resume`, {})
  await system.call(system.people.rep, `/api/actions/${(await proposed(runId)).id}/approve`, {})
  expect((await status(runId, 'completed')).outcome).toBe('over')
  const steps = await stepsOf(system.db, runId)
  expect(steps.map(({ key, status: how }) => `${key} ${how}`)).toEqual(['kept#1 failed', 'kept#2 done', 'todo#1 done'])
})

test('a step of which nothing is pending takes no late result', async () => {
  const { lead, runId } = await begin(WAIT)
  await status(runId, 'waiting')
  await message(lead)
  const ended = await status(runId, 'completed')
  const handle = system.client.workflow.getHandle(`run/${runId}`)
  await handle.signal('wake', await message(lead)).catch(() => {})
  const again = await system.activities.advance({
    runId,
    seq: ended.seq + 1,
    occasion: { type: 'completed', key: 'todo#1' },
  })
  expect([again.seq, again.orders]).toEqual([ended.seq, []])
  expect((await run(runId)).seq).toBe(ended.seq)
})

test('the driver in memory and Temporal give the same trace for the same events', async () => {
  const steps = `
  - { id: first, propose: create_task, with: { title: Look at them } }
  - { id: reply, wait: { for: message.received, where: event.human, at_most: 3 working days } }
  - repeat: 2
    steps:
      - { id: again, propose: create_task, with: { title: Look again } }
      - { id: late, wait: { for: message.received, where: event.human, at_most: 1s } }
  - choose:
      - when: 'late.label == "none" && reply.label == "interested"'
        steps: [{ end: keen_then_silent }]
  - end: other
`
  const { lead, runId, playbook } = await begin(steps, 'stop_on: [contact.suppressed]')
  await status(runId, 'waiting')
  await message(lead, 'auto_reply', false)
  await message(lead, 'interested', true)
  expect((await status(runId, 'completed')).outcome).toBe('keen_then_silent')

  const lived = await eventsOf(system.db, runId)
  const now = await run(runId)
  const version = await system.db.row<{ text: string }>('select text from playbook_version where playbook = $1', [
    playbook,
  ])
  const parsed = parsePlaybook(version?.text ?? '', 'x.yaml', catalogue).playbook
  if (!parsed) throw new Error('published and not readable')
  const begunAt = new Map<string, number>()
  const answers = new Map<string, Answer>()
  for (const { event, commands, at } of lived) {
    for (const command of commands)
      if ('key' in command && command.type !== 'cancel') begunAt.set(command.key, at.getTime())
    if (event.type === 'completed')
      answers.set(event.key, { after: at.getTime() - (begunAt.get(event.key) ?? 0), result: event.result })
  }
  const started = lived[0]?.event
  const rehearsed = rehearse({
    playbook: parsed,
    trigger: started?.type === 'started' ? started.fields : {},
    calendar: calendarAt(now),
    startAt: lived[0]?.at.toISOString() ?? '',
    respond: command => answers.get(command.key) as Answer,
    occurrences: lived.flatMap(({ event, at }) => (event.type === 'happened' ? [{ at: at.toISOString(), event }] : [])),
  })
  const bare = (trace: { event: unknown; commands: { type: string }[] }[]) =>
    trace.map(({ event, commands }) => ({ event, commands: commands.map(command => withoutInstants(command)) }))
  expect(bare(rehearsed.trace)).toEqual(bare(lived))
  expect(withoutInstants(rehearsed.state)).toEqual(
    withoutInstants((await stateAt(system.db, runId, now.seq))?.state as JsonObject),
  )
})

/** The timer of a wait fires a few milliseconds late in life: instants counted from there differ by as much. */
function withoutInstants(value: object): unknown {
  return JSON.parse(JSON.stringify(value, (key, one: unknown) => (key === 'until' ? 'an instant' : one)))
}
