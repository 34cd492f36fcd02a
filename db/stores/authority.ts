/** Who may decide an action: those for whom it waits, and who stands in for one of them, by delegation or as a deputy. */
import { may } from '../../domain/access/may.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { mayDecide } from '../../domain/policy/approver.ts'
import { hasWeight, mayBeDeputy } from '../../domain/policy/deputy.ts'
import { viewerOf } from '../access.ts'
import { notFound, type Sql } from '../sql.ts'
import { type Action, type ActionRow, ifSeen } from './actions.ts'
import { USER, type User } from './people.ts'

/** Somebody in whose place another one may decide. */
export interface Principal {
  user: User
  viewer: Viewer
  way: 'delegated' | 'deputy'
}

export interface Authority {
  /** In whose place; null: in their own right. */
  principal: Principal | null
}

export interface Deciding {
  action: ActionRow
  authority: Authority | null
  /** By whose rights it was seen. */
  eyes: Viewer
}

/** In their own right, as the table and the action say now. */
export const decidesAlone = (user: User, viewer: Viewer, action: Action): boolean =>
  may(viewer, 'action.decide', action.ownerId) && mayDecide(user, action)

/**
 * Null: may not. In their own right if that is enough, else in somebody's place who could decide it themselves.
 * @param at for absences: whether the deputy stood in at this instant; left out, now by the database's clock
 */
export async function authorityOver(
  sql: Sql,
  user: User,
  viewer: Viewer,
  action: Action,
  at?: Date,
): Promise<Authority | null> {
  if (!user.active) return null
  if (decidesAlone(user, viewer, action)) return { principal: null }
  return inPlaceOf(user, await principalsOf(sql, user, action.id, at), action)
}

function inPlaceOf(user: User, principals: readonly Principal[], action: Action): Authority | null {
  const principal = principals.find(one => standsIn(user, one, action))
  return principal ? { principal } : null
}

/** The same for a given principal, as a stored decision names one. */
export async function stillStandsIn(
  sql: Sql,
  user: User,
  principalId: string,
  action: Action,
  at: Date,
): Promise<boolean> {
  if (!user.active) return false
  const principals = await principalsOf(sql, user, action.id, at)
  return principals.some(one => one.user.id === principalId && standsIn(user, one, action))
}

const standsIn = (user: User, { user: principal, viewer, way }: Principal, action: Action): boolean =>
  principal.active &&
  decidesAlone(principal, viewer, action) &&
  hasWeight(user.role, action.approver) &&
  (way === 'delegated' || mayBeDeputy(user.role, principal.role))

/** Everybody in whose place this person may act, with this action or, as a deputy, at all. */
export async function principalsOf(
  sql: Sql,
  user: { id: string },
  actionId: string | null,
  at?: Date,
): Promise<Principal[]> {
  const rows = await sql.rows<User & { way: Principal['way'] }>(
    `select distinct on (u.id) ${USER}, w.way from (
       select d.from_id as id, 'delegated' as way from delegation d where d.action_id = $2 and d.to_id = $1
       union all select b.user_id, 'deputy' from absence b where b.deputy_id = $1 and b.from_at <= coalesce($3, clock_timestamp())
         and least(b.to_at, b.ended_at) > coalesce($3, clock_timestamp())) w
     join "user" u on u.id = w.id and u.active order by u.id, w.way`,
    [user.id, actionId, at ?? null],
  )
  return Promise.all(
    rows.map(async ({ way, ...principal }) => ({ user: principal, viewer: await viewerOf(sql, principal), way })),
  )
}

/**
 * The action as this person may see it, in their own right or in whose place they stand, and by what they may decide it.
 * @throws DealwrightError `not_found` also when none of these may see it
 */
export async function deciding(sql: Sql, user: User, viewer: Viewer, id: string): Promise<Deciding> {
  const own = await ifSeen(sql, viewer, id)
  if (own && user.active && decidesAlone(user, viewer, own))
    return { action: own, authority: { principal: null }, eyes: viewer }
  const principals = await principalsOf(sql, user, id)
  if (own) return { action: own, authority: user.active ? inPlaceOf(user, principals, own) : null, eyes: viewer }
  for (const { viewer: eyes } of principals) {
    const action = await ifSeen(sql, eyes, id)
    if (action) return { action, authority: await authorityOver(sql, user, viewer, action), eyes }
  }
  throw notFound('action', id)
}

/** @throws DealwrightError `not_found`, or `forbidden` for who may see it and not decide it */
export async function decidable(
  sql: Sql,
  user: User,
  viewer: Viewer,
  id: string,
): Promise<{ action: ActionRow; forUser: string | null }> {
  const { action, authority } = await deciding(sql, user, viewer, id)
  if (authority) return { action, forUser: authority.principal?.user.id ?? null }
  throw new DealwrightError('forbidden', `Action ${action.id} is for its ${action.approver} or a manager to decide.`)
}
