/** Which network addresses a fetch may reach. */
import ipaddr from 'ipaddr.js'

/** What the internet registries hand out to hosts; all of IPv6 outside of it is local, translated or not assigned. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]

/**
 * Whether an address belongs to the public internet. An allow-list: only what `ipaddr.js` calls `unicast` passes, so
 * private, loopback, link-local, carrier-grade, documentation, multicast, 6to4, Teredo and NAT64 addresses do not.
 * An IPv4-mapped address is judged as the IPv4 address it stands for. What does not parse is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const plain = ipaddr.process(address)
  if (plain.range() !== 'unicast') return false
  return plain.kind() === 'ipv4' || (plain as ipaddr.IPv6).match(GLOBAL_IPV6)
}

/** One spelling per address, for comparing. Null when it does not parse. */
export function plainAddress(address: string): string | null {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : null
}
