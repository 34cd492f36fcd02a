import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { openDb, type Db } from '../sql.ts'
import { recordEvent } from './events.ts'
import { type NewFact, storeFacts, storeSource } from './evidence.ts'
import { receiveLead } from './new-lead.ts'
import { accountById, contactById, leadById } from './records.ts'
import { runById, stepByKey, stepsOf } from './runs.ts'
import { stepRecords } from './step-records.ts'
import { type Advanced, storeAdvance, turnRecords } from './turns.ts'

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await createTestDatabase()
  db = openDb(database.ownerUrl)
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

async function runWith(over: { contactId?: string; accountId?: string; leadId?: string }): Promise<string> {
  return db.tx(async tx => {
    const eventId = await recordEvent(tx, { key: `x:${Math.random()}`, name: 'lead.created', fields: { n: 1 } })
    await tx.run(`insert into playbook (name) values ('p') on conflict do nothing`)
    const version = await tx.row<{ id: string }>(
      `insert into playbook_version (playbook, version, text, compiled, hash, on_event, published_by)
       select 'p', coalesce(max(version), 0) + 1, 'x', '{}', md5(random()::text), 'lead.created', 'test'
       from playbook_version where playbook = 'p' returning id`,
    )
    const run = await tx.row<{ id: string }>(
      `insert into run (playbook, version_id, event_id, once_key, lead_id, contact_id, account_id, zone)
       values ('p', $1, $2, $2::uuid::text, $3, $4, $5, 'UTC') returning id`,
      [version?.id, eventId, over.leadId ?? null, over.contactId ?? null, over.accountId ?? null],
    )
    await tx.run(`insert into step_run (run_id, key, kind, verb, "with") values ($1, 'a#1', 'score', 'do', $2)`, [
      run?.id,
      JSON.stringify({ with: { max: 2 } }),
    ])
    return run?.id ?? ''
  })
}

it('gives the same records as asking for each by itself', async () => {
  const { id } = await db.tx(tx =>
    receiveLead(tx, {
      key: 'one',
      source: 'form',
      name: 'Ann Poe',
      email: 'ann@poe.example',
      company: { name: 'Poe Pumps', domain: 'poe.example', employees: 12 },
    }),
  )
  const lead = await leadById(db, id)
  const runId = await runWith({ leadId: id })
  const found = await stepRecords(db, runId, 'a#1')
  expect(found).toEqual({
    run: await runById(db, runId),
    step: await stepByKey(db, runId, 'a#1'),
    lead,
    contact: await contactById(db, lead.contactId ?? ''),
    account: await accountById(db, lead.accountId ?? ''),
    trigger: { n: 1 },
  })
  expect(found.step.with.with).toEqual({ max: 2 })
  expect(found.run.startedAt).toBeInstanceOf(Date)
})

it('leaves out what a run is not about, and finds the account of its contact', async () => {
  expect(await stepRecords(db, await runWith({}), 'a#1')).toMatchObject({ lead: null, contact: null, account: null })
  const contact = await db.row<{ id: string; accountId: string }>('select id, account_id from contact limit 1')
  const found = await stepRecords(db, await runWith({ contactId: contact?.id ?? '' }), 'a#1')
  expect(found).toMatchObject({ lead: null, contact: { id: contact?.id }, account: { id: contact?.accountId } })
})

it('says which of the two is not there', async () => {
  const none = '00000000-0000-4000-8000-000000000000'
  await expect(stepRecords(db, none, 'a#1')).rejects.toThrow(/no run/)
  await expect(stepRecords(db, await runWith({}), 'b#1')).rejects.toThrow(/no step/)
})

