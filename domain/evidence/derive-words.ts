/** Whether the names and content words of a value follow from the passage. */
import type { Passage } from './passage.ts'
import { sentenceText, surroundings } from './passage.ts'
import { textOf } from './prepare.ts'
import { bareWord } from './names.ts'
import type { Span, Token } from './text.ts'
import { overlaps, tokens } from './text.ts'
import type { FactKind } from './types.ts'
import { comparable, foldTitles, isStopWord, sameWord } from './words.ts'

export type WordResult = { missing: string } | { found: Span[] }

/** Kinds whose value is a name: every word of it must be there. */
const NAMED = new Set<FactKind>([
  'customer',
  'partner',
  'technology',
  'headquarters',
  'office',
  'leader',
  'email',
  'phone',
])
const PRONOUN =
  /\b(?:it|its|they|their|them|he|she|his|her|there|the company|the firm|dort|er|sie|es|ihr|ihre|das unternehmen|die firma|il|elle|son|sa|ses|leur|y|l'entreprise|la societe|su|sus|alli|la empresa)\b/
const ACADEMIC = new Set(
  'dr prof dipl ing mr mrs ms herr frau mme monsieur madame sr sra don dona phd mba msc'.split(' '),
)

/** `rest` is the value without its dates and quantities. */
export function matchWords(rest: string, kind: FactKind, passage: Passage): WordResult {
  const text = sentenceText(passage)
  const own = tokens(passage.isData ? text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2') : text)
  const ownWords = comparable(text)
  const context = contextText(passage)
  const around = comparable(context)
  const wanted = wantedTokens(rest, kind)
  const found: Span[] = []
  const missing: Token[] = []
  let borrowed = 0
  for (const word of wanted) {
    const hits = own.filter(token => matches(word, token.fold, kind))
    const best = hits.find(token => inQuote(token, passage)) ?? hits[0]
    if (best) found.push({ start: passage.sentence.start + best.start, end: passage.sentence.start + best.end })
    else if (ownWords.some(other => matches(word, other, kind))) continue
    else if (around.some(other => matches(word, other, kind))) borrowed++
    else missing.push(word)
  }
  const name = missing.find(word => isName(word, kind))
  if (name) return { missing: name.text }
  if (missing.length > Math.floor(wanted.length / 5)) return { missing: missing[0]!.text }
  if (wanted.length > 0 && borrowed + missing.length === wanted.length && !leadsSection(passage, kind))
    return { missing: wanted[0]!.text }
  const broken = brokenName(wanted, rest, kind, `${text}\n${context}`)
  if (broken) return { missing: broken }
  const designator = missingDesignator(rest, text)
  return designator ? { missing: designator } : { found }
}

function inQuote(token: Token, passage: Passage): boolean {
  const at = { start: passage.sentence.start + token.start, end: passage.sentence.start + token.end }
  return overlaps(at, passage.quote)
}

/** Headings and table heads; the sentence before only where this one points back with a pronoun. */
function contextText(passage: Passage): string {
  const back =
    passage.previous && PRONOUN.test(sentenceText(passage).toLowerCase())
      ? textOf(passage.prepared, passage.previous)
      : ''
  return `${surroundings(passage)}\n${back}`
}

function wantedTokens(rest: string, kind: FactKind): Token[] {
  const text = kind === 'leader' || kind === 'authority' ? foldTitlesKeepCase(rest) : rest
  return tokens(text).filter(
    token => !/^\d+$/.test(token.fold) && !isStopWord(bareWord(token.fold)) && !ACADEMIC.has(token.fold),
  )
}

/** Titles become one token in lower case; everything else keeps its capitals. */
function foldTitlesKeepCase(text: string): string {
  return text
    .split(/(,)/)
    .map((part, index) => (index === 0 ? part : foldTitles(part)))
    .join('')
}

function matches(word: Token, other: string, kind: FactKind): boolean {
  const a = bareWord(word.fold)
  const b = bareWord(other)
  if (a === b) return true
  if (isName(word, kind) && kind !== 'authority') return isPlaceName(a, b)
  return sameWord(a, b)
}

/** Exonyms of places are rows of the synonym table; both words must be capital-worthy names, so no stems here. */
function isPlaceName(a: string, b: string): boolean {
  return PLACES.some(row => row.includes(a) && row.includes(b))
}
const PLACES = [
  'germany deutschland allemagne alemania',
  'france frankreich francia',
  'spain spanien espagne espana',
  'switzerland schweiz suisse suiza',
  'austria osterreich autriche',
  'italy italien italie italia',
  'netherlands niederlande',
  'munich munchen',
  'cologne koln',
  'vienna wien',
  'nuremberg nurnberg',
  'geneva genf geneve',
  'milan mailand milano',
  'brussels brussel bruxelles',
].map(row => row.split(' '))

/** A capitalised word that is not just the first of a phrase, or any word of a kind whose value is a name. */
function isName(word: Token, kind: FactKind): boolean {
  if (!word.capital) return false
  if (kind === 'leader' || NAMED.has(kind)) return !word.fold.startsWith('title')
  return word.start > 0 && !isGermanNoun(word)
}

const GERMAN_ENDINGS =
  /(?:ung|heit|keit|schaft|tion|tat|eur|eurin|leiter|leiterin|buro|standort|werk|losung|losungen|ungen|anlagen|maschinen)$/
function isGermanNoun(word: Token): boolean {
  return GERMAN_ENDINGS.test(word.fold)
}

/** An event told by the headline may be claimed with a quote from the lead, the two sentences below it. */
function leadsSection(passage: Passage, kind: FactKind): boolean {
  if (!['expansion', 'launch', 'news', 'acquisition', 'customer', 'partner'].includes(kind)) return false
  const heading = passage.headings[0]
  if (!heading) return false
  const between = passage.prepared.sentences.filter(
    other => other.start >= heading.end && other.end <= passage.sentence.start,
  )
  return between.length <= 2
}

/** The words of a person's or company's name must stand together and in order: "Sabine Kupfer" is not made of two people. */
function brokenName(wanted: readonly Token[], rest: string, kind: FactKind, text: string): string | null {
  if (kind !== 'leader' && kind !== 'customer' && kind !== 'partner') return null
  const runs: Token[][] = []
  for (const word of wanted) {
    const run = runs.at(-1)
    const near = run && /^(?:\s|\s?[&-]\s?)$/.test(rest.slice(run.at(-1)!.end, word.start))
    if (!word.capital || word.fold.startsWith('title')) continue
    if (near) run.push(word)
    else runs.push([word])
  }
  const list = tokens(text)
  for (const run of kind === 'leader' ? runs.slice(0, 1) : runs) {
    if (run.length > 1 && !standsTogether(run, list, text)) return run.map(word => word.text).join(' ')
  }
  return null
}

function standsTogether(run: readonly Token[], list: readonly Token[], text: string): boolean {
  return list.some((first, index) => {
    if (bareWord(first.fold) !== bareWord(run[0]!.fold)) return false
    let at = index
    for (const word of run.slice(1)) {
      const next = [1, 2, 3].find(step => list[at + step] && bareWord(list[at + step]!.fold) === bareWord(word.fold))
      if (!next) return false
      const between = text.slice(list[at]!.end, list[at + next]!.start)
      if (/[,;:\n]/.test(between) || (next > 1 && /\b(?:and|und|et|y)\b/i.test(between) && !/[&]/.test(between)))
        return false
      at += next
    }
    return true
  })
}

/** "Series C": the single letter that tells one round, class or phase from another. */
function missingDesignator(rest: string, text: string): string | null {
  for (const match of rest.matchAll(/\b(\p{L}{4,10})\s(\p{Lu}|[IVX]{1,4})(?![\p{L}\p{N}])/gu)) {
    const escaped = match[1]!.toLowerCase().slice(0, 4)
    const stands = new RegExp(`${escaped}\\p{L}*[\\s-]${match[2]}(?![\\p{L}\\p{N}])`, 'iu').test(text)
    if (!stands) return match[0]
  }
  return null
}
