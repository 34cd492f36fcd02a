/** An approval that does not hold any more is asked anew: one new proposal of the records as they are, its approvers told, no loop, no double. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { classFigures } from '../../db/stores/autonomy.ts'
import { MOST_TIMES } from '../../db/stores/asked-anew.ts'
import { untilRun } from '../engine/begin.ts'
import { type LeadIds, type Person, startSystem, type System, until } from '../support/system.ts'
import { anew, ends, fateOf, leaves } from './fate.ts'
import { approve, approvedMail, current, policyTurn, proposeMail, type Proposed, tamper } from './mails.ts'

let system: System
let lead: LeadIds
let n = 0

beforeAll(async () => {
  system = await startSystem()
})
beforeEach(async () => {
  lead = await system.lead(`Anew ${(n += 1)}`)
})
afterAll(() => system.close())

/** The versions of what a step proposed, first to last. */
async function versions({ runId }: Proposed): Promise<Proposed[]> {
  const rows = await system.admin.rows<{ id: string }>('select id from action where run_id = $1 order by key', [runId])
  return rows.map(({ id }) => ({ id, runId, key: 'sent#1' }))
}
async function newest(mail: Proposed): Promise<Proposed> {
  const all = await versions(mail)
  return all.at(-1) as Proposed
}
const moveTo = (email: string) =>
  system.admin.run('update contact set email = $2, email_key = $2 where id = $1', [lead.contactId, email])
const tasks = (userId: string, { id }: Proposed) =>
  system.admin.rows<{ why: string; status: string }>(
    `select why, status from task where assignee_id = $1 and key = 'anew:' || $2 || ':' || $1`,
    [userId, id],
  )
const waitsFor = async (who: Person, { id }: Proposed) => {
  const { json } = await system.call(who, '/api/approvals?limit=200')
  return (json.items as { id: string; askedAnew: string | null }[]).find(one => one.id === id)
}
const change = (id: string, set: string) => system.admin.run(`update "user" set ${set} where id = $1`, [id])

test('a field that it relied on changed: it waits again with the reason, to where it is read now, and leaves once it is approved again', async () => {
  const { rep } = system.people
  const mail = await approvedMail(system, lead)
  await moveTo(`moved.${n}@elsewhere.example`)
  expect(await fateOf(system, mail)).toEqual(anew('action_changed'))
  const [, again, ...more] = (await versions(mail)) as [Proposed, Proposed]
  expect(more).toEqual([])
  await policyTurn(system)
  const before = await current(system, mail)
  const action = await current(system, again)
  expect(action).toMatchObject({ status: 'waiting', supersedesId: mail.id, mustAsk: true, ownerId: rep.id })
  expect(action.contentHash).not.toBe(before.contentHash)
  expect(action.content).toMatchObject({
    text: before.content.text,
    envelope: { to: [`moved.${n}@elsewhere.example`] },
  })
  expect((await waitsFor(rep, again))?.askedAnew).toBe('changed since it was proposed: contact.email')
  expect(await tasks(rep.id, again)).toMatchObject([{ status: 'open', why: expect.stringContaining('contact.email') }])
  const old = await system.call(rep, `/api/actions/${mail.id}/approve`, { hash: before.contentHash })
  expect([old.status, old.json.code]).toEqual([409, 'action_not_open'])
  const stale = await system.call(rep, `/api/actions/${again.id}/approve`, { hash: before.contentHash })
  expect([stale.status, stale.json.code]).toEqual([409, 'action_changed'])
  await approve(system, rep, again.id)
  expect(await tasks(rep.id, again)).toMatchObject([{ status: 'done' }])
  expect(await fateOf(system, again)).toEqual(leaves)
  expect(system.mail.taken.at(-1)?.to).toEqual([`moved.${n}@elsewhere.example`])
  const step = await system.db.row<{ status: string; result: { action: string } }>(
    'select status, result from step_run where run_id = $1 and key = $2',
    [mail.runId, mail.key],
  )
  expect(step).toMatchObject({ status: 'done', result: { outcome: 'done', action: again.id } })
  const ledger = await system.call(rep, `/api/leads/${lead.leadId}/why-not`)
  const told = (ledger.json as unknown as { code: string; sentence: string }[]).find(
    ({ code }) => code === 'asked_anew',
  )
  expect(told?.sentence).toContain('contact.email. It was proposed again.')
})

test('who approved may not decide any more: it waits for whom it is now, and the run’s step goes on waiting', async () => {
  const { rep, manager } = system.people
  const mail = await approvedMail(system, lead)
  await change(rep.id, `role = 'viewer'`)
  expect(await fateOf(system, mail)).toEqual(anew('approval_void'))
  await policyTurn(system)
  const again = await newest(mail)
  const standing = await system.activities.standing({ runId: mail.runId, key: mail.key })
  expect(standing).toMatchObject({ actionId: again.id, status: 'waiting', settled: false })
  // Its owner cannot decide it, so their manager hears of it and sees it.
  expect(await tasks(manager.id, again)).toHaveLength(1)
  expect(await waitsFor(manager, again)).toMatchObject({
    capacity: 'instead',
    askedAnew: expect.stringContaining('may no longer decide'),
  })
  await approve(system, manager, again.id)
  await change(rep.id, `role = 'rep'`)
  expect(await fateOf(system, again)).toEqual(leaves)
})

