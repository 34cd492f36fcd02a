/** Dates as people write them, in English, German, French, Spanish and Japanese. */

const MONTHS: Record<string, number> = {}
const NAMES = [
  'january jan januar jänner janvier janv enero ene',
  'february feb februar février févr fevrier febrero',
  'march mar märz mrz mars marzo',
  'april apr avril avr abril abr',
  'may mai mayo',
  'june jun juni juin junio',
  'july jul juli juillet juil julio',
  'august aug août aout agosto ago',
  'september sep sept septembre septiembre setiembre',
  'october oct oktober okt octobre octubre',
  'november nov novembre noviembre',
  'december dec dezember dez décembre déc decembre diciembre dic',
]
for (const [index, names] of NAMES.entries()) for (const name of names.split(' ')) MONTHS[name] = index + 1
const MONTH = Object.keys(MONTHS)
  .sort((a, b) => b.length - a.length)
  .join('|')

/**
 * One pattern, so that a text is passed over once. Groups: ISO and year-first; Japanese; day month-name year;
 * month-name day year; day.month.year (German). `03/04/2021` is left out: which part is the month cannot be known.
 */
const DATE = new RegExp(
  [
    String.raw`(?<![\d./-])(?<y1>(?:19|20)\d{2})[-/.](?<m1>\d{1,2})[-/.](?<d1>\d{1,2})(?![\d/-])`,
    String.raw`(?<y2>(?:19|20)\d{2})\s?年\s?(?<m2>\d{1,2})\s?月\s?(?<d2>\d{1,2})\s?日`,
    String.raw`(?<![\d.,])(?<d3>\d{1,2})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?<m3>${MONTH})\.?,?\s(?:de\s|del\s)?(?<y3>(?:19|20)\d{2})(?!\d)`,
    String.raw`(?<![\p{L}])(?<m4>${MONTH})\.?\s(?<d4>\d{1,2})(?:st|nd|rd|th)?,?\s(?<y4>(?:19|20)\d{2})(?!\d)`,
    String.raw`(?<![\d./-])(?<d5>\d{1,2})\.\s?(?<m5>\d{1,2})\.\s?(?<y5>(?:19|20)\d{2})(?![\d.])`,
  ].join('|'),
  'giu',
)

export interface FoundDate {
  iso: string
  start: number
  end: number
}

/** Every date above has a year in digits, so only its surroundings are looked at. */
const YEAR = /(?:19|20)\d{2}/g
const BEFORE_YEAR = 34
const AFTER_YEAR = 18

/** Dates in order of place, at most `max`. */
export function findDates(text: string, max: number): FoundDate[] {
  const found: FoundDate[] = []
  let done = 0
  for (const year of text.matchAll(YEAR)) {
    if (year.index < done) continue
    const from = Math.max(done, year.index - BEFORE_YEAR)
    const match = around(text.slice(from, year.index + AFTER_YEAR), year.index - from)
    const iso = match === null ? null : isoOf(match)
    if (match === null || iso === null) continue
    const start = from + match.index
    done = start + match[0].length
    found.push({ iso, start, end: done })
    if (found.length >= max) break
  }
  return found
}

/** The date in `near` that the year at `at` belongs to. */
function around(near: string, at: number): RegExpExecArray | null {
  for (const match of near.matchAll(DATE)) {
    if (match.index <= at && at < match.index + match[0].length) return match
  }
  return null
}

function isoOf(match: RegExpExecArray): string | null {
  const pick = (letter: string): string => {
    for (let n = 1; n <= 5; n += 1) {
      const value = match.groups?.[`${letter}${n}`]
      if (value !== undefined) return value
    }
    return ''
  }
  const month = pick('m')
  return isoDay(pick('y'), MONTHS[month.toLowerCase()] ?? Number(month), pick('d'))
}

/** The day of an ISO date or instant, or of a date in words. Null when there is none. */
export function parseDate(written: string): string | null {
  const iso = /^\s*(\d{4})-(\d{2})-(\d{2})(?=$|[T\s])/.exec(written)
  if (iso !== null) return isoDay(iso[1] ?? '', Number(iso[2]), iso[3] ?? '')
  return findDates(written.slice(0, 200), 1)[0]?.iso ?? null
}

/** Null for days that no calendar has. */
function isoDay(year: string, month: number, day: string): string | null {
  const date = new Date(Date.UTC(Number(year), month - 1, Number(day)))
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day)
  return real ? date.toISOString().slice(0, 10) : null
}
