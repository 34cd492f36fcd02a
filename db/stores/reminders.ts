/** Who is reminded of what waits for them, and when those above are told: after working hours of whoever decides. */
import { addDuration } from '../../domain/calendar/calendar.ts'
import { calendarAt } from '../../domain/calendar/hours.ts'
import type { Sql, Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { createTask } from './records.ts'
import { workingHours } from './shape/working-hours.ts'

const AT_ONCE = 500

interface Waiting {
  id: string
  runId: string | null
  leadId: string | null
  dealId: string | null
  contactId: string | null
  summary: string
  approver: string
  /** When the policy asked. */
  since: Date
  now: Date
  /** Whom it waits for, and whom it goes to when they are away; null: nobody in particular. */
  userId: string | null
  deputyId: string | null
  managerId: string | null
  teamId: string | null
  zone: string
  country: string | null
  remindAfter: number
  escalateAfter: number
  escalateAt: Date | null
  escalatedAt: Date | null
  reminded: boolean
}

/** Whom it waits for: its owner, or the manager of the owner's team. */
async function longWaiting(sql: Sql): Promise<Waiting[]> {
  return sql.rows<Waiting>(
    `select a.id, a.run_id, a.lead_id, a.deal_id, a.contact_id, a.summary, a.approver, v.at as since, clock_timestamp() as now, p.id as user_id,
       t.manager_id, p.team_id, p.zone, g.country, g.remind_after_hours as remind_after, g.escalate_after_hours as escalate_after, a.escalate_at, a.escalated_at,
       (select b.deputy_id from absence b where b.user_id = p.id and b.from_at <= clock_timestamp() and least(b.to_at, b.ended_at) > clock_timestamp()
         limit 1) as deputy_id, exists (select 1 from action_reminder m where m.action_id = a.id) as reminded
     from action a join policy_verdict v on v.action_id = a.id join "user" o on o.id = a.owner_id left join team t on t.id = o.team_id
       join "user" p on p.id = case when a.approver = 'owner' then o.id else t.manager_id end cross join organisation g
     where a.status = 'waiting' and a.approver in ('owner', 'manager') and v.at < clock_timestamp() - make_interval(hours => g.remind_after_hours)
       and (not exists (select 1 from action_reminder m where m.action_id = a.id)
         or (a.approver = 'owner' and a.escalate_at is null and a.escalated_at is null
           and v.at < clock_timestamp() - make_interval(hours => g.escalate_after_hours)))
     order by v.at limit ${AT_ONCE} for update of a skip locked`,
  )
}

/** Reminds and escalates what is due by the database's clock. Returns how many of both. */
export async function remind(tx: Tx): Promise<number> {
  let done = 0
  for (const one of await longWaiting(tx)) {
    if (!one.reminded && (await isDue(tx, one, one.remindAfter))) {
      await remindOf(tx, one)
      done += 1
    }
    // Where a playbook says when to escalate, its word holds.
    const mayEscalate = one.approver === 'owner' && one.escalateAt === null && one.escalatedAt === null
    if (mayEscalate && (await isDue(tx, one, one.escalateAfter))) {
      await escalate(tx, one)
      done += 1
    }
  }
  return done
}

async function isDue(tx: Tx, { since, now, teamId, zone, country }: Waiting, hours: number): Promise<boolean> {
  const calendar = calendarAt({ zone, country }, await workingHours(tx, teamId))
  return addDuration(since.toISOString(), { amount: hours, unit: 'working hour' }, calendar) <= now.toISOString()
}

async function remindOf(tx: Tx, one: Waiting): Promise<void> {
  const userId = one.deputyId ?? one.userId
  if (userId === null) return
  await tx.run('insert into action_reminder (action_id, user_id) values ($1, $2)', [one.id, userId])
  await taskFor(tx, one, userId, 'remind', 'Decide a proposal that waits for you')
  await audit(tx, {
    actor: 'server',
    type: 'action.reminded',
    target: 'action',
    targetId: one.id,
    runId: one.runId,
    data: { user: userId },
  })
}

async function escalate(tx: Tx, one: Waiting): Promise<void> {
  await tx.run('update action set escalated_at = clock_timestamp() where id = $1', [one.id])
  if (one.managerId !== null)
    await taskFor(tx, one, one.managerId, 'escalate', 'Decide a proposal that its owner has not')
  await audit(tx, {
    actor: 'server',
    type: 'action.escalated',
    target: 'action',
    targetId: one.id,
    runId: one.runId,
    data: { to: 'manager' },
  })
}

const taskFor = (tx: Tx, one: Waiting, assigneeId: string, what: string, title: string): Promise<string> =>
  createTask(tx, {
    key: `${what}:${one.id}`,
    title,
    why: `it waits since ${one.since.toISOString()}: ${one.summary}`,
    assigneeId,
    leadId: one.leadId,
    dealId: one.dealId,
    contactId: one.contactId,
  })