test('asked anew it has as much time as the first had', async () => {
  const [expiresAt, escalateAt] = [new Date(Date.now() + 7_200_000), new Date(Date.now() + 3_600_000)]
  const mail = await approvedMail(system, lead, { expiresAt, escalateAt, escalateTo: 'ops' })
  await moveTo(`later.${n}@elsewhere.example`)
  await system.activities.perform(mail)
  const [first, again] = [await current(system, mail), await current(system, await newest(mail))]
  for (const end of ['expiresAt', 'escalateAt'] as const) {
    const time = (of: typeof first) => (of[end]?.getTime() ?? 0) - of.createdAt.getTime()
    // The database rounds to milliseconds.
    expect(Math.abs(time(again) - time(first))).toBeLessThanOrEqual(1)
  }
  expect(again.escalateTo).toBe('ops')
})

test('approved in time and not used in time it does not end when it is looked at: its claim asks anew', async () => {
  const mail = await approvedMail(system, lead, { expiresAt: new Date(Date.now() + 3_600_000) })
  await tamper(system, `update action set expires_at = now() - interval '1 second' where id = $1`, [mail.id])
  expect((await system.activities.standing({ runId: mail.runId, key: mail.key })).status).toBe('approved')
})

test('what a person wrote stays as they wrote it', async () => {
  const { rep } = system.people
  const mail = await proposeMail(system, lead)
  await policyTurn(system)
  const edited = await system.call(rep, `/api/actions/${mail.id}/approve`, {
    edit: { subject: 'Mine', body: 'My own words.' },
  })
  await moveTo(`typed.${n}@elsewhere.example`)
  expect(await fateOf(system, { ...mail, id: edited.json.id })).toEqual(anew('action_changed'))
  await policyTurn(system)
  expect(await current(system, await newest(mail))).toMatchObject({
    status: 'waiting',
    by: 'person',
    madeBy: rep.id,
    supersedesId: edited.json.id,
    content: { subject: 'Mine', text: 'My own words.', envelope: { to: [`typed.${n}@elsewhere.example`] } },
  })
  // Against the version before only the address differs; against what the agent wrote also the words.
  const { json } = await system.call(rep, `/api/actions/${(await newest(mail)).id}/approval`)
  const added = (of: string) =>
    (json[of] as { change: string; text: string }[]).filter(one => one.change === 'added').map(one => one.text)
  expect(added('diff')).toEqual([`To: typed.${n}@elsewhere.example\n`])
  expect(added('diffFromFirst').join('')).toContain('My own words.')
  expect(json.askedAnew).toBe('changed since it was proposed: contact.email')
})

test('two people had to approve it, and have to again', async () => {
  const { rep, manager } = system.people
  const mail = await proposeMail(system, lead, { people: 2 })
  await policyTurn(system)
  for (const who of [rep, manager]) await approve(system, who, mail.id)
  await change(manager.id, 'active = false')
  expect(await fateOf(system, mail)).toEqual(anew('approval_void'))
  await policyTurn(system)
  await change(manager.id, 'active = true')
  const again = await newest(mail)
  await approve(system, rep, again.id)
  expect((await current(system, again)).status).toBe('waiting')
  await approve(system, manager, again.id)
  expect((await current(system, again)).status).toBe('approved')
})

test('a decision that did not hold is no case of its class: the new one is', async () => {
  const cases = async (): Promise<number> => {
    const rows = await classFigures(system.db, { playbook: 'gate-probe', kind: 'send_mail' })
    return rows.reduce((sum, row) => sum + row.cases, 0)
  }
  const before = await cases()
  const mail = await approvedMail(system, lead)
  expect(await cases()).toBe(before + 1)
  await moveTo(`case.${n}@elsewhere.example`)
  await system.activities.perform(mail)
  await policyTurn(system)
  expect(await cases()).toBe(before)
  await approve(system, system.people.rep, (await newest(mail)).id)
  expect(await cases()).toBe(before + 1)
})

test('ten workers at once make one new proposal', async () => {
  const mail = await approvedMail(system, lead)
  await moveTo(`once.${n}@elsewhere.example`)
  await Promise.all(Array.from({ length: 10 }, () => system.activities.perform(mail)))
  expect(await versions(mail)).toHaveLength(2)
})

