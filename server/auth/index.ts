/** Sign-in for the routes: better-auth loaded when it is first needed, and whose a cookie is. */
import type { Context } from 'hono'
import type { Logger } from 'pino'
import { DealwrightError } from '../../domain/errors.ts'
import type { Db } from '../../db/sql.ts'
import { userOfSession, type SessionUser } from '../../db/stores/sign-in.ts'
import { clientAddress } from './address.ts'
import { attempt, freshCode, type Attempt } from './attempts.ts'
import type { Auth } from './better.ts'
import { callAuth, passCookies, type Called, type Endpoint } from './call.ts'
import type { SignInOptions } from './options.ts'

const SESSION_COOKIE = /(^|; )(__Secure-)?dealwright\.session_token=/

export interface SignIn {
  /** @throws DealwrightError `unavailable` where nobody signs in but by key; so do all the others but `session` */
  readonly options: SignInOptions
  call(context: Context, endpoint: Endpoint): Promise<Called>
  hashPassword(password: string): Promise<string>
  /** Whose session the request's cookie is; null: none, an ended one, or a user who is gone. Prolongs it when a day has passed. */
  session(context: Context): Promise<SessionUser | null>
  attempt(context: Context, account: string): Promise<Attempt>
  /** False for a code that was shown before. */
  freshCode(userId: string, code: string): Promise<boolean>
}

/** One for an app: its rules and its secret. */
export function openSignIn(db: Db, given: SignInOptions | undefined, log: Logger): SignIn {
  const required = (): SignInOptions => {
    if (given) return given
    throw new DealwrightError('unavailable', 'Nobody signs in here but by API key: this server has no sign-in secret.')
  }
  const load = (options: () => SignInOptions) => {
    let loading: Promise<Auth> | undefined
    return () =>
      (loading ??= import('./better.ts').then(
        ({ createAuth }) => createAuth(db, options(), log),
        (error: unknown) => {
          loading = undefined
          throw error
        },
      ))
  }
  const own = load(() => ({ ...required(), oidc: null }))
  // Apart, since it waits for the identity provider when it begins: one that does not answer keeps nobody else from signing in.
  const singleSignOn = load(required)
  const call: SignIn['call'] = async (context, endpoint) => {
    const auth = /^\/(sign-in\/social|callback\/)/.test(endpoint.path) ? singleSignOn : own
    return callAuth(await auth(), required(), context, endpoint)
  }
  return {
    get options() {
      return required()
    },
    call,
    hashPassword: async password => (await (await own()).$context).password.hash(password),
    async session(context) {
      if (!given || !SESSION_COOKIE.test(context.req.header('cookie') ?? '')) return null
      const called = await call(context, { path: '/get-session', method: 'GET' })
      // Nobody is signed out because a part is away.
      if (called.response.status >= 500)
        throw new DealwrightError('unavailable', 'Your session cannot be looked up just now: try again later.')
      const session = called.json.session as { id?: unknown } | undefined
      if (typeof session?.id !== 'string') return null
      passCookies(context, called)
      return userOfSession(db, session.id)
    },
    attempt: (context, account) =>
      attempt(db, required().secret, account, clientAddress(context, required().trustedProxies)),
    freshCode: (userId, code) => freshCode(db, required().secret, userId, code),
  }
}
