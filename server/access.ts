/** Who may call what. Every route names its rule; one without a rule is not served. */
import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import type { Db } from '../db/sql.ts'
import { activeUsers, userByEmail, userOfKey, type Role, type User } from '../db/stores/people.ts'
import { DealwrightError } from '../domain/errors.ts'

export type Env = { Variables: { user: User } }

/** `anyone` needs no key: health, and what a mail's recipient follows. */
export type Rule = 'anyone' | 'signed_in' | readonly Role[]

export const DECIDERS: readonly Role[] = ['rep', 'manager', 'ops', 'admin']
export const RUNNERS: readonly Role[] = ['manager', 'ops', 'admin']

/** Checks the key and the role; puts the user into the context. */
export function may(rule: Rule, { db, localToken }: { db: Db; localToken: string | null }): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (rule !== 'anyone') {
      const user = await userOf(context, db, localToken)
      if (rule !== 'signed_in' && !rule.includes(user.role)) {
        throw new DealwrightError('forbidden', `A ${user.role} may not do this; it takes a ${rule.join(' or ')}.`)
      }
      context.set('user', user)
    }
    await next()
  }
}

/**
 * A key of one's own; or, from a command on this machine, the installation's token with the address of whom it acts for (without one:
 * the first admin or manager). The token lies in a file that only the installation's user can read.
 */
async function userOf(context: Context, db: Db, localToken: string | null): Promise<User> {
  const secret = /^Bearer ([\w-]{20,128})$/.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
  const user = isToken(secret, localToken)
    ? await actingFor(db, context.req.header('x-dealwright-as'))
    : await userOfKey(db, secret)
  if (!user)
    throw new DealwrightError('not_signed_in', 'This needs a valid API key, sent as: Authorization: Bearer KEY')
  return user
}

function isToken(secret: string, token: string | null): boolean {
  if (token === null || secret.length !== token.length) return false
  return timingSafeEqual(Buffer.from(secret), Buffer.from(token))
}

async function actingFor(db: Db, email: string | undefined): Promise<User | null> {
  if (email) {
    const user = await userByEmail(db, email)
    if (!user) throw new DealwrightError('not_found', `There is no user with the address ${email}.`)
    return user
  }
  const people = await activeUsers(db)
  return people.find(user => user.role === 'admin') ?? people.find(user => user.role === 'manager') ?? null
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
