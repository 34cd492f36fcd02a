/** Who calls, as far as a request tells it: its network address, and its key or session as a name that is no secret. */
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Context } from 'hono'

/**
 * Of the connection, never of a header that anybody can write. An IPv6 address counts by its network (/64), of which one caller has all.
 */
export function addressOf(context: Context): string {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  const address = (incoming?.socket?.remoteAddress ?? 'unknown').replace(/^::ffff:/, '')
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

/** The same for the same key or session. */
export function credentialOf(context: Context): string {
  const given = `${context.req.header('authorization') ?? ''}\n${context.req.header('cookie') ?? ''}`
  return createHash('sha256').update(given).digest('base64url').slice(0, 22)
}
