/** What the environment says of sign-in. */
import { DealwrightError } from '../domain/errors.ts'
import { networkOf } from '../server/auth/address.ts'
import type { Oidc, SignInOptions } from '../server/auth/options.ts'

type Env = Record<string, string | undefined>

const SHORTEST_SECRET = 32

export function signInConfig(env: Env): { secret?: string } & Pick<SignInOptions, 'oidc' | 'trustedProxies'> {
  const secret = env.DEALWRIGHT_SIGN_IN_SECRET
  if (secret && secret.length < SHORTEST_SECRET)
    throw new DealwrightError('bad_input', `DEALWRIGHT_SIGN_IN_SECRET must have at least ${SHORTEST_SECRET} characters`)
  return { ...(secret ? { secret } : {}), oidc: oidc(env), trustedProxies: proxies(env.DEALWRIGHT_TRUSTED_PROXIES) }
}

function oidc(env: Env): Oidc | null {
  const issuer = env.DEALWRIGHT_OIDC_ISSUER
  if (!issuer) return null
  const protocol = URL.canParse(issuer) ? new URL(issuer) : null
  if (!protocol || (protocol.protocol !== 'https:' && !isLoopback(protocol.hostname)))
    throw new DealwrightError('bad_input', 'DEALWRIGHT_OIDC_ISSUER must be an address that begins with https://')
  const { DEALWRIGHT_OIDC_CLIENT_ID: clientId, DEALWRIGHT_OIDC_CLIENT_SECRET: clientSecret } = env
  if (!clientId || !clientSecret)
    throw new DealwrightError(
      'bad_input',
      'DEALWRIGHT_OIDC_ISSUER needs DEALWRIGHT_OIDC_CLIENT_ID and DEALWRIGHT_OIDC_CLIENT_SECRET too',
    )
  return {
    issuer,
    clientId,
    clientSecret,
    name: env.DEALWRIGHT_OIDC_NAME || 'single sign-on',
    domains: words(env.DEALWRIGHT_OIDC_DOMAINS).map(domain => domain.toLowerCase()),
    trustEmail: env.DEALWRIGHT_OIDC_TRUST_EMAIL === '1',
  }
}

function proxies(text: string | undefined): string[] {
  return words(text).map(one => {
    try {
      networkOf(one)
      return one
    } catch {
      throw new DealwrightError('bad_input', `DEALWRIGHT_TRUSTED_PROXIES: "${one}" is no address and no network (CIDR)`)
    }
  })
}

const words = (text: string | undefined): string[] => (text ?? '').split(/[\s,]+/).filter(Boolean)

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
