/** Who may decide each of some actions, as authority.ts would answer for every one of them: one look at the people for all the actions. */
import type { Viewer } from '../../domain/access/viewer.ts'
import { SCOPES } from '../../domain/access/viewer.ts'
import { hasWeight, mayBeDeputy } from '../../domain/policy/deputy.ts'
import type { Sql } from '../sql.ts'
import type { Action } from './actions.ts'
import { decidesAlone } from './authority.ts'
import { USER, type User } from './people.ts'

export interface Decider {
  id: string
  name: string
  role: User['role']
  /** Whose place they take; null: their own. */
  for: string | null
}

export type Decidable = Pick<Action, 'id' | 'ownerId' | 'approver' | 'escalatedAt' | 'escalateTo'>

interface People {
  users: Map<string, { user: User; viewer: Viewer }>
  /** Who stands in for whom: everywhere, or with one action. */
  places: { fromId: string; toId: string; actionId: string | null }[]
  /** Who may not: they made it, or their word, or that of whom they stand in for, is given already. */
  out: Map<string, Set<string>>
}

/** By action, in the order of their names; those who decide in their own right first. */
export async function decidersOf(sql: Sql, actions: readonly Decidable[]): Promise<Map<string, Decider[]>> {
  if (actions.length === 0) return new Map()
  const people = await peopleAround(sql, actions)
  return new Map(actions.map(action => [action.id, decidersFor(action, people)]))
}

function decidersFor(action: Decidable, { users, places, out }: People): Decider[] {
  const isOut = (id: string) => out.get(action.id)?.has(id) === true
  const may = (id: string): boolean => {
    const one = users.get(id)
    return one !== undefined && !isOut(id) && decidesAlone(one.user, one.viewer, action as Action)
  }
  const own = [...users.values()].filter(({ user }) => may(user.id))
  const shown = own.map(({ user: { id, name, role } }): Decider => ({ id, name, role, for: null }))
  const known = new Set(shown.map(({ id }) => id))
  for (const { fromId, toId, actionId } of places) {
    const [from, to] = [users.get(fromId), users.get(toId)]
    if (!from || !to || known.has(toId) || isOut(toId) || (actionId !== null && actionId !== action.id)) continue
    const stands = actionId !== null || mayBeDeputy(to.user.role, from.user.role)
    if (!stands || !may(fromId) || !hasWeight(to.user.role, action.approver)) continue
    known.add(toId)
    shown.push({ id: toId, name: to.user.name, role: to.user.role, for: from.user.name })
  }
  return shown
}

async function peopleAround(sql: Sql, actions: readonly Decidable[]): Promise<People> {
  const ids = actions.map(({ id }) => id)
  const owners = [...new Set(actions.map(({ ownerId }) => ownerId).filter(id => id !== null))]
  // As `viewerOf` says who is of somebody's team; here only the owners in question matter.
  const users = await sql.rows<User & { team: string[]; grants: Viewer['grants'] }>(
    `select ${USER}, u.grants, array(select m.id from "user" m where m.id = any($1::uuid[]) and (m.id = u.id or not exists (select 1 from team)
       or m.team_id in (select t.id from team t where t.id = u.team_id or (u.role = 'manager' and t.manager_id = u.id)))) as team
     from "user" u where u.active and u.role <> 'viewer' order by u.name, u.id`,
    [owners],
  )
  const places = await sql.rows<{ fromId: string; toId: string; actionId: string | null }>(
    `select d.from_id, d.to_id, d.action_id from delegation d where d.action_id = any($1::uuid[])
     union all select b.user_id, b.deputy_id, null from absence b where b.from_at <= clock_timestamp() and least(b.to_at, b.ended_at) > clock_timestamp()`,
    [ids],
  )
  const taken = await sql.rows<{ actionId: string; userId: string }>(
    `select p.action_id, replace(p.by, 'user:', '') as user_id from approval p where p.action_id = any($1::uuid[]) and p.by like 'user:%'
     union all select p.action_id, p.for_user::text from approval p where p.action_id = any($1::uuid[]) and p.for_user is not null
     union all select v.action_id, v.not_by::text from policy_verdict v where v.action_id = any($1::uuid[]) and v.not_by is not null`,
    [ids],
  )
  const out = new Map<string, Set<string>>(ids.map(id => [id, new Set()]))
  for (const { actionId, userId } of taken) out.get(actionId)?.add(userId)
  const viewers = users.map(({ team, grants, ...user }) => ({
    user,
    viewer: { userId: user.id, role: user.role, team, grants, scopes: SCOPES },
  }))
  return { users: new Map(viewers.map(one => [one.user.id, one])), places, out }
}
