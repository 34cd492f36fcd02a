/**
 * What a lead costs in model calls, counted at the model's door while the shipped playbooks work it: one reading of all pages and words,
 * one writing, one reading of the answer; one more for each further draft. The benchmark has to count the same.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveMail } from '../../activities/receive.ts'
import { useOf } from '../../bench/calls.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import { publishShipped } from '../../scripts/shipped.ts'
import { type ModelServer, startModelServer } from '../model-server/index.ts'
import { type LeadIds, startSystem, type System, until } from '../support/system.ts'
import { untilAction } from './begin.ts'

const PAGES: Record<string, string> = {
  '/': `<title>Harbour Looms</title><h1>Harbour Looms</h1><p>Harbour Looms employs 120 people in Cork.</p>
    <nav><a href="/about">About us</a> <a href="/team">Team</a></nav>`,
  '/about': '<title>About</title><p>Harbour Looms was founded in 1998. We weave sails.</p>',
  '/team': '<title>Team</title><p>Nora Quill is the managing director of Harbour Looms.</p>',
}
const FORM = 'Our planners lose a day every week to spreadsheets. We have a budget of 20,000 EUR and decide in March.'

let system: System
let model: ModelServer
let site: Server

beforeAll(async () => {
  site = createServer((request, response) => {
    const page = PAGES[request.url ?? '']
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html' })
    response.end(`<!doctype html><html><body>${page ?? ''}</body></html>`)
  })
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  model = await startModelServer()
  const at = `127.0.0.1:${(site.address() as AddressInfo).port}`
  system = await startSystem({
    hostMap: ['asks', 'declines', 'parked'].map(name => `${name}.example=${at}`).join(','),
    model: { apiKey: 'test', model: 'stand-in', baseUrl: model.baseUrl, timeoutMs: 10_000 },
  })
  await publishShipped(system.db, 'test')
  await system.db.tx(async tx => {
    const text = 'Ledgerline plans night shifts for weavers.'
    const sourceId = await storeSource(tx, { key: 'knowledge:k1', kind: 'knowledge', text, fetchedAt: new Date() })
    await tx.run(
      `insert into knowledge_item (id, kind, title, text, source_id, approved_by) values ('k1', 'offering', 'Shifts', $1, $2, 'test')`,
      [text, sourceId],
    )
  })
  await system.startFlow()
  await system.startWorkers()
})
afterAll(async () => {
  await system?.close()
  await model?.close()
  site?.close()
})

const agentsAsked = (from: number) => model.calls.slice(from).map(call => call.body.response_format?.json_schema?.name)

/** A lead that comes in and is worked up to its first mail, which a person approves. */
async function mailed(name: string): Promise<{ lead: LeadIds; runId: string }> {
  const lead = await system.lead(name, { domain: `${name.toLowerCase()}.example`, message: FORM })
  await system.db.run(`update lead set status = 'new' where id = $1`, [lead.leadId])
  await system.happen('lead.created', lead)
  const run = await until('the run begins', () =>
    system.db.row<{ id: string }>(`select id from run where playbook = 'inbound-lead' and lead_id = $1`, [lead.leadId]),
  )
  const action = await untilAction(system, run.id, 'waiting')
  await system.call(system.people.manager, `/api/actions/${action.id}/approve`, {})
  await untilAction(system, run.id, 'done')
  return { lead, runId: run.id }
}

async function answers(name: string, text: string): Promise<void> {
  const sent = system.mail.taken.findLast(taken => taken.to.some(to => to.startsWith(name.toLowerCase())))
  const raw = `From: ${name} <${name.toLowerCase()}@${name.toLowerCase()}.example>\r\nTo: ${system.people.rep.email}\r\nSubject: Re\r\nMessage-ID: <${name}@x.example>\r\nIn-Reply-To: ${sent?.messageId}\r\nDate: ${new Date().toUTCString()}\r\n\r\n${text}\r\n`
  await receiveMail(system.db, Buffer.from(raw))
}

const useOfLead = async (lead: LeadIds) => (await useOf(system.db, [lead.leadId]))[0]

test('a lead that is mailed and declines takes three calls, whatever it wrote in its form', async () => {
  const before = model.calls.length
  const { lead, runId } = await mailed('Declines')
  expect(agentsAsked(before)).toEqual(['researcher', 'writer'])
  await answers('Declines', 'Thank you, but we are not interested.')
  await until('the run ends', async () => {
    const run = await system.db.row<{ status: string }>('select status from run where id = $1', [runId])
    return run?.status === 'completed'
  })
  expect(agentsAsked(before)).toEqual(['researcher', 'writer', 'reader'])
  expect(await useOfLead(lead)).toMatchObject({ mailed: true, replied: true, calls: 3, repairs: 0, askedAgain: 0 })
})

test('a question is answered with one call more, which is none of the three; a repair is apart', async () => {
  const before = model.calls.length
  model.push({ kind: 'malformed' })
  const { lead } = await mailed('Asks')
  await answers('Asks', 'Interesting. What does it cost for 40 people?')
  await until('an answer waits', () =>
    system.db.row(`select 1 from action where kind = 'send_mail' and status = 'waiting' and contact_id = $1`, [
      lead.contactId,
    ]),
  )
  expect(agentsAsked(before)).toEqual(['researcher', 'researcher', 'writer', 'reader', 'writer'])
  expect(await useOfLead(lead)).toMatchObject({ calls: 3, repairs: 1, askedAgain: 0 })
})

test('a lead that is not written to takes one call', async () => {
  const before = model.calls.length
  const lead = await system.lead('Parked', { domain: 'parked.example', message: FORM })
  await system.db.run(`update lead set status = 'new', owner_id = null where id = $1`, [lead.leadId])
  await system.db.run(`update contact set email = null, email_key = null where id = $1`, [lead.contactId])
  await system.happen('lead.created', lead)
  await until('the run proposes something else', () =>
    system.db.row(
      `select 1 from action where kind in ('create_task', 'set_lead_status') and run_id in (select id from run where lead_id = $1)`,
      [lead.leadId],
    ),
  )
  expect(agentsAsked(before)).toEqual(['researcher'])
  expect(await useOfLead(lead)).toMatchObject({ mailed: false, calls: 1 })
})
