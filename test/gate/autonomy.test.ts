/** A class of actions earns to go alone, goes alone but for a sample and what the policy says, and loses it by itself. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '../../db/sql.ts'
import { watchQuality } from '../../db/stores/autonomy.ts'
import { publishDefinition } from '../../db/stores/playbooks.ts'
import { startSystem, type System } from '../support/system.ts'
import { current, policyTurn, proposeMail, type Proposed, tamper } from './mails.ts'

let system: System
let n = 0
const CLASS = { playbook: 'gate-probe', kind: 'send_mail', segment: 'unknown size' }

beforeAll(async () => {
  system = await startSystem()
  await system.admin.run('update organisation set autonomy_level = 0.6, autonomy_cases = 10, autonomy_sample = 1000000')
})
afterAll(() => system.close())

async function waiting(): Promise<Proposed> {
  const mail = await proposeMail(system, await system.lead(`Earner ${(n += 1)}`))
  await policyTurn(system)
  return mail
}
const approve = (mail: Proposed, body: object = {}) =>
  system.call(system.people.rep, `/api/actions/${mail.id}/approve`, body)
const grant = (reason = 'they are good') =>
  system.call(system.people.manager, '/api/autonomy/grant', { ...CLASS, reason })
const withdraw = () => system.call(system.people.manager, '/api/autonomy/withdraw', { ...CLASS, reason: 'to be sure' })
const statusOfNext = async (): Promise<string> => (await current(system, await waiting())).status

interface Row {
  segment: string
  cases: number
  unchanged: number
  editedLittle: number
  editedMuch: number
  refused: number
  badLater: number
  alone: number
  lowerBound: number
  short: string | null
  granted: boolean
  since: { what: string; by: string; reason: string } | null
}
async function figures(): Promise<Row> {
  const { json } = await system.call(system.people.manager, '/api/autonomy')
  const row = (json.items as Row[]).find(({ segment }) => segment === CLASS.segment)
  if (!row) throw new Error('the class is not listed')
  return row
}

/** What came back of a mail that left. */
async function cameBack(mail: Proposed, label: string): Promise<void> {
  const { contactId } = await current(system, mail)
  await system.admin.run(
    `insert into message (message_id, direction, contact_id, from_address, subject, source_id, raw, at, label)
     select 'back-' || $2, 'in', $1, 'x@x.example', '', id, '', now() + interval '1 second', $3 from source limit 1`,
    [contactId, mail.id, label],
  )
}

describe('the figures', () => {
  test('count what people made of each proposal, and what came of it later', async () => {
    const mails = []
    for (let i = 0; i < 4; i++) mails.push(await waiting())
    const [good, little, much, refused] = mails as [Proposed, Proposed, Proposed, Proposed]
    await approve(good)
    await approve(little, {
      edit: {
        subject: 'A word about your night shift',
        body: 'Good morning,\n\nmay I show you how others plan yours?',
      },
    })
    await approve(much, { edit: { subject: 'Else', body: 'Something else altogether.' } })
    await system.call(system.people.rep, `/api/actions/${refused.id}/refuse`, { why: 'no' })
    await system.activities.perform(good)
    expect(await figures()).toMatchObject({
      cases: 4,
      unchanged: 1,
      editedLittle: 1,
      editedMuch: 1,
      refused: 1,
      badLater: 0,
    })
    await cameBack(good, 'complaint')
    expect(await figures()).toMatchObject({ cases: 4, unchanged: 1, badLater: 1, lowerBound: 0 })
  })

  test('not yet: too few cases, and it says so; nobody below a manager grants at all', async () => {
    expect((await figures()).short).toBe('4 of the 10 cases that it takes')
    expect((await grant()).json).toMatchObject({ code: 'conflict' })
    const { status } = await system.call(system.people.rep, '/api/autonomy/grant', { ...CLASS, reason: 'x' })
    expect(status).toBe(403)
    expect(await statusOfNext()).toBe('waiting')
  })
})

