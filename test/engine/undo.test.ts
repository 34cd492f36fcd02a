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
  const verdict = { decision, by: 'policy:test', reason: null }
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

test('undo takes back what a run changed, newest first, and spares what people edited since', async () => {
  const { lead, dealId } = await leadWithDeal()
  const { runId } = await proposeMail(system, lead)
  await change(dealId, 'nextStep', 'first', 'import:1')
  await change(dealId, 'nextStep', 'second', `run:${runId}`, runId)
  await change(dealId, 'nextStep', 'third', `run:${runId}`, runId)
  await change(dealId, 'closeDate', '2027-01-31', `run:${runId}`, runId)
  await change(dealId, 'closeDate', '2027-02-28', `person:${system.people.rep.id}`)
  expect((await system.call(system.people.rep, `/api/runs/${runId}/undo`, {})).status).toBe(403)
  const { json } = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(json).toMatchObject({ reverted: 2, sparedBecauseEdited: 1, cannotBeUndone: [] })
  expect([await fieldOf(dealId, 'next_step'), await fieldOf(dealId, 'close_date')]).toEqual(['first', '2027-02-28'])
  const again = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(again.json).toMatchObject({ reverted: 0 })
  expect(await fieldOf(dealId, 'next_step')).toBe('first')
})

test('what a later run of another playbook changed is spared too', async () => {
  const { lead, dealId } = await leadWithDeal()
  const [first, second] = [await proposeMail(system, lead), await proposeMail(system, lead)]
  await change(dealId, 'nextStep', 'one', `run:${first.runId}`, first.runId)
  await change(dealId, 'nextStep', 'two', `run:${second.runId}`, second.runId)
  const { json } = await system.call(system.people.manager, `/api/runs/${first.runId}/undo`, {})
  expect(json).toMatchObject({ reverted: 0, sparedBecauseEdited: 1 })
  expect(await fieldOf(dealId, 'next_step')).toBe('two')
})

test('a mail that left and a deal that was opened stay, and the answer says so', async () => {
  n += 1
  const lead = await system.lead(`Person ${n}`)
  const { runId } = await proposeMail(system, lead)
  await system.db.run(
    `insert into step_run (run_id, key, kind, verb, "with") values ($1, 'deal#1', 'open_deal', 'propose', '{"with":{},"approve":{"by":"owner"}}')`,
    [runId],
  )
  const { actionId } = await system.activities.propose({ runId, key: 'deal#1' })
  await policyTurn(system)
  for (const [key, id] of [
    ['deal#1', actionId],
    ['sent#1', (await system.activities.standing({ runId, key: 'sent#1' })).actionId],
  ]) {
    await system.call(system.people.manager, `/api/actions/${id}/approve`, {})
    await system.activities.perform({ runId, key: key ?? '' })
  }
  const lead1 = await system.db.row<{ status: string }>('select status from lead where id = $1', [lead.leadId])
  expect(lead1?.status).toBe('converted')
  const { json } = await system.call(system.people.manager, `/api/runs/${runId}/undo`, {})
  expect(json.cannotBeUndone).toHaveLength(2)
  const after = await system.db.row<{ status: string; deals: number; kept: number }>(
    `select status, (select count(*) from deal where lead_id = $1)::int as deals,
       (select count(*) from effect e join action a on a.id = e.action_id where a.run_id = $2 and e.undone_at is null)::int as kept
     from lead where id = $1`,
    [lead.leadId, runId],
  )
  expect(after).toEqual({ status: 'new', deals: 1, kept: 2 })
})
