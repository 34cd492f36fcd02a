/** Whether every quantity of a value follows from the passage: number, magnitude, unit, and what it counts. */
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import { textOf } from './prepare.ts'
import type { WrittenDate } from './dates.ts'
import { writtenDates } from './dates.ts'
import { readNumberWords } from './number-words.ts'
import type { Quantity } from './numbers.ts'
import { quantities } from './numbers.ts'
import type { Span } from './text.ts'
import { fold, overlaps, tokens } from './text.ts'
import { isStopWord, sameWord } from './words.ts'
import { countsHeads } from './headcount.ts'

export interface NumberMatch {
  /** In the source; null for a value without numbers. */
  at: Span
  quantity: Quantity
  /** The value calls it exact, the source says "up to". */
  limited: boolean
}

/** The first quantity of the value that does not follow, as text; or the matches of all. */
export function matchNumbers(
  wanted: readonly Quantity[],
  valueText: string,
  passage: Passage,
  options: { heads: boolean; years: WrittenDate[] },
): { missing: string } | { matches: NumberMatch[] } {
  const text = sentenceText(passage)
  const offered = quantities(text)
  const dates = writtenDates(text).filter(date => !date.bareYear)
  const matches: NumberMatch[] = []
  for (const want of wanted) {
    let match: NumberMatch | null = null
    for (const offer of offered) {
      const at = { start: passage.sentence.start + offer.start, end: passage.sentence.start + offer.end }
      const scaled = withHeads(offer, at, passage)
      if (!sameQuantity(want, scaled) || dates.some(date => overlaps(date, offer))) continue
      if (isEarlierPeriod(offer, text, valueText)) continue
      if (
        !countsTheSame(want, valueText, offer, withAntecedent(offer, text, passage), offered) ||
        !standsUnderYear(at, passage, options.years)
      )
        continue
      if (
        options.heads &&
        !countsHeads({ value: valueText, trade: countedBy(want, valueText)[0] ?? null, offer, at, offered }, passage)
      )
        continue
      const candidate = { at, quantity: scaled, limited: scaled.bound === 'max' && want.bound !== 'max' }
      // One inside the quote is better than one elsewhere in its sentence.
      if (!match || (!overlaps(match.at, passage.quote) && overlaps(at, passage.quote))) match = candidate
    }
    if (!match) return { missing: valueText.slice(want.start, want.end) }
    matches.push(match)
  }
  return { matches }
}

const PERIOD = '(?:year|quarter|month|half)'
const EARLIER_AFTER = new RegExp(
  `^[^\\d.;]{0,12}(?:(?:in |im )?the (?:${PERIOD} before|(?:previous|prior|preceding) ${PERIOD})|an? ${PERIOD} (?:earlier|ago|before)|(?:in |im )?vorjahr|das jahr zuvor|im jahr davor|l'annee precedente|l'an dernier|un an plus tot|el ano anterior|un ano antes)`,
)
const EARLIER_BEFORE =
  /(?:compared (?:with|to)|versus|vs\.?|(?:up|down) from|instead of|gegenuber|nach zuvor|statt|contre|au lieu de|frente a|en lugar de)\s(?:about |the |rund |some )?[€$£]?$/

/** "slipped from 640 to 598": the figure that was left. */
function isLeftBehind(offer: Quantity, text: string): boolean {
  return (
    /\bfrom\s(?:about |the |some |around )?(?:[€$£]|[A-Z]{3}\s)?$/i.test(text.slice(0, offer.start)) &&
    /^\s(?:in \d{4} |last year )?to\s/.test(text.slice(offer.end)) &&
    CHANGES.test(fold(text.slice(0, offer.start)))
  )
}

const CHANGES =
  /\b(?:slipp\w+|rose|risen|grew|grown|fell|fallen|increas\w+|climb\w+|dropp\w+|went|cut|up|down|mov\w+|expand\w+|improv\w+|declin\w+|narrow\w*|widen\w*|shr\w+nk|swell\w*|jump\w+|reduc\w+|rais\w+)\b[^;]*$/

/** "£4.1 million after £6.7 million the year before": the figure that the sentence only compares with. */
function isEarlierPeriod(offer: Quantity, text: string, value: string): boolean {
  const after = fold(text.slice(offer.end, offer.end + 40))
  const isEarlier =
    EARLIER_AFTER.test(after) || EARLIER_BEFORE.test(fold(text.slice(Math.max(0, offer.start - 30), offer.start)))
  return (
    (isEarlier || isLeftBehind(offer, text)) &&
    !/\b(?:before|previous|prior|earlier|ago|vorjahr|precedente|anterior|from|von|de)\b/.test(fold(value))
  )
}

/** "2,400,000 of them": what is counted stands in the sentence before. Appended, so that offsets hold. */
function withAntecedent(offer: Quantity, text: string, passage: Passage): string {
  const points = /^\s(?:of (?:them|these|those)|davon|d'entre (?:eux|elles)|de (?:ellos|ellas))\b/iu.test(
    text.slice(offer.end),
  )
  if (!points || !passage.previous) return text
  return `${text.slice(0, offer.end)} ${textOf(passage.prepared, passage.previous)}`
}

