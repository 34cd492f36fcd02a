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

/** Everything the access table needs to know of a user. Where no team has been made yet, everybody is of one team. */
export async function viewerOf(sql: Sql, user: User, scopes: readonly Scope[] = SCOPES): Promise<Viewer> {
  const row = await sql.row<{ team: string[]; grants: Grant[] }>(
    `select coalesce((select array_agg(m.id) from "user" m where m.id = $1 or not exists (select 1 from team)
       or m.team_id in (select t.id from team t where t.id = $2 or $3 and t.manager_id = $1)), '{}') as team,
       (select grants from "user" where id = $1) as grants`,
    [user.id, user.teamId, user.role === 'manager'],
  )
  return { userId: user.id, role: user.role, team: row?.team ?? [], grants: row?.grants ?? [], scopes }
}