it('of attempts at one turn stores one, as a whole', async () => {
  const runId = await runWith({})
  const attempt = (outcome: string): Advanced => ({
    runId,
    seq: 1,
    event: { type: 'timer', key: outcome },
    state: { outcome },
    commands: [
      { type: 'cancel', key: 'a#1' },
      { type: 'act', key: `${outcome}#1`, kind: 'score', with: { n: 1 } },
    ],
    status: 'completed',
    outcome,
    currentKey: null,
    error: null,
    at: new Date(),
  })
  const outcomes = Array.from({ length: 8 }, (_, n) => `o${n}`)
  const stored = await Promise.all(outcomes.map(outcome => storeAdvance(db, attempt(outcome))))
  expect(stored.filter(Boolean)).toHaveLength(1)
  const one = outcomes[stored.indexOf(true)] ?? ''
  const { run, stored: turn, before } = await turnRecords(db, runId, 1, {})
  expect([run.seq, run.status, run.outcome, before]).toEqual([1, 'completed', one, null])
  expect(run.endedAt).toBeInstanceOf(Date)
  expect(turn).toEqual({ event: attempt(one).event, commands: attempt(one).commands })
  const steps = (await stepsOf(db, runId)).map(step => [step.key, step.status, step.with])
  expect(steps).toEqual(
    expect.arrayContaining([
      ['a#1', 'cancelled', { with: { max: 2 } }],
      [`${one}#1`, 'pending', { with: { n: 1 } }],
    ]),
  )
  expect(steps).toHaveLength(2)
})

it('begins a turn from its state before, its step and its event', async () => {
  const runId = await runWith({})
  const next = { runId, event: { type: 'resume' }, commands: [], status: 'running', outcome: null } as const
  const rest = { currentKey: 'a#1', error: { code: 'x', message: 'y' }, at: new Date() }
  await storeAdvance(db, { ...next, ...rest, commands: [], seq: 1, state: { n: 1 } })
  await db.run(`update step_run set result = '{"score": 7}' where run_id = $1`, [runId])
  const found = await turnRecords(db, runId, 2, { stepKey: 'a#1' })
  expect(found).toMatchObject({ stored: null, before: { n: 1 }, step: { result: { score: 7 } }, event: null })
  expect(found.run).toMatchObject({ seq: 1, currentKey: 'a#1', errorCode: 'x', endedAt: null })
  const { event } = await turnRecords(db, runId, 1, { ownEvent: true })
  expect(event).toMatchObject({ id: found.run.eventId, name: 'lead.created', fields: { n: 1 } })
  expect((await turnRecords(db, runId, 2, { eventId: event?.id ?? '' })).event).toEqual(event)
})

it('stores facts once for each claim at its place, and tells the first id of what is known', async () => {
  const account = await db.row<{ id: string }>('select id from account limit 1')
  const source = (key: string) =>
    storeSource(db, { key, kind: 'page', text: 'We opened in Hull. \u0000', fetchedAt: new Date() })
  const [sourceId, again, other] = await Promise.all([source('page:one'), source('page:one'), source('page:two')])
  expect(again).toBe(sourceId)
  expect(other).not.toBe(sourceId)
  const fact = (over: Partial<NewFact>): NewFact => ({
    accountId: account?.id ?? null,
    kind: 'expansion',
    value: 'opened in Hull',
    quote: 'We opened in Hull',
    sourceId,
    start: 0,
    end: 17,
    happenedOn: '2026-03-01',
    by: 'rules',
    observedAt: new Date(),
    ...over,
  })
  const facts = [
    fact({}),
    fact({ kind: 'office', value: 'Hull \uD800', happenedOn: null }),
    fact({ value: 'Opened in HULL' }),
  ]
  const ids = await db.tx(tx => storeFacts(tx, facts))
  expect(ids[2]).toBe(ids[0])
  expect(ids[1]).not.toBe(ids[0])
  expect(await db.tx(tx => storeFacts(tx, facts.toReversed()))).toEqual(ids.toReversed())
  const stored = await db.rows<{ value: string; at: Date | null }>(
    'select f.value, s.at from fact f left join signal s on s.fact_id = f.id order by f.kind',
  )
  expect(stored).toEqual([
    { value: 'opened in Hull', at: new Date('2026-03-01T00:00:00Z') },
    { value: 'Hull \uFFFD', at: null },
  ])
  expect(await db.tx(tx => storeFacts(tx, []))).toEqual([])
})
