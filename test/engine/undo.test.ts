/** Fields have owners, and a run can be taken back as one. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decide } from '../../db/stores/decisions.ts'
import { changeField } from '../../db/stores/records.ts'
import { proposeDealUpdate } from '../gate/deals.ts'
import { policyTurn, proposeMail } from '../gate/mails.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'

let system: System
let n = 0

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.close())

async function leadWithDeal(): Promise<{ lead: LeadIds; dealId: string; stages: string[] }> {
  n += 1
  const lead = await system.lead(`Person ${n}`)
  const stages = await system.db.rows<{ id: string; pipelineId: string }>(
    'select id, pipeline_id from stage order by position',
  )
  const deal = await system.db.row<{ id: string }>(
    `insert into deal (name, lead_id, contact_id, account_id, pipeline_id, stage_id, source) values ('D', $1, $2, $3, $4, $5, 'test') returning id`,
    [lead.leadId, lead.contactId, lead.accountId, stages[0]?.pipelineId, stages[0]?.id],
  )
  return { lead, dealId: deal?.id ?? '', stages: stages.map(({ id }) => id) }
}

const fieldOf = async (dealId: string, column: string): Promise<unknown> =>
  (await system.db.row<{ value: unknown }>(`select to_jsonb(${column}) as value from deal where id = $1`, [dealId]))
    ?.value

const change = (
  dealId: string,
  field: string,
  value: string | number | null,
  by: string,
  runId: string | null = null,
) => system.db.tx(tx => changeField(tx, { table: 'deal', id: dealId, field, value, by, why: 'test', runId }))

test.each([
  ['let through by the policy, an agent’s value for a field that a person set becomes a suggestion', 'allow', 1],
  ['approved by a person, it is written', 'approve', 2],
] as const)('%s', async (_what, decision, standing) => {
  const { lead, dealId, stages } = await leadWithDeal()
  await change(dealId, 'stageId', stages[0] ?? '', 'import:1')
  await change(dealId, 'stageId', stages[1] ?? '', `person:${system.people.rep.id}`)
  const { runId } = await proposeMail(system, lead)
  const update = await proposeDealUpdate(system, lead, runId, dealId, stages[2] ?? '')
  if (decision === 'approve') await policyTurn(system)
  const by = decision === 'approve' ? `user:${system.people.manager.id}` : 'policy:test'
  const verdict = { decision, by, reason: null }
  await system.db.tx(tx => decide(tx, update.id, verdict, system.privateKey))
  await system.activities.perform(update)
  const effect = await system.db.row<{ result: { changed: number; suggested: number } }>(
    'select result from effect where action_id = $1',
    [update.id],
  )
  const suggested = decision === 'allow' ? 1 : 0
  expect(effect?.result).toMatchObject({ changed: 1 - suggested, suggested })
  expect(await fieldOf(dealId, 'stage_id')).toBe(stages[standing])
  const suggestions = await system.db.rows<{ value: string; quote: string; status: string }>(
    'select value, quote, status from field_suggestion where record_id = $1',
    [dealId],
  )
  expect(suggestions).toEqual(suggested ? [{ value: stages[2], quote: 'we are ready', status: 'open' }] : [])
})

/** As when it was cancelled. */
const end = (runId: string): Promise<number> =>
  system.db.run(`update run set status = 'cancelled', ended_at = now() where id = $1`, [runId])

test('undo takes back what a run changed, newest first, and spares what people edited since', async () => {
  const { lead, dealId } = await leadWithDeal()
  const { runId } = await proposeMail(system, lead)
  await change(dealId, 'nextStep', 'first', 'import:1')
  await change(dealId, 'nextStep', 'second', `run:${runId}`, runId)
  await change(dealId, 'nextStep', 'third', `run:${runId}`, runId)
  await change(dealId, 'closeDate', '2027-01-31', `run:${runId}`, runId)
  await change(dealId, 'closeDate', '2027-02-28', `person:${system.people.rep.id}`)
  const busy = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect([busy.status, busy.json.detail]).toEqual([409, expect.stringContaining('cancel it first')])
  await end(runId)
  expect((await system.call(system.people.rep, `/api/runs/${runId}/undo`, {})).status).toBe(403)
  const { json } = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(json).toMatchObject({
    preview: false,
    reverted: 2,
    sparedBecauseEdited: 1,
    cannotBeUndone: [],
    items: [
      { field: 'nextStep', from: 'third', to: 'second' },
      { field: 'nextStep', from: 'second', to: 'first' },
    ],
    spared: [{ field: 'closeDate', why: 'it was changed since by a person' }],
    summary: '2 changes were taken back; 1 is spared, since it is not as the agent left it.',
  })
  const words = [...(json.items as { words: string }[]), ...(json.spared as { words: string }[])].map(one => one.words)
  expect(words).toEqual([
    'deal “D”, next step: from “third” back to “second”',
    'deal “D”, next step: from “second” back to “first”',
    'deal “D”, close date: stays at “2027-02-28”, since it was changed since by a person',
  ])
  expect([await fieldOf(dealId, 'next_step'), await fieldOf(dealId, 'close_date')]).toEqual(['first', '2027-02-28'])
  const again = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(again.json).toMatchObject({ reverted: 0 })
  expect(await fieldOf(dealId, 'next_step')).toBe('first')
})

