/**
 * Working time in one place: which instants are working, and what comes out when a duration is added to an instant.
 * Instants go in and out as ISO strings in UTC, out always with milliseconds. All arithmetic is done in the calendar's zone by Temporal, so clock
 * changes are the zone's own.
 */
import { Temporal } from 'temporal-polyfill'
import { DealwrightError } from '../errors.ts'
import type { Duration } from './duration.ts'

/** Whether a local date (`2026-12-25`) is a day off. Must be pure: the same date always gives the same answer. */
export type IsHoliday = (date: string) => boolean

export interface Calendar {
  /** IANA name, `Europe/Berlin`. */
  zone: string
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  workingDays: readonly number[]
  /** Local wall-clock bounds of each working day, `09:00` and `17:00`; `to` itself is no working time. `24:00` is midnight. */
  from: string
  to: string
  /** A list of local dates, or a function such as `holidaysOf` gives. */
  holidays: readonly string[] | IsHoliday
}

/** A stretch of working time, `from` in it and `to` not. */
export interface Window {
  from: string
  to: string
}

/** No calendar in use has a longer stretch without one working day; beyond it the calendar is broken. */
const LONGEST_PAUSE_DAYS = 60

/**
 * Adds a duration to an instant. With working hours or days the result is always working time: counting starts at the
 * first working time at or after `instant`; a count that runs out exactly at the end of a day ends at the start of the
 * next. A working day further means the same local time on the next working day.
 * Throws `calendar_invalid` when the calendar is malformed or has no working time.
 */
export function addDuration(instant: string, duration: Duration, calendar: Calendar): string {
  const { amount, unit } = duration
  const start = Temporal.Instant.from(instant)
  if (unit === 'working hour') return iso(addWorkingSeconds(start, amount * 3600, readCalendar(calendar)))
  if (unit === 'working day') return iso(addWorkingDays(start, amount, readCalendar(calendar)))
  if (unit === 'day') {
    return iso(start.toZonedDateTimeISO(readCalendar(calendar).zone).add({ days: amount }).toInstant())
  }
  return iso(start.add({ [`${unit}s`]: amount }))
}

/** Whether the instant lies in working time. Throws `calendar_invalid`. */
export function isWorking(instant: string, calendar: Calendar): boolean {
  const hours = readCalendar(calendar)
  const at = Temporal.Instant.from(instant)
  const window = windowOn(localDate(at, hours), hours)
  return window !== null && contains(window, at)
}

/** The instant itself when it is working time, else the start of the next working time. Throws `calendar_invalid`. */
export function nextWorking(instant: string, calendar: Calendar): string {
  return iso(rollForward(Temporal.Instant.from(instant), readCalendar(calendar)).at)
}

/** The working window that holds the instant, or the next one: when mail to this place may leave. Throws `calendar_invalid`. */
export function sendingWindow(instant: string, calendar: Calendar): Window {
  const { window } = rollForward(Temporal.Instant.from(instant), readCalendar(calendar))
  return { from: iso(window.start), to: iso(window.end) }
}

/** One line on what is wrong with a calendar, or null. For settings forms and policy files. */
export function calendarProblem(calendar: Calendar): string | null {
  try {
    rollForward(Temporal.Instant.from('2026-01-01T00:00:00Z'), readCalendar(calendar))
    return null
  } catch (error) {
    if (error instanceof DealwrightError) return error.message
    throw error
  }
}

/** As `Date.toISOString` writes it, so that texts of instants compare like the instants. */
function iso(at: Temporal.Instant): string {
  return at.toString({ fractionalSecondDigits: 3 })
}

interface Hours {
  zone: string
  days: ReadonlySet<number>
  from: Temporal.PlainTime
  /** Null: until midnight. */
  to: Temporal.PlainTime | null
  isHoliday: IsHoliday
}

interface Span {
  start: Temporal.Instant
  end: Temporal.Instant
}

const read = new WeakMap<Calendar, Hours>()

