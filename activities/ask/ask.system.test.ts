/** Questions in plain words, from the API to the sentences: with a model that is honest, with one that lies, with none; and who sees what. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { recordStage, changeField } from '../../db/stores/records.ts'
import { startModelServer, type ModelServer } from '../../test/model-server/index.ts'
import { type Person, startSystem, type System, until } from '../../test/support/system.ts'

interface Ask {
  id: string
  status: string
  by: string | null
  why: string | null
  looks: { tool: string; told: string }[]
  sentences: { text: string; records: { kind: string; id: string; name: string }[]; unsupported: string[] }[]
  offers: { name: string; title: string }[]
}

const QUESTION = 'Which deals slipped this month and why?'

let model: ModelServer
let system: System

beforeAll(async () => {
  model = await startModelServer()
  system = await startSystem({
    model: { baseUrl: model.baseUrl, apiKey: 'none', model: 'stand-in', timeoutMs: 20_000 },
  })
  await system.admin.run(`insert into team (name, manager_id) values ('North', $1)`, [system.people.colleague.id])
  await system.admin.run(`update "user" set team_id = (select id from team where name = 'North') where id = $1`, [
    system.people.colleague.id,
  ])
  await slippedDeal('Orrin Pumps', system.people.rep, 'their budget round moved')
  await slippedDeal('Secret Looms', system.people.colleague, 'their board met late')
})
afterEach(() => model.setMode('honest'))
afterAll(async () => {
  await system?.close()
  await model?.close()
})

/** With a close date that moved from the 3rd to the 20th of January 2027. */
async function slippedDeal(name: string, owner: Person, why: string): Promise<string> {
  return system.db.tx(async tx => {
    const deal = await tx.row<{ id: string; stageId: string }>(
      `insert into deal (name, pipeline_id, stage_id, owner_id, amount_minor, currency, close_date)
       select $1, pipeline_id, id, $2, 1250000, 'EUR', '2027-01-03' from stage where kind = 'open' order by position limit 1 returning id, stage_id`,
      [name, owner.id],
    )
    const id = deal?.id ?? ''
    await recordStage(tx, { dealId: id, from: null, to: deal?.stageId ?? '', by: `person:${owner.id}`, actionId: null })
    await changeField(tx, { table: 'deal', id, field: 'closeDate', value: '2027-01-20', by: `person:${owner.id}`, why })
    return id
  })
}

const asked = async (who: Person, question = QUESTION, saved?: string): Promise<string> => {
  const { status, json } = await system.call(who, '/api/asks', { question, ...(saved ? { saved } : {}) })
  expect([status, json.status]).toEqual([200, 'asked'])
  return json.id
}
const shown = async (who: Person, id: string): Promise<Ask> =>
  (await system.call(who, `/api/asks/${id}`)).json as unknown as Ask

async function answered(who: Person, question?: string, saved?: string): Promise<Ask> {
  const id = await asked(who, question, saved)
  await system.activities.answerAsk({ askId: id })
  return shown(who, id)
}

it('is answered through the workflow, with the records that each sentence rests on, and told as it comes', async () => {
  const before = await system.db.row<{ id: number }>('select coalesce(max(id), 0) as id from live_event')
  await system.startFlow()
  await system.startWorkers()
  const id = await asked(system.people.rep)
  const ask = await until('answered', async () => {
    const now = await shown(system.people.rep, id)
    return now.status === 'answered' && now
  })
  await system.stopWorkers()
  await system.stopFlow()
  expect(ask).toMatchObject({
    by: 'model',
    why: null,
    looks: [{ tool: 'deals_changed', told: 'Looked at 1 deal whose close date changed' }],
    sentences: [
      { text: '1 deals.', records: [], unsupported: [] },
      {
        text: 'Orrin Pumps moved from 2027-01-03 to 2027-01-20, since their budget round moved.',
        records: [{ kind: 'deal', name: 'Orrin Pumps' }],
        unsupported: [],
      },
    ],
  })
  // One for each step, one for the beginning, one for the end, and one of the audit trail: of the asker's own.
  const told = await system.db.row<{ n: number }>(
    `select count(*)::int as n from live_event where id > $1 and target = 'ask' and target_id = $2`,
    [before?.id, id],
  )
  expect(told?.n).toBe(6)
  // It streams, and what is said is stored as it becomes whole.
  expect(model.calls.map(({ body }) => body.stream)).toEqual([true, true])
  const run = await system.db.row<{ calls: number; tokensIn: number; outcome: string }>(
    `select calls, tokens_in, outcome from agent_run where step_key = $1`,
    [`ask:${id}`],
  )
  expect(run).toMatchObject({ calls: 2, outcome: 'ok', tokensIn: expect.any(Number) })
  const spent = await system.db.row<{ spentTokens: number }>(`select spent_tokens from budget where scope = $1`, [
    `ask:${id}`,
  ])
  expect(spent?.spentTokens).toBeGreaterThan(100)
})

it('looks as the asker: another team’s deal is not there, a manager of both sees both, and an ask is its asker’s alone', async () => {
  const rep = await answered(system.people.rep)
  expect(JSON.stringify(rep)).not.toContain('Secret')
  expect(JSON.stringify(model.calls.at(-1)?.body)).not.toContain('Secret')
  const ops = await answered(system.people.ops)
  expect(ops.sentences.flatMap(({ records }) => records.map(({ name }) => name)).sort()).toEqual([
    'Orrin Pumps',
    'Secret Looms',
  ])
  expect((await system.call(system.people.ops, `/api/asks/${rep.id}`)).status).toBe(404)
  expect((await system.call(system.people.ops, `/api/asks/${rep.id}/cancel`, {})).status).toBe(404)
})

