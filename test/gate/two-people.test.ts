/** Two different people where the policy asks for two; nobody approves what they made; a role lost voids what it gave. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { approvalsOf } from '../../db/stores/decisions.ts'
import { publishDefinition } from '../../db/stores/playbooks.ts'
import { needsOf } from '../../db/stores/verdicts.ts'
import { keyId, signDecision } from '../../domain/gate/decision.ts'
import { type LeadIds, type Person, startSystem, type System } from '../support/system.ts'
import { anew, ends, fateOf, leaves, stays } from './fate.ts'
import { current, policyTurn, proposeMail, tamper, type Proposed } from './mails.ts'

const POLICY = `
policy: 1
rules:
  - { name: edited mail, actions: [send_mail], when: 'action.by == "person"', decide: ask, ask: two people, not_by: maker }
  - { name: mail takes two, actions: [send_mail], decide: ask, ask: two people }
`

let system: System
let lead: LeadIds
let n = 0

beforeAll(async () => {
  system = await startSystem({ policy: POLICY })
})
beforeEach(async () => {
  lead = await system.lead(`Pair ${(n += 1)}`)
})
afterAll(() => system.close())

async function waiting(): Promise<Proposed> {
  const mail = await proposeMail(system, lead)
  await policyTurn(system)
  return mail
}

const approveBy = (who: Person, { id }: { id: string }, body: object = {}) =>
  system.call(who, `/api/actions/${id}/approve`, body)

test('the first approval leaves it waiting, signed and on record; the second lets it leave', async () => {
  const { rep, manager } = system.people
  const mail = await waiting()
  expect(await needsOf(system.db, mail.id)).toMatchObject({
    people: 2,
    rule: 'mail takes two',
    approver: 'owner',
    notBy: null,
  })
  const first = await approveBy(rep, mail)
  expect([first.status, first.json.status]).toEqual([200, 'waiting'])
  expect(await fateOf(system, mail)).toEqual(stays('waiting'))
  const second = await approveBy(manager, mail)
  expect([second.status, second.json.status]).toEqual([200, 'approved'])
  expect((await approvalsOf(system.db, mail.id)).map(({ seat, people, by }) => [seat, people, by])).toEqual([
    [1, 2, `user:${rep.id}`],
    [2, 2, `user:${manager.id}`],
  ])
  expect(await fateOf(system, mail)).toEqual(leaves)
  const told = await system.admin.rows<{ type: string }>(
    `select type from audit_event where target_id = $1 and type like 'action.approved%' order by id`,
    [mail.id],
  )
  expect(told.map(({ type }) => type)).toEqual(['action.approved_in_part', 'action.approved'])
})

test('one person twice, and fifty times at once, is one person', async () => {
  const { rep } = system.people
  const mail = await waiting()
  const answers = await Promise.all(Array.from({ length: 50 }, () => approveBy(rep, mail)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const { status, json } of answers.filter(one => one.status !== 200))
    expect([status, json.code]).toEqual([409, 'already_approved'])
  expect(await approvalsOf(system.db, mail.id)).toHaveLength(1)
  expect(await fateOf(system, mail)).toEqual(stays('waiting'))
})

test('one refusal is enough, also after a first approval, and by who approved first', async () => {
  const { rep } = system.people
  const mail = await waiting()
  await approveBy(rep, mail)
  const refused = await system.call(rep, `/api/actions/${mail.id}/refuse`, { why: 'second thoughts' })
  expect([refused.status, refused.json.status]).toEqual([200, 'refused'])
  expect((await approveBy(system.people.manager, mail)).json.code).toBe('action_not_open')
})

describe('a role lost between approval and claim', () => {
  const back: (() => Promise<unknown>)[] = []
  async function twice(): Promise<Proposed> {
    const mail = await waiting()
    await approveBy(system.people.rep, mail)
    await approveBy(system.people.manager, mail)
    expect((await current(system, mail)).status).toBe('approved')
    return mail
  }
  async function change(text: string, undo: string): Promise<void> {
    await system.admin.run(text, [system.people.manager.id])
    back.push(() => system.admin.run(undo, [system.people.manager.id]))
  }
  const restore = () => Promise.all(back.splice(0).map(undo => undo()))

  test.each([
    [
      'the second’s role',
      `update "user" set role = 'viewer' where id = $1`,
      `update "user" set role = 'manager' where id = $1`,
    ],
    [
      'the second left',
      `update "user" set active = false where id = $1`,
      `update "user" set active = true where id = $1`,
    ],
  ])('%s: nothing leaves, and it says who', async (_, text, undo) => {
    const mail = await twice()
    await change(text, undo)
    expect(await fateOf(system, mail)).toEqual(anew('approval_void'))
    expect((await current(system, mail)).failureWhy).toContain('Mira')
    await restore()
  })
})

describe('who edits has made it', () => {
  test('the editor’s word does not count; two others’ does', async () => {
    const { rep, manager } = system.people
    const admin = await secondManager()
    const mail = await waiting()
    const edited = await approveBy(rep, mail, { edit: { body: 'Hello, as I would say it.' } })
    expect([edited.status, edited.json.status]).toEqual([200, 'waiting'])
    const made = { ...mail, id: edited.json.id }
    expect((await current(system, made)).madeBy).toBe(rep.id)
    const own = await approveBy(rep, made)
    expect([own.status, own.json.code]).toEqual([403, 'own_work'])
    expect((await approveBy(manager, made)).json.status).toBe('waiting')
    expect((await approveBy(admin, made)).json.status).toBe('approved')
    expect(await fateOf(system, made)).toEqual(leaves)
  })

  async function secondManager(): Promise<Person> {
    await system.admin.run(`update "user" set role = 'manager' where id = $1`, [system.people.colleague.id])
    return system.people.colleague
  }
})

describe('by SQL, as the owner of the tables: nothing leaves that two people have not approved', () => {
  test('the second approval is a copy of the first', async () => {
    const mail = await waiting()
    await approveBy(system.people.rep, mail)
    await system.admin.run(
      `insert into approval (action_id, decision, by, content_hash, relied_hash, key_id, signature, at, seat, people)
       select action_id, decision, 'user:' || $2, content_hash, relied_hash, key_id, signature, at, 2, 2 from approval where action_id = $1`,
      [mail.id, system.people.manager.id],
    )
    await system.admin.run(`update action set status = 'approved' where id = $1`, [mail.id])
    expect(await fateOf(system, mail)).toEqual(ends('failed', 'approval_invalid'))
  })

  test('the first approval is made to say that one is enough', async () => {
    const mail = await waiting()
    await approveBy(system.people.rep, mail)
    await tamper(system, `update approval set people = 1 where action_id = $1`, [mail.id])
    await tamper(system, `update policy_verdict set people = 1 where action_id = $1`, [mail.id])
    await tamper(system, `update action set status = 'approved' where id = $1`, [mail.id])
    expect(await fateOf(system, mail)).toEqual(ends('failed', 'approval_invalid'))
  })

  test('one signed word where two are needed', async () => {
    const mail = await waiting()
    await approveBy(system.people.rep, mail)
    await tamper(system, `update action set status = 'approved' where id = $1`, [mail.id])
    expect(await fateOf(system, mail)).toEqual(ends('failed', 'approval_invalid'))
  })

  test('the same person in both seats, signed by the server’s own key', async () => {
    const mail = await waiting()
    const action = await current(system, mail)
    for (const seat of [1, 2]) {
      const at = new Date()
      const by = `user:${system.people.rep.id}`
      const signature = signDecision(
        {
          actionId: action.id,
          kind: action.kind,
          contentHash: action.contentHash,
          reliedHash: action.reliedHash,
          decision: 'approve',
          by,
          at: at.toISOString(),
          expiresAt: null,
          seat,
          people: 2,
          notBy: null,
        },
        system.privateKey,
      )
      await system.admin.tx(async tx => {
        await tx.run(`drop index if exists approval_one_a_person`)
        await tx.run(
          `insert into approval (action_id, decision, by, content_hash, relied_hash, key_id, signature, at, seat, people)
           values ($1,'approve',$2,$3,$4,$5,$6,$7,$8,2)`,
          [action.id, by, action.contentHash, action.reliedHash, keyId(system.privateKey), signature, at, seat],
        )
      })
    }
    await system.admin.run(`update action set status = 'approved' where id = $1`, [mail.id])
    expect(await fateOf(system, mail)).toEqual(ends('failed', 'approval_invalid'))
  })

  test('what the policy said is changed before anybody decides: the server decides nothing on it', async () => {
    const mail = await waiting()
    await tamper(system, `update policy_verdict set people = 1 where action_id = $1`, [mail.id])
    const answer = await approveBy(system.people.rep, mail)
    expect([answer.status, answer.json.code]).toEqual([403, 'approval_invalid'])
    await tamper(system, `delete from policy_verdict where action_id = $1`, [mail.id])
    expect((await approveBy(system.people.rep, mail)).json.code).toBe('action_waits')
    // The policy speaks again of what it finds without its word.
    await policyTurn(system)
    expect((await approveBy(system.people.rep, mail)).json.status).toBe('waiting')
    expect(await approvalsOf(system.db, mail.id)).toHaveLength(1)
  })
})

describe('a playbook', () => {
  const publish = (text: string) => system.db.tx(tx => publishDefinition(tx, 'policy', text, 'test'))

  test('asks for more than the policy, and is never asked for less', async () => {
    await publish('policy: 1\nrules:\n  - { name: free, decide: allow }\n')
    const free = await waiting()
    expect((await current(system, free)).status).toBe('allowed')
    const asked = await proposeMail(system, lead, { always: true, people: 2, by: 'manager' })
    await policyTurn(system)
    expect(await needsOf(system.db, asked.id)).toMatchObject({ verdict: 'ask', people: 2, approver: 'manager' })
    expect((await approveBy(system.people.rep, asked)).status).toBe(403)

    await publish('policy: 1\nrules:\n  - { name: two ops, decide: ask, ask: two ops }\n')
    const strict = await proposeMail(system, lead, { by: 'owner' })
    await policyTurn(system)
    expect(await needsOf(system.db, strict.id)).toMatchObject({ verdict: 'ask', people: 2, approver: 'ops' })
    expect((await current(system, strict)).approver).toBe('ops')
    expect((await approveBy(system.people.manager, strict)).status).toBe(403)
  })
})
