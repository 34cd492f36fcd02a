/** Signing in, step by step, for the API and the pages alike; each end of it is an audit event. */
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import type { Db } from '../../db/sql.ts'
import { audit } from '../../db/stores/audit.ts'
import { userByEmail } from '../../db/stores/people.ts'
import { challengedUser, noteSecondFactor, userOfToken, type SessionUser } from '../../db/stores/sign-in.ts'
import { backupCodeHash } from './backup-codes.ts'
import { cookiesAfter, passCookies, requireSuccess, WRONG, type Called } from './call.ts'
import type { SignIn } from './index.ts'
import { refuseOtherSites } from './origin.ts'

export type Way = 'password' | 'code' | 'backup_code' | 'oidc'

/** One of the two. */
export interface Code {
  code?: string | undefined
  backupCode?: string | undefined
}

/**
 * A new session, or null where the person's code is still missing; the browser then holds the challenge.
 * @throws DealwrightError `sign_in_failed`, with one message for every reason; `too_many_requests`
 */
export async function withPassword(
  db: Db,
  sessions: SignIn,
  context: Context,
  given: { email: string; password: string } & Code,
): Promise<SessionUser | null> {
  refuseOtherSites(context, sessions.options.publicUrl())
  const attempt = await sessions.attempt(context, given.email)
  const { email, password } = given
  const called = await sessions.call(context, { path: '/sign-in/email', body: { email: email.trim(), password } })
  if (!called.response.ok) {
    const user = await userByEmail(db, email.trim())
    await failed(db, 'password', user?.id, called)
  }
  requireSuccess(called, WRONG)
  await attempt.succeeded()
  if (called.json.twoFactorRedirect !== true) {
    passCookies(context, called)
    return begun(db, called.token, 'password')
  }
  if (given.code !== undefined || given.backupCode !== undefined)
    return withCode(db, sessions, context, given, cookiesAfter(context, called))
  passCookies(context, called)
  return null
}

/** The second step: after a password, or in a session that single sign-on began. */
export async function withCode(
  db: Db,
  sessions: SignIn,
  context: Context,
  given: Code,
  cookies?: string,
): Promise<SessionUser> {
  refuseOtherSites(context, sessions.options.publicUrl())
  const { userId, cookies: held } = await askedFor(db, sessions, context, cookies)
  const attempt = await sessions.attempt(context, `code of ${userId}`)
  if (given.code !== undefined && !(await sessions.freshCode(userId, given.code))) {
    await noteFailure(db, 'code', userId, 'used')
    throw new DealwrightError('sign_in_failed', NO_CODE)
  }
  const { called, way } = await verifyCode(sessions, context, given, held)
  if (!called.response.ok) await failed(db, way, userId, called)
  requireSuccess(called, NO_CODE)
  await attempt.succeeded()
  passCookies(context, called)
  const token = called.token ?? (typeof called.json.token === 'string' ? called.json.token : null)
  if (token) await noteSecondFactor(db, token)
  return begun(db, token, way)
}

const NO_CODE = 'This code is not valid: take a fresh one, or sign in again.'

/**
 * Whose code it is: of the person whose session waits for it, or of whoever gave their password in this browser just now. A session
 * that waits for none is left out of it.
 */
async function askedFor(
  db: Db,
  sessions: SignIn,
  context: Context,
  given: string | undefined,
): Promise<{ userId: string; cookies: string }> {
  const all = given ?? context.req.header('cookie') ?? ''
  const session = given === undefined ? await sessions.session(context) : null
  if (session?.twoFactorEnabled) return { userId: session.id, cookies: all }
  const cookies = all
    .split('; ')
    .filter(pair => !/^(__Secure-)?dealwright\.session_token=/.test(pair))
    .join('; ')
  const challenge = /(?:^|; )(?:__Secure-)?dealwright\.two_factor=([^;]+)/.exec(cookies)?.[1]
  const userId = challenge ? await challengedUser(db, identifierIn(challenge)) : null
  if (userId !== null) return { userId, cookies }
  throw new DealwrightError('sign_in_failed', 'Sign in with your password first; a code is asked for then.')
}

export async function verifyCode(
  sessions: SignIn,
  context: Context,
  { code, backupCode }: Code,
  cookies?: string,
): Promise<{ called: Called; way: Way }> {
  const more = cookies === undefined ? {} : { cookies }
  if (backupCode === undefined)
    return {
      way: 'code',
      called: await sessions.call(context, { path: '/two-factor/verify-totp', body: { code: code ?? '' }, ...more }),
    }
  const hash = backupCodeHash(sessions.options.secret, backupCode)
  return {
    way: 'backup_code',
    called: await sessions.call(context, { path: '/two-factor/verify-backup-code', body: { code: hash }, ...more }),
  }
}

/** @throws DealwrightError `sign_in_failed` when no session came of it after all */
export async function begun(db: Db, token: string | null, way: Way): Promise<SessionUser> {
  const user = token === null ? null : await userOfToken(db, token)
  if (!user) throw new DealwrightError('sign_in_failed', WRONG)
  await audit(db, {
    actor: `user:${user.id}`,
    type: 'sign_in.done',
    target: 'user',
    targetId: user.id,
    data: { way, secondFactor: user.secondFactorAt !== null },
  })
  return user
}

/** What was typed is not kept: it may be anybody's address, or a password in the wrong field. */
export async function failed(db: Db, way: Way, userId: string | undefined, { response }: Called): Promise<void> {
  const why = response.status === 429 ? 'too_many' : response.status >= 500 ? 'our_fault' : 'wrong'
  await noteFailure(db, way, userId, why)
}

export const noteFailure = (db: Db, way: Way, userId: string | undefined, why: string): Promise<void> =>
  audit(db, {
    actor: 'visitor',
    type: 'sign_in.failed',
    target: 'user',
    targetId: userId ?? 'unknown',
    data: { way, why },
  })

/** A signed cookie is `value.signature`. */
const identifierIn = (cookie: string): string => decodeURIComponent(cookie).split('.')[0] ?? ''
