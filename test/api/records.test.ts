/** Records over HTTP: who sees and changes what, lost updates, ownership of fields, pages. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { may } from '../../domain/access/may.ts'
import { type Right } from '../../domain/access/table.ts'
import { viewerOf } from '../../db/access.ts'
import type { Tx } from '../../db/sql.ts'
import { userById } from '../../db/stores/people.ts'
import { changeField } from '../../db/stores/records.ts'
import { startApi, type ApiAnswer, type TestApi, type Who } from '../support/api.ts'
import { makeRecord, recordOf } from './record-of.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const KINDS = {
  account: { path: '/api/accounts', make: { name: 'Orrin Pumps' }, set: { city: 'Lille' } },
  contact: { path: '/api/contacts', make: { name: 'Ada Orrin' }, set: { title: 'Head of Purchasing' } },
  deal: { path: '/api/deals', make: { name: 'Pumps 2027' }, set: { nextStep: 'call on Tuesday' } },
  task: { path: '/api/tasks', make: { title: 'Send the drawings' }, set: { why: 'asked for them' } },
} as const
type Kind = keyof typeof KINDS
const EVERYBODY: Who[] = ['rep', 'colleague', 'manager', 'stranger', 'strangeManager', 'ops', 'admin', 'viewer']

/** Made by `admin`, since they alone may give a record to anybody. */
async function make(kind: Kind, owner: Who | null): Promise<{ id: string; etag: string }> {
  const body = { ...KINDS[kind].make, ownerId: owner === null ? null : api.people[owner].id }
  const answer = await api.call('admin', KINDS[kind].path, { body, headers: key() })
  if (answer.status !== 200) throw new Error(answer.text)
  return { id: String(answer.json.id), etag: answer.headers.get('etag') ?? '' }
}

const key = () => ({ 'idempotency-key': crypto.randomUUID() })

const change = (who: Who, kind: Kind, { id, etag }: { id: string; etag?: string }, set: object): Promise<ApiAnswer> =>
  api.call(who, `${KINDS[kind].path}/${id}`, {
    method: 'PATCH',
    body: { set },
    headers: etag === undefined ? {} : { 'if-match': etag },
  })

async function allowed(who: Who, right: Right, owner: Who | null): Promise<boolean> {
  const viewer = await viewerOf(api.db, await userById(api.db, api.people[who].id))
  return may(viewer, right, owner === null ? null : api.people[owner].id)
}

