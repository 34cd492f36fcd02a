/** Reminders and escalation by the working hours of whoever decides; and the inbox shows exactly what one may decide. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { viewerOf } from '../../db/access.ts'
import { inbox } from '../../db/stores/approvals.ts'
import { authorityOver } from '../../db/stores/authority.ts'
import { changeMe, lockedMe, type MeChange } from '../../db/stores/me.ts'
import { ensureUser, userById } from '../../db/stores/people.ts'
import { remind } from '../../db/stores/reminders.ts'
import { lockedWorkingHours, setWorkingHours } from '../../db/stores/shape/working-hours.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'
import { current, policyTurn, proposeMail, type Proposed, tamper, type Terms } from './mails.ts'

let system: System
let lead: LeadIds

beforeAll(async () => {
  system = await startSystem()
  lead = await system.lead('Rhea Olm')
})
afterAll(() => system.close())

async function waiting(terms: Terms = {}): Promise<Proposed> {
  const mail = await proposeMail(system, lead, terms)
  await policyTurn(system)
  return mail
}
/** It has waited since then. */
const since = ({ id }: Proposed, interval: string) =>
  tamper(system, `update policy_verdict set at = now() - $2::interval where action_id = $1`, [id, interval])
const turn = () => system.db.tx(tx => remind(tx))
/** What they were told of it, as `what:action`. */
const tasksOf = (userId: string, { id }: Proposed, status = '%') =>
  system.admin.rows<{ key: string }>(
    `select replace(key, ':' || $1, '') as key from task where assignee_id = $1::uuid and key like '%:' || $2 || ':' || $1 and status like $3 order by key`,
    [userId, id, status],
  )
const toldOf = async (userId: string, mail: Proposed, status = '%'): Promise<string[]> =>
  (await tasksOf(userId, mail, status)).map(({ key }) => key.split(':')[0] ?? '')

test('after the hours its owner is reminded, once, however many look at once; later those above are told', async () => {
  const { rep, manager } = system.people
  const [fresh, old] = [await waiting(), await waiting()]
  // Five days hold at least three working ones, whichever they are.
  await since(old, '5 days')
  const before = (await current(system, old)).escalatedAt
  await Promise.all([turn(), turn(), turn()])
  expect(before).toBeNull()
  expect((await tasksOf(rep.id, old)).map(({ key }) => key)).toEqual([`remind:${old.id}`])
  expect((await tasksOf(manager.id, old)).map(({ key }) => key)).toEqual([`escalate:${old.id}`])
  expect((await current(system, old)).escalatedAt).not.toBeNull()
  expect(await tasksOf(rep.id, fresh)).toEqual([])
  await turn()
  const told = await system.admin.rows<{ type: string }>(
    `select type from audit_event where target_id = $1 and actor = 'server' and type in ('action.reminded', 'action.escalated') order by type`,
    [old.id],
  )
  expect(told.map(({ type }) => type)).toEqual(['action.escalated', 'action.reminded'])
  const { json } = await system.call(manager, '/api/approvals')
  expect((json.items as { id: string; capacity: string }[]).find(({ id }) => id === old.id)?.capacity).toBe('escalated')
})

test('only working hours count: thirty hours by the clock hold fewer than twenty of them', async () => {
  const mail = await waiting()
  await since(mail, '30 hours')
  await system.admin.run('update organisation set remind_after_hours = 20')
  await turn()
  expect(await tasksOf(system.people.rep.id, mail)).toEqual([])
  await system.admin.run('update organisation set remind_after_hours = 4')
})

test('who is away is not reminded: their deputy is', async () => {
  const { rep, colleague } = system.people
  const mail = await waiting()
  await since(mail, '5 days')
  const [from, to] = [new Date(Date.now() - 1_000).toISOString(), new Date(Date.now() + 3_600_000).toISOString()]
  const absence = await system.call(rep, '/api/absences', { deputy: colleague.id, from, to })
  await turn()
  expect((await tasksOf(colleague.id, mail)).map(({ key }) => key)).toEqual([`remind:${mail.id}`])
  await system.call(rep, `/api/absences/${absence.json.id}/end`, {})
})

test('who wants no reminders gets none, and is escalated over; own hours count before the team’s', async () => {
  const { rep, manager } = system.people
  const mine = (set: MeChange) => system.db.tx(async tx => changeMe(tx, await lockedMe(tx, rep.id), set))
  await mine({ reminders: false })
  const unwanted = await waiting()
  await since(unwanted, '5 days')
  await turn()
  expect(await tasksOf(rep.id, unwanted)).toEqual([])
  expect((await tasksOf(manager.id, unwanted)).map(({ key }) => key)).toEqual([`escalate:${unwanted.id}`])
  // A minute a day, whichever days they are: five of them hold no four hours.
  const days = [1, 2, 3, 4, 5, 6, 7]
  await mine({ reminders: true, hours: { workingDays: days, from: '03:00', to: '03:01' } })
  const short = await waiting()
  await since(short, '5 days')
  await turn()
  expect(await tasksOf(rep.id, short)).toEqual([])
  await mine({ hours: null })
  await turn()
  expect((await tasksOf(rep.id, short)).map(({ key }) => key)).toEqual([`remind:${short.id}`])
})

