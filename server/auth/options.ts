/** What sign-in is configured with. */

export interface Oidc {
  /** Address of the identity provider; its discovery document lies under it. */
  issuer: string
  clientId: string
  clientSecret: string
  /** On the button. */
  name: string
  /** Of these mail domains anybody gets in, as a viewer; everybody else has to exist already. */
  domains: readonly string[]
  /** Takes the provider's word for addresses that it does not call verified. */
  trustEmail: boolean
}

export interface SignInOptions {
  /** At least 32 characters, kept: with another one every session and every second factor is void. */
  secret: string
  /** The server as people reach it. A function, since a port may be known only when the server listens. */
  publicUrl: () => string
  oidc: Oidc | null
  /** Addresses or networks (CIDR) of proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** Requests a minute from one address to one sign-in path. */
  requestsAMinute?: number
}

/** Under it better-auth thinks it is reached; the callback of single sign-on is the one address of it that the world sees. */
export const BASE = '/api/auth'
export const PROVIDER = 'oidc'

export const linkOf = (publicUrl: string, token: string): string => new URL(`/invitation/${token}`, publicUrl).href

/** A password's length; longer ones cost time to hash. */
export const PASSWORD = { shortest: 12, longest: 128 } as const