test('what changes faster than people decide ends at last', async () => {
  const mail = await approvedMail(system, lead)
  for (let i = 1; ; i++) {
    await moveTo(`flaps.${n}.${i}@elsewhere.example`)
    await system.activities.perform(mail)
    const last = await newest(mail)
    if ((await current(system, last)).status === 'failed') break
    expect(i).toBeLessThanOrEqual(MOST_TIMES)
    await policyTurn(system)
    await approve(system, system.people.rep, last.id)
  }
  const all = await versions(mail)
  expect(all).toHaveLength(MOST_TIMES + 1)
  expect(system.mail.taken.some(({ to }) => to[0]?.startsWith(`flaps.${n}.`))).toBe(false)
})

test.each([
  ['their address went stale', 'update contact set stale_at = now() where id = $1', 'address is stale'],
  [
    'their address was taken off',
    'update contact set email = null, email_key = null where id = $1',
    'no e-mail address',
  ],
])('nothing is left to propose: %s', async (_, sql, why) => {
  const mail = await approvedMail(system, lead)
  await system.admin.run(sql, [lead.contactId])
  expect(await fateOf(system, mail)).toEqual(ends('failed', 'action_changed'))
  expect((await current(system, mail)).failureWhy).toContain(why)
  expect(await versions(mail)).toHaveLength(1)
})

test('while its workflow runs: held by a stop, then void for a role lost and a field changed, each is asked anew and leaves once', async () => {
  const { rep, manager } = system.people
  const other = await system.lead(`Anew ${(n += 1)}`)
  const lost = await proposeMail(system, lead)
  const moved = await proposeMail(system, other, { by: 'manager' })
  const mails = [lost, moved]
  await policyTurn(system)
  // Runs of the tests above are none of this one's.
  await system.admin.run(`update run set status = 'cancelled', ended_at = now() where id <> all($1)`, [
    mails.map(({ runId }) => runId),
  ])
  await system.startFlow()
  await system.startWorkers()
  for (const { runId } of mails) await untilRun(system, runId, 'waiting')
  const stop = await system.call(manager, '/api/stops', { scope: 'organisation', reason: 'a second look' })
  await approve(system, rep, lost.id)
  await approve(system, manager, moved.id)
  for (const mail of mails)
    await until('the worker to be held', () =>
      system.db.row(`select 1 from action where id = $1 and held_code = 'stopped'`, [mail.id]),
    )
  await change(rep.id, `role = 'viewer'`)
  const address = `moved.${n}@elsewhere.example`
  await system.admin.run('update contact set email = $2, email_key = $2 where id = $1', [other.contactId, address])
  await system.call(manager, `/api/stops/${stop.json.id}/release`, { reason: 'seen' })

  const again: Proposed[] = []
  for (const mail of mails)
    again.push(
      await until('it to wait anew', async () => {
        const last = await newest(mail)
        return last.id !== mail.id && (await current(system, last)).status === 'waiting' && last
      }),
    )
  const codes = await Promise.all(mails.map(async mail => (await current(system, mail)).failureCode))
  expect(codes).toEqual(['approval_void', 'action_changed'])
  const to = async ({ contactId }: LeadIds) =>
    system.db.row<{ email: string }>('select email from contact where id = $1', [contactId])
  const addresses = [await to(lead), await to(other)].map(row => row?.email)
  const taken = () => addresses.map(email => system.mail.taken.filter(mail => mail.to[0] === email).length)
  expect(taken()).toEqual([0, 0])
  for (const { id } of again) await approve(system, manager, id)
  for (const [i, { runId, key }] of mails.entries()) {
    expect((await untilRun(system, runId, 'completed')).outcome).toBe('over')
    const step = await system.db.row<{ result: object }>('select result from step_run where run_id = $1 and key = $2', [
      runId,
      key,
    ])
    expect(step?.result).toMatchObject({ outcome: 'done', action: again[i]?.id })
    expect(await versions(mails[i] as Proposed)).toHaveLength(2)
  }
  expect(addresses[1]).toBe(address)
  expect(taken()).toEqual([1, 1])
  await system.stopFlow()
  await system.stopWorkers()
  await change(rep.id, `role = 'rep'`)
})

test('what the policy alone let go and ran out is not let go again', async () => {
  const mail = await proposeMail(system, lead, { expiresAt: new Date(Date.now() + 3_600_000) })
  await tamper(system, `update action set by = 'model' where id = $1`, [mail.id])
  const text = 'policy: 1\nrules:\n  - { name: go, actions: [send_mail], decide: allow }\n'
  await system.admin.run(
    `insert into definition (kind, version, text, hash, published_by) select 'policy', coalesce(max(version), 0) + 1, $1, md5(random()::text), 'test' from definition where kind = 'policy'`,
    [text],
  )
  await policyTurn(system)
  expect((await current(system, mail)).status).toBe('allowed')
  await tamper(system, `update action set expires_at = now() - interval '1 second' where id = $1`, [mail.id])
  expect((await system.activities.standing({ runId: mail.runId, key: mail.key })).status).toBe('expired')
  expect(await versions(mail)).toHaveLength(1)
})
