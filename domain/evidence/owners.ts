/** Other parties that own what stands at a place, told by the order of words alone: appositions, possessives, lines below. */
import { LEGAL, isOrganisationNoun } from './names.ts'
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import type { Span } from './text.ts'
import { fold } from './text.ts'

/** Capitalised words up to a comma, a state's short form between it and the place aside. */
const BEFORE_PLACE = /(\p{Lu}[\p{L}&.'-]*(?:\s\p{Lu}[\p{L}&.'-]*){0,4}),\s?(?:\p{Lu}\.?\p{Lu}\.?,\s)?$/u

/** "a registered agent of MVB Bank, Fairmont": a place in apposition to an organisation is that organisation's. */
export function placeOwner(passage: Passage, place: Span): string | null {
  const before = passage.prepared.source.text.slice(Math.max(passage.sentence.start, place.start - 120), place.start)
  const run = BEFORE_PLACE.exec(before)?.[1]
  if (!run) return null
  const words = run.split(/\s+/).map(word => fold(word).replace(/\W/g, ''))
  return words.length > 1 && words.some((word, at) => at > 0 && (LEGAL.has(word) || isOrganisationNoun(word)))
    ? run
    : null
}

/** "through a trust set up in 2014": a thing, newly brought in, that is no company by its noun. */
const FOUNDED_THING =
  /\b(?:an?|another|the)\s(?:\p{L}+\s){0,2}(?!(?:company|firm|business|workshop|shop|start-?up|group|family|\p{L}*(?:maker|er|or|ist)|studio|practice|bakery|brewery|mill)\s)(\p{Ll}+)\s(?:founded|set up|established|created|formed)\s(?:in|by)\s/u

export function foundedThing(passage: Passage): string | null {
  return FOUNDED_THING.exec(sentenceText(passage))?.[1] ?? null
}

/** "… of the parent was spun off to establish X": what is founded is X. */
export function foundedName(passage: Passage): string | null {
  return (
    /\bto (?:establish|form|create|found|become|set up)\s(?:the\s)?(\p{Lu}[\p{L}&.'-]*(?:\s\p{Lu}[\p{L}&.'-]*){0,4})/u.exec(
      sentenceText(passage),
    )?.[1] ?? null
  )
}

/** The line below a person's line that names where the title is held: "COO, Sharper Image" under "Sam Grossman, COO". */
export function employerBelow(passage: Passage): string | null {
  const { text } = passage.prepared.source
  const start = passage.sentence.end + 1
  const end = text.indexOf('\n', start)
  const line = text.slice(start, end === -1 ? text.length : end).trim()
  if (text[passage.sentence.end] !== '\n' || line.length > 80) return null
  return EMPLOYED.exec(line)?.[1] ?? null
}

const EMPLOYED =
  /^(?:(?:C[A-Z]{1,2}O|[Cc]hief [\p{L} ]{3,30}|[Pp]resident|[Ff]ounder|[Oo]wner|[Dd]irector|[Mm]anager|[Hh]ead of \p{L}+|VP|[Mm]anaging [Dd]irector|Geschäftsführer(?:in)?|Inhaber(?:in)?|Leiter(?:in)?|Directeur|Directrice|Director[a]?|Gerente)(?:\s(?:of|&|and)\s[\p{L} ]{2,30})?)(?:,\s|\s(?:at|bei|chez|en)\s)(\p{Lu}[\p{L}&.'’ -]{2,40})$/u

/**
 * "runs in the hospital's own centre and exchanges data with its system": "its" right before the place may mean the
 * party that owns something earlier in the sentence as well as the sentence's subject, so it means nobody for sure.
 */
export function hasTwoOwners(passage: Passage, place: Span): boolean {
  const before = fold(passage.prepared.source.text.slice(passage.sentence.start, place.start))
  return (
    /\b(?:its|their|sein\w*|ihr\w*|son|sa|ses|leur|sus?)\s(?:\S+\s){0,2}$/u.test(before) &&
    /\b(?:the|a|an)\s(?:\p{L}+\s)?\p{L}+'s\s/u.test(before)
  )
}

/** "His first computer was …", "Formerly, she worked for …": the sentence tells a person's life. */
export function tellsLife(passage: Passage): boolean {
  const text = fold(sentenceText(passage))
  const person =
    /^(?:(?:formerly|previously|earlier|before (?:that|this)|prior to [\w ]{2,30}|in the past|fruher|zuvor|auparavant|antes|before joining [\w ]{2,30}),? )?(?:he|she|his|her|er|seine?|sie (?:war|hat)|il|elle|el|ella)\b/.test(
      text,
    )
  return (
    person ||
    /\b\d+\+? years? (?:of )?(?:leading|experience|in|working|managing|at)\b|\b(?:career|worked) (?:at|for|with)\b/.test(
      text,
    )
  )
}
