/** Entries of the never-contact list: an address, a domain (`*.domain`: with all beneath it), or an account. */
import { DealwrightError } from '../errors.ts'
import { asciiDomain, normaliseEmail } from '../import/normalise/email.ts'

export const NEVER_KINDS = ['address', 'domain', 'account'] as const
export type NeverKind = (typeof NEVER_KINDS)[number]

export interface NeverEntry {
  kind: NeverKind
  /** Folded: as it is stored and compared. */
  value: string
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws DealwrightError `bad_input` for what is none of the three */
export function neverEntry(kind: NeverKind, given: string): NeverEntry {
  const value = given.trim().toLowerCase()
  if (kind === 'address') {
    const key = normaliseEmail(value)?.emailKey
    if (key !== undefined) return { kind, value: key }
    throw bad(`“${given}” is no e-mail address such as ann@company.example.`)
  }
  if (kind === 'account') {
    if (UUID.test(value)) return { kind, value }
    throw bad(`“${given}” is no account’s id.`)
  }
  const wild = value.startsWith('*.')
  const name = wild ? value.slice(2) : value
  // A host's name alone: folding would take one out of an address or a path.
  const ascii = /[\s/@:?#\\%*]/.test(name) ? null : asciiDomain(name)
  if (ascii !== null) return { kind, value: `${wild ? '*.' : ''}${ascii}` }
  throw bad(`“${given}” is no domain such as company.example or *.company.example.`)
}

/** What was meant, by its looks: with an @ an address, an id an account, else a domain. */
export function guessKind(given: string): NeverKind {
  if (given.includes('@')) return 'address'
  return UUID.test(given.trim().toLowerCase()) ? 'account' : 'domain'
}

/** `*.company.example` covers company.example and all beneath; `company.example` itself alone. Both in lower case, ASCII. */
export function domainCovers(entry: string, domain: string): boolean {
  if (!entry.startsWith('*.')) return entry === domain
  const base = entry.slice(2)
  return domain === base || domain.endsWith(`.${base}`)
}

/** The entries that would cover this domain, for looking them up by equality. */
export function entriesCovering(domain: string): string[] {
  const labels = domain.split('.')
  return [domain, ...labels.map((_, n) => `*.${labels.slice(n).join('.')}`)]
}

const bad = (message: string): DealwrightError => new DealwrightError('bad_input', message)
