/** Custom fields over HTTP: their types, what is required, who sees them, and what a change of them is checked against. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeField } from '../../db/stores/records.ts'
import { startApi, type ApiAnswer, type TestApi, type Who } from '../support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

interface Field {
  id: string
  key: string
}
async function field(given: object): Promise<Field> {
  const answer = await api.call('ops', '/api/custom-fields', { body: { kind: 'account', label: 'A field', ...given } })
  expect([answer.status, answer.text]).toEqual([200, answer.text])
  return answer.json as unknown as Field
}
async function patch(who: Who, path: string, body: object): Promise<ApiAnswer> {
  const seen = await api.call(who, path)
  return api.call(who, path, { method: 'PATCH', body, headers: { 'if-match': seen.headers.get('etag') ?? '' } })
}
async function account(who: Who, custom: object): Promise<string> {
  const answer = await api.call(who, '/api/accounts', { body: { name: 'Orrin Pumps', custom } })
  expect([answer.status, answer.text]).toEqual([200, answer.text])
  return String(answer.json.id)
}
const custom = async (who: Who, id: string) =>
  (await api.call(who, `/api/accounts/${id}`)).json.custom as Record<string, unknown>

test.each([
  ['text', 'a word', 7],
  ['number', 12.5, '12.5'],
  ['money', { minor: 1250, currency: 'EUR' }, { minor: 12.5, currency: 'EUR' }],
  ['date', '2027-02-28', '2027-02-30'],
  ['boolean', false, 'no'],
  ['choice', 'EMEA', 'emea'],
  ['url', 'https://orrin.example/a', 'javascript:alert(1)'],
])('a %s takes what is one, and nothing else', async (type, good, bad) => {
  const key = `of_${type}`
  await field({ key, type, choices: type === 'choice' ? ['EMEA', 'APAC'] : [] })
  const id = await account('rep', { [key]: good })
  expect((await custom('rep', id))[key]).toEqual(good)
  const wrong = await patch('rep', `/api/accounts/${id}`, { set: { custom: { [key]: bad } } })
  expect([wrong.status, wrong.json.code]).toEqual([422, 'field_value_invalid'])
  expect((await patch('rep', `/api/accounts/${id}`, { set: { custom: { [key]: null } } })).status).toBe(200)
  expect(await custom('rep', id)).toEqual({})
})

test('values have a history and an owner: what an agent reads for one that a person set is suggested', async () => {
  await field({ key: 'segment', type: 'text' })
  const id = await account('rep', { segment: 'mid' })
  const change = {
    table: 'account',
    id,
    field: 'custom.segment',
    value: 'large',
    why: 'a page',
    runId: randomUUID(),
  } as const
  const outcome = await api.admin.tx(tx => changeField(tx, { ...change, by: `run:${change.runId}` }))
  expect(outcome).toBe('suggested')
  const { json } = await api.call('rep', `/api/suggestions?record=${id}`)
  const [suggestion] = json.items as { id: string; field: string }[]
  expect(suggestion?.field).toBe('custom.segment')
  expect((await api.call('rep', `/api/suggestions/${suggestion?.id}/accept`, { method: 'POST' })).status).toBe(200)
  expect(await custom('rep', id)).toEqual({ segment: 'large' })
  const history = (await api.call('rep', `/api/records/account/${id}/history`)).json as unknown as object[]
  expect(history[0]).toMatchObject({
    field: 'custom.segment',
    old: 'mid',
    new: 'large',
    by: `person:${api.people.rep.id}`,
  })
})

test('what is required cannot be left out or emptied', async () => {
  const { id } = await field({ kind: 'contact', key: 'consent', type: 'boolean', required: true })
  const lacking = await api.call('rep', '/api/contacts', { body: { name: 'Ada' } })
  expect([lacking.status, lacking.json.code, lacking.json.detail]).toEqual([
    422,
    'field_required',
    expect.stringContaining('custom.consent'),
  ])
  const made = await api.call('rep', '/api/contacts', { body: { name: 'Ada', custom: { consent: true } } })
  const cleared = await patch('rep', `/api/contacts/${String(made.json.id)}`, { set: { custom: { consent: null } } })
  expect([cleared.status, cleared.json.code]).toEqual([422, 'field_required'])
  expect((await patch('ops', `/api/custom-fields/${id}`, { archived: true })).status).toBe(200)
  expect((await api.call('rep', '/api/contacts', { body: { name: 'Ada' } })).status).toBe(200)
})

test('fields that are not there, and keys that are none, are refused', async () => {
  const id = await account('rep', {})
  for (const key of ['unheard_of', 'A', "x' or true --"])
    expect((await patch('rep', `/api/accounts/${id}`, { set: { custom: { [key]: 1 } } })).status).toBe(400)
})

test('searchable ones are found by words and by value, others not', async () => {
  await field({ key: 'plant', type: 'text', searchable: true })
  await field({ key: 'lines', type: 'number', searchable: true })
  await field({ key: 'quiet', type: 'text' })
  const id = await account('rep', { plant: 'Gdansk shipyard', lines: 7, quiet: 'Murmur' })
  await account('rep', { plant: 'Gdynia', lines: 8 })
  const found = async (query: string) => {
    const { status, json } = await api.call('rep', `/api/accounts?${query}`)
    return status === 200 ? (json.items as { id: string }[]).map(one => one.id) : status
  }
  const by = (value: object) => `custom=${encodeURIComponent(JSON.stringify(value))}`
  expect(await found('q=shipyard')).toEqual([id])
  expect(await found('q=murmur')).toEqual([])
  expect(await found(by({ lines: 7 }))).toEqual([id])
  expect(await found(by({ lines: 7, plant: 'Gdynia' }))).toEqual([])
  expect(await found(by({ quiet: 'Murmur' }))).toBe(400)
  expect(await found(by({ lines: 'seven' }))).toBe(400)
  expect(await found('custom=nonsense')).toBe(400)
  for (const path of ['leads', 'deals', 'contacts', 'products'])
    expect((await api.call('rep', `/api/${path}?${by({ nothing: 1 })}`)).status).toBe(400)
})

describe('a change of type', () => {
  test('is refused while values do not fit, with how many and which', async () => {
    const { id } = await field({ key: 'head_count', type: 'text' })
    const wrong = await account('rep', { head_count: 'many' })
    const answer = await patch('ops', `/api/custom-fields/${id}`, { type: 'number' })
    expect([answer.status, answer.json.detail]).toEqual([409, expect.stringContaining(wrong)])
    expect(answer.json.detail).toContain('1 record has a value')
    await patch('rep', `/api/accounts/${wrong}`, { set: { custom: { head_count: null } } })
    expect((await patch('ops', `/api/custom-fields/${id}`, { type: 'number' })).status).toBe(200)
  })

  test('or of choices too, and of what an exit rule reads', async () => {
    const { id } = await field({ kind: 'deal', key: 'route', type: 'choice', choices: ['direct', 'partner'] })
    const stages = [{ name: 'talk', exitRules: [{ rule: 'deal.custom.route == "direct"', message: 'x' }] }]
    const { status } = await api.call('ops', '/api/pipelines', { body: { name: 'By route', stages } })
    expect(status).toBe(200)
    for (const change of [{ choices: ['partner'] }, { archived: true }, { type: 'text' }]) {
      const answer = await patch('ops', `/api/custom-fields/${id}`, change)
      const refused = !('type' in change)
      expect([change, answer.status]).toEqual([change, refused ? 409 : 200])
    }
  })

  test('and archiving keeps the values for the field’s return', async () => {
    const { id, key } = await field({ key: 'old_code', type: 'text' })
    const record = await account('rep', { old_code: 'X-1' })
    expect((await patch('ops', `/api/custom-fields/${id}`, { archived: true })).status).toBe(200)
    expect((await patch('rep', `/api/accounts/${record}`, { set: { custom: { [key]: 'X-2' } } })).status).toBe(400)
    expect((await patch('ops', `/api/custom-fields/${id}`, { archived: false })).status).toBe(200)
    expect(await custom('rep', record)).toEqual({ old_code: 'X-1' })
  })
})

test('only ops and admins define, and a sensitive field is never required', async () => {
  const body = { kind: 'lead', key: 'mine', label: 'Mine', type: 'text' }
  for (const who of ['rep', 'manager', 'viewer'] as const)
    expect((await api.call(who, '/api/custom-fields', { body })).status).toBe(403)
  const both = { ...body, required: true, sensitive: true }
  expect((await api.call('ops', '/api/custom-fields', { body: both })).status).toBe(400)
})

describe('a sensitive field', () => {
  const MARKER = 'Zyzzyva'

  test('leaks into no answer that a rep gets, and nobody without the right writes it', async () => {
    const kinds = ['account', 'contact', 'lead', 'deal', 'product'] as const
    for (const kind of kinds) await field({ kind, key: 'margin_note', type: 'text', sensitive: true, searchable: true })
    const value = { margin_note: `${MARKER} is the word` }
    const ownerId = api.people.rep.id
    const make = async (path: string, body: object) => {
      const answer = await api.call('admin', path, { body })
      expect([answer.status, answer.text]).toEqual([200, answer.text])
      return String(answer.json.id)
    }
    const ids: Record<string, string> = {}
    ids.account = await make('/api/accounts', { name: 'Leaky Pumps', ownerId, custom: value })
    ids.contact = await make('/api/contacts', {
      name: 'Lea',
      ownerId,
      accountId: ids.account,
      custom: value,
    })
    ids.lead = await make('/api/leads', { contactId: ids.contact, ownerId, custom: value })
    ids.deal = await make('/api/deals', {
      name: 'Leaky',
      leadId: ids.lead,
      accountId: ids.account,
      ownerId,
      custom: value,
    })
    ids.product = await make('/api/products', { name: 'Pump', custom: value, currency: 'EUR', costMinor: 7_654_321 })
    // An agent's other value, and a change of a run: for suggestions, today and what an undo would show.
    const runId = randomUUID()
    for (const kind of ['account', 'deal'] as const) {
      const change = {
        table: kind,
        id: ids[kind] ?? '',
        field: 'custom.margin_note',
        why: 'read',
        runId,
        by: `run:${runId}`,
      }
      await api.admin.tx(tx => changeField(tx, { ...change, value: `${MARKER} as read` }))
    }
    const suggestion = await api.admin.row<{ id: string }>(`select id from field_suggestion where record_id = $1`, [
      ids.deal,
    ])
    const change = await api.admin.row<{ id: string }>(
      `select id from field_change where record_id = $1 and field like 'custom.%'`,
      [ids.deal],
    )

    const { json } = await api.call(null, '/openapi.json')
    const paths = Object.entries(json.paths as Record<string, { get?: { parameters?: { name: string }[] } }>).flatMap(
      ([path, methods]) => {
        if (methods.get === undefined || path.includes('/events') || path.includes('live')) return []
        const searches = methods.get.parameters?.some(({ name }) => name === 'q') === true
        const forms = searches ? [`${path}?q=${MARKER}`, path] : [path]
        return forms.flatMap(form =>
          [...kinds, 'task'].flatMap(kind =>
            Object.values({ ...ids, suggestion: suggestion?.id, change: change?.id }).map(id =>
              form.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'kind' ? kind : String(id))),
            ),
          ),
        )
      },
    )
    const query = `custom=${encodeURIComponent(JSON.stringify(value))}`
    const all = [
      ...new Set(paths),
      ...['accounts', 'contacts', 'leads', 'deals', 'products'].map(one => `/api/${one}?${query}`),
    ]
    const leaks = async (who: Who) => {
      const found: string[] = []
      for (const path of all) {
        const { status, text } = await api.call(who, path)
        // Neither broken nor refused for its number.
        expect([path, [429, 500].includes(status)]).toEqual([path, false])
        if (text.includes(MARKER) || text.includes('7654321')) found.push(path)
        // Nor by being found: a filter that answers tells the value.
        if (path.includes('custom=') && text.includes('Leaky')) found.push(path)
        if (path.includes(`?q=${MARKER}`) && text.includes('Leaky')) found.push(path)
      }
      return found
    }
    const seen = await leaks('admin')
    expect(seen).toEqual(
      expect.arrayContaining([
        `/api/accounts/${ids.account}`,
        `/api/products/${ids.product}`,
        `/api/deals?${query}`,
        `/api/accounts?q=${MARKER}`,
        `/api/records/deal/${ids.deal}/history`,
        '/api/suggestions',
        '/api/today',
        `/api/changes/${change?.id}/undo`,
      ]),
    )
    expect(await leaks('rep')).toEqual([])
    expect(await leaks('ops')).toEqual([])
    expect((await api.call('manager', `/api/accounts/${ids.account}`)).text).toContain(MARKER)
    expect((await api.call('manager', '/api/today')).text).toContain(MARKER)
    expect((await api.call('strangeManager', '/api/today')).text).not.toContain(MARKER)
    expect((await api.call('strangeManager', '/api/suggestions')).text).not.toContain(MARKER)
    expect((await api.call('strangeManager', `/api/products/${ids.product}`)).text).toContain(MARKER)

    for (const path of [`/api/accounts/${ids.account}`, `/api/deals/${ids.deal}`]) {
      const answer = await patch('rep', path, { set: { custom: { margin_note: 'mine' } } })
      expect([answer.status, answer.text.includes(MARKER)]).toEqual([403, false])
    }
    expect((await patch('ops', `/api/products/${ids.product}`, { set: { costMinor: 1 } })).status).toBe(403)
    expect((await api.call('rep', `/api/suggestions/${suggestion?.id}/accept`, { method: 'POST' })).status).toBe(404)
    // What one may not see is not lost by one's own changes.
    expect((await patch('rep', `/api/accounts/${ids.account}`, { set: { city: 'Lille' } })).status).toBe(200)
    expect(await custom('admin', ids.account)).toEqual(value)
  })
})

describe('an import', () => {
  const send = async (who: Who, text: string, query = '') => {
    const response = await fetch(`${api.url}/api/imports?file=x.csv&as=products&source=s${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.people[who].apiKey}`, 'content-type': 'text/csv' },
      body: text,
    })
    return { status: response.status, json: (await response.json()) as Record<string, unknown> }
  }
  const product = async (name: string) =>
    (await api.admin.row<{ custom: Record<string, unknown> }>('select custom from product where name = $1', [name]))
      ?.custom

  test('fills custom fields by their types, spares what people set, and keeps aside what does not fit or lacks one', async () => {
    await field({ kind: 'product', key: 'weight', label: 'Weight (kg)', type: 'number', required: true })
    await field({ kind: 'product', key: 'line', type: 'choice', choices: ['A', 'B'] })
    await field({ kind: 'product', key: 'margin', type: 'number', sensitive: true })
    const first = await send('ops', 'product,Gewicht,line\nImported,12.5,a\nHeavy,much,B\nBare,,A\n', map())
    expect(first.json).toMatchObject({ rows: 3, created: 1, merged: 0 })
    expect(first.json.kept).toEqual([
      expect.objectContaining({ row: 2, reason: 'bad_custom', message: expect.stringContaining('takes a number') }),
      expect.objectContaining({ row: 3, reason: 'custom_missing', message: expect.stringContaining('custom.weight') }),
    ])
    expect(await product('Imported')).toEqual({ weight: 12.5, line: 'A' })
    // One that is there already may lack it; a person's value stays.
    const { id } = (await api.admin.row<{ id: string }>(`select id from product where name = 'Imported'`)) ?? { id: '' }
    expect((await patch('ops', `/api/products/${id}`, { set: { custom: { line: 'B' } } })).status).toBe(200)
    const second = await send('ops', 'product,line\nImported,A\n')
    expect(second.json).toMatchObject({ rows: 1, created: 0, merged: 1, spared: 1, kept: [] })
    expect(await product('Imported')).toEqual({ weight: 12.5, line: 'B' })
    expect(await send('ops', 'product,margin\nImported,9\n')).toMatchObject({
      status: 403,
      json: { code: 'forbidden' },
    })
    expect((await send('admin', 'product,margin\nImported,9\n')).json).toMatchObject({ merged: 1 })
    expect(await product('Imported')).toEqual({ weight: 12.5, line: 'B', margin: 9 })
  })

  const map = () => `&map=${encodeURIComponent('custom.weight: Gewicht')}`
})
