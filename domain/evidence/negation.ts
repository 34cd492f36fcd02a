/**
 * Whether the whole sentence around a quote denies or limits what the value says, however short the quote was cut.
 * A class of limit that the value carries itself ("no budget", "plans a branch") is no objection.
 */
import type { WrittenDate } from './dates.ts'
import { isoDate, writtenDates } from './dates.ts'
import { clausesOf } from './clauses.ts'
import type { Language } from './language.ts'
import { languageOf } from './language.ts'
import { isTitleWord, isVerb } from './names.ts'
import type { LimitClass, LimitRule } from './negation-words.ts'
import { AFFIRMING, ANY_AFFIRMING, ANY_LIMIT, LIMIT_RULES, RETRACTION, UNREAL_HEADING } from './negation-words.ts'
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import { textOf } from './prepare.ts'
import { remembered } from './remembered.ts'
import { isHarmless, reaches } from './scope.ts'
import { staleness } from './stale.ts'
import type { Span } from './text.ts'
import { isAscii, lastStartingBy, overlaps } from './text.ts'
import type { Claim, FactKind } from './types.ts'

/** Classes that a kind speaks in by nature: a closure says "no longer", a need says "we want". */
const NATURAL: Partial<Record<FactKind, readonly LimitClass[]>> = {
  closure: ['ended'],
  need: ['plan'],
  timing: ['plan', 'ended'],
  acquisition: ['ended'],
}
/** What speaks against the claim, in words; null when nothing does. `anchors`: where the value's parts stand. */
export function objection(claim: Claim, passage: Passage, anchors: readonly Span[]): string | null {
  const original = sentenceText(passage)
  const text = plain(original)
  const language = languageOf(original, languageOf(passage.prepared.source.text))
  const targets = targetsIn(claim, passage, anchors)
  if (!passage.isData || isProse(text)) {
    const limit = limitInSentence(claim, text, targets, language, passage)
    if (limit) return limit
    if (WISHED.test(text) && claim.kind !== 'need') return 'a motto in the infinitive is a wish'
    if (isAnnounced(original) && !limitClasses(claim.value).has('plan') && !claim.value.startsWith('to '))
      return 'the headline tells what is to come'
    if (
      !limitClasses(claim.value).has('plan') &&
      (liesAhead(claim, passage) || startsLater(claim, text, targets, passage))
    )
      return 'the passage speaks of a time to come'
  }
  if (targets.some(target => movedAway(text, target)) && claim.kind !== 'closure' && !FROM.test(plain(claim.value))) {
    return 'the passage says it moved away from there'
  }
  for (const heading of passage.headings) {
    const title = plain(textOf(passage.prepared, heading)).trim()
    if (UNREAL_HEADING.test(title) && !UNREAL_HEADING.test(plain(claim.value)))
      return `it stands under "${title.slice(0, 40)}"`
  }
  return retracted(passage) ?? staleness(claim, text, targets, passage)
}

/** "To be the leading …", "Become …", "Be the world's premier …": a motto in the infinitive wishes, it does not state. */
const WISHED = /^(?:to (?:be|become|build|create|grow)|be (?:the|an?)|become)\b[^.!?]*/

/** Data in whole sentences, as a page's description is, denies and limits like any other text. */
function isProse(line: string): boolean {
  return line.split(' ').length > 6
}

/** "Talvik to close Bolton foundry": a headline's infinitive is the future. */
function isAnnounced(sentence: string): boolean {
  const match =
    /^((?:\S+\s){1,5})to\s(?:close|open|hire|launch|acquire|buy|build|create|double|cut|move|expand|invest|join|become|sell|merge|shut|take|enter|start|recruit)\b[^.]*$/u.exec(
      sentence,
    )
  return match !== null && !match[1]!.trim().toLowerCase().split(' ').some(isVerb)
}

const AHEAD = new Set<FactKind>([
  'expansion',
  'office',
  'launch',
  'hiring',
  'acquisition',
  'leader',
  'headquarters',
  'customer',
  'partner',
  'technology',
])

/** Every date of the sentence lies after the source's own, and the claim gives none of them. */
function liesAhead(claim: Claim, passage: Passage): boolean {
  const now = isoDate(passage.prepared.source.dated ?? passage.prepared.source.fetchedAt ?? '')
  if (!now || !AHEAD.has(claim.kind) || claim.when) return false
  const dates = writtenDates(sentenceText(passage)).filter(date => date.year !== null)
  const month = now.months?.[0] ?? 12
  const isAhead = (date: WrittenDate) =>
    date.year! > now.year! || (date.year === now.year && date.months !== null && date.months[0] > month)
  if (dates.length === 0 || !dates.every(isAhead)) return false
  return !writtenDates(claim.value).some(date => dates.some(other => other.year === date.year))
}