/** Whether the source's quantity says what the wanted one says: value, unit, and a bound where one is claimed. */
export function sameQuantity(want: Quantity, offer: Quantity): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= Math.abs(b) * 1e-9
  if (!near(want.low, offer.low) || !near(want.high, offer.high)) return false
  if (want.unit !== offer.unit && (want.unit !== null || offer.unit === 'percent')) return false
  return want.bound === null || want.bound === offer.bound
}

/** A cell's number takes unit and magnitude from its heads: "Revenue (EUR million)". */
function withHeads(offer: Quantity, at: Span, passage: Passage): Quantity {
  const cell = passage.cells.find(cell => overlaps(cell, at))
  if (!cell) return offer
  let { low, high, unit } = offer
  for (const head of cell.heads) {
    const label = textOf(passage.prepared, head)
    if (/^\d{4}$/.test(label.trim())) continue
    const sample = quantities(`1 ${label.replace(/.*[([,]|[)\]].*/gu, ' ').trim()}`)[0]
    const reversed = quantities(
      label.replace(/.*[([]|[)\]].*/gu, ' ').replace(/([€$£]|[A-Z]{3})\s*(.*)/u, '$1 1 $2'),
    )[0]
    const read = [reversed, sample].find(
      quantity => quantity?.digits === '1' && (quantity.low > 1 || quantity.unit !== null),
    )
    if (!read || (offer.unit !== null && unit !== null)) continue
    unit = read.unit ?? unit
    low *= read.low
    high *= read.low
  }
  return { ...offer, low, high, unit }
}

/** In a table with a column for each year the claimed year's column counts; where none is claimed, the latest. */
function standsUnderYear(at: Span, passage: Passage, years: readonly WrittenDate[]): boolean {
  const cell = passage.cells.find(cell => overlaps(cell, at))
  const year = cell && columnYear(cell.heads, passage)
  if (!year) return true
  if (years.length > 0) return years.some(date => date.year === year)
  return passage.prepared.cells
    .filter(other => overlaps(other, passage.sentence))
    .every(other => (columnYear(other.heads, passage) ?? year) <= year)
}

function columnYear(heads: readonly Span[], passage: Passage): number | null {
  for (const head of heads) {
    const date = writtenDates(textOf(passage.prepared, head))[0]
    if (date?.year) return date.year
  }
  return null
}

/** What the value counts ("jars", "Series") must stand by the number in the text too, on this side of the next number. */
export function countsTheSame(
  want: Quantity,
  value: string,
  offer: Quantity,
  text: string,
  offered: readonly Quantity[],
): boolean {
  const counted = countedBy(want, value)
  if (counted.length === 0) return true
  const near = [...wordsAfter(offer, text, offered, 10), ...wordsBefore(offer, text, offered, 8)]
  return counted.some(word => near.some(other => (DIRECTION.test(word) ? other === word : sameWord(word, other))))
}

/**
 * The words that say what a number in the value counts: the next content words, up to a preposition or another number.
 * "per year" and "less" change the number's meaning, so they are asked for by themselves.
 */
function countedBy(want: Quantity, value: string): string[] {
  const tail = /^(?:[^,;()\d]|(?<=\p{L})\d)*/u.exec(value.slice(want.end))![0]
  const rate = RATE.exec(fold(tail))?.[1]
  if (rate) return [rate]
  const words = tokens(tail)
  const found: string[] = []
  for (const word of words.slice(0, 4)) {
    if (DIRECTION.test(word.fold)) return [word.fold]
    if (PREPOSITION.test(word.fold) || readNumberWords([word], 0)) break
    if (!isStopWord(word.fold) && found.length < 2) found.push(word.fold)
  }
  return found
}

const RATE =
  /^\s?(?:\p{L}+\s){0,3}(?:per|a|an|pro|par|por|al|\/)\s?(year|month|week|day|hour|user|seat|jahr|monat|woche|tag|stunde|an|mois|semaine|jour|ano|mes|semana|dia)\b/u
const DIRECTION = /^(?:more|less|fewer|higher|lower|mehr|weniger|hoher|niedriger|plus|moins|mas|menos)$/
const PREPOSITION =
  /^(?:in|at|by|for|from|with|on|to|since|until|over|across|within|im|bei|von|mit|seit|bis|fur|en|dans|avec|depuis|pour|con|desde|para)$/

function wordsAfter(offer: Quantity, text: string, offered: readonly Quantity[], limit: number): string[] {
  const next = offered.find(other => other.start >= offer.end)
  return tokens(text, offer.end, next?.start ?? text.length)
    .slice(0, limit)
    .map(token => token.fold)
}

function wordsBefore(offer: Quantity, text: string, offered: readonly Quantity[], limit: number): string[] {
  // "Series A, 2021: £9m": a year is no other count.
  const previous = offered.findLast(
    other => other.end <= offer.start && !(other.unit === null && /^(?:19|20)\d\d$/.test(other.digits)),
  )
  return tokens(text, previous?.end ?? 0, offer.start)
    .slice(-limit)
    .map(token => token.fold)
}
