/**
 * Whether the whole sentence around a quote denies or limits what the value says, however short the quote was cut.
 * A class of limit that the value carries itself ("no budget", "plans a branch") is no objection.
 */
import type { WrittenDate } from './dates.ts'
import { isoDate, writtenDates } from './dates.ts'
import { datelineOf } from './derive-dates.ts'
import type { Language } from './language.ts'
import { languageOf } from './language.ts'
import type { LimitClass, LimitRule } from './negation-words.ts'
import { LIMIT_RULES, RETRACTION, UNREAL_HEADING } from './negation-words.ts'
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import { textOf } from './prepare.ts'
import type { Span } from './text.ts'
import { lastStartingBy } from './text.ts'
import type { Claim, FactKind } from './types.ts'

/** Classes that a kind speaks in by nature: a closure says "no longer", a need says "we want". */
const NATURAL: Partial<Record<FactKind, readonly LimitClass[]>> = {
  closure: ['ended'],
  need: ['plan'],
  timing: ['plan'],
  acquisition: ['ended'],
}
/** What a company is or has at a time: a past tense with an old date makes such a fact out of date. */
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
])
const PAST =
  /\b(?:was|were|had|used|employed|counted|served|operated|war|waren|hatte|hatten|beschaftigte|etait|etaient|avait|avaient|employait|comptait|era|eran|tenia|tenian|empleaba|contaba)\b/

/** What speaks against the claim, in words; null when nothing does. `anchors`: where the value's parts stand. */
export function objection(claim: Claim, passage: Passage, anchors: readonly Span[]): string | null {
  const original = sentenceText(passage)
  const text = plain(original)
  const language = languageOf(original, languageOf(passage.prepared.source.text))
  const target = targetSpan(passage, anchors)
  if (!passage.isData) {
    if (isQuestion(original, target) && !isQuestion(claim.value, null)) return 'the sentence is a question'
    const limit = limitInSentence(claim, text, target, language)
    if (limit) return limit
  }
  const moved = movedAway(text, target)
  if (moved && claim.kind !== 'closure' && !/\bfrom\b/.test(plain(claim.value)))
    return 'the passage says it moved away from there'
  for (const heading of passage.headings) {
    const title = plain(textOf(passage.prepared, heading)).trim()
    if (UNREAL_HEADING.test(title) && !UNREAL_HEADING.test(plain(claim.value)))
      return `it stands under "${title.slice(0, 40)}"`
  }
  return retracted(passage) ?? outOfDate(claim, text, passage)
}

/** Lower case without accents at equal length, so that offsets hold; typographic apostrophes made plain. */
function plain(text: string): string {
  return text
    .replace(/[À-ÖØ-öø-ÿĀ-ž]/g, letter => letter.normalize('NFD')[0]!)
    .replaceAll('’', "'")
    .replace(/\p{Lu}/gu, letter => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter))
}

/** From the first to the last place of the value's parts in the quote, relative to the sentence. */
function targetSpan(passage: Passage, anchors: readonly Span[]): Span {
  const inside = anchors.filter(anchor => anchor.start >= passage.quote.start && anchor.end <= passage.quote.end)
  const used = inside.length > 0 ? inside : [passage.quote]
  return {
    start: Math.min(...used.map(span => span.start)) - passage.sentence.start,
    end: Math.max(...used.map(span => span.end)) - passage.sentence.start,
  }
}

function isQuestion(text: string, target: Span | null): boolean {
  const mark = target ? text.indexOf('?', target.start) : text.indexOf('?')
  return mark !== -1 && (target === null || !/[.!]\s/.test(text.slice(target.end, mark)))
}

function limitInSentence(claim: Claim, text: string, target: Span, language: Language): string | null {
  const allowed = new Set<LimitClass>(NATURAL[claim.kind] ?? [])
  const value = plain(claim.value)
  for (const rule of rulesOf(languageOf(claim.value, language), language))
    if (hits(rule, value).length > 0) allowed.add(rule.class)
  // "plans … subject to approval" and "will … if": a value that says one says that it is not done.
  if (allowed.has('plan') && allowed.has('condition')) allowed.add('doubt')
  for (const rule of rulesOf(language)) {
    if (allowed.has(rule.class)) continue
    for (const hit of hits(rule, text)) {
      if (isHarmless(rule, hit, text, target, claim)) continue
      if (rule.reach === 'sentence' || reaches(hit, target, text))
        return `"${text.slice(hit.start, hit.end)}" limits or denies it`
    }
  }
  return null
}

/** The classes of limit that a text carries anywhere. */
export function limitClasses(text: string): Set<LimitClass> {
  const folded = plain(text)
  return new Set(
    rulesOf(languageOf(text))
      .filter(rule => hits(rule, folded).length > 0)
      .map(rule => rule.class),
  )
}

function rulesOf(...languages: Language[]): LimitRule[] {
  return LIMIT_RULES.filter(rule => languages.includes(rule.language))
}

function hits(rule: LimitRule, text: string): Span[] {
  return [...text.matchAll(rule.form)].map(match => ({ start: match.index, end: match.index + match[0].length }))
}

