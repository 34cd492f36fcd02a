/** Who sends a request: by a key of their own, or from a command on this machine. */
import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { SCOPES, type Scope } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { viewerOf } from '../../db/access.ts'
import type { Db } from '../../db/sql.ts'
import { activeUsers, userByEmail, userOfKey, type User } from '../../db/stores/people.ts'
import type { Env } from './api.ts'

interface Options {
  db: Db
  localToken: string | null
}

/** Puts `user` and `viewer` into the context. @throws DealwrightError `not_signed_in` */
export function signIn(options: Options): MiddlewareHandler<Env> {
  return async (context, next) => {
    const known = await userOf(context, options)
    if (!known)
      throw new DealwrightError('not_signed_in', 'This needs a valid API key, sent as: Authorization: Bearer KEY')
    context.set('user', known.user)
    context.set('viewer', await viewerOf(options.db, known.user, known.scopes))
    await next()
  }
}

/**
 * A key of one's own; or, from a command on this machine, the installation's token with the address of whom it acts for (without one:
 * the first admin or manager). The token lies in a file that only the installation's user can read.
 */
async function userOf(
  context: Context,
  { db, localToken }: Options,
): Promise<{ user: User; scopes: readonly Scope[] } | null> {
  const secret = /^Bearer ([\w-]{20,128})$/.exec(context.req.header('authorization') ?? '')?.[1]
  if (secret === undefined) return null
  if (isToken(secret, localToken)) {
    const user = await actingFor(db, context.req.header('x-dealwright-as'))
    return user && { user, scopes: SCOPES }
  }
  const user = await userOfKey(db, secret)
  return user && { user, scopes: user.scopes }
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
