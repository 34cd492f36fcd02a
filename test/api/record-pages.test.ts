/** What a record's page is told: what is known and waits, what happened, and notes; each for whom it is to be seen. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storeFacts, storeSource } from '../../db/stores/evidence.ts'
import { storeBrief } from '../../db/stores/judgement.ts'
import { changeField } from '../../db/stores/records.ts'
import { startApi, type TestApi, type Who } from '../support/api.ts'
import { makeRecord, recordOf } from './record-of.ts'

let api: TestApi
/** A lead of the rep's, with its contact and a deal. */
let lead: string
let deal: string
let contact: string
let account: string

beforeAll(async () => {
  api = await startApi()
  const owner = api.people.rep.id
  await api.admin.tx(async tx => {
    const idOf = async (text: string, values: unknown[]) => (await tx.row<{ id: string }>(text, values))?.id ?? ''
    account = await idOf(
      `insert into account (name, name_key, owner_id) values ('Orrin Pumps', 'orrinpumps', $1) returning id`,
      [owner],
    )
    contact = await idOf(
      `insert into contact (name, email, email_key, zone, account_id, owner_id) values ('Ada Orrin', 'ada@orrin.example', 'ada@orrin.example', 'Europe/Paris', $2, $1) returning id`,
      [owner, account],
    )
    lead = await idOf(
      `insert into lead (source, contact_id, account_id, owner_id) values ('form', $2, $3, $1) returning id`,
      [owner, contact, account],
    )
    deal = await idOf(
      `insert into deal (name, pipeline_id, stage_id, owner_id, lead_id, contact_id, account_id)
       select 'Pumps', pipeline_id, id, $1, $2, $3, $4 from stage where kind = 'open' limit 1 returning id`,
      [owner, lead, contact, account],
    )
  })
})
afterAll(() => api.close())

type Row = Record<string, unknown>
const get = async (who: Who, kind: string, id: string, what: string) =>
  (await api.call(who, `/api/records/${kind}/${id}/${what}`)).json as Row & { items: Row[]; next: string | null }
const inOrder = (one: unknown, other: unknown) => (String(one) < String(other) ? -1 : 1)
const kinds = (items: Row[]) => items.map(({ kind }) => kind)

test('a note is in the timeline at once, quoted for those who may read it, and hidden from the others', async () => {
  const noted = await api.call('rep', `/api/records/lead/${lead}/notes`, {
    body: { text: 'The board meets on Friday.' },
  })
  expect(noted.status).toBe(200)
  const [first] = (await get('rep', 'lead', lead, 'timeline')).items
  expect(first).toMatchObject({
    kind: 'note',
    text: 'The board meets on Friday.',
    who: 'rep',
    sourceId: noted.json.sourceId,
  })
  for (const who of ['ops', 'viewer'] as const)
    expect(kinds((await get(who, 'lead', lead, 'timeline')).items)).not.toContain('note')
  expect((await api.call('viewer', `/api/sources/${String(noted.json.sourceId)}`)).status).toBe(404)
  const refused = await api.call('ops', `/api/records/lead/${lead}/notes`, { body: { text: 'I was there too.' } })
  expect(refused.status).toBe(403)
  // Notes are of a person too: they go with them when the person is erased.
  const stored = await api.admin.row('select contact_id from call_note where lead_id = $1', [lead])
  expect(stored).toEqual({ contactId: contact })
})

test('a note of a contact or a deal is its owner’s to read', async () => {
  for (const [kind, id] of [
    ['contact', contact],
    ['deal', deal],
  ] as const) {
    const noted = await api.call('rep', `/api/records/${kind}/${id}/notes`, { body: { text: `About the ${kind}.` } })
    const source = `/api/sources/${String(noted.json.sourceId)}`
    expect([kind, (await api.call('rep', source)).status]).toEqual([kind, 200])
    expect([kind, (await api.call('stranger', source)).status]).toEqual([kind, 404])
    expect((await get('rep', kind, id, 'timeline')).items[0]).toMatchObject({ text: `About the ${kind}.` })
  }
})

test('a timeline pages without a gap or a repeat, and can be narrowed', async () => {
  await api.admin.tx(async tx => {
    for (const value of ['Spring', 'Summer', 'Autumn'])
      await changeField(tx, { table: 'lead', id: lead, field: 'campaign', value, by: 'code', why: 'a file says so' })
  })
  const all = (await get('rep', 'lead', lead, 'timeline')).items
  const paged: Row[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await get('rep', 'lead', lead, `timeline?limit=2${cursor && `&cursor=${cursor}`}`)
    paged.push(...page.items)
    cursor = page.next
  }
  expect(paged).toEqual(all)
  expect(all.length).toBeGreaterThan(4)
  const changes = (await get('rep', 'lead', lead, 'timeline?part=changes')).items
  expect(new Set(kinds(changes))).toEqual(new Set(['change', 'lead']))
  // All three in one transaction: at the same instant, so in no order.
  const told = changes.filter(({ field }) => field === 'campaign').map(one => [one.old, one.new])
  expect(told).toHaveLength(3)
  expect(told).toContainEqual(['Summer', 'Autumn'])
  expect(kinds((await get('rep', 'lead', lead, 'timeline?part=talks')).items)).toContain('note')
  expect(kinds((await get('rep', 'lead', lead, 'timeline?part=agents')).items)).toEqual([])
})

