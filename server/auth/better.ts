/**
 * better-auth as we use it: passwords, sessions by cookie, time-based codes, single sign-on. It is called through our own routes alone
 * (server/auth/call.ts), so what it could do besides is not reachable. Big, so loaded when somebody first signs in.
 */
import { betterAuth } from 'better-auth/minimal'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import type { Logger } from 'pino'
import type { Db } from '../../db/sql.ts'
import { signInDatabase } from './adapter.ts'
import { CLIENT_ADDRESS } from './address.ts'
import { hashedCodes } from './backup-codes.ts'
import { BASE, PASSWORD, PROVIDER, type Oidc, type SignInOptions } from './options.ts'

const COOKIE_PREFIX = 'dealwright'
const DAY = 86_400
const SESSION_DAYS = 7
const REQUESTS_A_MINUTE = 30

export type Auth = ReturnType<typeof createAuth>

export function createAuth(db: Db, options: SignInOptions, log: Logger) {
  const perMinute = { window: 60, max: options.requestsAMinute ?? REQUESTS_A_MINUTE }
  return betterAuth({
    appName: 'Dealwright',
    baseURL: new URL(options.publicUrl()).origin,
    basePath: BASE,
    secret: options.secret,
    database: signInDatabase(db),
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => log[level === 'error' ? 'error' : 'debug']({ message }, 'sign-in'),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.shortest,
      maxPasswordLength: PASSWORD.longest,
      autoSignIn: false,
    },
    session: { expiresIn: SESSION_DAYS * DAY, updateAge: DAY, cookieCache: { enabled: false } },
    account: {
      storeStateStrategy: 'cookie',
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [], allowDifferentEmails: false },
    },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: {
      enabled: true,
      storage: 'database',
      ...perMinute,
      customRules: {
        // Asked with every request of a session: the API's own limits count those.
        '/get-session': false,
        '/sign-in/email': perMinute,
        '/sign-in/social': perMinute,
        '/change-password': perMinute,
        '/two-factor/*': perMinute,
      },
    },
    advanced: {
      database: { generateId: 'uuid' },
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: new URL(options.publicUrl()).protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
    },
    databaseHooks: { user: { create: { before: async user => mayJoin(user, options.oidc) } } },
    plugins: [
      twoFactor({
        issuer: 'Dealwright',
        allowPasswordless: true,
        skipVerificationOnEnable: false,
        backupCodeOptions: { storeBackupCodes: hashedCodes(options.secret) },
      }),
      ...(options.oidc ? [genericOAuth({ config: [providerOf(options.oidc)] })] : []),
    ],
  })
}

/** Nobody signs up: single sign-on makes a user only of the domains that are let in, with an address that the provider vouches for. */
async function mayJoin(user: { email: string; emailVerified: boolean }, oidc: Oidc | null): Promise<boolean | void> {
  const domain = user.email.slice(user.email.lastIndexOf('@') + 1).toLowerCase()
  if (!oidc || !user.emailVerified || !oidc.domains.includes(domain)) return false
}

function providerOf(oidc: Oidc) {
  return {
    providerId: PROVIDER,
    name: oidc.name,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
    ...(oidc.trustEmail ? { mapProfileToUser: () => ({ emailVerified: true }) } : {}),
  }
}
