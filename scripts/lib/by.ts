/** Who published a file, for the record. */
import { userInfo } from 'node:os'
import { DealwrightError } from '../../domain/errors.ts'
import { userByEmail } from '../../db/stores/people.ts'
import type { Sql } from '../../db/sql.ts'

const PUBLISHERS = ['ops', 'admin']

/** `user:<id>` of the person named, who must be ops or admin; else the account on this machine that ran the command. */
export async function publisher(sql: Sql, email: string | undefined): Promise<string> {
  if (email === undefined) return `command:${userInfo().username}`
  const user = await userByEmail(sql, email)
  if (!user) throw new DealwrightError('not_found', `There is no user with the address ${email}.`)
  if (!user.active || !PUBLISHERS.includes(user.role))
    throw new DealwrightError('forbidden', `A ${user.role} may not publish; it takes ops or admin.`)
  return `user:${user.id}`
}
