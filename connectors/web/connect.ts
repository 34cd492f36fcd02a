/**
 * The only way out: every connection of the fetcher is made here, to an address that was checked here. A name is
 * resolved once, all its answers are judged, and the socket is given those answers, so a second answer (DNS rebinding)
 * has no effect. Literal addresses, for which Node asks no resolver, take the same check.
 */
import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { DealwrightError } from '../../domain/errors.ts'
import { isPublicAddress, plainAddress } from './address.ts'
import type { AllowHosts, HostMap, Target } from './rules.ts'

/** All addresses of a name. Rejects with a Node DNS error. */
export type Resolver = (hostname: string) => Promise<{ address: string; family: number }[]>

export const systemResolver: Resolver = hostname => lookup(hostname, { all: true, verbatim: true })

export interface ConnectOptions {
  allowHosts: AllowHosts
  hostMap: HostMap
  resolver: Resolver
  connectMs: number
}

interface Checked {
  addresses: { address: string; family: 4 | 6 }[]
  port: number
}

/** An undici connector. Fails with `web_private_address`, `web_dns`, `web_dns_unknown`, or the socket's own error. */
export function guardedConnector(options: ConnectOptions): buildConnector.connector {
  return (request, callback) => {
    const fail = (error: unknown): void => callback(error instanceof Error ? error : new Error(String(error)), null)
    checkHost(request, options).then(checked => connectTo(checked, request, options, callback), fail)
  }
}

function connectTo(
  checked: Checked,
  request: buildConnector.Options,
  options: ConnectOptions,
  callback: buildConnector.Callback,
): void {
  const answer: LookupFunction = (_hostname, { all }, done) => {
    const first = checked.addresses[0]
    if (all === true) done(null, checked.addresses)
    else if (first !== undefined) done(null, first.address, first.family)
  }
  const connect = buildConnector({ timeout: options.connectMs, lookup: answer, autoSelectFamily: true, allowH2: false })
  const first = checked.addresses[0]?.address ?? ''
  const { host, inUrl } = spellingsOf(request)
  connect(
    {
      ...request,
      // A literal or mapped address is given as such; a name stays a name and is answered by `answer` above.
      hostname: checked.addresses.length === 1 ? first : host,
      port: String(checked.port),
      // The certificate must be for the host that was asked for, wherever it is served from.
      ...(request.protocol === 'https:' && isIP(host) === 0 ? { servername: host } : {}),
    },
    (...result) => {
      const [error, socket] = result
      if (error !== null) {
        callback(error, null)
        return
      }
      const reached = plainAddress(socket.remoteAddress ?? '')
      if (checked.addresses.some(({ address }) => plainAddress(address) === reached)) callback(null, socket)
      else {
        socket.destroy()
        callback(refusal(inUrl), null)
      }
    },
  )
}

async function checkHost(request: buildConnector.Options, options: ConnectOptions): Promise<Checked> {
  const { host, inUrl } = spellingsOf(request)
  const port = Number(request.port) || (request.protocol === 'https:' ? 443 : 80)
  const mapped: Target | undefined = options.hostMap.get(inUrl)
  if (mapped !== undefined) return { addresses: [familyOf(mapped.address)], port: mapped.port }
  const open = options.allowHosts.has(`${inUrl}:${port}`)
  const addresses = isIP(host) === 0 ? await resolveName(host, options) : [familyOf(host)]
  // One answer that is not public spoils the name: an honest public site has none.
  if (!open && !addresses.every(({ address }) => isPublicAddress(address))) throw refusal(inUrl)
  return { addresses, port }
}

async function resolveName(host: string, { resolver, connectMs }: ConnectOptions): Promise<Checked['addresses']> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new DealwrightError('web_dns', `${host}: the name server did not answer; try later`, { details: { host } }),
        ),
      connectMs,
    )
  })
  try {
    const answers = await Promise.race([resolver(host), late])
    if (answers.length === 0)
      throw new DealwrightError('web_dns_unknown', `${host}: this name has no address`, { details: { host } })
    return answers.map(({ address }) => familyOf(address))
  } catch (error) {
    if (error instanceof DealwrightError) throw error
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOTFOUND' || code === 'ENODATA') {
      throw new DealwrightError('web_dns_unknown', `${host}: this name is not known to DNS; check its spelling`, {
        cause: error,
        details: { host },
      })
    }
    throw new DealwrightError('web_dns', `${host}: the name could not be looked up (${code ?? 'no code'}); try later`, {
      cause: error,
      details: { host },
    })
  } finally {
    clearTimeout(timer)
  }
}

function familyOf(address: string): { address: string; family: 4 | 6 } {
  return { address, family: isIP(address) === 6 ? 6 : 4 }
}

/** The two spellings of a host: as a socket takes it, and as it stands in a URL (IPv6 in brackets). */
function spellingsOf({ hostname }: buildConnector.Options): { host: string; inUrl: string } {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return { host, inUrl: isIP(host) === 6 ? `[${host}]` : host }
}

function refusal(host: string): DealwrightError {
  return new DealwrightError(
    'web_private_address',
    `${host} leads to an address that is not public and was not connected to. To allow it, add host:port to DEALWRIGHT_ALLOW_HOSTS`,
    { details: { host } },
  )
}