test('a preview says what would be and changes nothing', async () => {
  const { lead, dealId } = await leadWithDeal()
  const { runId } = await proposeMail(system, lead)
  await change(dealId, 'nextStep', 'agent', `run:${runId}`, runId)
  await end(runId)
  const trail = () =>
    system.db.row(
      'select count(*)::int as events, (select count(*)::int from field_change) as changes from audit_event',
    )
  const before = await trail()
  const { json: preview } = await system.call(system.people.manager, `/api/runs/${runId}/undo`)
  expect(preview).toMatchObject({ preview: true, reverted: 1, items: [{ from: 'agent', to: null }] })
  expect([await fieldOf(dealId, 'next_step'), await trail()]).toEqual(['agent', before])
  const { json } = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(preview.summary).toBe('1 change would be taken back.')
  expect(json).toEqual({ ...preview, preview: false, summary: '1 change was taken back.' })
  expect(await fieldOf(dealId, 'next_step')).toBeNull()
})

test('a field that has another value by now, however it came there, is spared', async () => {
  const { lead, dealId } = await leadWithDeal()
  const { runId } = await proposeMail(system, lead)
  await change(dealId, 'nextStep', 'agent', `run:${runId}`, runId)
  await system.admin.run(`update deal set next_step = 'by hand' where id = $1`, [dealId])
  await end(runId)
  const { json } = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(json).toMatchObject({ reverted: 0, spared: [{ why: 'it has another value by now' }] })
  expect(await fieldOf(dealId, 'next_step')).toBe('by hand')
})

test('what a later run of another playbook changed is spared too; once that is undone, the earlier one can be', async () => {
  const { lead, dealId } = await leadWithDeal()
  const [first, second] = [await proposeMail(system, lead), await proposeMail(system, lead)]
  await change(dealId, 'nextStep', 'one', `run:${first.runId}`, first.runId)
  await change(dealId, 'nextStep', 'two', `run:${second.runId}`, second.runId)
  await end(first.runId)
  await end(second.runId)
  const undo = async (runId: string) => (await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})).json
  expect(await undo(first.runId)).toMatchObject({ reverted: 0, sparedBecauseEdited: 1 })
  expect(await fieldOf(dealId, 'next_step')).toBe('two')
  expect(await undo(second.runId)).toMatchObject({ reverted: 1 })
  expect(await undo(first.runId)).toMatchObject({ reverted: 1 })
  expect(await fieldOf(dealId, 'next_step')).toBeNull()
})

test('one change of a field is undone by its id, and only by who may', async () => {
  const { dealId } = await leadWithDeal()
  await system.db.run('update deal set owner_id = $2 where id = $1', [dealId, system.people.rep.id])
  await change(dealId, 'nextStep', 'one', 'code')
  await change(dealId, 'nextStep', 'two', 'code')
  const [newer, older] = await system.db.rows<{ id: string }>(
    `select id from field_change where record_id = $1 and field = 'nextStep' order by at desc, id`,
    [dealId],
  )
  const undo = (who: 'rep' | 'manager', id = '') => system.call(system.people[who], `/api/changes/${id}/undo`, {})
  expect((await undo('rep', newer?.id)).status).toBe(403)
  expect((await undo('manager', crypto.randomUUID())).status).toBe(404)
  expect((await undo('manager', older?.id)).json).toMatchObject({ reverted: 0, sparedBecauseEdited: 1 })
  expect((await undo('manager', newer?.id)).json).toMatchObject({ reverted: 1, items: [{ from: 'two', to: 'one' }] })
  expect(await fieldOf(dealId, 'next_step')).toBe('one')
})

