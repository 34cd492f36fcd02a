import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { openDb, type Db } from '../sql.ts'
import { recordEvent } from './events.ts'
import { receiveLead } from './new-lead.ts'
import { accountById, contactById, leadById } from './records.ts'
import { runById, stepByKey } from './runs.ts'
import { stepRecords } from './step-records.ts'

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
