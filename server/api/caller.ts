/** Who calls, as far as a request tells it: its network address, and its key or session as a name that is no secret. */
import { isIPv6 } from 'node:net'
import type { Context } from 'hono'
import { clientAddress } from '../auth/address.ts'
import type { Env } from './api.ts'
import type { Credential } from './sign-in.ts'

/**
 * Of the connection, or as a trusted proxy says; never of a header that anybody can write. An IPv6 address counts by its network (/64), of
 * which one caller has all.
 */
export function addressOf(context: Context<Env>): string {
  const address = clientAddress(context, context.var.frame.trustedProxies) ?? 'unknown'
  return isIPv6(address) ? `${fullIpv6(address).slice(0, 19)}::/64` : address
}

/** Eight groups of four digits. */
function fullIpv6(address: string): string {
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const groups = (half: string) => (half === '' ? [] : half.split(':'))
  const first = groups(head)
  const last = tail === undefined ? [] : groups(tail)
  const between = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...between, ...last].map(group => group.padStart(4, '0')).join(':')
}

/** The same for the same key or session, whatever else the request carries. */
export function nameOf(credential: Credential): string {
  if (credential.kind === 'session') return `session:${credential.sessionId}`
  return credential.kind === 'key' ? `key:${credential.keyId}` : 'command'
}