/** "and, from August, Swansea": a start that lies behind the source's own date, beside the value's parts. */
function startsLater(claim: Claim, text: string, targets: readonly Span[], passage: Passage): boolean {
  const now = isoDate(passage.prepared.source.dated ?? passage.prepared.source.fetchedAt ?? '')
  const first = targets[0]
  if (!now?.months || !first || !AHEAD.has(claim.kind) || claim.when) return false
  const before = text.slice(Math.max(0, first.start - 40), first.start)
  const start =
    /\b(?:from|as of|as from|starting|beginning|ab|a partir d[eu])\s([\p{L}\d\s]{3,24})[,:]?\s(?:in\s)?$/u.exec(before)
  // A month alone is read with the source's year, and is then of no year.
  const date = start ? (writtenDates(start[1]!)[0] ?? writtenDates(`${start[1]} ${now.year}`)[0]) : undefined
  if (!date?.months || writtenDates(claim.value).length > 0) return false
  return date.year === null
    ? date.months[0] > now.months[0]
    : date.year > now.year! || (date.year === now.year && date.months[0] > now.months[0])
}

/** Whether the quote stands in a question, which asserts nothing, while the value asks none. */
export function isAsked(claim: Claim, passage: Passage): boolean {
  if (passage.isData || claim.value.includes('?')) return false
  const text = sentenceText(passage)
  const mark = text.indexOf('?', passage.quote.start - passage.sentence.start)
  return mark !== -1 && !/[.!]\s/.test(text.slice(passage.quote.end - passage.sentence.start, mark))
}

/** Lower case without accents at equal length, so that offsets hold; typographic apostrophes made plain. */
function plain(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return text
    .replace(/[À-ÖØ-öø-ÿĀ-ž]/g, letter => letter.normalize('NFD')[0]!)
    .replaceAll('’', "'")
    .replace(/\p{Lu}/gu, letter => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter))
}

/**
 * The places of the value's parts in the quote, relative to the sentence; the whole quote when it holds none.
 * Of a leader only the name counts: "Farrow was director until 2020; Adeyemi followed him".
 */
function targetsIn(claim: Claim, passage: Passage, anchors: readonly Span[]): Span[] {
  const { text } = passage.prepared.source
  const inside = anchors.filter(anchor => overlaps(anchor, passage.quote))
  const names = inside.filter(
    anchor =>
      /^\p{Lu}/u.test(text.slice(anchor.start, anchor.end)) &&
      !isTitleWord(text.slice(anchor.start, anchor.end).toLowerCase()),
  )
  const rest = inside.length > 0 ? inside : anchors.length > 0 ? anchors : [passage.quote]
  const dates = anchors.filter(anchor => /\d/.test(text.slice(anchor.start, anchor.end)))
  const used =
    claim.kind === 'leader' && names.length > 0 ? names : claim.kind === 'timing' && dates.length > 0 ? dates : rest
  return used
    .map(span => ({ start: span.start - passage.sentence.start, end: span.end - passage.sentence.start }))
    .sort((a, b) => a.start - b.start)
}

function limitInSentence(
  claim: Claim,
  text: string,
  targets: readonly Span[],
  language: Language,
  passage: Passage,
): string | null {
  const now = isoDate(passage.prepared.source.dated ?? passage.prepared.source.fetchedAt ?? '')?.year ?? Infinity
  const allowed = new Set<LimitClass>(NATURAL[claim.kind] ?? [])
  const value = plain(claim.value)
  for (const own of new Set([languageOf(claim.value, language), language]))
    for (const { rule } of limitsIn(value, own)) allowed.add(rule.class)
  // A value that says "plans" or "subject to" says that it is not done yet; "not before" says no more than "from then on".
  // A founder stays one.
  if (claim.kind === 'leader' && /,\s*(?:co-?)?(?:founder|grunder(?:in)?|fondat\w+|fundador\w*)\s*$/.test(value))
    allowed.add('ended')
  if (allowed.has('condition')) allowed.add('plan')
  if (allowed.has('plan') && allowed.has('condition')) allowed.add('doubt')
  // In a table row a dash is an empty cell, no break between clauses.
  const clauses = clausesOf(sentenceText(passage))
  const masked = affirm(passage.cells.length > 0 ? text.replace(/[–—]/g, '_') : text, claim.kind)
  for (const { rule, hits } of limitsIn(masked, language)) {
    if (allowed.has(rule.class)) continue
    for (const hit of hits) {
      if (isStillValid(text, hit, now)) continue
      if (saysSame(value, masked.slice(hit.start, hit.end)) || isHarmless(rule, hit, masked, targets, value)) continue
      if (reaches(rule, hit, targets, masked, clauses)) return `"${text.slice(hit.start, hit.end)}" limits or denies it`
    }
  }
  return null
}

/** "valid until 2028" on a page of an earlier year: it holds. */
function isStillValid(text: string, hit: Span, now: number): boolean {
  if (
    !/^(?:until|till|bis|jusqu|hasta)/.test(text.slice(hit.start, hit.end)) ||
    !/[\p{L}\d]/u.test(text.slice(0, hit.start))
  )
    return false
  const end = writtenDates(text.slice(hit.end, hit.end + 40))[0]
  return end?.year !== undefined && end.year !== null && end.year > now
}

