/** Who changes people and keys by a command, and whom. */
import { userInfo } from 'node:os'
import { viewerOf } from '../../db/access.ts'
import type { Sql } from '../../db/sql.ts'
import { userByEmail, type User } from '../../db/stores/people.ts'
import { requireRight } from '../../domain/access/may.ts'
import type { Right } from '../../domain/access/table.ts'
import { INSTALLATION, type Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'

/** `user:<id>` of the admin named; else the account on this machine that ran the command, which can read every secret here anyway. */
export async function actingAdmin(sql: Sql, email: string | undefined): Promise<string> {
  if (email === undefined) return `command:${userInfo().username}`
  const user = await knownUser(sql, email)
  if (!user.active || user.role !== 'admin')
    throw new DealwrightError('forbidden', `A ${user.role} may not do this; it takes an admin.`)
  return `user:${user.id}`
}

export async function knownUser(sql: Sql, email: string): Promise<User> {
  const user = await userByEmail(sql, email)
  if (user) return user
  throw new DealwrightError('not_found', `There is no user with the address ${email}.`)
}

export interface Acting {
  /** For the audit trail. */
  by: string
  viewer: Viewer
}

/** Who has this right, by address; without one the account on this machine. @throws DealwrightError `forbidden`, `not_found` */
export async function acting(sql: Sql, email: string | undefined, right: Right): Promise<Acting> {
  if (email === undefined) return { by: `command:${userInfo().username}`, viewer: INSTALLATION }
  const user = await knownUser(sql, email)
  if (!user.active) throw new DealwrightError('forbidden', `${email} is not active.`)
  const viewer = await viewerOf(sql, user)
  requireRight(viewer, right)
  return { by: `user:${user.id}`, viewer }
}
