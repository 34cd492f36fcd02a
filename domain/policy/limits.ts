/** Limits of a policy file: caps and quiet hours. They stand above every allowance and are checked when an action is claimed. */
import { z } from 'zod'
import { type Calendar, calendarProblem, isWorking, nextWorking } from '../calendar/calendar.ts'
import { holidaysOf } from '../calendar/holidays.ts'
import { FREE_MAIL } from '../import/normalise/free-mail.ts'
import { domainCovers } from './never.ts'
import { WEEKDAYS } from './types.ts'

export const CAP_PER = ['mailbox', 'team', 'organisation', 'playbook', 'recipient_domain'] as const
export type CapPer = (typeof CAP_PER)[number]

const CLOCK = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/
const clock = z.string().regex(CLOCK, 'must be a time such as 08:00')

const cap = z.strictObject({
  name: z.string().min(1).max(80),
  at_most: z.int().min(0).max(1_000_000),
  per: z.enum(CAP_PER),
  in: z.enum(['hour', 'day']),
  /** Only these: addresses of mailboxes, names of teams or playbooks, recipient domains (`*.domain` with all beneath). */
  of: z.array(z.string().min(1).max(254)).min(1).max(200).optional(),
})

const quiet = z.strictObject({
  name: z.string().min(1).max(80),
  /** Recipients' countries (DE, US …); all others when left out. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as DE'))
    .min(1)
    .optional(),
  /** Mail leaves between these times of the recipient's clock only. */
  outside: z.strictObject({ from: clock, to: clock }).optional(),
  /** On which days mail leaves: `working` leaves out the country's weekend and public holidays. */
  days: z.union([z.enum(['working', 'every']), z.array(z.enum(WEEKDAYS)).min(1)]).optional(),
})

export const limitsSchema = z.strictObject({
  caps: z.array(cap).max(100).optional(),
  quiet_hours: z.array(quiet).max(100).optional(),
})

export type Cap = z.infer<typeof cap>
export type QuietHours = z.infer<typeof quiet>
export type Limits = z.infer<typeof limitsSchema>

export const NO_LIMITS: Limits = {}

/** What the schema cannot see. */
export function limitProblems(limits: Limits | undefined): { path: PropertyKey[]; message: string }[] {
  const problems: { path: PropertyKey[]; message: string }[] = []
  const names = new Set<string>()
  const named = (name: string, path: PropertyKey[]): void => {
    if (names.has(name)) problems.push({ path: [...path, 'name'], message: `two limits are called “${name}”` })
    names.add(name)
  }
  for (const [n, one] of (limits?.caps ?? []).entries()) {
    named(one.name, ['caps', n])
    if (one.per === 'organisation' && one.of)
      problems.push({ path: ['caps', n, 'of'], message: 'there is one organisation: leave “of” out' })
  }
  let general: string | null = null
  const taken = new Map<string, string>()
  for (const [n, one] of (limits?.quiet_hours ?? []).entries()) {
    const path = ['quiet_hours', n]
    named(one.name, path)
    const before =
      general ?? (one.countries?.every(country => taken.has(country)) ? taken.get(one.countries[0] ?? '') : null)
    if (before !== null && before !== undefined)
      problems.push({ path: [...path, 'name'], message: `“${one.name}” never applies: “${before}” applies before it` })
    if (!one.countries) general = one.name
    for (const [c, country] of (one.countries ?? []).entries()) {
      taken.set(country, taken.get(country) ?? one.name)
      const problem = countryProblem(country)
      if (problem !== null) problems.push({ path: [...path, 'countries', c], message: problem })
    }
    const problem = calendarProblem(calendarOf(one, 'UTC', null))
    if (problem !== null) problems.push({ path: [...path, 'outside'], message: problem })
  }
  return problems
}

function countryProblem(country: string): string | null {
  try {
    holidaysOf(country)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

export interface Recipient {
  /** IANA name of a zone that exists. */
  zone: string
  /** ISO code; null: unknown. */
  country: string | null
}

/**
 * Until when nothing may leave for this recipient; null: it may now. The first entry for their country applies. Where the country is not
 * known, working days are Monday to Friday.
 * @param now ISO instant
 */
export function quietUntil(limits: Limits, recipient: Recipient, now: string): { name: string; until: string } | null {
  const country = recipient.country?.toUpperCase() ?? null
  const entry = limits.quiet_hours?.find(one => !one.countries || (country !== null && one.countries.includes(country)))
  if (!entry) return null
  const calendar = calendarOf(entry, recipient.zone, country)
  return isWorking(now, calendar) ? null : { name: entry.name, until: nextWorking(now, calendar) }
}

function calendarOf(entry: QuietHours, zone: string, country: string | null): Calendar {
  const { from, to } = entry.outside ?? { from: '00:00', to: '24:00' }
  const days = entry.days ?? 'working'
  if (days === 'every') return { zone, from, to, workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] }
  if (days !== 'working')
    return { zone, from, to, workingDays: days.map(day => WEEKDAYS.indexOf(day) + 1), holidays: [] }
  const weekend = weekendOf(country)
  const workingDays = [1, 2, 3, 4, 5, 6, 7].filter(day => !weekend.includes(day))
  return {
    zone,
    from,
    to,
    workingDays,
    holidays: country !== null && countryProblem(country) === null ? holidaysOf(country) : [],
  }
}

interface WeekInfo {
  weekend: number[]
}

/** ISO weekdays, from the locale tables (CLDR) that come with the runtime. */
function weekendOf(country: string | null): readonly number[] {
  if (country === null) return [6, 7]
  try {
    const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
      weekInfo?: WeekInfo
      getWeekInfo?: () => WeekInfo
    }
    return (locale.getWeekInfo?.() ?? locale.weekInfo)?.weekend ?? [6, 7]
  } catch {
    return [6, 7]
  }
}

/** Where a mail counts. Null: it has none of this (a mail without a playbook). */
export interface MailPlace {
  mailbox: string | null
  team: string | null
  playbook: string | null
  recipientDomain: string
}

/** The caps that count this mail, each with the value that it counts by (empty for the organisation). */
export function capsFor(limits: Limits, place: MailPlace): { cap: Cap; value: string }[] {
  const found: { cap: Cap; value: string }[] = []
  for (const cap of limits.caps ?? []) {
    const value = valueFor(cap.per, place)
    if (value === null) continue
    // A provider of free mail is no company: its customers have nothing to do with each other.
    if (cap.per === 'recipient_domain' && cap.of === undefined && FREE_MAIL.has(value)) continue
    const listed = cap.of?.some(one =>
      cap.per === 'recipient_domain'
        ? domainCovers(one.toLowerCase(), value)
        : one.toLowerCase() === value.toLowerCase(),
    )
    if (cap.of === undefined || listed) found.push({ cap, value })
  }
  return found
}

function valueFor(per: CapPer, place: MailPlace): string | null {
  if (per === 'organisation') return ''
  if (per === 'recipient_domain') return place.recipientDomain
  return place[per]
}

/** Length of a cap's window: any hour, any 24 hours. */
export const WINDOW: Record<Cap['in'], { interval: string; words: string }> = {
  hour: { interval: '1 hour', words: 'in any hour' },
  day: { interval: '24 hours', words: 'in any 24 hours' },
}
