/** Dates in text, in English, German, French and Spanish, each as precise as it is written. */
import type { Span } from './text.ts'
import { remembered } from './remembered.ts'
import { fold } from './text.ts'

export interface WrittenDate extends Span {
  /** Null where the year is not written ("on 12 March"). */
  year: number | null
  /** First and last month it can mean (1-12); null for a bare year. */
  months: [number, number] | null
  day: number | null
  /** A bare year with nothing that says it is one: may be a plain number. */
  bareYear: boolean
}

const MONTHS: Record<string, number> = {}
const MONTH_NAMES = [
  'january jan januar janvier enero ene',
  'february feb februar fevrier fevr febrero',
  'march mar marz mars marzo',
  'april apr avril avr abril abr',
  'may mai mayo',
  'june jun juni juin junio',
  'july jul juli juillet juil julio',
  'august aug aout agosto ago',
  'september sep sept septembre septiembre',
  'october oct oktober okt octobre octubre',
  'november nov novembre noviembre',
  'december dec dezember dez decembre diciembre dic',
]
MONTH_NAMES.forEach((names, index) => names.split(' ').forEach(name => (MONTHS[name] = index + 1)))
const MONTH = '(?<month>\\p{L}{3,10})\\.?'
const YEAR = '(?<year>(?:19|20)\\d\\d)'
const DAY = '(?<day>[0-3]?\\d)(?:st|nd|rd|th|er|\\.)?'
/** A form, and what a text must hold for it to stand there at all: most texts are told apart by that. */
interface Form {
  form: RegExp
  year?: true
  digit?: true
  month?: true
}

const FORMS: readonly Form[] = [
  { form: /(?<![\d.,/-])(?<year>(?:19|20)\d\d)-(?<monthNumber>[01]\d)(?:-(?<day>[0-3]\d))?(?![\d-])/gu, year: true },
  {
    form: /(?<![\d.,/-])(?<day>[0-3]?\d)(?<mark>[./-])\s?(?<monthNumber>[0-3]?\d)\k<mark>\s?(?<year>(?:19|20)\d\d)(?!\d)/gu,
    year: true,
  },
  {
    form: new RegExp(
      `(?<![\\d.,/-])${DAY}\\s(?:de\\s|of\\s)?${MONTH}(?:\\s(?:de\\s|del\\s)?|,\\s)${YEAR}(?![\\d-])`,
      'gu',
    ),
    year: true,
    month: true,
  },
  { form: new RegExp(`(?<!\\p{L})${MONTH}\\s${DAY}(?:,)?\\s${YEAR}(?![\\d-])`, 'gu'), year: true, month: true },
  { form: new RegExp(`(?<!\\p{L})${MONTH}\\s(?:de\\s|of\\s)?${YEAR}(?![\\d-])`, 'gu'), year: true, month: true },
  {
    form: /(?<!\p{L})(?<quarter>Q[1-4]|[1-4]\.\s?Quartal|[1-4]Q|T[1-4]|(?:first|second|third|fourth|erstes|zweites|drittes|viertes|premier|deuxième|troisième|quatrième|primer|segundo|tercer|cuarto)\s(?:quarter|quartal|trimestre))(?:\s(?:of\s|de\s|del\s)?|\/|-)(?<year>(?:19|20)\d\d)(?!\d)/giu,
    year: true,
  },
  {
    form: /(?<!\p{L})(?<season>spring|summer|autumn|fall|fr[üu]hjahr|fr[üu]hling|sommer|herbst|printemps|été|automne|primavera|verano|otoño)(?:\s(?:of\s|de\s|del\s)?)(?<year>(?:19|20)\d\d)(?!\d)/giu,
    year: true,
  },
  { form: /(?<!\p{L})(?<half>H[12])(?:\s|\/)(?<year>(?:19|20)\d\d)(?!\d)/gu, year: true },
  { form: new RegExp(`(?<![\\d.,/-])${DAY}\\s(?:de\\s|of\\s)?${MONTH}(?!\\p{L})`, 'gu'), digit: true, month: true },
  {
    form: new RegExp(
      `(?<!\\p{L})${MONTH}\\s(?<day>[0-3]?\\d)(?:st|nd|rd|th)?(?![\\d.,]\\d|\\d|\\s?(?:%|people|employees))`,
      'gu',
    ),
    digit: true,
    month: true,
  },
  {
    form: new RegExp(
      `(?<=(?:^|[^\\p{L}])(?:in|by|since|until|from|of|last|next|early|late|mid|im|ab|seit|bis|ende|anfang|mitte|en|depuis|fin|début|desde|de|a) )${MONTH}(?![\\p{L}\\d]|\\s\\d)`,
      'giu',
    ),
    month: true,
  },
  { form: /(?<![\d.,$€£/-]|\p{L})(?<bare>(?:19|20)\d\d)(?![\d%]|[.,]\d|-\d)/gu, year: true },
]
const ANY_YEAR = /(?:19|20)\d\d/
/** How names of months begin, in folded text. */
const ANY_MONTH = new RegExp([...new Set(Object.keys(MONTHS).map(name => name.slice(0, 3)))].join('|'))
const ORDINAL_QUARTER: Record<string, number> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  erstes: 1,
  zweites: 2,
  drittes: 3,
  viertes: 4,
  premier: 1,
  deuxieme: 2,
  troisieme: 3,
  quatrieme: 4,
  primer: 1,
  segundo: 2,
  tercer: 3,
  cuarto: 4,
}

