/** Reminders and escalation by the working hours of whoever decides; and the inbox shows exactly what one may decide. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { viewerOf } from '../../db/access.ts'
import { inbox } from '../../db/stores/approvals.ts'
import { authorityOver } from '../../db/stores/authority.ts'
import { userById } from '../../db/stores/people.ts'
import { remind } from '../../db/stores/reminders.ts'
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
const tasksOf = (userId: string, { id }: Proposed) =>
  system.admin.rows<{ key: string }>(`select key from task where assignee_id = $1 and key like '%' || $2`, [userId, id])

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