it('rights are read anew at each look: who is not active any more is refused', async () => {
  const id = await asked(system.people.colleague)
  await system.admin.run('update "user" set active = false where id = $1', [system.people.colleague.id])
  await system.activities.answerAsk({ askId: id })
  await system.admin.run('update "user" set active = true where id = $1', [system.people.colleague.id])
  expect(await shown(system.people.colleague, id)).toMatchObject({ status: 'failed', sentences: [], looks: [] })
})

it('a lying model: what points at nothing is left out, what stands in no record is marked', async () => {
  model.setMode('lying')
  const ask = await answered(system.people.rep)
  expect(ask).toMatchObject({ status: 'answered', why: expect.stringContaining('2 sentences were left out') })
  expect(ask.sentences).toHaveLength(1)
  expect(ask.sentences[0]?.unsupported).toHaveLength(2)
  expect(ask.sentences[0]?.unsupported.join()).toContain('48,211')
  const run = await system.db.row<{ rejects: object }>(`select rejects from agent_run where step_key = $1`, [
    `ask:${ask.id}`,
  ])
  expect(run?.rejects).toMatchObject({ not_found: 2, unsupported: 1 })
})

it('a worker that was lost and comes back doubles nothing, and pays for no answer twice', async () => {
  const id = await asked(system.people.rep)
  // The first try has looked, and waits for the answer to its second call.
  model.push({ kind: 'ok' }, { kind: 'held' })
  const calls = model.calls.length
  const lost = system.activities.answerAsk({ askId: id })
  await until('it waits', async () => model.calls.length === calls + 2)
  await system.activities.answerAsk({ askId: id })
  const ask = await shown(system.people.rep, id)
  expect([ask.status, ask.looks.length, ask.sentences.length]).toEqual(['answered', 1, 2])
  // One call more: the first was kept.
  expect(model.calls.length).toBe(calls + 3)
  // Its answer comes after all, and is not taken.
  model.release()
  await lost
  expect(await shown(system.people.rep, id)).toEqual(ask)
  const rows = await system.db.rows<{ attempt: number; n: number }>(
    'select attempt, count(*)::int as n from ask_step where ask_id = $1 group by attempt order by attempt',
    [id],
  )
  expect(rows).toEqual([
    { attempt: 1, n: 1 },
    { attempt: 2, n: 3 },
  ])
})

it('cancelled, nothing more is looked at or said', async () => {
  const id = await asked(system.people.rep)
  model.push({ kind: 'ok' }, { kind: 'held' })
  const calls = model.calls.length
  const working = system.activities.answerAsk({ askId: id })
  await until('it waits', async () => model.calls.length === calls + 2)
  const { json } = await system.call(system.people.rep, `/api/asks/${id}/cancel`, {})
  expect(json.status).toBe('cancelled')
  model.release()
  await working
  expect(await shown(system.people.rep, id)).toMatchObject({ status: 'cancelled', sentences: [] })
})

it('a model that never comes to an end is brought to one, within its steps', async () => {
  const calls = model.calls.length
  const ask = await answered(system.people.rep, 'Which deals slipped for ever?')
  expect([ask.status, ask.looks.length, model.calls.length - calls]).toEqual(['answered', 6, 7])
})

it('an answer in another form, a refused key: the saved queries are offered instead', async () => {
  for (const kind of ['malformed', 'unauthorized'] as const) {
    model.push({ kind })
    expect(await answered(system.people.rep)).toMatchObject({
      status: 'offered',
      sentences: [],
      offers: [{ name: 'slipped_deals' }, {}],
    })
  }
})

it('without a model, the saved queries that fit are offered, and one is answered by code', async () => {
  const { model: settings } = system.deps
  system.deps.model = null
  try {
    const ask = await answered(system.people.rep)
    expect(ask).toMatchObject({
      status: 'offered',
      by: null,
      offers: [{ name: 'slipped_deals' }, { name: 'overdue_deals' }],
    })
    const again = await answered(system.people.rep, ask.offers[0]?.title, ask.offers[0]?.name)
    expect(again).toMatchObject({ status: 'answered', by: 'rules', why: null })
    expect(again.sentences).toMatchObject([
      { text: '1 deal whose close date changed, 1 of them to a later day.', unsupported: [] },
      {
        text: 'Orrin Pumps: from 2027-01-03 to 2027-01-20 (17 days later) on '.concat(
          today(),
          ' by Riva – their budget round moved.',
        ),
        records: [{ kind: 'deal', name: 'Orrin Pumps' }],
        unsupported: [],
      },
    ])
  } finally {
    system.deps.model = settings
  }
})

const today = (): string => new Date().toISOString().slice(0, 10)

it('a worker cannot ask, change what was asked, or rewrite what was said', async () => {
  const worker = system.deps.db
  const { id } = await answered(system.people.rep)
  for (const statement of [
    `insert into ask (user_id, question) values (gen_random_uuid(), 'Who?')`,
    `update ask set question = 'another'`,
    `update ask_step set body = '{}'`,
    `delete from ask_step`,
  ])
    await expect(worker.run(statement)).rejects.toThrow(/permission denied/)
  await expect(system.admin.run(`update ask_step set body = '{}' where ask_id = $1`, [id])).rejects.toThrow(
    /append-only/,
  )
  await expect(
    system.admin.run(`update ask set status = 'answering', ended_at = null where id = $1`, [id]),
  ).rejects.toThrow(/has ended/)
})