/** A marker inside the value's own words, or one that only measures ("without compromise", "former" of someone else). */
function isHarmless(rule: LimitRule, hit: Span, text: string, target: Span, claim: Claim): boolean {
  const word = text.slice(hit.start, hit.end)
  if (plain(claim.value).includes(word)) return true
  if (word === 'without' || word === 'ohne' || word === 'sans' || word === 'sin') {
    // "without X" denies X alone.
    return !(hit.end <= target.start && target.start - hit.end < 30)
  }
  if (/^(?:former|ehemalig|fruher|ancien|antigu|previous|ex)/.test(word)) {
    // An adjective: it speaks of the noun that follows, not of what went before.
    return hit.start >= target.end || target.start - hit.end > 60
  }
  if (
    rule.class === 'limit' &&
    /^(?:up to|at most|bis zu|jusqu'a|hasta|less than|fewer than|weniger|moins|menos)/.test(word)
  ) {
    return hit.start > target.end || target.start - hit.end > 25
  }
  return false
}

const BREAK =
  /;|:\s|\s[–—]\s|,?\s(?:but|whereas|while|although|though|however|aber|jedoch|sondern|wahrend|obwohl|mais|tandis que|alors que|pero|sino|mientras)\s|,\s(?:and|und|et|y)\s(?=(?:we|it|they|he|she|the|our|its|wir|sie|er|es|das|die|der|unser\w*|nous|il|elle|ils|l|la|le|les|notre|nosotros|el|los|nuestr\w+)\b)/g

/** Whether a marker at `hit` governs `target`: same clause, or a clause that leans on the target's. */
function reaches(hit: Span, target: Span, text: string): boolean {
  const [left, right] = hit.start < target.start ? [hit.end, target.start] : [target.end, hit.start]
  if (left >= right) return true
  const between = text.slice(left, right)
  const breaks = [...between.matchAll(BREAK)]
  for (const mark of breaks) {
    const rest = between.slice(mark.index + mark[0].length)
    // "They looked at X but didn't buy": what follows has no subject of its own and takes back what went before.
    const leans =
      hit.start >= target.end && /\b(?:but|aber|mais|pero|however|though)\b/.test(mark[0]) && !hasSubject(rest)
    if (!leans) return false
  }
  if (hit.start < target.start) return !newClause(between)
  return true
}

function hasSubject(text: string): boolean {
  return /^\s*(?:we|it|they|he|she|i|you|the|our|its|wir|sie|er|es|das|die|der|nous|il|elle|ils|la|le|les|ellos|el|los)\b/.test(
    text,
  )
}

/** "Rory can't sign, decision lies with X": after the comma a new clause begins, with a verb of its own. */
function newClause(between: string): boolean {
  const comma = between.indexOf(',')
  if (comma === -1) return false
  const before = between.slice(0, comma).trim()
  const after = between.slice(comma + 1)
  return (
    /\p{L}/u.test(before) &&
    /\b(?:is|are|lies|lie|has|have|was|goes|comes|sits|rests|runs|use|uses|employ|employs|we|it|they|ist|sind|hat|haben|liegt|wir|est|a|ont|nous|es|son|tiene|tenemos)\b/.test(
      after,
    ) &&
    !/^\s*(?:which|that|who|die|der|das|qui|que)\b/.test(after)
  )
}

/** "moved … from Bath to Bristol", "von Köln nach Bonn": the place after "from" is left behind. */
function movedAway(text: string, target: Span): boolean {
  const before = text.slice(Math.max(0, target.start - 90), target.start)
  const match =
    /\b(?:mov\w+|relocat\w+|transferred|switched|migrat\w+|grew|rose|risen|increased|went|fell|cut|reduced|replaced|umgezogen|verlegt\w*|gewechselt|wechselte|stieg|wuchs|demenag\w+|transfer\w+|passe\w*|traslad\w+|paso|mud\w+)\b[^.;]*\b(?:from|von|de|desde)\s+(?:\p{L}+\s){0,2}[€$£]?$/u.exec(
      before,
    )
  return (
    match !== null &&
    /^\S*(?:\s\S+){0,4}?\s(?:to|nach|auf|a|vers|en|by)\s/.test(text.slice(target.end - 1, target.end + 60))
  )
}

function retracted(passage: Passage): string | null {
  const list = passage.prepared.sentences
  const next = list[lastStartingBy(list, passage.sentence.end - 1) + 1]
  if (!next || passage.isData || next.start - passage.sentence.end > 2) return null
  return RETRACTION.test(plain(textOf(passage.prepared, next))) ? 'the next sentence takes it back' : null
}

/** A state told in the past tense with a date of its own, which the claim does not give. */
function outOfDate(claim: Claim, text: string, passage: Passage): string | null {
  if (!STATES.has(claim.kind) || passage.isData) return null
  const dates = writtenDates(sentenceText(passage)).filter(date => date.year !== null)
  const asOf = dates.find(date =>
    /\b(?:as of|as at|stand|zum|au|a)\s$/.test(text.slice(Math.max(0, date.start - 8), date.start)),
  )
  if (dates.length === 0) return null
  const claimed = [...writtenDates(claim.value), ...(claim.when ? [isoDate(claim.when)] : [])].filter(
    (date): date is WrittenDate => date !== null,
  )
  if (claimed.some(date => dates.some(other => other.year === date.year))) return null
  const source = passage.prepared.source
  const now = datelineOf(passage) ?? source.fetchedAt
  const nowYear = now ? (isoDate(now)?.year ?? null) : null
  const latest = Math.max(...dates.map(date => date.year!))
  const old = nowYear === null ? latest < 2023 : latest <= nowYear - 2
  if (asOf && old) return `it held as of ${latest}`
  return PAST.test(text) && old && !/\b(?:founded|gegrundet|fond|fund)/.test(text) ? `it was so in ${latest}` : null
}
