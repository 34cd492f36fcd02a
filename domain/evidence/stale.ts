/**
 * States that a passage dates into the past: a post under an old dateline or in an archive, a term with an end, a past
 * tense with its year. What happened stays true; what a company is or has does not.
 */
import type { WrittenDate } from './dates.ts'
import { isoDate, writtenDates } from './dates.ts'
import { datelineOf } from './derive-dates.ts'
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import { textOf } from './prepare.ts'
import type { Span } from './text.ts'
import { fold } from './text.ts'
import type { Claim, FactKind } from './types.ts'

/** What a company is or has at a time. */
const STATES = new Set<FactKind>([
  'description',
  'industry',
  'employees',
  'headquarters',
  'office',
  'offering',
  'customer',
  'partner',
  'technology',
  'leader',
  'hiring',
  'authority',
  'need',
  'budget',
])
/** Past tenses of what a company is or has, on text in lower case without accents. */
const PAST =
  /\b(?:was|were|had|used|employed|counted|served|operated|ran|led|headed|managed|directed|sold|made|worked|war|waren|hatten?|zahlten?|nutzten?|beschaftigte|arbeiteten|leitete|fuhrte|etait|etaient|etions|avions|(?!fait|parfait|souhait|trait|portrait)\p{L}{3,}(?:ait|aient)|(?<=\bnous )\p{L}{3,}ions|eran?|eramos|tenian?|teniamos|habia|\p{L}{3,}(?:aban?|abamos))\b/u
/** After this many days what a dated post says of a state counts as out of date, unless the claim gives that time. */
const STALE_DAYS = 3 * 365
const DAY = 86_400_000

/** Why what the claim says as present lies in the past, in words; null when it does not. `targets` lie in the sentence. */
export function staleness(claim: Claim, text: string, targets: readonly Span[], passage: Passage): string | null {
  if (!STATES.has(claim.kind) || passage.isData) return null
  const claimed = [...writtenDates(claim.value), ...(claim.when ? [isoDate(claim.when)] : [])].filter(
    (date): date is WrittenDate => date !== null,
  )
  return (
    (MOMENTARY.has(claim.kind) ? timelineEntry(claimed, passage) : null) ??
    endedTerm(claimed, text, targets, passage) ??
    pastWithYear(claimed, text, targets, passage) ??
    oldPost(claimed, passage)
  )
}

function yearOf(iso: string | null | undefined): number | null {
  return iso ? (isoDate(iso)?.year ?? null) : null
}

const TERM =
  /(?:\b(?:from|between|von|zwischen|de|entre|du)\s+)?(?:\p{L}{3,10}\.?\s)?\b((?:19|20)\d\d)\s?(?:-|–|—|to|until|till|through|and|bis|und|a|au|et|y|hasta)\s?(?:\p{L}{3,10}\.?\s)?((?:19|20)\d\d)\b/gu

/** "headed the laboratory from 2011 to 2019", "CEO 2014–2022": a term that ended before the source was fetched. */
function endedTerm(
  claimed: readonly WrittenDate[],
  text: string,
  targets: readonly Span[],
  passage: Passage,
): string | null {
  const now = yearOf(passage.prepared.source.fetchedAt)
  const clause = clauseAt(text, targets[0]!)
  for (const match of text.matchAll(TERM)) {
    const [from, to] = [Number(match[1]), Number(match[2])]
    if (from >= to || now === null || to >= now || match.index < clause.start || match.index > clause.end) continue
    if (!claimed.some(date => date.year !== null && date.year >= from && date.year <= to))
      return `it was so until ${to}`
  }
  return null
}

/** A state told in the past tense with a date of its own, which the claim does not give. */
function pastWithYear(
  claimed: readonly WrittenDate[],
  text: string,
  targets: readonly Span[],
  passage: Passage,
): string | null {
  const clause = clauseAt(text, targets[0]!)
  const dates = writtenDates(sentenceText(passage)).filter(
    date => date.year !== null && date.start >= clause.start && date.end <= clause.end,
  )
  if (dates.length === 0 || claimed.some(date => dates.some(other => other.year === date.year))) return null
  const nowYear = yearOf(datelineOf(passage) ?? passage.prepared.source.fetchedAt)
  const latest = Math.max(...dates.map(date => date.year!))
  if (nowYear === null || latest > nowYear - 2) return null
  const asOf = dates.some(date =>
    /\b(?:as of|as at|stand|per|status)\s(?:\p{L}+\s)?$/u.test(text.slice(Math.max(0, date.start - 18), date.start)),
  )
  if (asOf) return `it held as of ${latest}`
  const isPast = PAST.test(text.slice(clause.start, clause.end))
  return isPast && !/\b(?:founded|gegrundet|fond|fund|since|seit|depuis|desde)/.test(text)
    ? `it was so in ${latest}`
    : null
}

