/** Company domains: the registrable part, ASCII, and never a mail provider's or a network's that belongs to no company. */
import { getDomain } from 'tldts'
import { asciiDomain } from './email.ts'
import { FREE_MAIL, SHARED_HOSTS } from './free-mail.ts'

/** A file repeats its domains: remember the last few thousand. */
const known = new Map<string, string | null>()
const KNOWN_MAX = 20_000

/** The registrable domain of a host, web address or mail domain; null when it has none (an IP, a bare word). */
export function registrableDomain(text: string): string | null {
  const cached = known.get(text)
  if (cached !== undefined) return cached
  const host = hostOf(text)
  const domain = host === null ? null : getDomain(host, { allowPrivateDomains: true, validateHostname: true })
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(text, domain)
  return domain
}

function hostOf(text: string): string | null {
  let rest = text.trim()
  rest = rest.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^\/\//, '')
  rest = rest.split(/[/?#\s]/)[0] as string
  const at = rest.lastIndexOf('@')
  if (at !== -1) rest = rest.slice(at + 1)
  return asciiDomain(rest.replace(/:\d+$/, ''))
}

/** The domain if it can stand for a company: neither free mail nor a host that many share (linkedin.com, wixsite.com). */
export function companyDomain(text: string): string | null {
  const domain = registrableDomain(text)
  return domain === null || isSharedDomain(domain) ? null : domain
}

export function isSharedDomain(domain: string): boolean {
  return FREE_MAIL.has(domain) || SHARED_HOSTS.has(domain)
}