test('values of sensitive fields are in nobody’s timeline who may not see them', async () => {
  await api.admin.run(
    `insert into custom_field (kind, key, label, type, sensitive) values ('lead', 'margin', 'Margin', 'number', true)`,
  )
  await api.admin.tx(tx =>
    changeField(tx, { table: 'lead', id: lead, field: 'custom.margin', value: 31, by: 'code', why: 'a file says so' }),
  )
  const told = async (who: Who) => JSON.stringify((await get(who, 'lead', lead, 'timeline')).items).includes('margin')
  expect([await told('manager'), await told('rep'), await told('viewer')]).toEqual([true, false, false])
  expect((await get('rep', 'lead', lead, 'overview')).may).toEqual({ change: true, note: true, seeSensitive: false })
  expect((await get('viewer', 'lead', lead, 'overview')).may).toEqual({
    change: false,
    note: false,
    seeSensitive: false,
  })
})

test('what is known of a record comes with what lies beside it; what stands in mails only for those who may read them', async () => {
  await api.admin.tx(async tx => {
    const source = (kind: 'page' | 'mail', text: string) =>
      storeSource(tx, { key: `${kind}:${lead}`, kind, text, accountId: account, fetchedAt: new Date() })
    const fact = async (kind: 'page' | 'mail', quote: string) => ({
      kind: 'need' as const,
      leadId: lead,
      accountId: account,
      value: quote,
      quote,
      sourceId: await source(kind, quote),
      start: 0,
      end: quote.length,
      by: 'rules' as const,
      observedAt: new Date(),
    })
    const mail = await fact('mail', 'We need three pumps.')
    await tx.run(
      `insert into message (message_id, direction, contact_id, from_address, subject, source_id, raw, at) values ('<1@orrin.example>', 'in', $1, 'ada@orrin.example', 'Pumps', $2, '', now())`,
      [contact, mail.sourceId],
    )
    const [written, read] = await storeFacts(tx, [mail, await fact('page', 'Orrin builds pumps.')])
    const line = (text: string, factIds: string[]) => ({ section: 'now', text, factIds })
    await storeBrief(tx, {
      key: `brief:${lead}`,
      leadId: lead,
      by: 'rules',
      runId: null,
      lines: [line('They need three.', [String(written)]), line('They build.', [String(read)]), line('Call them.', [])],
    })
  })
  const known = async (who: Who, kind: string, id: string) => {
    const { facts, brief, beside } = (await get(who, kind, id, 'overview')) as unknown as {
      facts: Row[]
      brief: { lines: Row[] } | null
      beside: Row[]
    }
    return {
      facts: facts.map(({ value }) => value).toSorted(inOrder),
      brief: brief?.lines.map(({ text }) => text),
      beside: beside.map(({ kind }) => kind).toSorted(inOrder),
    }
  }
  const whole = {
    facts: ['Orrin builds pumps.', 'We need three pumps.'],
    brief: ['They need three.', 'They build.', 'Call them.'],
  }
  expect(await known('rep', 'lead', lead)).toEqual({ ...whole, beside: ['account', 'contact', 'deal'] })
  expect(await known('rep', 'account', account)).toEqual({ ...whole, beside: ['contact', 'deal', 'lead'] })
  expect(await known('rep', 'contact', contact)).toEqual({ ...whole, beside: ['account', 'deal', 'lead'] })
  expect(await known('rep', 'deal', deal)).toEqual({ ...whole, beside: ['account', 'contact', 'lead'] })
  expect(await known('viewer', 'lead', lead)).toMatchObject({ facts: ['Orrin builds pumps.'], brief: ['They build.'] })
  // That there was a mail, its address and subject, and no word of it.
  const [mail] = (await get('viewer', 'lead', lead, 'timeline?part=talks')).items
  expect(mail).toMatchObject({ kind: 'mail', title: 'Pumps', text: null, sourceId: null, labelQuote: null })
})

test('shows of other teams’ leads, people and deals nothing, even on the page of a company of one’s own', async () => {
  const shared = await makeRecord(api, recordOf('/api/accounts/') as never, api.people.stranger.id)
  await api.admin.run('update lead set account_id = $2 where id = $1', [lead, shared])
  const { beside } = (await get('stranger', 'account', shared, 'overview')) as unknown as { beside: Row[] }
  expect(beside).toEqual([])
  expect(kinds((await get('stranger', 'account', shared, 'timeline')).items)).toEqual([])
  expect(kinds((await get('admin', 'account', shared, 'timeline')).items)).toContain('note')
  await api.admin.run('update lead set account_id = $2 where id = $1', [lead, account])
})

test('says to whom it cannot be handed, where it would be out of one’s own reach', async () => {
  const { headers } = await api.call('rep', `/api/deals/${deal}`)
  const given = await api.call('rep', `/api/deals/${deal}`, {
    method: 'PATCH',
    body: { set: { ownerId: api.people.stranger.id } },
    headers: { 'if-match': headers.get('etag') ?? '' },
  })
  expect([given.status, given.json.code]).toEqual([403, 'forbidden'])
  expect((await api.call('rep', `/api/deals/${deal}`)).json.ownerId).toBe(api.people.rep.id)
})