/** A run that opened a deal, made a task and sent a mail. */
async function eventful(): Promise<{ lead: LeadIds; runId: string; dealId: string; taskAction: string }> {
  n += 1
  const lead = await system.lead(`Person ${n}`)
  const { runId } = await proposeMail(system, lead)
  for (const [key, kind, given] of [
    ['deal#1', 'open_deal', {}],
    ['task#1', 'create_task', { title: 'Call them' }],
  ] as const)
    await system.db.run(`insert into step_run (run_id, key, kind, verb, "with") values ($1, $2, $3, 'propose', $4)`, [
      runId,
      key,
      kind,
      JSON.stringify({ with: given, approve: { by: 'owner' } }),
    ])
  const { actionId: dealId } = await system.activities.propose({ runId, key: 'deal#1' })
  const { actionId: taskAction } = await system.activities.propose({ runId, key: 'task#1' })
  await policyTurn(system)
  for (const key of ['deal#1', 'task#1', 'sent#1']) {
    const { actionId } = await system.activities.standing({ runId, key })
    await system.call(system.people.manager, `/api/actions/${actionId}/approve`, {})
    await system.activities.perform({ runId, key })
  }
  await end(runId)
  return { lead, runId, dealId: dealId ?? '', taskAction: taskAction ?? '' }
}

const standing = (lead: LeadIds) =>
  system.db.row(
    `select l.status, s.name as stage, s.kind, (select string_agg(t.status, ',') from task t where t.lead_id = l.id) as tasks
     from lead l join deal d on d.lead_id = l.id join stage s on s.id = d.stage_id where l.id = $1`,
    [lead.leadId],
  )

test('a deal nobody touched is closed as withdrawn, the task cancelled, the lead as it was; the mail stays sent, and the answer says so', async () => {
  const { lead, runId } = await eventful()
  expect(await standing(lead)).toEqual({ status: 'converted', stage: 'discovery', kind: 'open', tasks: 'open' })
  const { json } = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(json).toMatchObject({ reverted: 3, sparedBecauseEdited: 0 })
  expect(json.cannotBeUndone).toEqual([expect.stringMatching(/left on .* cannot be called back/)])
  expect(json.summary).toMatch(/; 1 mail cannot be called back\.$/)
  const words = (json.items as { words: string }[]).map(one => one.words).join('\n')
  for (const said of ['task “', ': called off', 'closed as withdrawn', 'status: from “converted” back to “new”'])
    expect(words).toContain(said)
  expect(await standing(lead)).toEqual({ status: 'new', stage: 'withdrawn', kind: 'lost', tasks: 'cancelled' })
  const kept = await system.db.rows<{ kind: string }>(
    'select a.kind from effect e join action a on a.id = e.action_id where a.run_id = $1 and e.undone_at is null',
    [runId],
  )
  expect(kept).toEqual([{ kind: 'send_mail' }])
})

test('a deal that a person worked on stays open, a task that was done stays done', async () => {
  const { lead, runId, dealId } = await eventful()
  await change(dealId, 'nextStep', 'call on Monday', `person:${system.people.rep.id}`)
  await system.db.run(`update task set status = 'done' where lead_id = $1`, [lead.leadId])
  const { json } = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(json).toMatchObject({ reverted: 1, sparedBecauseEdited: 2 })
  expect(await standing(lead)).toEqual({ status: 'new', stage: 'discovery', kind: 'open', tasks: 'done' })
})

test('one action is undone by itself; one that was never carried out is not', async () => {
  const { lead, taskAction, dealId } = await eventful()
  const { json } = await system.call(system.people.manager, `/api/actions/${taskAction}/undo`, {})
  expect(json).toMatchObject({ reverted: 1, items: [{ what: 'task', to: 'cancelled' }] })
  expect(await standing(lead)).toMatchObject({ status: 'converted', kind: 'open', tasks: 'cancelled' })
  const opened = await system.call(system.people.manager, `/api/actions/${dealId}/undo`, {})
  expect(opened.json).toMatchObject({ reverted: 2, cannotBeUndone: [] })
  expect(await standing(lead)).toMatchObject({ status: 'new', stage: 'withdrawn' })
  const { id } = await proposeMail(system, lead)
  const waiting = await system.call(system.people.manager, `/api/actions/${id}/undo`, {})
  expect([waiting.status, waiting.json.code]).toEqual([409, 'conflict'])
})
