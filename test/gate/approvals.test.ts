/** The inbox and everything that decides: bulk, lessons, questions, delegation, deputies; and what voids an approval before the claim. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { approvalsOf } from '../../db/stores/decisions.ts'
import { type LeadIds, type Person, startSystem, type System } from '../support/system.ts'
import { anew, ends, fateOf, leaves } from './fate.ts'
import { approvedMail, current, policyTurn, proposeMail, type Proposed, tamper, type Terms } from './mails.ts'

let system: System
let lead: LeadIds
let n = 0

beforeAll(async () => {
  system = await startSystem({
    policy: 'policy: 1\nrules:\n  - { name: mail is read, actions: [send_mail], decide: ask, ask: owner }\n',
  })
})
beforeEach(async () => {
  lead = await system.lead(`Inbox ${(n += 1)}`)
})
afterAll(() => system.close())

async function waiting(terms: Terms = {}): Promise<Proposed> {
  const mail = await proposeMail(system, lead, terms)
  await policyTurn(system)
  return mail
}

interface Item {
  id: string
  hash: string
  capacity: string
  for: string | null
  reason: string
  expiresAt: string | null
  risk: { level: string; parts: { name: string }[] }
}

interface Whole {
  undecided: string
  bound: { field: string; words: string; holds: boolean }[]
  others: { name: string; for: string | null }[]
}

async function inboxOf(who: Person, query = ''): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, json } = await system.call(
      who,
      `/api/approvals?limit=2${query}${cursor ? `&cursor=${cursor}` : ''}`,
    )
    expect(status).toBe(200)
    items.push(...(json.items as Item[]))
    cursor = json.next as string | null
  }
  return items
}
const itemOf = async (who: Person, { id }: { id: string }, query = ''): Promise<Item | undefined> =>
  (await inboxOf(who, query)).find(item => item.id === id)
const decideBy = (who: Person, { id }: { id: string }, body: object = {}) =>
  system.call(who, `/api/actions/${id}/approve`, body)
const auditOf = async (id: string): Promise<string[]> =>
  (
    await system.admin.rows<{ type: string }>('select type from audit_event where target_id = $1 order by id', [id])
  ).map(({ type }) => type)

describe('the inbox', () => {
  test('soonest expiry first over pages, with reason and risk, and only for whom it waits', async () => {
    const { rep, colleague, manager, ops } = system.people
    const late = await waiting({ expiresAt: new Date(Date.now() + 9_000_000) })
    const never = await waiting()
    const soon = await waiting({ expiresAt: new Date(Date.now() + 4_000_000) })
    const mine = (await inboxOf(rep)).map(({ id }) => id)
    expect(mine.filter(id => [late.id, never.id, soon.id].includes(id))).toEqual([soon.id, late.id, never.id])
    const item = await itemOf(rep, soon)
    expect(item).toMatchObject({
      capacity: 'owner',
      for: null,
      reason: expect.stringContaining('the owner must say yes'),
    })
    expect(item?.risk.parts).toHaveLength(6)
    expect(await itemOf(manager, soon)).toBeUndefined()
    expect(await itemOf(manager, soon, '&all=true')).toMatchObject({ capacity: 'above' })
    for (const who of [colleague, ops]) expect(await itemOf(who, soon, '&all=true')).toBeUndefined()
  })

  test('with what it is bound to and whether that still holds, when it is passed on and ends, and who else may decide', async () => {
    const { rep, colleague } = system.people
    const mail = await waiting({
      expiresAt: new Date('2030-01-07T12:00:00Z'),
      escalateTo: 'ops',
      escalateAfter: { amount: 4, unit: 'working hour' },
    })
    await system.call(rep, `/api/actions/${mail.id}/delegate`, { to: colleague.id })
    await system.admin.run(`update contact set email = 'else@where.example' where id = $1`, [lead.contactId])
    const item = (await itemOf(colleague, mail)) as unknown as Whole
    expect(item.undecided).toBe(
      'After 4 working hours of whoever decides it is passed on to ops; at 2030-01-07 12:00 UTC it expires and is not carried out.',
    )
    expect(item.others.map(one => [one.name, one.for])).toEqual([
      ['Mira', null],
      ['Riva', null],
    ])
    const words = item.bound.filter(one => !one.holds).map(one => one.words)
    expect(words).toEqual([`contact, email: “inbox-${n}@inbox-${n}.example”, by now “else@where.example”`])
    expect(item.bound.find(one => one.field === 'owner_id')?.words).toBe('lead, owner: Riva')
    const whole = (await system.call(rep, `/api/actions/${mail.id}/approval`)).json as unknown as Whole
    expect([whole.undecided, whole.bound]).toEqual([item.undecided, item.bound])
    expect(whole.others.map(one => [one.name, one.for])).toEqual([
      ['Mira', null],
      ['Cole', 'Riva'],
    ])
    // Ops may decide what is theirs, and not read what it says.
    const forOps = await itemOf(system.people.ops, await waiting({ by: 'ops' }))
    expect(forOps).toMatchObject({ bound: null, sentences: null, others: [] })
  })

  test('in which capacity: manager, ops, escalated', async () => {
    const { rep, manager, ops } = system.people
    const forManager = await waiting({ by: 'manager' })
    const forOps = await waiting({ by: 'ops' })
    expect(await itemOf(manager, forManager)).toMatchObject({ capacity: 'manager' })
    expect(await itemOf(ops, forOps)).toMatchObject({ capacity: 'ops' })
    for (const mail of [forManager, forOps]) expect(await itemOf(rep, mail, '&all=true')).toBeUndefined()
    const mail = await waiting({ escalateAt: new Date(Date.now() + 3_600_000), escalateTo: 'ops' })
    const today = async (who: Person) => JSON.stringify((await system.call(who, '/api/today')).json).includes(mail.id)
    expect([await today(rep), await today(manager), await today(ops)]).toEqual([true, false, false])
    await system.db.run('update action set escalated_at = now() where id = $1', [mail.id])
    expect([await today(rep), await today(manager), await today(ops)]).toEqual([true, true, true])
    for (const who of [manager, ops]) expect(await itemOf(who, mail)).toMatchObject({ capacity: 'escalated' })
  })

  test('whole: evidence, and what an edit changed', async () => {
    const { rep, manager, ops } = system.people
    const mail = await waiting({ by: 'manager' })
    // Mira's edit of what waits for a manager is approved at once: the whole of it shows the difference.
    const edited = await decideBy(manager, mail, { edit: { subject: 'Another word', body: 'Good morning,\n\nshort.' } })
    expect(edited.json.status).toBe('approved')
    const { json } = await system.call(rep, `/api/actions/${edited.json.id}/approval`)
    const diff = json.diff as { change: string; text: string }[]
    expect(diff.some(one => one.change === 'added' && one.text.includes('short.'))).toBe(true)
    expect(diff.some(one => one.change === 'removed' && one.text.includes('show you how'))).toBe(true)
    // Ops may see the action, and not what it says.
    const seen = await system.call(ops, `/api/actions/${edited.json.id}/approval`)
    expect([seen.json.diff, seen.json.sentences, seen.json.content]).toEqual([null, null, null])
  })
})

describe('many at once', () => {
  test('each is judged by itself: done, changed, decided already, not yours, unknown', async () => {
    const { rep, manager } = system.people
    const mails = [await waiting(), await waiting(), await waiting(), await waiting({ by: 'manager' })] as const
    const hashes = await Promise.all(mails.map(async mail => (await current(system, mail)).contentHash))
    await system.call(manager, `/api/actions/${mails[2].id}/refuse`, { why: 'no' })
    const unknown = '00000000-0000-4000-8000-000000000000'
    const { status, json } = await system.call(rep, '/api/approvals/decide', {
      decisions: [
        { id: mails[0].id, hash: hashes[0], decision: 'approve' },
        { id: mails[1].id, hash: '0'.repeat(64), decision: 'approve' },
        { id: mails[2].id, hash: hashes[2], decision: 'approve' },
        { id: mails[3].id, hash: hashes[3], decision: 'approve' },
        { id: unknown, hash: hashes[0], decision: 'refuse', why: 'x' },
      ],
    })
    expect([status, json.done]).toEqual([200, [{ id: mails[0].id, status: 'approved' }]])
    const codes = Object.fromEntries((json.failed as { id: string; code: string }[]).map(one => [one.id, one.code]))
    expect(codes).toEqual({
      [mails[1].id]: 'action_changed',
      [mails[2].id]: 'action_not_open',
      [mails[3].id]: 'forbidden',
      [unknown]: 'not_found',
    })
    expect((await current(system, mails[1])).status).toBe('waiting')
  })

  test('of two classes nothing is decided; the same one twice neither', async () => {
    const { rep } = system.people
    const mail = await waiting()
    const { contentHash: hash } = await current(system, mail)
    const task = await system.db.row<{ id: string; contentHash: string }>(
      `insert into action (key, kind, summary, content, content_hash, relied_on, relied_hash, by, owner_id)
       values ('other-class', 'create_task', 's', '{}', $1, '[]', 'x', 'code', $2) returning id, content_hash`,
      ['1'.repeat(64), rep.id],
    )
    await policyTurn(system)
    const one = { id: mail.id, hash, decision: 'approve' }
    for (const decisions of [
      [one, { id: task?.id, hash: task?.contentHash, decision: 'approve' }],
      [one, one],
    ]) {
      const answer = await system.call(rep, '/api/approvals/decide', { decisions })
      expect([answer.status, answer.json.code]).toEqual([400, 'bad_input'])
    }
    expect((await current(system, mail)).status).toBe('waiting')
  })

  test('twenty batches at once decide each action once', async () => {
    const { rep } = system.people
    const mails = [await waiting(), await waiting(), await waiting()]
    const decisions = await Promise.all(
      mails.map(async mail => ({ id: mail.id, hash: (await current(system, mail)).contentHash, decision: 'approve' })),
    )
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => system.call(rep, '/api/approvals/decide', { decisions })),
    )
    const done = answers.flatMap(({ json }) => (json.done as { id: string }[]).map(({ id }) => id))
    expect(done.sort()).toEqual(mails.map(({ id }) => id).sort())
    for (const { id } of mails) expect(await approvalsOf(system.db, id)).toHaveLength(1)
  })
})

describe('lessons', () => {
  test('an edit is one, with both texts apart and its distance; a refusal too', async () => {
    const { rep, manager } = system.people
    const [mail, other] = [await waiting(), await waiting()]
    await decideBy(rep, mail, { edit: { body: 'Good morning,\n\nmay I show you how others plan yours?' } })
    await system.call(rep, `/api/actions/${other.id}/refuse`, { why: 'we met them yesterday' })
    const rows = await system.admin.rows<{ kind: string; distance: number | null; before: unknown; reason: unknown }>(
      `select l.kind, l.distance, b.value as before, r.value as reason from lesson l join field_value b on b.id = l.before_id
         left join field_value r on r.id = l.reason_id where l.action_id = any($1::uuid[]) order by l.kind`,
      [[mail.id, other.id]],
    )
    expect(rows.map(({ kind, distance, reason }) => [kind, distance === null, reason])).toEqual([
      ['edit', false, null],
      ['refusal', true, 'we met them yesterday'],
    ])
    expect(rows[0]?.distance).toBeGreaterThan(0)
    expect(JSON.stringify(rows[0]?.before)).toContain('others plan theirs')
    // A manager of one team may not read every body.
    const { json } = await system.call(manager, '/api/lessons')
    expect((json.items as { before: unknown }[]).every(({ before }) => before === null)).toBe(true)
  })
})

describe('a question back', () => {
  test('it goes on waiting, the owner answers, and both are in the audit trail', async () => {
    const { rep, manager, colleague } = system.people
    const mail = await waiting({ by: 'manager' })
    const asked = await system.call(manager, `/api/actions/${mail.id}/ask`, { question: 'Did they not buy last year?' })
    expect(asked.status).toBe(200)
    const answer = { question: asked.json.question, answer: 'Another company of that name.' }
    const wrong = await system.call(colleague, `/api/actions/${mail.id}/answer`, answer)
    expect([wrong.status, wrong.json.code]).toEqual([403, 'forbidden'])
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => system.call(rep, `/api/actions/${mail.id}/answer`, answer)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await current(system, mail)).status).toBe('waiting')
    const whole = await system.call(manager, `/api/actions/${mail.id}/approval`)
    expect(whole.json.questions).toMatchObject([
      { question: 'Did they not buy last year?', answer: 'Another company of that name.', askedOf: 'Riva' },
    ])
    const told = await auditOf(mail.id)
    for (const type of ['action.asked', 'action.answered']) expect(told).toContain(type)
  })
})

describe('in somebody’s place', () => {
  test('delegation: to whose word is enough; the decision says for whom', async () => {
    const { rep, colleague, ops } = system.people
    const mail = await waiting()
    const to = (person: Person) => system.call(rep, `/api/actions/${mail.id}/delegate`, { to: person.id })
    expect((await decideBy(colleague, mail)).status).toBe(403)
    expect((await to(ops)).json.code).toBe('bad_input')
    expect((await to(colleague)).status).toBe(200)
    expect(await itemOf(colleague, mail)).toMatchObject({ capacity: 'delegated', for: 'Riva' })
    expect(await itemOf(rep, mail)).toBeUndefined()
    expect((await decideBy(colleague, mail)).json.status).toBe('approved')
    expect((await approvalsOf(system.db, mail.id))[0]).toMatchObject({ by: `user:${colleague.id}`, forUser: rep.id })
    expect(await fateOf(system, mail)).toEqual(leaves)
    expect(await auditOf(mail.id)).toContain('action.delegated')
  })

  test('what waits for a manager is not handed to a rep', async () => {
    const mail = await waiting({ by: 'manager' })
    const { manager, colleague } = system.people
    const answer = await system.call(manager, `/api/actions/${mail.id}/delegate`, { to: colleague.id })
    expect([answer.status, answer.json.code]).toEqual([400, 'bad_input'])
    expect((await decideBy(colleague, mail)).status).toBe(403)
  })

  test('a deputy decides while somebody is away, not before and not after; the claim remembers that it was so', async () => {
    const { rep, colleague, manager } = system.people
    const [first, second] = [await waiting(), await waiting()]
    const away = (who: Person, body: object) => system.call(who, '/api/absences', body)
    const [from, to] = [new Date(Date.now() - 1_000).toISOString(), new Date(Date.now() + 86_400_000).toISOString()]
    expect((await away(colleague, { user: rep.id, deputy: colleague.id, from, to })).status).toBe(403)
    expect((await away(manager, { deputy: rep.id, from, to })).json.code).toBe('bad_input')
    const absence = await away(rep, { deputy: colleague.id, from, to })
    expect(absence.status).toBe(200)
    expect((await away(rep, { deputy: colleague.id, from, to })).json.code).toBe('conflict')
    expect(await itemOf(colleague, first)).toMatchObject({ capacity: 'deputy', for: 'Riva' })
    expect((await decideBy(colleague, first)).json.status).toBe('approved')
    expect((await system.call(rep, `/api/absences/${absence.json.id}/end`, {})).status).toBe(200)
    expect((await decideBy(colleague, second)).status).toBe(403)
    expect(await itemOf(colleague, second)).toBeUndefined()
    expect((await approvalsOf(system.db, first.id))[0]?.forUser).toBe(rep.id)
    expect(await fateOf(system, first)).toEqual(leaves)
  })

  test('the name of whom it was for is part of what is signed', async () => {
    const { rep, colleague } = system.people
    const mail = await waiting()
    await system.call(rep, `/api/actions/${mail.id}/delegate`, { to: colleague.id })
    await decideBy(colleague, mail)
    await tamper(system, 'update approval set for_user = null where action_id = $1', [mail.id])
    expect(await fateOf(system, mail)).toEqual(ends('failed', 'approval_invalid'))
  })
})

describe('lost between approval and claim: the approval is void', () => {
  const approved = () => approvedMail(system, lead)
  const back: (() => Promise<unknown>)[] = []
  const change = async (text: string, undo: string, id: string) => {
    await system.admin.run(text, [id])
    back.push(() => system.admin.run(undo, [id]))
  }
  const restore = () => Promise.all(back.splice(0).map(undo => undo()))

  test.each([
    ['role', `update "user" set role = 'viewer' where id = $1`, `update "user" set role = 'rep' where id = $1`],
    ['work', `update "user" set active = false where id = $1`, `update "user" set active = true where id = $1`],
    [
      'key',
      `update api_key set revoked_at = now() where user_id = $1`,
      `update api_key set revoked_at = null where user_id = $1`,
    ],
  ])('the %s of who approved', async (_what, text, undo) => {
    const mail = await approved()
    await change(text, undo, system.people.rep.id)
    expect(await fateOf(system, mail)).toEqual(anew('approval_void'))
    await restore()
  })

  test('the role of whom a delegate decided for', async () => {
    const { rep, colleague } = system.people
    const mail = await waiting()
    await system.call(rep, `/api/actions/${mail.id}/delegate`, { to: colleague.id })
    await decideBy(colleague, mail)
    await change(
      `update "user" set active = false where id = $1`,
      `update "user" set active = true where id = $1`,
      rep.id,
    )
    expect(await fateOf(system, mail)).toEqual(anew('approval_void'))
    await restore()
  })

  test('the key’s name cannot be taken off by SQL', async () => {
    const mail = await approved()
    await tamper(system, 'update approval set api_key = null where action_id = $1', [mail.id])
    expect(await fateOf(system, mail)).toEqual(ends('failed', 'approval_invalid'))
  })
})
