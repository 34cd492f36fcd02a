/** Reads the date a sentence means, in English, German, French and Spanish; what is left out is filled from a reference day. */
import { writtenDates } from '../evidence/dates.ts'
import { pattern } from './pattern.ts'

export interface MeantDate {
  /** ISO date. Of a month, quarter or year its last day, or the day before its first after a plain "before". */
  iso: string
  precision: 'day' | 'week' | 'month' | 'quarter' | 'year'
  start: number
  end: number
}

/**
 * The first date in the text. `reference` is the ISO date on which the text was written: a date without a year is the
 * next one from there on; "next Tuesday", "in two weeks", "end of the quarter" count from there. Null where there is none,
 * or where day and month cannot be told apart ("03/04/2026").
 */
export function parseDate(text: string, reference: string): MeantDate | null {
  const today = utc(reference.slice(0, 10))
  const written = fromWritten(text, today)
  const relative = fromRelative(text, today)
  if (written === null || relative === null) return written ?? relative
  return written.start <= relative.start ? written : relative
}

function fromWritten(text: string, today: Date): MeantDate | null {
  for (const date of writtenDates(text)) {
    if (date.bareYear || isAmbiguous(text.slice(date.start, date.end))) continue
    const { start, end } = date
    if (date.months === null) {
      if (date.year === null) continue
      return { iso: `${date.year}-12-31`, precision: 'year', start, end }
    }
    const [first, last] = date.months
    if (date.day !== null && first !== last) continue
    const year = date.year ?? nextYear(today, last, date.day)
    if (date.day !== null) {
      const day = ymd(year, first, date.day)
      if (day === null) continue
      return { iso: day, precision: 'day', start, end }
    }
    const before = /(?:\bbefore|\bvor|\bavant|\bantes de)\s+(?:the\s+)?$/iu.test(text.slice(0, start))
    const iso = before ? iso8601(new Date(Date.UTC(year, first - 1, 0))) : iso8601(new Date(Date.UTC(year, last, 0)))
    return { iso, precision: first === last ? 'month' : 'quarter', start, end }
  }
  return bareMonth(text, today)
}

/** "03/04/2026" is the third of April to some and the fourth of March to others. */
function isAmbiguous(written: string): boolean {
  const match = /^(\d{1,2})\/\s?(\d{1,2})\//.exec(written)
  return match !== null && Number(match[1]) <= 12 && Number(match[2]) <= 12 && Number(match[1]) !== Number(match[2])
}

const MONTHS =
  'january|januar|janvier|enero february|februar|février|febrero march|märz|mars|marzo april|avril|abril may|mai|mayo june|juni|juin|junio july|juli|juillet|julio august|août|agosto september|septembre|septiembre october|oktober|octobre|octubre november|novembre|noviembre december|dezember|décembre|diciembre'.split(
    ' ',
  )
const BARE_MONTH = pattern(
  String.raw`\b(?<lead>(?:in|by|until|before|end of|beginning of|im|bis|vor|ende|anfang|en|avant|fin|d['’]ici|para|antes de|a finales de)\s+(?:the end of\s+|ende\s+|fin\s+)?)(?<month>${MONTHS.join('|')})\b`,
)

/** "by March": a month alone, only behind a word that makes it one ("may", "mars" are words of their own). */
function bareMonth(text: string, today: Date): MeantDate | null {
  const match = BARE_MONTH.exec(text)
  const name = match?.groups?.['month']?.toLowerCase()
  if (match === null || name === undefined) return null
  const month = MONTHS.findIndex(names => names.split('|').includes(name)) + 1
  const year = nextYear(today, month, null)
  const before = /^(?:before|vor|avant|antes de)\s+(?!the end|ende|fin)/iu.test(match[0])
  const iso = iso8601(new Date(Date.UTC(year, before ? month - 1 : month, 0)))
  return { iso, precision: 'month', start: match.index, end: match.index + match[0].length }
}

const DAYS = [
  'sunday|sonntag|dimanche|domingo',
  'monday|montag|lundi|lunes',
  'tuesday|dienstag|mardi|martes',
  'wednesday|mittwoch|mercredi|miércoles',
  'thursday|donnerstag|jeudi|jueves',
  'friday|freitag|vendredi|viernes',
  'saturday|samstag|sonnabend|samedi|sábado',
]
const COUNTS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  einer: 1,
  einem: 1,
  un: 1,
  une: 1,
  two: 2,
  zwei: 2,
  deux: 2,
  dos: 2,
  three: 3,
  drei: 3,
  trois: 3,
  tres: 3,
  four: 4,
  vier: 4,
  quatre: 4,
  cuatro: 4,
  six: 6,
  sechs: 6,
  seis: 6,
}