function readCalendar(calendar: Calendar): Hours {
  const known = read.get(calendar)
  if (known) return known
  const { zone, workingDays, from, to, holidays } = calendar
  const invalid = (why: string) =>
    new DealwrightError('calendar_invalid', `The calendar of ${zone} is invalid: ${why}.`)
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  } catch (cause) {
    throw new DealwrightError('calendar_invalid', `'${zone}' is no IANA time zone such as Europe/Berlin.`, { cause })
  }
  if (!CLOCK.test(from) || from === '24:00') throw invalid(`'from' must be a time such as 09:00, not '${from}'`)
  if (!CLOCK.test(to)) throw invalid(`'to' must be a time such as 17:00, not '${to}'`)
  if (from >= to) throw invalid(`'to' (${to}) must be later than 'from' (${from})`)
  if (workingDays.length === 0 || workingDays.some(day => !Number.isInteger(day) || day < 1 || day > 7)) {
    throw invalid('working days are numbers from 1 (Monday) to 7 (Sunday), at least one')
  }
  const dates = typeof holidays === 'function' ? null : new Set(holidays)
  const hours: Hours = {
    zone,
    days: new Set(workingDays),
    from: Temporal.PlainTime.from(from),
    to: to === '24:00' ? null : Temporal.PlainTime.from(to),
    isHoliday: dates ? date => dates.has(date) : (holidays as IsHoliday),
  }
  read.set(calendar, hours)
  return hours
}

const CLOCK = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/

function localDate(at: Temporal.Instant, hours: Hours): Temporal.PlainDate {
  return at.toZonedDateTimeISO(hours.zone).toPlainDate()
}

/** The working time of one local date as instants; null on days off, and where a clock change swallows it whole. */
function windowOn(date: Temporal.PlainDate, hours: Hours): Span | null {
  if (!hours.days.has(date.dayOfWeek) || hours.isHoliday(date.toString())) return null
  const end = hours.to === null ? date.add({ days: 1 }).toZonedDateTime(hours.zone) : at(date, hours.to, hours)
  const span = { start: at(date, hours.from, hours).toInstant(), end: end.toInstant() }
  return Temporal.Instant.compare(span.start, span.end) < 0 ? span : null
}

/** A local time as the zone has it: one that a clock change skips moves on by the skipped time, one that comes twice is the first. */
function at(date: Temporal.PlainDate, time: Temporal.PlainTime, hours: Hours): Temporal.ZonedDateTime {
  return date.toZonedDateTime({ timeZone: hours.zone, plainTime: time })
}

function contains(span: Span, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(span.start, at) <= 0 && Temporal.Instant.compare(at, span.end) < 0
}

/** The first working instant at or after `from`, with its date and window. */
function rollForward(
  from: Temporal.Instant,
  hours: Hours,
): { at: Temporal.Instant; date: Temporal.PlainDate; window: Span } {
  let date = localDate(from, hours)
  for (let days = 0; days <= LONGEST_PAUSE_DAYS; days++) {
    const window = windowOn(date, hours)
    if (window && Temporal.Instant.compare(from, window.end) < 0) {
      return { at: Temporal.Instant.compare(from, window.start) < 0 ? window.start : from, date, window }
    }
    date = date.add({ days: 1 })
  }
  throw new DealwrightError(
    'calendar_invalid',
    `The calendar of ${hours.zone} has no working time in the ${LONGEST_PAUSE_DAYS} days after ${from.toString()}. Check its working days and holidays.`,
  )
}

function addWorkingSeconds(from: Temporal.Instant, seconds: number, hours: Hours): Temporal.Instant {
  let left = seconds * 1000
  let { at, window } = rollForward(from, hours)
  for (;;) {
    const room = window.end.epochMilliseconds - at.epochMilliseconds
    if (left < room) return at.add({ milliseconds: left })
    left -= room
    ;({ at, window } = rollForward(window.end, hours))
  }
}

function addWorkingDays(from: Temporal.Instant, days: number, hours: Hours): Temporal.Instant {
  const start = rollForward(from, hours)
  const time = start.at.toZonedDateTimeISO(hours.zone).toPlainTime()
  let date = start.date
  for (let left = days; left > 0; left--) {
    const dayAfter = at(date.add({ days: 1 }), Temporal.PlainTime.from('00:00'), hours).toInstant()
    date = rollForward(dayAfter, hours).date
  }
  return rollForward(at(date, time, hours).toInstant(), hours).at
}
