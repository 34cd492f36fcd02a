/** Price lists and working hours over HTTP, and runs that wait by the hours that somebody set. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hoursOfRun } from '../../db/stores/shape/working-hours.ts'
import { USUAL_HOURS } from '../../domain/calendar/hours.ts'
import { startApi, type TestApi, type Who } from '../support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

async function change(who: Who, path: string, method: string, body?: object) {
  const seen = await api.call(who, path)
  const headers = { 'if-match': seen.headers.get('etag') ?? '' }
  return api.call(who, path, { method, headers, ...(body === undefined ? {} : { body }) })
}

async function product(name: string): Promise<string> {
  const answer = await api.call('ops', '/api/products', { body: { name, currency: 'EUR', priceMinor: 1_000 } })
  expect([answer.status, answer.text]).toEqual([200, answer.text])
  return String(answer.json.id)
}
const list = (given: object) =>
  api.call('ops', '/api/price-lists', { body: { currency: 'EUR', validFrom: '2027-01-01', ...given } })
const inForce = async (on: string, currency = 'EUR') =>
  ((await api.call('rep', `/api/price-lists?currency=${currency}&on=${on}`)).json.items as { name: string }[]).map(
    ({ name }) => name,
  )

test('products are made, renamed, archived; two of one name are one', async () => {
  const id = await product('GTX Pro')
  expect((await api.call('ops', '/api/products', { body: { name: 'GTXPro' } })).status).toBe(409)
  expect((await api.call('ops', '/api/products', { body: { name: '…' } })).status).toBe(400)
  expect((await api.call('rep', '/api/products', { body: { name: 'Mine' } })).status).toBe(403)
  const path = `/api/products/${id}`
  expect((await change('ops', path, 'PATCH', { set: { name: 'GTX Max', priceMinor: 2_000 } })).status).toBe(200)
  expect((await change('ops', path, 'PATCH', { set: { currency: null } })).status).toBe(400)
  const costly = await change('admin', path, 'PATCH', { set: { costMinor: 700 } })
  expect([costly.status, costly.json.costMinor]).toEqual([200, 700])
  expect((await api.call('rep', path)).json).toMatchObject({ name: 'GTX Max', priceMinor: 2_000, costMinor: null })
  expect((await change('ops', path, 'PATCH', { set: { archivedAt: '2026-11-24T12:00:00Z' } })).status).toBe(200)
  const { json } = await api.call('rep', '/api/products?archived=false')
  expect((json.items as { id: string }[]).map(one => one.id)).not.toContain(id)
})

test('one list of a currency is in force on a day', async () => {
  const pump = await product('Pump')
  const first = await list({ name: '2027', validTo: '2027-06-30', prices: [{ productId: pump, amountMinor: 900 }] })
  expect([first.status, first.text]).toEqual([200, first.text])
  const overlapping = await list({ name: 'Spring', validFrom: '2027-06-30' })
  expect([overlapping.status, overlapping.json.detail]).toEqual([409, expect.stringContaining('2027 is in force')])
  expect((await list({ name: 'Summer', validFrom: '2027-07-01' })).status).toBe(200)
  expect((await list({ name: 'Dollars', currency: 'USD' })).status).toBe(200)
  expect(await inForce('2027-06-30')).toEqual(['2027'])
  expect(await inForce('2027-07-01')).toEqual(['Summer'])
  expect(await inForce('2026-12-31')).toEqual([])
  const path = `/api/price-lists/${String(first.json.id)}`
  expect((await change('ops', path, 'PATCH', { validTo: null })).status).toBe(409)
  const priced = await change('ops', path, 'PATCH', { prices: [{ productId: pump, amountMinor: 950 }] })
  expect(priced.json.prices).toEqual([{ productId: pump, product: 'Pump', amountMinor: 950 }])
  expect((await change('ops', path, 'PATCH', { prices: [] })).json.prices).toEqual([])
  expect((await change('ops', path, 'PATCH', { archived: true })).status).toBe(200)
  expect(await inForce('2027-06-30')).toEqual([])
  expect((await change('rep', path, 'PATCH', { name: 'mine' })).status).toBe(403)
})

test('of lists made at once for the same days, one is', async () => {
  const made = await Promise.all(
    Array.from({ length: 8 }, (_, n) => list({ name: `Francs ${n}`, currency: 'CHF', validFrom: '2027-01-01' })),
  )
  expect(made.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, ...Array<number>(7).fill(409)])
})

test('runs keep the hours of their owner’s team, else the organisation’s, else the usual ones', async () => {
  const row = await api.admin.row<{ id: string }>(
    `insert into lead (source, owner_id) values ('form', $1) returning id`,
    [api.people.rep.id],
  )
  const run = { leadId: row?.id ?? '', dealId: null, contactId: null, accountId: null }
  const hours = () => hoursOfRun(api.db, run)
  expect(await hours()).toEqual(USUAL_HOURS)

  const ours = { workingDays: [1, 2, 3, 4], from: '08:00', to: '16:00', daysOff: ['2026-12-28'] }
  expect((await change('rep', '/api/working-hours', 'PUT', ours)).status).toBe(403)
  const set = await change('ops', '/api/working-hours', 'PUT', ours)
  expect([set.status, set.json]).toEqual([200, { ...ours, teamId: null, team: null }])
  expect(await hours()).toEqual(ours)
  expect((await change('ops', '/api/working-hours', 'PUT', { ...ours, from: '17:00' })).status).toBe(422)

  const north = await api.admin.row<{ id: string }>(`select id from team where name = 'North'`)
  const path = `/api/working-hours/${north?.id}`
  expect((await api.call('rep', path)).json).toMatchObject({ ...ours, team: 'North' })
  const theirs = { workingDays: [7], from: '10:00', to: '24:00', daysOff: [] }
  expect((await change('ops', path, 'PUT', theirs)).status).toBe(200)
  expect(await hours()).toEqual(theirs)
  const stale = { method: 'PUT', body: ours, headers: { 'if-match': '"of before"' } }
  expect((await api.call('ops', path, stale)).status).toBe(412)
  expect((await change('ops', path, 'DELETE')).status).toBe(200)
  expect(await hours()).toEqual(ours)
  const events = await api.admin.rows(`select data from audit_event where type = 'working_hours.changed' order by id`)
  expect(events).toHaveLength(3)
})
