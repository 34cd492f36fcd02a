/** Which URLs may be fetched, and the two ways ops can open the gate: allowed hosts and mapped names. */
import { DealwrightError } from '../../domain/errors.ts'
import { plainAddress } from './address.ts'
import { parseUrl, placeOf } from './place.ts'

export interface Target {
  address: string
  port: number
}

/** Name to the address it is served from, e.g. for tests and for sites behind a private proxy. */
export type HostMap = ReadonlyMap<string, Target>
/** `host:port`, exactly as they stand in a URL; the port is always written. */
export type AllowHosts = ReadonlySet<string>

const MAX_URL = 2_048

/**
 * Parses `host:port` items divided by commas, as in DEALWRIGHT_ALLOW_HOSTS. IPv6 addresses stand in brackets.
 * Throws `bad_input` naming the first item that is none.
 */
export function parseAllowHosts(list: string | undefined): AllowHosts {
  const hosts = new Set<string>()
  for (const item of itemsOf(list)) {
    const { host, port } = hostAndPort(item, 'DEALWRIGHT_ALLOW_HOSTS')
    hosts.add(`${host}:${port}`)
  }
  return hosts
}

/**
 * Parses `name=address:port` items divided by commas, as in DEALWRIGHT_HOST_MAP. The address is a literal one: a name
 * could change its meaning between check and use. Throws `bad_input` naming the first item that is wrong.
 */
export function parseHostMap(list: string | undefined): HostMap {
  const map = new Map<string, Target>()
  for (const item of itemsOf(list)) {
    const [name = '', target = ''] = item.split('=', 2)
    const { host, port } = hostAndPort(target, 'DEALWRIGHT_HOST_MAP')
    const address = plainAddress(host.replace(/^\[|\]$/g, ''))
    if (address === null) {
      throw new DealwrightError('bad_input', `DEALWRIGHT_HOST_MAP: "${item}" must map to an IP address and port`)
    }
    map.set(hostOf(`http://${name.trim()}`, 'DEALWRIGHT_HOST_MAP').hostname, { address, port })
  }
  return map
}

function itemsOf(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

function hostAndPort(item: string, setting: string): { host: string; port: number } {
  const port = /:(\d{1,5})$/.exec(item.trim())?.[1]
  if (port === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new DealwrightError('bad_input', `${setting}: "${item}" must be host:port`)
  }
  return { host: hostOf(`http://${item.trim()}`, setting).hostname, port: Number(port) }
}

function hostOf(url: string, setting: string): URL {
  const parsed = parseUrl(url)
  if (parsed === null || parsed.pathname !== '/' || parsed.username !== '' || parsed.search !== '') {
    throw new DealwrightError('bad_input', `${setting}: "${url.slice(7)}" is no host name`)
  }
  return bare(parsed)
}

/** A final dot names the same host. The URL parser has already unified digits, case and international names. */
function bare(url: URL): URL {
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '')
  return url
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
}

export function isAllowedHost(url: URL, allow: AllowHosts): boolean {
  return allow.has(`${url.hostname}:${portOf(url)}`)
}

/**
 * The URL to fetch, without fragment and final dot. Refuses with `web_url`, `web_scheme`, `web_userinfo` or `web_port`
 * what no fetch may start with; addresses are checked where the connection is made.
 */
export function checkedUrl(written: string, allow: AllowHosts): URL {
  const url = written.length > MAX_URL ? null : parseUrl(written)
  if (url === null) {
    throw new DealwrightError(
      'web_url',
      `This is no address of a web page (or longer than ${MAX_URL} characters): correct it`,
    )
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new DealwrightError('web_scheme', `Only http and https are fetched, not ${url.protocol.slice(0, 20)}`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new DealwrightError('web_userinfo', `${placeOf(url)}: addresses with a user name or password are not fetched`)
  }
  bare(url)
  url.hash = ''
  const port = portOf(url)
  if (port !== 80 && port !== 443 && !isAllowedHost(url, allow)) {
    throw new DealwrightError(
      'web_port',
      `${placeOf(url)}: port ${port} is not fetched. To allow it, add ${url.hostname}:${port} to DEALWRIGHT_ALLOW_HOSTS`,
    )
  }
  return url
}
