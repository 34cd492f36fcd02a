/** The ledger of why not: each reason for which agents left something undone is told, for the lead it concerns and no other. */
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decide } from '../../db/stores/decisions.ts'
import { publishDefinition } from '../../db/stores/playbooks.ts'
import { routeEvents } from '../../server/router.ts'
import { approvedMail, policyTurn, proposeMail } from '../gate/mails.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'

let system: System
let n = 0

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.close())

const someone = (): Promise<LeadIds> => system.lead(`Wanda ${++n}`)

interface Entry {
  code: string
  sentence: string
  [field: string]: unknown
}

async function ledger({ leadId }: LeadIds): Promise<Entry[]> {
  const { status, json } = await system.call(system.people.rep, `/api/leads/${leadId}/why-not`)
  expect(status).toBe(200)
  return json as unknown as Entry[]
}

const sentences = async (lead: LeadIds): Promise<string[]> => (await ledger(lead)).map(({ sentence }) => sentence)
const keyOf = async ({ contactId }: LeadIds): Promise<string> =>
  (await system.db.row<{ key: string }>('select email_key as key from contact where id = $1', [contactId]))?.key ?? ''

test('a lead for which nothing began, and a person who must not be written to', async () => {
  const lead = await someone()
  expect(await sentences(lead)).toEqual(['No playbook has ever begun for them.'])
  await system.db.run(`insert into suppression (kind, value, reason) values ('domain', $1, 'they asked')`, [
    (await keyOf(lead)).split('@')[1],
  ])
  expect(await sentences(lead)).toContain('No mail goes to them, since the address is suppressed: they asked.')
  expect(await sentences(await someone())).toEqual(['No playbook has ever begun for them.'])
})

test('a playbook whose condition was not met, and one that runs once and ran already', async () => {
  const lead = await someone()
  await system.publish(
    `playbook: far-off\nlanguage: 1\non: { event: lead.created, when: 'lead.source == "fair"' }\nsteps:\n  - end: over`,
  )
  await system.publish(
    `playbook: only-once\nlanguage: 1\non: { event: lead.created, once_per: lead }\nsteps:\n  - end: over`,
  )
  const route = () => routeEvents(system.db, pino({ level: 'silent' }))
  await system.happen('lead.created', lead)
  await route()
  expect(await sentences(lead)).toContain('Playbook far-off did not begin: its condition was not met.')
  expect(await sentences(lead)).not.toContain('No playbook has ever begun for them.')
  await system.happen('lead.created', lead)
  await route()
  expect(await sentences(lead)).toContain('Playbook only-once did not begin: it runs once, and ran already.')
})

test('a mail that waits, one that was refused with its reason, and one that is held back by a cap', async () => {
  const lead = await someone()
  const waiting = await proposeMail(system, lead)
  await policyTurn(system)
  expect(await ledger(lead)).toContainEqual(
    expect.objectContaining({
      code: 'waiting',
      id: waiting.id,
      sentence: expect.stringContaining('waits for Riva, its owner'),
    }),
  )
  await system.call(system.people.manager, `/api/actions/${waiting.id}/refuse`, { why: 'we met them yesterday' })
  expect(await ledger(lead)).toContainEqual(
    expect.objectContaining({
      code: 'refused',
      sentence: expect.stringContaining('Mira refused it: we met them yesterday.'),
    }),
  )
  await system.db.run('update mailbox set daily_cap = 0')
  const held = await approvedMail(system, lead)
  await system.activities.perform(held).catch(() => {})
  await system.db.run('update mailbox set daily_cap = 500')
  expect(await ledger(lead)).toContainEqual(
    expect.objectContaining({
      code: 'held',
      id: held.id,
      sentence: expect.stringMatching(/It is held back: .*mails? of today/),
    }),
  )
})

test('refused by the policy, withdrawn, expired and failed', async () => {
  const lead = await someone()
  const mails = [await proposeMail(system, lead), await proposeMail(system, lead)]
  const verdict = {
    decision: 'refuse_policy',
    by: 'policy:no mail to rivals',
    reason: 'policy rule no mail to rivals',
  } as const
  await system.db.tx(tx => decide(tx, mails[0]?.id ?? '', verdict, system.privateKey))
  await system.activities.withdraw({ ...(mails[1] ?? { runId: '', key: '' }), why: 'they answered' })
  const all = (await sentences(lead)).join('\n')
  expect(all).toContain('the policy, rule no mail to rivals refused it')
  expect(all).toContain('It was withdrawn: they answered.')
})