/** What changes from year to year; an office that was opened stays one. */
const MOMENTARY = new Set<FactKind>(['employees', 'leader', 'headquarters', 'budget', 'need', 'hiring', 'authority'])

/** "1958 The shop, by then with 60 hands, moves to Slough": an entry of a history tells what was so in its year. */
function timelineEntry(claimed: readonly WrittenDate[], passage: Passage): string | null {
  const { text } = passage.prepared.source
  const lineStart = text.lastIndexOf('\n', passage.sentence.start - 1) + 1
  const entry = /^\s*(?:[-–•*]\s*)?((?:19|20)\d\d)(?:\s?[:–—-])?\s+\p{Lu}/u.exec(text.slice(lineStart, lineStart + 40))
  const heading = passage.headings[0] && textOf(passage.prepared, passage.headings[0])
  const headed = heading === undefined ? null : /^(?:\p{L}+\s){0,2}((?:19|20)\d\d)$/u.exec(heading.trim())
  const year = Number((entry ?? headed)?.[1] ?? 0)
  const now = yearOf(datelineOf(passage) ?? passage.prepared.source.fetchedAt)
  if (year === 0 || now === null || now - year < 3 || claimed.some(date => date.year === year)) return null
  return `it was so in ${year}`
}

const ARCHIVE =
  /\b(?:archiv\w*|looking back|look back|throwback|from the vault|ruckblick|ruckschau|damals|retour en arriere|retrospective|mirada atras|retrospectiva|hemeroteca)\b/

/** A post under a dateline of its own, long before the source was fetched, or under an archive heading. */
function oldPost(claimed: readonly WrittenDate[], passage: Passage): string | null {
  const { source } = passage.prepared
  if (source.kind !== 'page') return null
  const dateline = datelineAbove(passage)
  if (dateline?.year && claimed.some(date => date.year === dateline.year)) return null
  const heading = passage.headings.find(span => ARCHIVE.test(fold(textOf(passage.prepared, span))))
  if (heading && claimed.length === 0) return 'it stands in an archive'
  if (!dateline || dateline.year === null) return null
  const at = Date.UTC(dateline.year, (dateline.months?.[0] ?? 1) - 1, dateline.day ?? 1)
  const age = (Date.parse(source.fetchedAt) - at) / DAY
  return age > STALE_DAYS ? `the post is of ${dateline.year}` : null
}

/** How far above a passage its post's dateline may stand, in characters. */
const POST_LENGTH = 6_000

/** The nearest line above, in the same section, that is a date and nothing else, a place or a label before it aside. */
function datelineAbove(passage: Passage): WrittenDate | null {
  const { text } = passage.prepared.source
  const floor = Math.max(0, passage.sentence.start - POST_LENGTH, sectionStart(passage))
  let end = passage.sentence.start
  while (end > floor) {
    const start = end < 2 ? floor : Math.max(floor, text.lastIndexOf('\n', end - 2) + 1)
    const line = text.slice(start, end)
    if (line.trim().length > 0 && line.length < 60) {
      const date = writtenDates(line).find(found => found.year !== null && found.months !== null && found.day !== null)
      if (date && isDateline(line, date)) return date
    }
    end = start
  }
  return null
}

/** Headings of posts stand above or below their date: the section begins a line above its heading. */
function sectionStart(passage: Passage): number {
  const heading = passage.headings[0]
  if (!heading) return 0
  const { text } = passage.prepared.source
  return text.lastIndexOf('\n', Math.max(0, heading.start - 2)) + 1
}

function isDateline(line: string, date: WrittenDate): boolean {
  const rest = `${line.slice(0, date.start)} ${line.slice(date.end)}`
  return /^[\s.,;:|·•–—()-]*(?:(?:published|posted|updated|veröffentlicht|publié|publicado|am|on|vom|le|el|by)?\s?(?:\p{Lu}[\p{L}.]{1,20}\s?){0,3})[\s.,;:|·•–—()-]*$/iu.test(
    rest,
  )
}

/** The stretch between semicolons around a place. */
function clauseAt(text: string, target: Span): Span {
  const end = text.indexOf(';', target.end)
  return { start: text.lastIndexOf(';', target.start) + 1, end: end === -1 ? text.length : end }
}
