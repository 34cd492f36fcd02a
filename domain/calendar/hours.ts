/** When an organisation or one of its teams works. */
import { type Calendar, calendarProblem } from './calendar.ts'
import { holidaysOf } from './holidays.ts'

export interface Hours {
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  workingDays: readonly number[]
  /** Local times; `to` may be 24:00. */
  from: string
  to: string
  /** Local dates, beyond the public holidays of the place. */
  daysOff: readonly string[]
}

/** Where nobody has said otherwise. */
export const USUAL_HOURS: Hours = { workingDays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', daysOff: [] }

export interface PlaceOfWork {
  /** IANA name. */
  zone: string
  /** ISO code; null: unknown, and then there are no public holidays. */
  country: string | null
}

/** These hours at a place, with its public holidays. */
export function calendarAt({ zone, country }: PlaceOfWork, hours: Hours = USUAL_HOURS): Calendar {
  const { daysOff, workingDays, from, to } = hours
  const isPublic = country === null ? () => false : holidaysOf(country)
  const own = new Set(daysOff)
  return { zone, workingDays, from, to, holidays: date => own.has(date) || isPublic(date) }
}

/** One line on what is wrong with hours, or null. */
export const hoursProblem = (hours: Hours): string | null =>
  calendarProblem(calendarAt({ zone: 'UTC', country: null }, hours))
