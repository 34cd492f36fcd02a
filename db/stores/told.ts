/** Telling people of an action that waits: each of them once of each thing, as a task. */
import type { Role } from '../../domain/access/viewer.ts'
import type { Approver } from '../../domain/policy/types.ts'
import { type Candidate, whom, type Whom } from '../../domain/policy/whom.ts'
import type { Sql, Tx } from '../sql.ts'
import { createTask } from './records.ts'

export interface Reached extends Candidate {
  zone: string
  /** Who is told in their place while they are away; else they themselves. */
  told: string
  /** Whether whoever is told wants tasks that remind them. */
  reminders: boolean
}

const IN_FORCE = `b.from_at <= clock_timestamp() and least(b.to_at, b.ended_at) > clock_timestamp()`

/** Whom an action of this owner waits for. */
export async function whomItWaitsFor(
  sql: Sql,
  { ownerId, approver, escalateTo }: { ownerId: string | null; approver: Approver; escalateTo?: string | null },
): Promise<Whom<Reached>> {
  const candidates = await sql.rows<Reached & { role: Role }>(
    `select u.id, u.role, u.zone, u.id is not distinct from $1 as owner,
       u.id is not distinct from t.manager_id or (u.role = 'manager' and not exists (select 1 from team)) as team_manager,
       q.id as told, q.reminders
     from (select 1) one left join "user" o on o.id = $1 left join team t on t.id = o.team_id join "user" u on u.active
       left join lateral (select b.deputy_id as id from absence b join "user" s on s.id = b.deputy_id and s.active
         where b.user_id = u.id and ${IN_FORCE} limit 1) d on true
       join "user" q on q.id = coalesce(d.id, u.id)
     where u.id = o.id or u.id = t.manager_id or u.role in ('manager', 'ops', 'admin') order by u.name, u.id`,
    [ownerId],
  )
  return whom(candidates, approver, escalateTo === 'manager' || escalateTo === 'ops' ? escalateTo : null)
}

export interface Telling {
  id: string
  leadId: string | null
  dealId: string | null
  contactId: string | null
}

/** False: told of it already. Needs the action's row locked, so that what is decided meanwhile is not told of. */
export async function tell(
  tx: Tx,
  action: Telling,
  userId: string,
  { what, title, why }: { what: 'anew' | 'remind' | 'escalate'; title: string; why: string },
): Promise<boolean> {
  const first = await tx.run(
    'insert into action_reminder (action_id, user_id, what) values ($1, $2, $3) on conflict do nothing',
    [action.id, userId, what],
  )
  if (first === 0) return false
  await createTask(tx, {
    // As `TASKS_CLOSED` of actions.ts spells it.
    key: `${what}:${action.id}:${userId}`,
    title,
    why,
    assigneeId: userId,
    leadId: action.leadId,
    dealId: action.dealId,
    contactId: action.contactId,
  })
  return true
}