type Relative = [RegExp, (match: RegExpExecArray, today: Date) => [Date, MeantDate['precision']] | null]
const RELATIVE: Relative[] = [
  [
    pattern(String.raw`\b(?:day after tomorrow|übermorgen|après-demain|pasado mañana)\b`),
    (_, today) => [plusDays(today, 2), 'day'],
  ],
  [
    pattern(String.raw`\b(?:tomorrow|(?<!guten )morgen(?! früh\p{L})|demain)\b`),
    (_, today) => [plusDays(today, 1), 'day'],
  ],
  [
    pattern(
      String.raw`\b(?:in|within|dans|en)\s+(?<n>\d{1,3}|${Object.keys(COUNTS).join('|')})\s+(?<u>days?|weeks?|months?|tagen?|wochen?|monaten?|jours?|semaines?|mois|días?|semanas?|mes(?:es)?)\b`,
    ),
    (match, today) => {
      const n = COUNTS[match.groups?.['n']?.toLowerCase() ?? ''] ?? Number(match.groups?.['n'])
      const unit = match.groups?.['u']?.toLowerCase() ?? ''
      if (/^(?:month|monat|mois|mes)/u.test(unit)) return [plusMonths(today, n), 'month']
      return /^(?:week|woche|semain|seman)/u.test(unit) ? [plusDays(today, 7 * n), 'week'] : [plusDays(today, n), 'day']
    },
  ],
  [
    pattern(
      String.raw`\b(?<next>(?:next|nächsten?|kommenden?|prochain|próximo|el próximo)\s+)?(?<d>${DAYS.join('|')})\b`,
    ),
    (match, today) => {
      const name = match.groups?.['d']?.toLowerCase() ?? ''
      const target = DAYS.findIndex(names => names.split('|').includes(name))
      const ahead = (target - today.getUTCDay() + 7) % 7
      return [plusDays(today, ahead === 0 ? 7 : ahead), 'day']
    },
  ],
  [
    pattern(
      String.raw`\b(?:end of (?:the |this )?year|year[- ]end|jahresende|ende des jahres|fin (?:de l['’])?année|fin de año|finales de año)\b`,
    ),
    (_, today) => [lastDay(today.getUTCFullYear(), 12), 'year'],
  ],
  [
    pattern(
      String.raw`\b(?:end of (?:the |this )?quarter|quartalsende|ende des quartals|fin du trimestre|fin de trimestre)\b`,
    ),
    (_, today) => [lastDay(today.getUTCFullYear(), quarterEnd(today)), 'quarter'],
  ],
  [
    pattern(String.raw`\b(?:end of (?:the |this )?month|monatsende|ende des monats|fin du mois|fin de mes)\b`),
    (_, today) => [lastDay(today.getUTCFullYear(), today.getUTCMonth() + 1), 'month'],
  ],
  [
    pattern(String.raw`\b(?:next quarter|nächstes quartal|prochain trimestre|trimestre prochain|próximo trimestre)\b`),
    (_, today) => [lastDay(today.getUTCFullYear(), quarterEnd(today) + 3), 'quarter'],
  ],
  [
    pattern(String.raw`\b(?:next month|nächsten monat|mois prochain|próximo mes)\b`),
    (_, today) => [lastDay(today.getUTCFullYear(), today.getUTCMonth() + 2), 'month'],
  ],
  [
    pattern(String.raw`\b(?:next week|nächste woche|semaine prochaine|próxima semana)\b`),
    (_, today) => [plusDays(today, 7), 'week'],
  ],
  [
    pattern(String.raw`\b(?:next year|nächstes jahr|année prochaine|próximo año)\b`),
    (_, today) => [lastDay(today.getUTCFullYear() + 1, 12), 'year'],
  ],
]

function fromRelative(text: string, today: Date): MeantDate | null {
  let best: MeantDate | null = null
  for (const [form, read] of RELATIVE) {
    const match = form.exec(text)
    if (match === null || (best !== null && match.index >= best.start)) continue
    const meant = read(match, today)
    if (meant !== null)
      best = { iso: iso8601(meant[0]), precision: meant[1], start: match.index, end: match.index + match[0].length }
  }
  return best
}

function nextYear(today: Date, month: number, day: number | null): number {
  const year = today.getUTCFullYear()
  const end = day === null ? lastDay(year, month) : new Date(Date.UTC(year, month - 1, day))
  return end < today ? year + 1 : year
}

function ymd(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? iso8601(date) : null
}

const utc = (iso: string) => new Date(`${iso}T00:00:00Z`)
const iso8601 = (date: Date) => date.toISOString().slice(0, 10)
const plusDays = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000)
const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0))
const quarterEnd = (date: Date) => (Math.floor(date.getUTCMonth() / 3) + 1) * 3

/** A month later on the same day, or on the last day of a shorter month. */
function plusMonths(date: Date, months: number): Date {
  const last = lastDay(date.getUTCFullYear(), date.getUTCMonth() + 1 + months)
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date.getUTCDate(), last.getUTCDate())))
}
