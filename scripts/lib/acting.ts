/** Who changes people and keys by a command, and whom. */
import { userInfo } from 'node:os'
import type { Sql } from '../../db/sql.ts'
import { userByEmail, type User } from '../../db/stores/people.ts'
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