describe('granted', () => {
  test('what was earned goes alone; twice at once is once', async () => {
    for (let i = 0; i < 30; i++) await approve(await waiting())
    expect((await figures()).short).toBeNull()
    const earned = await figures()
    const { cases, unchanged, badLater } = earned
    // By E. B. Wilson's formula, written out: 1.96 standard deviations around the share.
    const [z, p] = [1.959964, (unchanged - badLater) / cases]
    const by =
      (p + z ** 2 / (2 * cases) - z * Math.sqrt((p * (1 - p) + z ** 2 / (4 * cases)) / cases)) / (1 + z ** 2 / cases)
    expect([cases, earned.granted, earned.since]).toEqual([34, false, null])
    expect(earned.lowerBound).toBeCloseTo(by, 5)
    const answers = await Promise.all(Array.from({ length: 5 }, () => grant()))
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409])
    expect(await figures()).toMatchObject({ granted: true, since: { what: 'granted', reason: 'they are good' } })
    const mail = await waiting()
    expect(await current(system, mail)).toMatchObject({ status: 'allowed', policyRule: 'earned autonomy' })
    const before = system.mail.taken.length
    await system.activities.perform(mail)
    expect([system.mail.taken.length - before, (await current(system, mail)).status]).toEqual([1, 'done'])
  })

  test('samples still go to people', async () => {
    await system.admin.run('update organisation set autonomy_sample = 1')
    const mail = await waiting()
    expect(await current(system, mail)).toMatchObject({ status: 'waiting', policyRule: 'sample of earned autonomy' })
    await system.admin.run('update organisation set autonomy_sample = 1000000')
  })

  test('a rule of the policy goes before it; what no rule names goes alone; a policy that cannot be read forbids it', async () => {
    const publish = (text: string) => system.db.tx(tx => publishDefinition(tx, 'policy', text, 'test'))
    await publish('policy: 1\nrules:\n  - { name: read mail, actions: [send_mail], decide: ask }\n')
    expect(await statusOfNext()).toBe('waiting')
    await publish('policy: 1\nrules:\n  - { name: no mail, actions: [send_mail], decide: refuse }\n')
    expect(await statusOfNext()).toBe('refused')
    await publish('policy: [')
    expect(await statusOfNext()).toBe('waiting')
    await publish('policy: 1\nrules:\n  - { name: others, actions: [create_task], decide: ask }\n')
    expect(await statusOfNext()).toBe('allowed')
  })

  test('what rules drafted never goes alone', async () => {
    const mail = await proposeMail(system, await system.lead(`Earner ${(n += 1)}`), { drafted: 'rules' })
    await policyTurn(system)
    expect((await current(system, mail)).status).toBe('waiting')
  })

  test('SQL cannot grant: not as worker, and as the owner of the tables nothing that the server has not signed counts', async () => {
    await expect(
      system.deps.db.run(
        `insert into autonomy_grant (playbook, action_kind, segment, seq, what, by, reason, figures, key_id, signature, at)
         select playbook, action_kind, 'large', 1, what, by, reason, figures, key_id, signature, at from autonomy_grant limit 1`,
      ),
    ).rejects.toMatchObject({ code: '42501' })
    const decided = await waiting()
    expect((await current(system, decided)).status).toBe('allowed')
    expect((await withdraw()).status).toBe(200)
    expect(await statusOfNext()).toBe('waiting')
    // What was decided by the grant and has not left yet does not leave any more.
    const before = system.mail.taken.length
    await system.activities.perform(decided)
    expect(await current(system, decided)).toMatchObject({ status: 'superseded', failureCode: 'approval_void' })
    expect(system.mail.taken.length).toBe(before)
    await system.admin.run(
      `insert into autonomy_grant (playbook, action_kind, segment, seq, what, by, reason, figures, key_id, signature, at)
       select playbook, action_kind, segment, 3, what, by, reason, figures, key_id, signature, at from autonomy_grant where seq = 1`,
    )
    expect((await figures()).granted).toBe(false)
    expect(await statusOfNext()).toBe('waiting')
    await tamper(system, 'delete from autonomy_grant where seq = 3')
  })

  test('the trail is append-only for its owner too', async () => {
    const owner = openDb(system.database.ownerUrl, { max: 1 })
    for (const text of [`update autonomy_grant set reason = 'x'`, 'delete from autonomy_grant'])
      await expect(owner.run(text)).rejects.toMatchObject({ code: '42501' })
    await owner.close()
  })
})

describe('taken back by itself', () => {
  test('after a withdrawal it is earned anew: only what came after counts', async () => {
    expect((await figures()).cases).toBe(0)
    expect((await grant()).status).toBe(409)
  })

  test('not for an unsubscription or two, which are a usual answer; when what went alone is complained of; with reason and audit', async () => {
    for (let i = 0; i < 12; i++) await approve(await waiting())
    expect((await grant()).status).toBe(200)
    expect(await system.db.tx(tx => watchQuality(tx, system.privateKey))).toBe(0)
    // Nobody looked at these; what comes back of them is what is known.
    const answered = async (label: string) => {
      const mail = await waiting()
      await system.activities.perform(mail)
      await cameBack(mail, label)
    }
    for (let i = 0; i < 4; i++) await answered('unsubscribe')
    expect(await system.db.tx(tx => watchQuality(tx, system.privateKey))).toBe(0)
    for (let i = 0; i < 3; i++) await answered('complaint')
    const turns = await Promise.all([1, 2].map(() => system.db.tx(tx => watchQuality(tx, system.privateKey))))
    expect(turns.sort((a, b) => a - b)).toEqual([0, 1])
    expect(await figures()).toMatchObject({
      granted: false,
      since: {
        what: 'withdrawn',
        by: 'server',
        reason: expect.stringMatching(/^quality fell: 3 of 7 mails .* complaint/),
      },
    })
    const told = await system.admin.rows(
      `select 1 from audit_event where type = 'autonomy.withdrawn' and actor = 'server'`,
    )
    expect(told).toHaveLength(1)
    expect(await statusOfNext()).toBe('waiting')
  })
})