test('what runs say: a step that failed, a mail without evidence, a budget that was spent, an end without a mail', async () => {
  const lead = await someone()
  const { runId } = await proposeMail(system, lead)
  await system.db.run(
    `insert into step_run (run_id, key, kind, verb, status, error_code, error_why, result) values
       ($1, 'a#1', 'route', 'do', 'failed', 'not_found', 'Riva has no mailbox', null), ($1, 'b#1', 'draft', 'do', 'done', null, null, '{"draft":""}')`,
    [runId],
  )
  await system.db.run(
    `insert into agent_run (agent, prompt_id, prompt_version, prompt_hash, model, input_hash, run_id, latency_ms, outcome)
     values ('writer', 'writer', 1, 'h', 'm', 'i', $1, 0, 'model_budget_spent')`,
    [runId],
  )
  await system.db.run(`update run set status = 'completed', outcome = 'not_a_fit', ended_at = now() where id = $1`, [
    runId,
  ])
  await system.db.run('update lead set score_value = 31 where id = $1', [lead.leadId])
  const all = await sentences(lead)
  expect(all).toEqual(
    expect.arrayContaining([
      'A step of playbook gate-probe was not done: route: Riva has no mailbox.',
      expect.stringContaining('No mail was drafted (playbook gate-probe)'),
      'Rules did the work of the writer instead of the model: the budget is spent.',
      'Playbook gate-probe ended as not_a_fit; the score was 31.',
    ]),
  )
})

test('another open lead of the same person, a suggestion that waits, a row that was kept', async () => {
  const lead = await someone()
  const { db } = system
  await db.run(`insert into lead (contact_id, source, status) values ($1, 'import', 'new')`, [lead.contactId])
  await db.run(
    `insert into field_suggestion (key, "table", record_id, field, value) values ($1, 'contact', $2, 'title', '"CEO"')`,
    [`test:${lead.contactId}`, lead.contactId],
  )
  const job = await db.row<{ id: string }>(
    `insert into import_job (file, kind, system) values ('fair.csv', 'leads', 'fair') returning id`,
  )
  await db.run(
    `insert into import_row (job_id, row, line, code, reason, raw) values ($1, 1, 2, 'twice', 'the row stands twice', $2)`,
    [job?.id, `Wanda;${(await keyOf(lead)).toUpperCase()}`],
  )
  expect(await sentences(lead)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('There is another open lead of the same person'),
      expect.stringContaining('Not written to the field title'),
      'A row of the file fair.csv was not imported: the row stands twice.',
    ]),
  )
  const { json } = await system.call(system.people.rep, `/api/contacts/${lead.contactId}/why-not`)
  expect((json as unknown as Entry[]).map(({ code }) => code)).toEqual(
    expect.arrayContaining(['row_kept', 'suggested']),
  )
})

test('what the policy refuses for want of a lawful basis says so; and an approval ends with the basis it was given on', async () => {
  const { db } = system
  await db.tx(tx =>
    publishDefinition(
      tx,
      'policy',
      'policy: 1\nrules:\n  - { name: known ground, actions: [send_mail], when: recipient.basis == "unknown", decide: refuse }\n  - { name: a person looks, decide: ask }\n',
      'test',
    ),
  )
  const lead = await someone()
  await proposeMail(system, lead)
  await policyTurn(system)
  expect(await ledger(lead)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'refused',
        sentence: expect.stringMatching(
          /the policy, rule known ground refused it: .*the lawful basis for their data is unknown\.$/,
        ),
      }),
    ]),
  )
  const set = (basis: string | null) =>
    db.run('update contact set lawful_basis = $2 where id = $1', [lead.contactId, basis])
  await set('consent')
  const mail = await approvedMail(system, lead)
  await set(null)
  const sent = system.mail.taken.length
  await system.activities.perform(mail).catch(() => {})
  expect(system.mail.taken).toHaveLength(sent)
  expect((await db.row<{ status: string }>('select status from action where id = $1', [mail.id]))?.status).not.toBe(
    'done',
  )
})