describe.each(Object.keys(KINDS) as Kind[])('a %s', kind => {
  test.each<Who | null>([
    'rep',
    'colleague',
    'stranger',
    null,
  ])('of %s is seen and changed as the table says', async owner => {
    const record = await make(kind, owner)
    for (const who of EVERYBODY) {
      const sees = await allowed(who, `${kind}.see`, owner)
      const seen = await api.call(who, `${KINDS[kind].path}/${record.id}`)
      expect([who, seen.status]).toEqual([who, sees ? 200 : 404])
      const { json } = await api.call(who, `${KINDS[kind].path}?limit=200`)
      const listed = (json.items as { id: string }[]).some(one => one.id === record.id)
      expect([who, listed]).toEqual([who, sees])
      const changes = await allowed(who, `${kind}.change`, owner)
      const etag = seen.headers.get('etag') ?? '"unseen"'
      const changed = await change(who, kind, { id: record.id, etag }, KINDS[kind].set)
      const denied = sees ? 403 : (await allowed(who, `${kind}.change`, who)) ? 404 : 403
      expect([who, changed.status]).toEqual([who, changes ? 200 : denied])
    }
  })

  test('changed from another state than it is in: nothing is lost', async () => {
    const record = await make(kind, 'rep')
    const first = await change('rep', kind, record, KINDS[kind].set)
    expect(first.status).toBe(200)
    const stale = await change('manager', kind, record, KINDS[kind].set)
    expect([stale.status, stale.json.code]).toEqual([412, 'precondition_failed'])
    const blind = await change('rep', kind, { id: record.id }, KINDS[kind].set)
    expect([blind.status, blind.json.code]).toEqual([428, 'precondition_required'])
  })

  test('fifty changes at once from one state: one is made', async () => {
    const record = await make(kind, 'rep')
    const answers = await Promise.all(Array.from({ length: 50 }, () => change('rep', kind, record, KINDS[kind].set)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(49)
  })

  test('what is not a field of it is refused, and changes nothing', async () => {
    const record = await make(kind, 'rep')
    for (const set of [{ createdAt: 'x' }, { id: record.id }, { fieldOwners: {} }, { scoreValue: 100 }]) {
      const answer = await change('rep', kind, record, set)
      expect([answer.status, answer.json.code]).toEqual([400, 'bad_input'])
    }
    expect((await api.call('rep', `${KINDS[kind].path}/${record.id}`)).headers.get('etag')).toBe(record.etag)
  })
})

test('a field that a person set stays theirs: an agent’s value becomes a suggestion', async () => {
  const account = await make('account', 'rep')
  expect((await change('rep', 'account', account, { employees: 120 })).status).toBe(200)
  const by = await api.db.tx(tx =>
    changeField(tx, {
      table: 'account',
      id: account.id,
      field: 'employees',
      value: 90,
      by: 'run:x',
      why: 'a page says so',
    }),
  )
  expect(by).toBe('suggested')
  expect((await api.call('rep', `/api/accounts/${account.id}`)).json.employees).toBe(120)

  const open = async (who: Who) =>
    (await api.call(who, '/api/suggestions')).json.items as { id: string; value: number }[]
  const [suggested] = await open('rep')
  expect(suggested).toMatchObject({ recordId: account.id, field: 'employees', value: 90 })
  expect(await open('stranger')).toEqual([])
  const accept = `/api/suggestions/${suggested?.id}/accept`
  expect((await api.call('stranger', accept, { method: 'POST' })).status).toBe(404)
  expect((await api.call('colleague', accept, { method: 'POST' })).status).toBe(403)
  expect((await api.call('rep', accept, { method: 'POST' })).json.status).toBe('accepted')
  expect((await api.call('rep', accept, { method: 'POST' })).status).toBe(409)
  expect((await api.call('rep', `/api/accounts/${account.id}`)).json.employees).toBe(90)
  const { json: history } = await api.call('rep', `/api/records/account/${account.id}/history`)
  const changes = (history as unknown as { field: string; old: unknown; new: unknown }[]).filter(
    one => one.field === 'employees',
  )
  expect(changes.map(one => [one.old, one.new])).toEqual([
    [120, 90],
    [null, 120],
  ])
  expect((await api.call('stranger', `/api/records/account/${account.id}/history`)).status).toBe(404)
})

test('nobody learns by pointing that a record exists which is not theirs to see', async () => {
  const theirs = await make('account', 'stranger')
  const deal = await make('deal', 'rep')
  const pointed = await change('rep', 'deal', deal, { accountId: theirs.id })
  const nowhere = await change('rep', 'deal', deal, { accountId: crypto.randomUUID() })
  expect([pointed.status, nowhere.status]).toEqual([404, 404])
  const made = await api.call('rep', '/api/tasks', {
    body: { title: 'x', dealId: (await make('deal', 'stranger')).id },
    headers: key(),
  })
  expect(made.status).toBe(404)
})

test('a lead passes on its owner to its contact and account, and takes them along', async () => {
  const contact = await make('contact', null)
  const made = await api.call('rep', '/api/leads', { body: { contactId: contact.id }, headers: key() })
  expect([made.status, made.json.ownerId]).toEqual([200, api.people.rep.id])
  expect((await api.call('stranger', `/api/contacts/${contact.id}`)).status).toBe(404)
  const given = await api.call('admin', `/api/leads/${String(made.json.id)}`, {
    method: 'PATCH',
    body: { set: { ownerId: api.people.stranger.id } },
    headers: { 'if-match': made.headers.get('etag') ?? '' },
  })
  expect(given.status).toBe(200)
  expect((await api.call('stranger', `/api/contacts/${contact.id}`)).status).toBe(200)
  expect((await api.call('rep', `/api/contacts/${contact.id}`)).status).toBe(404)
})

describe('a run is of its lead’s owner, or else of its deal’s', () => {
  const at = recordOf('/api/runs/')
  const runOf = async (owner: Who | null) => {
    if (!at) throw new Error('no run can be made')
    const id = await makeRecord(api, at, owner && api.people[owner].id)
    const row = await api.admin.row<{ leadId: string }>('select lead_id from run where id = $1', [id])
    return { id, leadId: row?.leadId ?? '' }
  }
  const listed = async (who: Who, id: string): Promise<boolean> => {
    const { json } = await api.call(who, '/api/runs?status=paused&limit=200')
    return (json.items as { id: string }[]).some(one => one.id === id)
  }
  const owner = async (id: string) =>
    (await api.admin.row<{ ownerId: string | null }>('select owner_id from run where id = $1', [id]))?.ownerId ?? null

  test('passed on, it is seen by whom it was given to, and by nobody else', async () => {
    const { id, leadId } = await runOf('rep')
    expect([await listed('rep', id), await listed('stranger', id)]).toEqual([true, false])
    const lead = await api.call('admin', `/api/leads/${leadId}`)
    const given = await api.call('admin', `/api/leads/${leadId}`, {
      method: 'PATCH',
      body: { set: { ownerId: api.people.stranger.id } },
      headers: { 'if-match': lead.headers.get('etag') ?? '' },
    })
    expect(given.status).toBe(200)
    expect([await listed('rep', id), await listed('stranger', id)]).toEqual([false, true])
    expect((await api.call('rep', `/api/runs/${id}`)).status).toBe(404)
    expect((await api.call('stranger', `/api/runs/${id}`)).status).toBe(200)
  })

  test('where the lead is nobody’s, the deal tells, and what a run is set to does not', async () => {
    const { id, leadId } = await runOf(null)
    const deal = await make('deal', 'rep')
    await api.admin.run('update run set deal_id = $2 where id = $1', [id, deal.id])
    expect(await owner(id)).toBe(api.people.rep.id)
    await api.admin.run('update deal set owner_id = $2 where id = $1', [deal.id, api.people.colleague.id])
    expect(await owner(id)).toBe(api.people.colleague.id)
    await api.admin.run('update lead set owner_id = $2 where id = $1', [leadId, api.people.stranger.id])
    await api.admin.run('update deal set owner_id = $2 where id = $1', [deal.id, api.people.rep.id])
    expect(await owner(id)).toBe(api.people.stranger.id)
    await api.admin.run('update run set owner_id = $2 where id = $1', [id, api.people.rep.id])
    expect(await owner(id)).toBe(api.people.stranger.id)
    await api.admin.run('update lead set owner_id = null where id = $1', [leadId])
    expect(await owner(id)).toBe(api.people.rep.id)
  })

  test('begun while its lead is passed on: whichever comes first, it is whose the lead is', async () => {
    const { id, leadId } = await runOf('rep')
    const again = (tx: Tx) =>
      tx.row<{ id: string }>(
        `insert into run (playbook, version_id, event_id, once_key, lead_id) select playbook, version_id, event_id, gen_random_uuid()::text, lead_id
         from run where id = $1 returning id`,
        [id],
      )
    const pass = (tx: Tx, to: Who) => tx.run('update lead set owner_id = $2 where id = $1', [leadId, api.people[to].id])
    let passed: Promise<unknown> = Promise.resolve()
    const begun = await api.admin.tx(async tx => {
      const made = await again(tx)
      passed = api.db.tx(other => pass(other, 'stranger'))
      await waitsForLock(passed)
      return made
    })
    await passed
    expect(await owner(begun?.id ?? '')).toBe(api.people.stranger.id)
    let begins: Promise<{ id: string } | null> = Promise.resolve(null)
    await api.admin.tx(async tx => {
      await pass(tx, 'rep')
      begins = api.db.tx(again)
      await waitsForLock(begins)
    })
    expect(await owner((await begins)?.id ?? '')).toBe(api.people.rep.id)
  })

  /** Until some statement waits for another's lock, or `work` is done without. */
  async function waitsForLock(work: Promise<unknown>): Promise<void> {
    const at = { end: false }
    const settled = () => (at.end = true)
    work.then(settled, settled)
    while (!at.end && (await api.db.row('select 1 from pg_locks where not granted')) === null)
      await new Promise(resolve => setTimeout(resolve, 20))
  }
})

test('two contacts cannot share an address, however it is written', async () => {
  const one = await make('contact', 'rep')
  const two = await make('contact', 'rep')
  expect((await change('rep', 'contact', one, { email: 'Ada+pumps@Orrin.example' })).status).toBe(200)
  const clash = await change('rep', 'contact', two, { email: 'ada@orrin.example' })
  expect([clash.status, clash.json.code]).toEqual([409, 'conflict'])
  expect((await change('rep', 'contact', two, { email: 'no address' })).status).toBe(400)
})

test('pages show every record once, however many come meanwhile', async () => {
  const made = new Set<string>()
  for (let n = 0; n < 25; n++) made.add((await make('task', 'colleague')).id)
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { json } = await api.call('colleague', `/api/tasks?limit=7${query}&owner=${api.people.colleague.id}`)
    seen.push(...(json.items as { id: string }[]).map(one => one.id))
    cursor = json.next as string | null
    await make('task', 'colleague')
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.filter(id => made.has(id))).toHaveLength(25)
  expect((await api.call('colleague', '/api/tasks?cursor=bm90IG9uZQ')).status).toBe(400)
})

test('pages of deals: open ones first, of whatever stage, soonest close date first, each once', async () => {
  for (let n = 0; n < 12; n++) await make('deal', 'rep')
  await api.db.run(
    `update deal d set stage_id = x.stage_id, close_date = case when x.n % 5 > 0 then date '2027-01-01' + (x.n * 7 % 11)::int end
     from (select d.id, n, s.id as stage_id from (select id, row_number() over (order by id) as n from deal) d
       join (select id, row_number() over (order by position) - 1 as k from stage) s on s.k = d.n % 3) x where x.id = d.id`,
  )
  const right = await api.db.rows<{ id: string }>(
    `select d.id from deal d join stage s on s.id = d.stage_id order by s.kind <> 'open', d.close_date nulls last, d.created_at, d.id`,
  )
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { json } = await api.call('admin', `/api/deals?limit=5${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...(json.items as { id: string }[]).map(one => one.id))
    cursor = json.next as string | null
  }
  expect(seen).toEqual(right.map(one => one.id))
})

test('a search finds words by their beginning, and takes its signs as signs', async () => {
  const { id } = await make('account', 'rep')
  await change(
    'rep',
    'account',
    { id, etag: (await api.call('rep', `/api/accounts/${id}`)).headers.get('etag') ?? '' },
    { name: 'Béla’s (Group) 100%' },
  )
  const found = async (q: string) => {
    const { json } = await api.call('rep', `/api/accounts?q=${encodeURIComponent(q)}`)
    return (json.items as { id: string }[]).some(one => one.id === id)
  }
  expect(await found('béla gro')).toBe(true)
  expect(await found('100%')).toBe(true)
  expect(await found('roup')).toBe(false)
  expect(await found('.*')).toBe(false)
})
