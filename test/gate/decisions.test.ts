/** Of any number of deciders one wins, and what was decided cannot be undecided. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { remind } from '../../db/stores/reminders.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'
import { approve, current, policyTurn, proposeMail, tamper } from './mails.ts'

let system: System
let lead: LeadIds

beforeAll(async () => {
  system = await startSystem()
  lead = await system.lead('Ada Berg')
})
afterAll(() => system.close())

const decisionsOn = (id: string) =>
  system.admin.rows<{ decision: string; by: string }>('select decision, by from approval where action_id = $1', [id])

test('who approves must have seen the content that stands', async () => {
  const mail = await proposeMail(system, lead)
  await policyTurn(system)
  const path = `/api/actions/${mail.id}/approve`
  const other = await system.call(system.people.rep, path, { hash: '0'.repeat(64) })
  expect([other.status, other.json.code]).toEqual([409, 'action_changed'])
  const edited = await system.call(system.people.rep, path, { hash: '0'.repeat(64), edit: { body: 'x' } })
  expect([edited.status, edited.json.code]).toEqual([409, 'action_changed'])
  expect((await current(system, mail)).status).toBe('waiting')
  const { contentHash } = await current(system, mail)
  expect((await system.call(system.people.rep, path, { hash: contentHash })).status).toBe(200)
})

test('only whom the step names, the owner themselves and those above decide', async () => {
  const mail = await proposeMail(system, lead, { by: 'manager' })
  await policyTurn(system)
  const { rep, colleague, manager, ops } = system.people
  for (const who of [rep, colleague, ops]) {
    const { status } = await system.call(who, `/api/actions/${mail.id}/approve`, {})
    expect(status).toBe(403)
  }
  expect((await system.call(null, `/api/actions/${mail.id}/approve`, {})).status).toBe(401)
  await approve(system, manager, mail.id)

  const own = await proposeMail(system, lead)
  await policyTurn(system)
  expect((await system.call(colleague, `/api/actions/${own.id}/refuse`, { why: 'no' })).status).toBe(403)
  expect((await system.call(rep, `/api/actions/${own.id}/refuse`, { why: 'no' })).status).toBe(200)
})

test('a policy that asks somebody else asks them, and loosens nothing that the step demands', async () => {
  const strict = await startSystem({
    policy: `policy: 1
rules:
  - { name: managers read mail, actions: [send_mail], decide: ask, ask: manager }
`,
  })
  try {
    const contact = await strict.lead('Cleo Dahl')
    const mail = await proposeMail(strict, contact)
    const opsOnly = await proposeMail(strict, contact, { by: 'ops' })
    await policyTurn(strict)
    expect((await strict.call(strict.people.rep, `/api/actions/${mail.id}/approve`, {})).status).toBe(403)
    expect((await strict.call(strict.people.manager, `/api/actions/${mail.id}/approve`, {})).status).toBe(200)
    expect((await strict.call(strict.people.manager, `/api/actions/${opsOnly.id}/approve`, {})).status).toBe(403)
    expect((await strict.call(strict.people.ops, `/api/actions/${opsOnly.id}/approve`, {})).status).toBe(200)
  } finally {
    await strict.close()
  }
})

test('what was drafted by rules waits for a person whatever the policy says', async () => {
  const loose = await startSystem({
    policy: `policy: 1
rules:
  - { name: everything goes, decide: allow }
`,
  })
  try {
    const contact = await loose.lead('Finn Gale')
    const byRules = await proposeMail(loose, contact, { drafted: 'rules' })
    const byModel = await proposeMail(loose, contact, { drafted: 'model' })
    await policyTurn(loose)
    expect((await current(loose, byRules)).status).toBe('waiting')
    expect((await current(loose, byModel)).status).toBe('allowed')
    await loose.activities.perform(byRules)
    expect(loose.mail.taken).toHaveLength(0)
  } finally {
    await loose.close()
  }
})

test('a policy that cannot be read lets nothing through', async () => {
  const broken = await startSystem()
  try {
    const contact = await broken.lead('Hugo Ives')
    const mail = await proposeMail(broken, contact)
    await broken.admin.run(
      `insert into definition (kind, version, text, hash, published_by) values ('policy', 1, 'policy: [', 'x', 'test')`,
    )
    await policyTurn(broken)
    expect((await current(broken, mail)).status).toBe('waiting')
  } finally {
    await broken.close()
  }
})

test('no decision after the time is over, by the database’s clock', async () => {
  const mail = await proposeMail(system, lead, { expiresAt: new Date(Date.now() + 3_600_000) })
  await policyTurn(system)
  await tamper(system, `update action set expires_at = now() - interval '1 second' where id = $1`, [mail.id])
  const { status, json } = await system.call(system.people.rep, `/api/actions/${mail.id}/approve`, {})
  expect([status, json.code]).toEqual([409, 'action_not_open'])
  expect((await current(system, mail)).status).toBe('expired')
  expect(await decisionsOn(mail.id)).toHaveLength(0)
})

test('escalation: after its time the one above may decide, by the database’s clock', async () => {
  const mail = await proposeMail(system, lead, {
    escalateAt: new Date(Date.now() + 3_600_000),
    escalateTo: 'ops',
    expiresAt: new Date(Date.now() + 7_200_000),
  })
  await policyTurn(system)
  const path = `/api/actions/${mail.id}/approve`
  expect((await system.call(system.people.ops, path, {})).status).toBe(403)
  await tamper(system, `update action set escalate_at = now() - interval '1 second' where id = $1`, [mail.id])
  await system.db.tx(tx => remind(tx))
  const { status, escalatedAt } = await current(system, mail)
  expect([status, escalatedAt === null]).toEqual(['waiting', false])
  expect((await system.call(system.people.ops, path, {})).status).toBe(200)
})
