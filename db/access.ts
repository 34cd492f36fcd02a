/** The access table as SQL: what a viewer may not see is not read. */
import { relationsFor } from '../domain/access/may.ts'
import type { Right } from '../domain/access/table.ts'
import { SCOPES, type Grant, type Scope, type Viewer } from '../domain/access/viewer.ts'
import type { Sql } from './sql.ts'
import type { User } from './stores/people.ts'

/**
 * A condition on the owner's column: true for the rows with which this viewer has this right. Its values are appended to `values`.
 * @param column e.g. `l.owner_id`; trusted text of a store, never input
 * @example const where = scope(viewer, 'lead.see', 'l.owner_id', values)
 */
export function scope(viewer: Viewer, right: Right, column: string, values: unknown[]): string {
  const relations = relationsFor(viewer, right)
  if (relations.includes('any')) return 'true'
  const owners = new Set<string>()
  if (relations.includes('own') && viewer.userId !== null) owners.add(viewer.userId)
  if (relations.includes('team')) for (const id of viewer.team) owners.add(id)
  const either: string[] = []
  if (owners.size > 0) {
    values.push([...owners])
    either.push(`${column} = any($${values.length}::uuid[])`)
  }
  if (relations.includes('unowned')) either.push(`${column} is null`)
  return either.length === 0 ? 'false' : `(${either.join(' or ')})`
}

/** Of `u`, a user: what the access table needs to know besides the user's own columns. Where no team has been made yet, everybody is of one. */
export const STANDING = `u.grants, case when exists (select 1 from team)
  then array(select m.id from "user" m where m.team_id in (select t.id from team t where t.id = u.team_id or u.role = 'manager' and t.manager_id = u.id))
  else array(select id from "user") end as team`

export interface Standing {
  grants: Grant[]
  team: string[]
}

export const viewerFrom = (user: Pick<User, 'id' | 'role'>, standing: Standing, scopes: readonly Scope[]): Viewer => ({
  userId: user.id,
  role: user.role,
  team: [...new Set([user.id, ...standing.team])],
  grants: standing.grants,
  scopes,
})

/** Everything the access table needs to know of a user. */
export async function viewerOf(sql: Sql, user: User, scopes: readonly Scope[] = SCOPES): Promise<Viewer> {
  const standing = await sql.row<Standing>(`select ${STANDING} from "user" u where u.id = $1`, [user.id])
  return viewerFrom(user, standing ?? { grants: [], team: [] }, scopes)
}
