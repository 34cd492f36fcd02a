/** Where a request comes from: the connection's other end, or, behind proxies that are trusted, the last address that they did not add. */
import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'

/** The header by which our own code tells better-auth; what a client sends under this name is overwritten. */
export const CLIENT_ADDRESS = 'x-dealwright-client'

/** Null where there is no connection (a call in process). */
export function clientAddress(context: Context, trusted: readonly string[]): string | null {
  const incoming = (context.env as { incoming?: IncomingMessage } | undefined)?.incoming
  const peer = plain(incoming?.socket.remoteAddress)
  if (peer === null || !isTrusted(peer, trusted)) return peer
  const forwarded = (context.req.header('x-forwarded-for') ?? '').split(',').map(one => plain(one.trim()))
  for (const address of forwarded.reverse()) {
    if (address === null) return peer
    if (!isTrusted(address, trusted)) return address
  }
  return peer
}

/** From this machine itself. What a proxy on it passes on is not, and says so by its headers. */
export function isLocal(context: Context): boolean {
  if (['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some(name => context.req.header(name) !== undefined))
    return false
  const address = clientAddress(context, [])
  return address !== null && ipaddr.parse(address).range() === 'loopback'
}

/** IPv4 as itself even where it comes in an IPv6 coat. */
function plain(address: string | undefined): string | null {
  if (!address || !ipaddr.isValid(address)) return null
  return ipaddr.process(address).toString()
}

function isTrusted(address: string, trusted: readonly string[]): boolean {
  const parsed = ipaddr.parse(address)
  return trusted.some(one => {
    const [network, bits] = networkOf(one)
    return network.kind() === parsed.kind() && parsed.match(network, bits)
  })
}

/** An address alone is a network of one. @throws Error for what is neither */
export function networkOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
