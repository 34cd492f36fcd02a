/**
 * E-mail addresses. What is sent to and what is compared are two things:
 * - `email` is the address as written, trimmed, its domain in lower case and ASCII (IDN as punycode). Plus-tags stay.
 * - `emailKey` is for comparing only: lower case, without plus-tag. The dots of gmail addresses are dropped too, and
 *   googlemail.com is gmail.com, since Google documents that both spellings reach one mailbox; no other provider's dots.
 */
import { domainToASCII } from 'node:url'

const GMAIL = new Set(['gmail.com', 'googlemail.com'])

/** The address in a cell, or null if it cannot be one. Takes `Name <a@b.c>`, `mailto:` and the first of several. */
export function normaliseEmail(text: string): { email: string; emailKey: string; domain: string } | null {
  const address = firstAddress(text)
  if (address === null) return null
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = asciiDomain(address.slice(at + 1))
  if (domain === null || !localIsValid(local)) return null
  return { email: `${local}@${domain}`, emailKey: keyOf(local, domain), domain }
}

/** For comparing an address that is already normalised. */
export function emailKey(email: string): string {
  const at = email.lastIndexOf('@')
  return keyOf(email.slice(0, at), email.slice(at + 1))
}

function keyOf(local: string, domain: string): string {
  let name = local.toLowerCase()
  const plus = name.indexOf('+')
  if (plus > 0) name = name.slice(0, plus)
  if (!GMAIL.has(domain)) return `${name}@${domain}`
  return `${name.replaceAll('.', '')}@gmail.com`
}

function firstAddress(text: string): string | null {
  let rest = text.trim()
  const angle = /<([^<>]+)>/.exec(rest)
  if (angle) rest = angle[1] as string
  if (/^mailto:/i.test(rest)) rest = rest.slice(7).split('?')[0] as string
  const part = /[;,\s]/.test(rest) ? rest.split(/[;,\s]+/).find(piece => piece.includes('@')) : rest
  return part !== undefined && part.indexOf('@') > 0 && part.length <= 254 ? part : null
}

/** RFC 5321 dot-string, letters of any script allowed (RFC 6531); quoted local parts are not taken. */
function localIsValid(local: string): boolean {
  if (local.length === 0 || local.length > 64) return false
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return false
  return /^[a-z0-9!#$%&'*+/=?^_`{|}~.\-\u0080-\uffff]+$/i.test(local)
}

const SIMPLE = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,63}$/

const LABELS = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/

/** A host name in lower case and ASCII, or null if it is none with at least two labels. */
export function asciiDomain(text: string): string | null {
  const lower = text.trim().replace(/\.$/, '').toLowerCase()
  if (lower.length <= 253 && SIMPLE.test(lower) && !lower.includes('xn--')) return lower
  const ascii = domainToASCII(lower)
  if (ascii === '' || ascii.length > 253 || !ascii.includes('.')) return null
  return LABELS.test(ascii) && /[a-z]/.test(ascii.slice(ascii.lastIndexOf('.'))) ? ascii : null
}
