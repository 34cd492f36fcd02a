/** Spans of time that a question names: "this month", "last week", "in the last 30 days". */
import type { Period } from './types.ts'

const DAY = 86_400_000
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const MOST_DAYS = 1_100

/** The day before or after by so many. */
export const daysFrom = (day: string, by: number): string => dayOf(at(day) + by * DAY)

type Unit = 'week' | 'month' | 'quarter' | 'year'

/** The unit that lies `by` units from the one that holds `today`; weeks begin on Monday. */
function unitFrom(today: string, unit: Unit, by: number): Omit<Period, 'words'> {
  if (unit === 'week') {
    const monday = daysFrom(today, -((new Date(at(today)).getUTCDay() + 6) % 7) + 7 * by)
    return { from: monday, to: daysFrom(monday, 6) }
  }
  const months = { month: 1, quarter: 3, year: 12 }[unit]
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7)) - 1
  const first = month - (month % months) + by * months
  return { from: dayOf(Date.UTC(year, first, 1)), to: dayOf(Date.UTC(year, first + months, 0)) }
}

const LAST_DAYS = /\b(?:last|past|previous) (\d{1,4}) days?\b/
const NEXT_DAYS = /\bnext (\d{1,4}) days?\b/
const UNIT = /\b(this|current|last|past|previous|next) (week|month|quarter|year)\b/

/** The span that the question names first; null: none. @param today in the asker's zone */
export function periodIn(question: string, today: string): Period | null {
  const text = question.toLowerCase()
  const [, past] = LAST_DAYS.exec(text) ?? []
  if (past !== undefined)
    return {
      from: daysFrom(today, 1 - Math.min(MOST_DAYS, Number(past))),
      to: today,
      words: `in the last ${past} days`,
    }
  const [, ahead] = NEXT_DAYS.exec(text) ?? []
  if (ahead !== undefined)
    return { from: today, to: daysFrom(today, Math.min(MOST_DAYS, Number(ahead))), words: `in the next ${ahead} days` }
  const [, which, unit] = UNIT.exec(text) ?? []
  if (which !== undefined && unit !== undefined) {
    const by = which === 'this' || which === 'current' ? 0 : which === 'next' ? 1 : -1
    return { ...unitFrom(today, unit as Unit, by), words: `${['last', 'this', 'next'][by + 1]} ${unit}` }
  }
  if (/\btoday\b/.test(text)) return { from: today, to: today, words: 'today' }
  if (/\byesterday\b/.test(text)) return { from: daysFrom(today, -1), to: daysFrom(today, -1), words: 'yesterday' }
  return null
}

export const thisMonth = (today: string): Period => ({ ...unitFrom(today, 'month', 0), words: 'this month' })
