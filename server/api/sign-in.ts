/** Who sends a request: by a key of their own, by the cookie of a session, or from a command on this machine. */
import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { SCOPES, type Scope, type Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { viewerFrom, type Standing } from '../../db/access.ts'
import type { Db } from '../../db/sql.ts'
import { userOfKey } from '../../db/stores/keys.ts'
import { activeUsers, userByEmail, type User } from '../../db/stores/people.ts'
import { rightsOf } from '../../db/stores/sign-in.ts'
import type { SignIn } from '../auth/index.ts'
import { requireOurPage } from '../auth/origin.ts'
import type { Env } from './api.ts'

/** By what somebody signed in. `secondFactor`: a code was shown, in this session or in the one that made this key. */
export type Credential =
  | { kind: 'session'; sessionId: string; secondFactor: boolean }
  | { kind: 'key'; keyId: string; secondFactor: boolean }
  /** A command on this machine, whose user could read every secret of the installation anyway. */
  | { kind: 'command'; secondFactor: true }

interface Options {
  db: Db
  localToken: string | null
}

interface Known {
  user: User
  scopes: readonly Scope[]
  credential: Credential
  rights: Standing & { approversTwoFactor: boolean }
}

/** Puts `user`, `viewer` and `credential` into the context. @throws DealwrightError `not_signed_in` */
export function signIn(options: Options, sessions: SignIn): MiddlewareHandler<Env> {
  return async (context, next) => {
    const known = context.req.header('authorization')
      ? await byHeader(context, options)
      : await byCookie(context, options, sessions)
    if (!known)
      throw new DealwrightError(
        'not_signed_in',
        'This needs you to sign in, or a valid API key, sent as: Authorization: Bearer KEY',
      )
    context.set('user', known.user)
    context.set('credential', known.credential)
    context.set('viewer', asViewer(known))
    await next()
  }
}

/** Where the organisation asks approvers for a second factor, nobody decides without one: not in a session, not by a key. */
function asViewer({ user, scopes, credential, rights }: Known): Viewer {
  if (credential.secondFactor || !scopes.includes('decide') || !rights.approversTwoFactor)
    return viewerFrom(user, rights, scopes)
  const fewer = scopes.filter(scope => scope !== 'decide')
  return { ...viewerFrom(user, rights, fewer), needsSecondFactor: true }
}

/** Of somebody who was there a moment ago. */
async function withRights(db: Db, known: Omit<Known, 'rights'>): Promise<Known | null> {
  const rights = await rightsOf(db, known.user.id)
  return rights && { ...known, rights }
}

/** An invalid key is refused whatever cookie comes with it. */
async function byHeader(context: Context, { db, localToken }: Options): Promise<Known | null> {
  const secret = /^Bearer ([\w-]{20,128})$/.exec(context.req.header('authorization') ?? '')?.[1]
  if (secret === undefined) return null
  if (isToken(secret, localToken)) {
    const user = await actingFor(db, context.req.header('x-dealwright-as'))
    return user && withRights(db, { user, scopes: SCOPES, credential: { kind: 'command', secondFactor: true } })
  }
  const user = await userOfKey(db, secret)
  if (!user) return null
  const { keyId, secondFactor, scopes, grants, team, approversTwoFactor, ...person } = user
  const credential = { kind: 'key', keyId, secondFactor } as const
  return { user: person, scopes, credential, rights: { grants, team, approversTwoFactor } }
}

/** A session of somebody with two-factor sign-in counts only once the code was shown. */
async function byCookie(context: Context, { db }: Options, sessions: SignIn): Promise<Known | null> {
  const user = await sessions.session(context)
  if (!user) return null
  requireOurPage(context, sessions.options.publicUrl())
  const secondFactor = user.secondFactorAt !== null
  if (user.twoFactorEnabled && !secondFactor)
    throw new DealwrightError('not_signed_in', 'Your code is missing: send it to /api/sign-in/code.')
  return withRights(db, {
    user,
    scopes: SCOPES,
    credential: { kind: 'session', sessionId: user.sessionId, secondFactor },
  })
}

function isToken(secret: string, token: string | null): boolean {
  if (token === null || secret.length !== token.length) return false
  return timingSafeEqual(Buffer.from(secret), Buffer.from(token))
}

/** The installation's token lies in a file that only its user can read; without an address: the first admin or manager. */
async function actingFor(db: Db, email: string | undefined): Promise<User | null> {
  if (email) {
    const user = await userByEmail(db, email)
    if (!user?.active) throw new DealwrightError('not_found', `There is no user with the address ${email}.`)
    return user
  }
  const people = await activeUsers(db)
  return people.find(user => user.role === 'admin') ?? people.find(user => user.role === 'manager') ?? null
}
