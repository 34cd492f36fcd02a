/** Creations happen once, however often and however many at a time they are sent. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const make = (key: string | null, name: string, who: 'admin' | 'manager' = 'admin') =>
  fetch(`${api.url}/api/accounts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${api.people[who].apiKey}`,
      'content-type': 'application/json',
      ...(key === null ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify({ name }),
  }).then(async response => ({
    status: response.status,
    headers: response.headers,
    json: (await response.json()) as { id: string; code: string },
  }))

const named = async (name: string) =>
  (await api.admin.row<{ n: number }>('select count(*) as n from account where name = $1', [name]))?.n

it('a creation without a key is refused and makes nothing', async () => {
  expect(await make(null, 'Keyless')).toMatchObject({ status: 428, json: { code: 'precondition_required' } })
  expect(await make('short', 'Keyless')).toMatchObject({ status: 400, json: { code: 'bad_input' } })
  expect(await named('Keyless')).toBe(0)
})

it('sent again it answers as the first time, with its headers, and makes nothing', async () => {
  const key = randomUUID()
  const first = await make(key, 'Once')
  const again = await make(key, 'Once')
  expect(first.status).toBe(200)
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  expect(again.json).toEqual(first.json)
  expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(await named('Once')).toBe(1)
})

it('a key used for another body is refused', async () => {
  const key = randomUUID()
  await make(key, 'Mine')
  expect(await make(key, 'Other')).toMatchObject({ status: 422, json: { code: 'idempotency_reused' } })
  expect(await named('Other')).toBe(0)
})

it('a key is its sender’s own', async () => {
  const key = randomUUID()
  const first = await make(key, 'Shared name', 'admin')
  const other = await make(key, 'Shared name', 'manager')
  expect(other.status).toBe(200)
  expect(other.json.id).not.toBe(first.json.id)
})

it('twins at the same moment make one', async () => {
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 12 }, () => make(key, 'Twins')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1)
  expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1)
  expect(await named('Twins')).toBe(1)
})

it('what failed has taken no key', async () => {
  const key = randomUUID()
  expect((await make(key, '')).status).toBe(400)
  expect((await make(key, 'Corrected')).status).toBe(200)
})

it('an effect whose answer could not be kept is not there either', async () => {
  await api.admin.run('alter table idempotency_key add constraint broken check (status is null) not valid')
  try {
    expect((await make(randomUUID(), 'Half')).status).toBe(500)
    expect(await named('Half')).toBe(0)
  } finally {
    await api.admin.run('alter table idempotency_key drop constraint broken')
  }
})

it('after a day a key is free again', async () => {
  const key = randomUUID()
  await make(key, 'Yesterday')
  await api.admin.run(`update idempotency_key set created_at = now() - interval '25 hours'`)
  expect((await make(key, 'Today')).status).toBe(200)
})

it('the database alone shows neither keys nor answers', async () => {
  const key = randomUUID()
  const { json } = await make(key, 'Sealed Name')
  const rows = await api.admin.rows<{ all: string }>(
    `select row_to_json(k)::text || coalesce(encode(answer, 'escape'), '') as all from idempotency_key k`,
  )
  const everything = rows.map(({ all }) => all).join('\n')
  expect(everything.length).toBeGreaterThan(100)
  for (const secret of [key, 'Sealed Name', json.id]) expect(everything).not.toContain(secret)
})
