/** Which numbers and dates a run's looks brought up, and which of a sentence's are not among them. */
import { quantities } from '../evidence/numbers.ts'
import type { Json } from '../playbook/types.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const ISO = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g
const DAY_MONTH = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}(?:,? (\\d{4}))?(?![\\p{L}\\d])`,
  'giu',
)
const MONTH_DAY = new RegExp(`(?<!\\p{L})${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?(?!\\d)`, 'giu')
const MONTH_YEAR = new RegExp(`(?<!\\p{L})${MONTH} (\\d{4})(?!\\d)`, 'giu')

interface WrittenDate {
  text: string
  /** As far as it is written: `2026-05-12`, `-05-12`, `2026-05`. */
  part: string
}

const monthOf = (word: string): string => String(MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1).padStart(2, '0')
const two = (day: string): string => day.padStart(2, '0')

/** Takes the dates out of a text; the rest has spaces in their place. */
function takeDates(text: string): { dates: WrittenDate[]; rest: string } {
  const dates: WrittenDate[] = []
  let rest = text
  const take = (form: RegExp, part: (match: string[]) => string) => {
    rest = rest.replace(form, (...found: unknown[]) => {
      const match = found.filter((one): one is string | undefined => typeof one !== 'number').map(one => one ?? '')
      dates.push({ text: match[0] ?? '', part: part(match) })
      return ' ; '
    })
  }
  take(ISO, ([, year, month, day]) => `${year}-${month}-${day}`)
  take(DAY_MONTH, ([, day = '', month = '', year = '']) => `${year}-${monthOf(month)}-${two(day)}`)
  take(MONTH_DAY, ([, month = '', day = '', year = '']) => `${year}-${monthOf(month)}-${two(day)}`)
  take(MONTH_YEAR, ([, month = '', year = '']) => `${year}-${monthOf(month)}`)
  return { dates, rest }
}

/** Numbers and dates that may be said. */
export class KnownNumbers {
  readonly #numbers = new Set<number>()
  readonly #days = new Set<string>()

  /** All that stand in a value, at any depth, and how long its lists are. */
  add(value: Json): void {
    if (typeof value === 'number') this.#numbers.add(Math.abs(value))
    else if (typeof value === 'string') this.#addText(value)
    else if (Array.isArray(value)) {
      this.#numbers.add(value.length)
      for (const one of value) this.add(one)
    } else if (value !== null && typeof value === 'object') for (const one of Object.values(value)) this.add(one)
  }

  #addText(text: string): void {
    const { dates, rest } = takeDates(text)
    for (const { part } of dates) this.#days.add(part)
    for (const { low, high } of quantities(rest)) {
      this.#numbers.add(low)
      this.#numbers.add(high)
    }
  }

  /** What the text says and was not brought up, as written. @param counted numbers that code counted for this text */
  missingIn(text: string, counted: readonly number[] = []): string[] {
    const { dates, rest } = takeDates(text)
    const days = [...this.#days]
    const known = (part: string) => days.some(day => day === part || day.endsWith(part) || day.startsWith(part))
    const numbers = quantities(rest).filter(({ low, high }) =>
      [low, high].some(number => !this.#numbers.has(number) && !counted.includes(number)),
    )
    return [
      ...dates.filter(({ part }) => !known(part)).map(date => date.text),
      ...numbers.map(({ start, end }) => rest.slice(start, end).trim()),
    ]
  }
}
