/**
 * Lengths of time as people write them in playbooks and policies: `2s`, `90 minutes`, `2 days`, `4 working hours`, `3 working days`.
 * Seconds, minutes and hours are elapsed time; days and weeks are calendar days in the calendar's zone; working hours
 * and days count only working time.
 */

export type DurationUnit = 'second' | 'minute' | 'hour' | 'day' | 'working hour' | 'working day'

export interface Duration {
  amount: number
  unit: DurationUnit
}

const SPELLINGS = new Map<string, { unit: DurationUnit; times: number }>()
function spell(unit: DurationUnit, times: number, ...words: string[]): void {
  for (const word of words) SPELLINGS.set(word, { unit, times })
}
spell('second', 1, 's', 'sec', 'second', 'seconds')
spell('minute', 1, 'm', 'min', 'minute', 'minutes')
spell('hour', 1, 'h', 'hour', 'hours')
spell('day', 1, 'd', 'day', 'days')
spell('day', 7, 'week', 'weeks')
spell('working hour', 1, 'working hour', 'working hours')
spell('working day', 1, 'working day', 'working days')

/** About two years each: nothing in selling waits longer, and adding stays cheap. */
const MOST: Record<DurationUnit, number> = {
  second: 63_072_000,
  minute: 1_051_200,
  hour: 17_520,
  day: 730,
  'working hour': 4_160,
  'working day': 520,
}

export const DURATION_HELP =
  'a whole number and a unit, such as 30s, 90 minutes, 2 days, 4 working hours, 3 working days'

/** The duration, or one line saying what is wrong with the text. Zero is refused: nothing here waits for no time. */
export function parseDuration(text: string): Duration | { problem: string } {
  const found = /^ *([0-9]{1,9}) *([a-z]+(?: +[a-z]+)?) *$/.exec(text)
  const spelled = found ? SPELLINGS.get((found[2] ?? '').replace(/ +/, ' ')) : undefined
  if (!found || !spelled) return { problem: `'${text.slice(0, 40)}' is no duration: write ${DURATION_HELP}` }
  const amount = Number(found[1]) * spelled.times
  if (amount === 0) return { problem: 'a duration must be longer than zero' }
  if (amount > MOST[spelled.unit]) {
    return { problem: `'${text.trim()}' is too long: at most ${MOST[spelled.unit]} ${spelled.unit}s` }
  }
  return { amount, unit: spelled.unit }
}

/** As `parseDuration` reads it back: `{amount: 3, unit: 'working day'}` is `3 working days`. */
export function formatDuration({ amount, unit }: Duration): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