describe('nothing waits unheard of', () => {
  const admin = (): Promise<string> =>
    system.db.tx(tx =>
      ensureUser(tx, { name: 'Ada', email: 'ada@ledgerline.example', role: 'admin', zone: 'UTC', team: 'Board' }),
    )
  const owned = async (by: 'owner' | 'manager' | 'ops', ownerId: string | null) => {
    const mail = await waiting({ by })
    await tamper(system, 'update action set owner_id = $2 where id = $1', [mail.id, ownerId])
    await since(mail, '5 days')
    return mail
  }

  test('what waits for ops is told to ops, then to admins; without anybody of ops to admins at once', async () => {
    const { ops } = system.people
    const adminId = await admin()
    const mail = await owned('ops', system.people.rep.id)
    await turn()
    expect([await toldOf(ops.id, mail), await toldOf(adminId, mail)]).toEqual([['remind'], ['escalate']])
    await system.admin.run('update "user" set active = false where id = $1', [ops.id])
    const next = await owned('ops', system.people.rep.id)
    await turn()
    await system.admin.run('update "user" set active = true where id = $1', [ops.id])
    expect([await toldOf(ops.id, next), await toldOf(adminId, next)]).toEqual([[], ['remind']])
    const [task] = await system.admin.rows<{ why: string }>(
      `select why from task where key = 'remind:' || $1 || ':' || $2`,
      [next.id, adminId],
    )
    expect(task?.why).toContain('nobody of ops works here')
  })

  test('without an owner, or one who works here: the team’s manager, else admins; who was told sees it in their inbox', async () => {
    const { rep, manager } = system.people
    const adminId = await admin()
    const ownerless = await owned('owner', null)
    await turn()
    expect(await toldOf(adminId, ownerless)).toEqual(['remind'])
    await system.admin.run('update "user" set active = false where id = $1', [rep.id])
    const left = await owned('owner', rep.id)
    await turn()
    expect(await toldOf(rep.id, left)).toEqual([])
    expect(await toldOf(manager.id, left)).toEqual(['remind'])
    expect(await toldOf(adminId, left)).toEqual(['escalate'])
    const { json } = await system.call(manager, '/api/approvals?limit=200')
    await system.admin.run('update "user" set active = true where id = $1', [rep.id])
    expect((json.items as { id: string; capacity: string }[]).find(({ id }) => id === left.id)?.capacity).toBe(
      'instead',
    )
  })

  test('a team without a manager, or whose manager left: admins', async () => {
    const { rep, manager } = system.people
    const adminId = await admin()
    const change = (text: string) => system.admin.run(text, [manager.id])
    await change('update "user" set active = false where id = $1')
    const mail = await owned('manager', rep.id)
    await turn()
    await change('update "user" set active = true where id = $1')
    expect([await toldOf(manager.id, mail), await toldOf(adminId, mail)]).toEqual([[], ['remind']])
  })

  test('what is decided is nobody’s task any more', async () => {
    const { rep, manager } = system.people
    const mail = await owned('owner', system.people.rep.id)
    await turn()
    expect([await toldOf(rep.id, mail, 'open'), await toldOf(manager.id, mail, 'open')]).toEqual([
      ['remind'],
      ['escalate'],
    ])
    await system.call(rep, `/api/actions/${mail.id}/refuse`, { why: 'no' })
    expect([await toldOf(rep.id, mail, 'open'), await toldOf(manager.id, mail, 'open')]).toEqual([[], []])
  })
})

test('also where a playbook says after how long it is passed on, the hours and days off of whoever decides count', async () => {
  const { rep, ops } = system.people
  const soon: Terms = { escalateTo: 'ops', escalateAfter: { amount: 3, unit: 'working hour' } }
  // By the hours of whom it is about it was due long ago.
  const mail = await waiting({ ...soon, escalateAt: new Date(Date.now() + 1_000) })
  await since(mail, '5 days')
  const days = Array.from({ length: 7 }, (_, n) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10))
  const hours = { workingDays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', daysOff: days }
  const set = (to: typeof hours) =>
    system.db.tx(async tx => setWorkingHours(tx, await lockedWorkingHours(tx, null), to, 'test'))
  await set(hours)
  await turn()
  expect((await current(system, mail)).escalatedAt).toBeNull()
  expect(await toldOf(rep.id, mail)).toEqual([])
  await set({ ...hours, daysOff: [] })
  await turn()
  expect((await current(system, mail)).escalatedAt).not.toBeNull()
  expect([await toldOf(rep.id, mail), await toldOf(ops.id, mail)]).toEqual([['remind'], ['escalate']])
})

test('the inbox with everything in it is what one may decide, no more and no less, for everybody', async () => {
  const all: Proposed[] = []
  for (const by of ['owner', 'manager', 'ops'] as const)
    for (const escalateTo of ['manager', 'ops'] as const)
      for (const escalated of [false, true]) {
        const mail = await waiting({ by, escalateAt: new Date(Date.now() + 3_600_000), escalateTo })
        if (escalated) await system.db.run('update action set escalated_at = now() where id = $1', [mail.id])
        all.push(mail)
      }
  for (const owner of [system.people.colleague.id, null]) {
    const mail = await waiting()
    await tamper(system, 'update action set owner_id = $2 where id = $1', [mail.id, owner])
    all.push(mail)
  }
  const [first] = all
  await system.call(system.people.rep, `/api/actions/${first?.id}/delegate`, { to: system.people.colleague.id })
  for (const { id: userId } of Object.values(system.people)) {
    const user = await userById(system.db, userId)
    const viewer = await viewerOf(system.db, user)
    const { items } = await inbox(system.db, user, viewer, { limit: 200, all: true })
    const shown = new Set(items.map(({ id }) => id))
    for (const mail of all) {
      const may = (await authorityOver(system.db, user, viewer, await current(system, mail))) !== null
      expect([user.name, mail.id, shown.has(mail.id)]).toEqual([user.name, mail.id, may])
    }
  }
})