const SEASONS: [RegExp, [number, number]][] = [
  [/^(?:spring|fruh|printemps|primavera)/, [3, 5]],
  [/^(?:summer|sommer|ete|verano)/, [6, 8]],
  [/^(?:autumn|fall|herbst|automne|otono)/, [9, 11]],
]

/** All dates written in `text`, in order, the most precise reading of each place. */
export const writtenDates: (text: string) => readonly WrittenDate[] = remembered(readDates)

function readDates(text: string): WrittenDate[] {
  const found: WrittenDate[] = []
  const hasDigit = /\d/.test(text)
  const hasYear = hasDigit && ANY_YEAR.test(text)
  const hasMonth = ANY_MONTH.test(fold(text))
  for (const { form, year, digit, month } of FORMS) {
    if ((year && !hasYear) || (digit && !hasDigit) || (month && !hasMonth)) continue
    for (const match of text.matchAll(form)) {
      const start = match.index
      const end = start + match[0].length
      if (found.some(date => date.start < end && start < date.end)) continue
      const date = read(match.groups ?? {}, start, end)
      if (date) found.push(date)
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function read(groups: Record<string, string | undefined>, start: number, end: number): WrittenDate | null {
  const { month, monthNumber, quarter, half, season, bare } = groups
  const year = groups.year ?? bare
  const at = { start, end, year: year === undefined ? null : Number(year), bareYear: bare !== undefined }
  let day = groups.day === undefined ? null : Number(groups.day)
  if (bare) return { ...at, months: null, day: null }
  if (quarter) {
    const folded = fold(quarter)
    const number = Number(/[1-4]/.exec(folded)?.[0] ?? ORDINAL_QUARTER[folded.split(' ')[0]!] ?? 0)
    return number ? { ...at, months: [number * 3 - 2, number * 3], day: null } : null
  }
  if (season) return { ...at, months: SEASONS.find(([form]) => form.test(fold(season)))![1], day: null }
  if (half) return { ...at, months: half === 'H1' ? [1, 6] : [7, 12], day: null }
  let number = month ? MONTHS[fold(month)] : Number(monthNumber)
  // "3/14/2024" can only be month first; "3/4/2024" stays day first, as most of the world writes it.
  if (number && number > 12 && day !== null && day <= 12) [number, day] = [day, number]
  if (!number || number > 12 || (day !== null && (day < 1 || day > 31))) return null
  return { ...at, months: [number, number], day }
}

/**
 * Whether `stated` (from the source) says at least what `claimed` says: every part that the claim gives is given and equal.
 * A part that the source leaves out is taken from `context` (an ISO date: the dateline), where there is one.
 */
export function implies(stated: WrittenDate, claimed: WrittenDate, context: string | null): boolean {
  const base = context ? isoDate(context) : null
  const year = stated.year ?? base?.year ?? null
  if (claimed.year !== null && claimed.year !== year) return false
  if (claimed.months) {
    if (!stated.months) return false
    if (stated.months[0] < claimed.months[0] || stated.months[1] > claimed.months[1]) return false
  }
  return claimed.day === null || claimed.day === stated.day
}

/** Whether both can be the same time: no part that both give differs. */
export function compatible(a: WrittenDate, b: WrittenDate): boolean {
  if (a.year !== null && b.year !== null && a.year !== b.year) return false
  if (a.months && b.months && (a.months[1] < b.months[0] || b.months[1] < a.months[0])) return false
  return a.day === null || b.day === null || a.day === b.day
}

/** An ISO date or instant, or a part of one ("2024", "2024-03"), as a written date; null when it is none. */
export function isoDate(iso: string): WrittenDate | null {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso)
  if (!match) return null
  const month = match[2] === undefined ? null : Number(match[2])
  const day = match[3] === undefined ? null : Number(match[3])
  return {
    start: 0,
    end: iso.length,
    year: Number(match[1]),
    months: month ? [month, month] : null,
    day,
    bareYear: false,
  }
}
