/** Whether the dates of a value, and the date a claim holds for, follow from the passage or from the source's own date. */
import type { WrittenDate } from './dates.ts'
import { compatible, implies, isoDate, writtenDates } from './dates.ts'
import type { Passage } from './passage.ts'
import { sentenceText, surroundings } from './passage.ts'
import { textOf } from './prepare.ts'
import type { Claim, FactKind } from './types.ts'
import { SIGNAL_KINDS } from './types.ts'
import type { Span } from './text.ts'
import { tokens } from './text.ts'
import { sameWord } from './words.ts'

const EVENTS = new Set<FactKind>([...SIGNAL_KINDS, 'award', 'founded'])

/** The first date of the value that does not follow from the passage, as text; or where in the sentence all of them stand. */
export function matchDates(
  wanted: readonly WrittenDate[],
  claim: Claim,
  passage: Passage,
): { missing: string } | { found: Span[] } {
  const dateline = datelineOf(passage)
  const text = sentenceText(passage)
  const inSentence = writtenDates(text)
  const around = claim.kind === 'founded' ? [] : writtenDates(surroundings(passage))
  const offers = claim.kind === 'founded' ? nearestToFounding(text, inSentence) : inSentence
  const own = dateline ? isoDate(dateline) : null
  const found: Span[] = []
  for (const want of wanted) {
    const offer = offers.find(date => implies(date, want, dateline))
    // "today", or no time at all: then the release's own date is meant.
    const isToday =
      inSentence.length === 0 &&
      EVENTS.has(claim.kind) &&
      claim.kind !== 'founded' &&
      own !== null &&
      implies(own, want, null)
    if (offer) found.push({ start: passage.sentence.start + offer.start, end: passage.sentence.start + offer.end })
    else if (!isToday && !around.some(date => implies(date, want, dateline))) {
      return { missing: claim.value.slice(want.start, want.end) }
    }
  }
  return { found }
}

const FOUNDING = 'founded'

/** Of several years in a sentence, the one by the founding word. */
function nearestToFounding(text: string, dates: readonly WrittenDate[]): WrittenDate[] {
  if (dates.length < 2) return [...dates]
  const words = tokens(text).filter(token => sameWord(token.fold, FOUNDING))
  if (words.length === 0) return [...dates]
  const distance = (date: WrittenDate) =>
    Math.min(...words.map(word => (date.start >= word.end ? date.start - word.end : word.start - date.end)))
  const nearest = Math.min(...dates.map(distance))
  return dates.filter(date => distance(date) === nearest)
}

/** ISO date that the source gives for itself: its stated date, else a date near the top of its text. */
export function datelineOf(passage: Passage): string | null {
  const { source } = passage.prepared
  const written = writtenDates(source.text.slice(0, 600)).find(
    date => date.year !== null && date.day !== null && opensLine(source.text, date.start),
  )
  if (written) {
    const month = String(written.months![0]).padStart(2, '0')
    return `${written.year}-${month}-${String(written.day).padStart(2, '0')}`
  }
  return source.dated ?? null
}

/** A dateline begins its line, alone or after a place: "Verona, 11 February 2025. …". */
function opensLine(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  return /^(?:[\p{Lu}][\p{L} .]{1,24}[,(–-]?\s*){0,2}$/u.test(line)
}

export type WhenProblem = { reason: 'unsupported' | 'negated'; detail: string }

const DAY = 86_400_000

/** Whether `when` can be: it agrees with the passage's dates, else with the source's, else with the time of fetching. */
export function whenProblem(claim: Claim, passage: Passage, anchors: readonly Span[]): WhenProblem | null {
  const when = claim.when ? isoDate(claim.when) : null
  if (claim.when && !when) return { reason: 'unsupported', detail: `"${claim.when}" is no ISO date` }
  if (!when || !claim.when) return null
  const dateline = datelineOf(passage)
  const stated = [...datesBeside(passage, anchors), ...headDates(passage)]
  const isEvent = EVENTS.has(claim.kind)
  if (stated.some(date => (date.year === null ? withYear(date, dateline, when) : compatible(date, when)))) return null
  const full = stated.filter(date => date.year !== null)
  if (full.length > 0 && isEvent) return { reason: 'unsupported', detail: `the passage's date is not ${claim.when}` }
  if (dateline) return againstDateline(claim.when, when, dateline, isEvent, sentenceText(passage))
  if (full.length > 0) return { reason: 'unsupported', detail: `the passage's date is not ${claim.when}` }
  const fetched = passage.prepared.source.fetchedAt
  const near = fetched && Math.abs(instant(claim.when) - instant(fetched)) < 400 * DAY
  return near ? null : { reason: 'unsupported', detail: `nothing in the source dates it ${claim.when}` }
}

/** The dates of the clause that holds the value's parts, where it has any; else all of the sentence. */
function datesBeside(passage: Passage, anchors: readonly Span[]): readonly WrittenDate[] {
  const text = sentenceText(passage)
  const dates = writtenDates(text)
  if (dates.length < 2) return dates
  const bounds = [...text.matchAll(/[;,]\s|\s(?:and|und|et|y)\s/gu)].map(match => match.index)
  const clauseOf = (at: number) => bounds.filter(bound => bound < at).length
  const clauses = new Set(anchors.map(anchor => clauseOf(anchor.start - passage.sentence.start)))
  const beside = dates.filter(date => clauses.has(clauseOf(date.start)))
  return beside.length > 0 ? beside : dates
}

function headDates(passage: Passage): WrittenDate[] {
  const found: WrittenDate[] = []
  for (const cell of passage.cells) {
    for (const head of cell.heads) found.push(...writtenDates(textOf(passage.prepared, head)))
  }
  if (passage.headings[0]) found.push(...writtenDates(textOf(passage.prepared, passage.headings[0])))
  return found
}

function withYear(date: WrittenDate, dateline: string | null, when: WrittenDate): boolean {
  const year = dateline ? isoDate(dateline)!.year : when.year
  return compatible({ ...date, year }, when)
}

/** How many days before its date a release may speak of: "last month" goes further back than nothing said. */
function back(text: string): number {
  if (
    /\b(?:last|this|earlier this|past) year\b|letztes jahr|im vorjahr|dieses jahr|l'an dernier|cette année|el año pasado|este año/iu.test(
      text,
    )
  )
    return 730
  return /\b(?:last|this|past) (?:month|quarter)\b|recently|letzten monat|kürzlich|le mois dernier|récemment|el mes pasado|recientemente/iu.test(
    text,
  )
    ? 100
    : 15
}

function againstDateline(
  iso: string,
  when: WrittenDate,
  dateline: string,
  isEvent: boolean,
  text: string,
): WhenProblem | null {
  const own = isoDate(dateline)!
  if (compatible(own, when)) return null
  const gap = (instant(iso) - instant(dateline)) / DAY
  if (isEvent) {
    const close = gap <= 1 && gap > -back(text)
    return close ? null : { reason: 'unsupported', detail: `the source is of ${dateline}, the claim of ${iso}` }
  }
  if (gap > 400) return { reason: 'negated', detail: `the source is of ${dateline}, too old for ${iso}` }
  return gap > -60 ? null : { reason: 'unsupported', detail: `the source is of ${dateline}, the claim of ${iso}` }
}

function instant(iso: string): number {
  const date = isoDate(iso)
  return date ? Date.UTC(date.year!, (date.months?.[0] ?? 1) - 1, date.day ?? 1) : 0
}
