/** Who may call what. Every route names its rule; one without a rule is not served. */
import type { Context, MiddlewareHandler } from 'hono'
import type { Db } from '../db/sql.ts'
import { userOfKey, type Role, type User } from '../db/stores/people.ts'
import { DealwrightError } from '../domain/errors.ts'

export type Env = { Variables: { user: User } }

/** `anyone` needs no key: health, and what a mail's recipient follows. */
export type Rule = 'anyone' | 'signed_in' | readonly Role[]

export const DECIDERS: readonly Role[] = ['rep', 'manager', 'ops', 'admin']
export const RUNNERS: readonly Role[] = ['manager', 'ops', 'admin']

/** Checks the key and the role; puts the user into the context. */
export function may(rule: Rule, db: Db): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (rule !== 'anyone') {
      const user = await userOf(context, db)
      if (rule !== 'signed_in' && !rule.includes(user.role)) {
        throw new DealwrightError('forbidden', `A ${user.role} may not do this; it takes a ${rule.join(' or ')}.`)
      }
      context.set('user', user)
    }
    await next()
  }
}

async function userOf(context: Context, db: Db): Promise<User> {
  const header = context.req.header('authorization') ?? ''
  const key = /^Bearer (dw_[\w-]{20,64})$/.exec(header)?.[1]
  const user = key ? await userOfKey(db, key) : null
  if (!user)
    throw new DealwrightError('not_signed_in', 'This needs a valid API key, sent as: Authorization: Bearer KEY')
  return user
}

/** May this person decide this action? Its approver's role, the owner themselves, and whoever stands above. */
export function mayDecide(
  user: User,
  action: { approver: string; ownerId: string | null; escalatedAt: Date | null; escalateTo: string | null },
): boolean {
  if (user.role === 'admin') return true
  if (action.approver === 'ops') return user.role === 'ops'
  if (user.role === 'manager') return true
  if (action.escalatedAt && action.escalateTo === 'ops' && user.role === 'ops') return true
  return action.approver === 'owner' && user.role === 'rep' && (action.ownerId === null || action.ownerId === user.id)
}
