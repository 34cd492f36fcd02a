/** Pipelines over HTTP: made, ordered, archived with deals in them, and exit rules when a deal moves. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startApi, type ApiAnswer, type TestApi, type Who } from '../support/api.ts'

let api: TestApi
let made = 0
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

interface Stage {
  id: string
  name: string
  position: number
}
interface Pipeline {
  id: string
  stages: Stage[]
}
let pipeline: Pipeline
const stage = (name: string): Stage => pipeline.stages.find(one => one.name === name) as Stage

beforeEach(async () => {
  const stages = [
    { name: 'talk', probability: 0.1 },
    { name: 'offer', probability: 0.5 },
    { name: 'contract', probability: 0.8 },
    { name: 'won', kind: 'won', probability: 1 },
    { name: 'lost', kind: 'lost' },
  ]
  const answer = await api.call('ops', '/api/pipelines', { body: { name: `Partners ${++made}`, stages } })
  if (answer.status !== 200) throw new Error(answer.text)
  pipeline = answer.json as unknown as Pipeline
})

/** Reads the record for its ETag, then changes it. */
async function change(who: Who, path: string, body: object, method = 'PATCH'): Promise<ApiAnswer> {
  const seen = await api.call(who, path.replace(/\/archive$/, ''))
  return api.call(who, path, { method, body, headers: { 'if-match': seen.headers.get('etag') ?? '' } })
}
const rules = (name: string, exitRules: object[]) => change('ops', `/api/stages/${stage(name).id}`, { exitRules })
async function deal(name: string, set: object = {}): Promise<string> {
  const answer = await api.call('rep', '/api/deals', { body: { name: 'Pumps', stageId: stage(name).id, ...set } })
  expect([answer.status, answer.text]).toEqual([200, answer.text])
  return String(answer.json.id)
}
const move = (id: string, name: string, set: object = {}) =>
  change('rep', `/api/deals/${id}`, { set: { stageId: stage(name).id, ...set } })
const order = async () =>
  ((await api.call('rep', `/api/pipelines/${pipeline.id}`)).json.stages as Stage[]).map(({ name }) => name)

test('stages are renamed, put in order and added, and everybody reads them', async () => {
  const ids = pipeline.stages.map(({ id }) => id)
  const [first = '', second = '', ...others] = ids
  const swapped = await change('ops', `/api/pipelines/${pipeline.id}`, { order: [second, first, ...others] })
  expect([swapped.status, swapped.text]).toEqual([200, swapped.text])
  expect(await order()).toEqual(['offer', 'talk', 'contract', 'won', 'lost'])
  expect((await change('ops', `/api/pipelines/${pipeline.id}`, { order: [first, first, ...others] })).status).toBe(400)
  expect((await change('ops', `/api/stages/${first}`, { name: 'offer' })).status).toBe(409)
  expect((await change('ops', `/api/stages/${first}`, { name: 'first talk' })).status).toBe(200)
  expect((await api.call('ops', `/api/pipelines/${pipeline.id}/stages`, { body: { name: 'pilot' } })).status).toBe(200)
  expect(await order()).toEqual(['offer', 'first talk', 'contract', 'won', 'lost', 'pilot'])
  expect((await change('rep', `/api/stages/${first}`, { name: 'mine' })).status).toBe(403)
})

test('a change from another state than it is in is refused', async () => {
  const path = `/api/stages/${stage('talk').id}`
  const etag = (await api.call('ops', path)).headers.get('etag') ?? ''
  expect((await change('ops', path, { probability: 0.2 })).status).toBe(200)
  const call = { method: 'PATCH', body: { probability: 0.3 } }
  expect((await api.call('ops', path, { ...call, headers: { 'if-match': etag } })).status).toBe(412)
  expect((await api.call('ops', path, call)).status).toBe(428)
})

