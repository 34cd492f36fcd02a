/** Header lines as they came, read leniently: what other mail programs write is not ours to complain about. */
import { parseAddressHeader } from 'mailparser'
import type { HeaderLines } from 'mailparser'

export interface MailPerson {
  name: string
  /** As written, an international domain in its ASCII form. */
  address: string
}

const MAX_HEADERS = 300
const MAX_VALUE = 4_000
const FIELD_NAME = /^[!-9;-~]+$/

/** By lower-cased name, unfolded, values of a repeated header one a line. Encoded words stay encoded. */
export function headerRecord(lines: HeaderLines): Record<string, string> {
  const record: Record<string, string> = Object.create(null)
  for (const { key, line } of lines.filter(({ key }) => FIELD_NAME.test(key)).slice(0, MAX_HEADERS)) {
    const value = valueOf(line)
    const earlier = record[key]
    record[key] = (earlier === undefined ? value : `${earlier}\n${value}`).slice(0, MAX_VALUE)
  }
  return record
}

/** The value of the first header of that name. */
export function firstValue(lines: HeaderLines, name: string): string | null {
  const found = lines.find(({ key }) => key === name)
  return found ? valueOf(found.line) : null
}

/** Raw 8-bit bytes are UTF-8 where they can be, Latin-1 otherwise. */
function valueOf(line: string): string {
  const bytes = Buffer.from(line, 'latin1')
  const utf8 = bytes.toString('utf8')
  const text = utf8.includes('\uFFFD') ? line : utf8
  return text
    .slice(text.indexOf(':') + 1)
    .replace(/\r?\n[ \t]*/g, ' ')
    .replace(/\0/g, '')
    .trim()
}

/** Everyone in the headers of that name, groups opened; entries without an address are left out. */
export function peopleIn(lines: HeaderLines, name: string): MailPerson[] {
  const values = lines.filter(({ key }) => key === name).map(({ line }) => valueOf(line))
  if (values.length === 0) return []
  const { value } = parseAddressHeader(values, { flatten: true, decodePunycode: false })
  return value.flatMap(({ name, address }) =>
    address?.includes('@') ? [{ name: name.trim(), address: address.trim() }] : [],
  )
}

/** Message-IDs with angle brackets, in order, each once. A bare one of the form `x@y` gets its brackets. */
export function messageIdsIn(value: string | null): string[] {
  if (value === null) return []
  const ids = value.match(/<[^<>\s]{1,900}>/g) ?? []
  const bare = /^[^<>\s]+@[^<>\s]+$/.test(value) ? [`<${value}>`] : []
  return [...new Set(ids.length > 0 ? ids : bare)]
}

const WRITTEN =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([+-]\d{4}|[a-z]{1,5}))?$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Hours of the zone names of RFC 5322 (4.3); any other name counts as UTC, as stated there. */
const ZONES: Record<string, number> = { edt: -4, est: -5, cdt: -5, cst: -6, mdt: -6, mst: -7, pdt: -7, pst: -8 }

/**
 * The date of RFC 5322, old forms included; null when it is none, or one that no mail can have. Without a zone it is
 * read as UTC.
 */
export function dateIn(value: string | null): Date | null {
  const found = WRITTEN.exec((value ?? '').replace(/\([^()]*\)/g, ' ').trim())
  if (!found) return null
  const [, day, month = '', year, hour, minute, second = '0', zone = ''] = found
  const monthIndex = MONTHS.indexOf(month.toLowerCase())
  const local = Date.UTC(
    fullYear(Number(year), year),
    monthIndex,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  const date = new Date(local - minutesOf(zone) * 60_000)
  const valid =
    monthIndex >= 0 && new Date(local).getUTCDate() === Number(day) && Number(hour) < 24 && Number(minute) < 60
  return valid && date.getUTCFullYear() >= 1971 && date.getUTCFullYear() < 2200 ? date : null
}

/** Two digits: 00 to 49 are of this century (RFC 5322, 4.3). */
function fullYear(year: number, written = ''): number {
  if (written.length !== 2) return year < 100 ? Number.NaN : year
  return year < 50 ? 2000 + year : 1900 + year
}

function minutesOf(zone: string): number {
  const offset = /^([+-])(\d{2})(\d{2})$/.exec(zone)
  if (!offset) return (ZONES[zone.toLowerCase()] ?? 0) * 60
  return (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]))
}

/** How the mail says it was made without a person: the keyword of RFC 3834, or null when it does not say so. */
export function automaticIn(lines: HeaderLines): string | null {
  const stated = /^[a-z-]+/i.exec(firstValue(lines, 'auto-submitted') ?? '')?.[0].toLowerCase()
  if (stated && stated !== 'no') return stated
  const reply = ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some(name => firstValue(lines, name) !== null)
  return reply || /^auto_reply/i.test(firstValue(lines, 'precedence') ?? '') ? 'auto-replied' : null
}

/** Sent to many through a list or a bulk mailer. */
export function isFromList(lines: HeaderLines): boolean {
  const marks = ['list-id', 'list-post', 'list-unsubscribe']
  return (
    marks.some(name => firstValue(lines, name) !== null) ||
    /^(list|bulk|junk)\b/i.test(firstValue(lines, 'precedence') ?? '')
  )
}
