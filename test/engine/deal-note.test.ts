/** Words about a deal that name no amount: nothing is made up, what stood stays, and the run goes on. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveMail } from '../../activities/receive.ts'
import { startSystem, type System, until } from '../support/system.ts'
import { untilAction, untilRun } from './begin.ts'

let system: System

beforeAll(async () => {
  system = await startSystem()
  await system.startFlow()
  await system.startWorkers()
})
afterAll(() => system?.close())

test('a note without an amount changes no amount', async () => {
  const lead = await system.lead('Vague Buyer')
  const deal = await system.db.row<{ id: string }>(
    `insert into deal (name, lead_id, contact_id, pipeline_id, stage_id, source, amount_minor, currency)
     select 'D', $1, $2, pipeline_id, id, 'test', 500000, 'EUR' from stage where name = 'discovery' returning id`,
    [lead.leadId, lead.contactId],
  )
  await system.publish(`
playbook: keep-deal
language: 1
on: { event: message.received, when: 'lead.id == "${lead.leadId}"' }
steps:
  - { id: kept, propose: update_deal }
  - end: over
`)
  const text =
    'Thanks for the talk. The new amount is still open on our side, we will tell you after the board has met.'
  const raw = `From: Vague Buyer <vague-buyer@vague-buyer.example>\r\nTo: ${system.people.rep.email}\r\nSubject: Our deal\r\nMessage-ID: <vague@x.example>\r\nDate: ${new Date().toUTCString()}\r\n\r\n${text}\r\n`
  await receiveMail(system.db, Buffer.from(raw))
  const run = await until('the run begins', () =>
    system.db.row<{ id: string }>(`select id from run where playbook = 'keep-deal'`),
  )
  const { id } = await untilAction(system, run.id, 'waiting')
  const action = await system.db.row<{ summary: string }>('select summary from action where id = $1', [id])
  expect(action?.summary).toBe('nothing to change on D')
  await system.call(system.people.manager, `/api/actions/${id}/approve`, {})
  expect((await untilRun(system, run.id, 'completed')).outcome).toBe('over')
  const after = await system.db.row<{ amountMinor: number }>('select amount_minor from deal where id = $1', [deal?.id])
  expect(after?.amountMinor).toBe(500_000)
  expect(await system.db.rows(`select 1 from deal_reading where field = 'amount'`)).toEqual([])
})