describe('a stage with deals in it', () => {
  test('cannot go, and says how many', async () => {
    await deal('talk')
    await deal('talk')
    const answer = await change('ops', `/api/stages/${stage('talk').id}/archive`, {}, 'POST')
    expect(answer.status).toBe(409)
    expect(answer.json.detail).toContain('2 deals stand in stage talk')
    expect(await order()).toContain('talk')
  })

  test('goes when its deals move, each with its history', async () => {
    const ids = [await deal('talk'), await deal('talk')]
    const to = stage('offer').id
    const answer = await change('ops', `/api/stages/${stage('talk').id}/archive`, { moveTo: to }, 'POST')
    expect([answer.status, answer.json]).toEqual([200, { moved: 2 }])
    expect(await order()).not.toContain('talk')
    for (const id of ids) {
      expect((await api.call('rep', `/api/deals/${id}`)).json.stageId).toBe(to)
      const moves = await api.admin.rows(
        'select from_stage_id, to_stage_id, by from deal_stage_change where deal_id = $1 and from_stage_id is not null',
        [id],
      )
      expect(moves).toEqual([{ fromStageId: stage('talk').id, toStageId: to, by: `person:${api.people.ops.id}` }])
      const { text } = await api.call('rep', `/api/records/deal/${id}/history`)
      expect(text).toContain('stage talk archived')
    }
    const events = await api.admin.rows(
      `select data from audit_event where type = 'stage.archived' and target_id = $1`,
      [stage('talk').id],
    )
    expect(events).toEqual([{ data: { movedTo: to, deals: 2 } }])
  })

  test('does not make lost deals of open ones', async () => {
    await deal('talk')
    const moveTo = stage('lost').id
    expect((await change('ops', `/api/stages/${stage('talk').id}/archive`, { moveTo }, 'POST')).status).toBe(409)
  })

  test('that is archived takes none, whoever asks', async () => {
    const id = await deal('offer')
    const talk = stage('talk').id
    expect((await change('ops', `/api/stages/${talk}/archive`, {}, 'POST')).status).toBe(200)
    expect((await move(id, 'talk')).status).toBe(409)
    await expect(api.admin.run('update deal set stage_id = $2 where id = $1', [id, talk])).rejects.toThrow('archived')
  })

  test('and deals coming in while it goes: none is left behind', async () => {
    const path = `/api/stages/${stage('talk').id}`
    const etag = (await api.call('ops', path)).headers.get('etag') ?? ''
    const coming = Array.from({ length: 12 }, () =>
      api.call('rep', '/api/deals', { body: { name: 'Late', stageId: stage('talk').id } }),
    )
    const going = api.call('ops', `${path}/archive`, {
      body: { moveTo: stage('offer').id },
      headers: { 'if-match': etag },
    })
    await Promise.all([...coming, going])
    expect((await going).status).toBe(200)
    expect(await api.admin.rows('select id from deal where stage_id = $1', [stage('talk').id])).toEqual([])
  })
})

test('a pipeline with open deals cannot go; an empty one can, and comes back', async () => {
  const path = `/api/pipelines/${pipeline.id}`
  const id = await deal('talk')
  const answer = await change('ops', path, { archived: true })
  expect([answer.status, answer.json.detail]).toEqual([409, expect.stringContaining('1 open deal')])
  expect((await move(id, 'lost')).status).toBe(200)
  expect((await change('ops', path, { archived: true })).status).toBe(200)
  expect((await api.call('rep', '/api/pipelines')).text).not.toContain(pipeline.id)
  expect((await move(id, 'talk')).status).toBe(409)
  expect((await change('ops', path, { archived: false })).status).toBe(200)
  expect((await move(id, 'talk')).status).toBe(200)
})

describe('exit rules', () => {
  const RULES = [
    { rule: 'has(deal.amount) && deal.amount >= 1000', message: 'An offer needs an amount of 1,000 or more.' },
    { rule: 'has(deal.next_step)', message: 'Say what happens next.' },
  ]

  test('with a mistake are refused by name', async () => {
    const answer = await rules('talk', [...RULES, { rule: 'deal.amuont > 0.0', message: 'x' }])
    expect([answer.status, answer.json.code]).toEqual([422, 'exit_rules_invalid'])
    expect(answer.json.detail).toContain('Exit rule 3')
  })

  test('stop a deal on its way on, each by its message, and nothing of the change is kept', async () => {
    await rules('talk', RULES)
    const id = await deal('talk')
    const answer = await move(id, 'offer', { name: 'Renamed' })
    expect([answer.status, answer.json.code]).toEqual([422, 'exit_rules_unmet'])
    for (const { message } of RULES) expect(answer.json.detail).toContain(message)
    const now = (await api.call('rep', `/api/deals/${id}`)).json
    expect([now.stageId, now.name]).toEqual([stage('talk').id, 'Pumps'])
    const won = await move(id, 'won', { amountMinor: 100_000, currency: 'EUR' })
    expect([won.status, won.json.detail]).toEqual([422, expect.not.stringContaining('1,000')])
    expect((await move(id, 'lost')).status).toBe(200)
  })

  test('see the deal as the same request leaves it, and let it go back', async () => {
    await rules('offer', RULES)
    const id = await deal('offer')
    expect((await move(id, 'talk')).status).toBe(200)
    expect((await move(id, 'offer')).status).toBe(200)
    const set = { amountMinor: 100_000, currency: 'EUR', nextStep: 'call on Tuesday' }
    expect((await move(id, 'contract', set)).status).toBe(200)
  })

  test('hold for who takes over what an agent suggested', async () => {
    await rules('talk', RULES)
    const id = await deal('talk')
    const suggestion = await api.admin.row<{ id: string }>(
      `insert into field_suggestion (key, "table", record_id, field, value) values (gen_random_uuid()::text, 'deal', $1, 'stageId', to_jsonb($2::text)) returning id`,
      [id, stage('offer').id],
    )
    const answer = await api.call('rep', `/api/suggestions/${suggestion?.id}/accept`, { method: 'POST' })
    expect([answer.status, answer.json.code]).toEqual([422, 'exit_rules_unmet'])
  })
})