/** The value itself uses the word, or the first word of a longer turn ("lost" of "lost its biggest customer"). */
function saysSame(value: string, found: string): boolean {
  const first = found.split(' ')[0]!
  const words = ` ${value.replace(/[^\p{L}\p{N}' -]/gu, ' ')} `
  return words.includes(` ${found} `) || (first.length >= 4 && words.includes(` ${first} `))
}

/** Blanks out turns of phrase that affirm, at equal length. */
function affirm(text: string, kind?: FactKind): string {
  let masked = kind === 'need' || kind === 'timing' ? text.replace(WOULD_LIKE, found => '_'.repeat(found.length)) : text
  const own = kind === undefined ? undefined : AFFIRMING_KIND[kind]
  if (own) masked = masked.replace(own, found => '_'.repeat(found.length))
  if (!ANY_AFFIRMING.test(masked)) return masked
  for (const form of AFFIRMING) masked = masked.replace(form, found => '_'.repeat(found.length))
  return masked
}

/** Words that limit other facts and are how these are told: a round closes, a budget is planned. */
const AFFIRMING_KIND: Partial<Record<FactKind, RegExp>> = {
  funding: /\bclosed\b/g,
  partner: /\bagree(?:ment|d)?\b(?: \p{L}+){0,2} to\b/gu,
  customer: /\bagree(?:ment|d)?\b(?: \p{L}+){0,2} to\b/gu,
  office: /\b(?:only|exclusively|solely|ausschliesslich|nur|uniquement|solo)(?= (?:in|at|im|an|en|a) )/g,
  headquarters: /\b(?:only|exclusively|solely|ausschliesslich|nur|uniquement|solo)(?= (?:in|at|im|an|en|a) )/g,
  budget: /\b(?:prevue?s?|vorgesehen|planned|previst[oa]s?|left)\b/g,
  need: /\black(?:s|ing)?\b/g,
}

/** The classes of limit that a text carries anywhere. */
export const limitClasses: (text: string) => ReadonlySet<LimitClass> = remembered(
  text => new Set(limitsIn(affirm(plain(text)), languageOf(text)).map(({ rule }) => rule.class)),
)

interface Limits {
  rule: LimitRule
  hits: Span[]
}

/** The rules that have words in a text, in their order, with the places. */
function limitsIn(text: string, language: Language): readonly Limits[] {
  return LIMITS[language](text)
}

const LIMITS: Record<Language, (text: string) => readonly Limits[]> = {
  en: limitsOf('en'),
  de: limitsOf('de'),
  fr: limitsOf('fr'),
  es: limitsOf('es'),
}

function limitsOf(language: Language): (text: string) => readonly Limits[] {
  const rules = LIMIT_RULES.filter(rule => rule.language === language)
  return remembered(text => {
    if (!ANY_LIMIT[language].test(text)) return []
    return rules.map(rule => ({ rule, hits: placesOf(rule.form, text) })).filter(({ hits }) => hits.length > 0)
  })
}

/** Most rules occur in no sentence, and `matchAll` copies the expression before it looks. */
function placesOf(form: RegExp, text: string): Span[] {
  if (text.search(form) < 0) return []
  return [...text.matchAll(form)].map(match => ({ start: match.index, end: match.index + match[0].length }))
}

/** Politely said, and a need or a date all the same. */
const WOULD_LIKE = /\b(?:would|'d|wurden?|mochten?) (?:\w+ )?(?:need|like|prefer|want|gern\w*|brauchen)\b/g

const FROM = /\b(?:from|von|de|desde)\b/
const MOVED =
  /\b(?:took over|takes over|taking over|mov\w+|relocat\w+|transferred|switched|migrat\w+|grew|rose|risen|up|down|increased|went|fell|cut|reduced|replaced|umgezogen|umzug|verlegt\w*|gewechselt|wechselte|stieg|wuchs|sank|demenag\w+|transfer\w+|passe\w*|traslad\w+|paso|mud\w+)\b[^.;]*\b(?:(?:from|von|de|desde|aus)\s+|(?=d'))(?:(?:the|our|its|about|around|some|der|dem|rund|etwa|la|el|le|[a-z]{3})\s){0,2}(?:d'|[€$£])?$/u

/** "moved … from Bath to Bristol", "fell to 31 million from 38": what stands after "from" is left behind. */
function movedAway(text: string, target: Span): boolean {
  // French joins the preposition to the name.
  const start = target.start + (text.startsWith("d'", target.start) ? 2 : 0)
  return MOVED.test(text.slice(Math.max(0, start - 90), start))
}

function retracted(passage: Passage): string | null {
  const list = passage.prepared.sentences
  const next = list[lastStartingBy(list, passage.sentence.end - 1) + 1]
  if (!next || passage.isData || next.start - passage.sentence.end > 2) return null
  return RETRACTION.test(plain(textOf(passage.prepared, next))) ? 'the next sentence takes it back' : null
}
