/**
 * Dates and instants. ISO forms say what they mean; 03/04/2024 does not, so a whole column decides: one value with a
 * first number above 12 proves day first. A column that proves nothing, or both, is read only where a value is clear.
 */

/** `dmy` 31/12/2024, `mdy` 12/31/2024; null: the column does not tell. */
export type DateOrder = 'dmy' | 'mdy' | null

const MONTHS: Record<string, number> = {}
for (const [index, names] of [
  'jan january januar janvier enero ene',
  'feb february februar fevrier fevr febrero',
  'mar march marz maerz mars marzo mrz',
  'apr april avril avr abril abr',
  'may mai mayo',
  'jun june juni juin junio',
  'jul july juli juillet juil julio',
  'aug august aout agosto ago',
  'sep sept september septembre septiembre',
  'oct october oktober okt octobre octubre',
  'nov november novembre noviembre',
  'dec december dezember dez decembre diciembre dic',
].entries())
  for (const name of names.split(' ')) MONTHS[name] = index + 1

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i
const YEAR_FIRST = /^(\d{4})[./](\d{1,2})[./](\d{1,2})(?:[T ].*)?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const NUMBERS = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:,?[T ]+(\d{1,2}):(\d{2})(?::\d{2})?\s*(am|pm)?)?$/i
const WORDS_DAY =
  /^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th|er)?\.?[\s-]+(?:de\s+)?([a-z]+)\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})(?:\s+.*)?$/i
const WORDS_MONTH = /^(?:[a-z]+,\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\s+.*)?$/i

/** The ISO date in a cell, or null when it is no date or could be two. A dot between numbers means day first. */
export function parseDate(text: string, order: DateOrder): string | null {
  const clean = text.trim()
  const iso = ISO.exec(clean) ?? YEAR_FIRST.exec(clean) ?? COMPACT.exec(clean)
  if (iso !== null) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const numbers = NUMBERS.exec(clean)
  if (numbers !== null) {
    const [first, second, year] = [Number(numbers[1]), Number(numbers[3]), fullYear(numbers[4] as string)]
    const by = numbers[2] === '.' || first > 12 ? 'dmy' : second > 12 ? 'mdy' : first === second ? 'dmy' : order
    // A column of day-first dates with one that cannot be so: that one is not guessed.
    if (by === null || (order !== null && numbers[2] !== '.' && by !== order && first !== second)) return null
    return by === 'dmy' ? valid(year, second, first) : valid(year, first, second)
  }
  return parseWords(clean)
}

function parseWords(clean: string): string | null {
  const plain = clean.normalize('NFKD').replace(/\p{M}+/gu, '')
  const day = WORDS_DAY.exec(plain)
  if (day !== null) {
    const month = MONTHS[(day[2] as string).toLowerCase()]
    return month === undefined ? null : valid(fullYear(day[3] as string), month, Number(day[1]))
  }
  const named = WORDS_MONTH.exec(plain)
  const month = named === null ? undefined : MONTHS[(named[1] as string).toLowerCase()]
  return named === null || month === undefined ? null : valid(Number(named[3]), month, Number(named[2]))
}

/** Two digits: up to 69 in this century, from 70 in the last (POSIX strptime %y breaks at 68/69). */
function fullYear(text: string): number {
  const year = Number(text)
  return text.length > 2 ? year : year < 69 ? 2000 + year : 1900 + year
}

function valid(year: number, month: number, day: number): string | null {
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** What a column's values prove about their order. */
export function detectDateOrder(values: Iterable<string>): DateOrder {
  let dayFirst = false
  let monthFirst = false
  for (const value of values) {
    const numbers = NUMBERS.exec(value.trim())
    if (numbers === null) continue
    const [first, second] = [Number(numbers[1]), Number(numbers[3])]
    if (numbers[2] === '.' || (first > 12 && second <= 12)) dayFirst = true
    else if (second > 12 && first <= 12) monthFirst = true
  }
  return dayFirst === monthFirst ? null : dayFirst ? 'dmy' : 'mdy'
}
