/**
 * Whom the clause around a place speaks of, by grammar: the noun phrase before its verb, or the noun that a relative clause hangs
 * on. Names are told apart elsewhere; here unnamed parties are seen: "plenty of agencies", "a Cornish specialist that …".
 */
import type { Clause } from './clauses.ts'
import { clauseIndexAt, clausesOf } from './clauses.ts'
import type { Mention } from './mentions.ts'
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import type { Cast, Company } from './speaker.ts'
import { companyNamed, publisherOf } from './speaker.ts'
import type { Span } from './text.ts'
import { fold, tokens } from './text.ts'
import type { FactKind } from './types.ts'

/** What a company is, has or offers: told of the clause's own subject. */
const OWN_STATE = new Set<FactKind>([
  'employees',
  'revenue',
  'founded',
  'headquarters',
  'office',
  'offering',
  'description',
  'industry',
  'technology',
  'hiring',
  'need',
  'budget',
  'award',
  'funding',
  'expansion',
  'launch',
  'closure',
  'news',
])

/**
 * The party that the place's clause speaks of, where grammar shows that it is not the one the sentence is about; null where
 * nothing shows that. `mentions` are those of the sentence.
 */
export function clauseParty(
  kind: FactKind,
  passage: Passage,
  anchor: Span,
  mentions: readonly Mention[],
  cast: Cast,
): Company | null {
  if (!OWN_STATE.has(kind) || passage.isData || passage.cells.length > 0) return null
  const text = sentenceText(passage)
  const clauses = clausesOf(text)
  const at = anchor.start - passage.sentence.start
  const index = clauseIndexAt(clauses, at)
  const bracketed = bracketOwner(text, clauses[index]!)
  if (bracketed) return companyNamed(bracketed, cast).who === 'subject' ? null : { who: 'other', name: bracketed }
  const subject = subjectOf(text, clauses, index, at)
  if (!subject) return null
  const span = { start: passage.sentence.start + subject.start, end: passage.sentence.start + subject.end }
  const inside = mentions.filter(mention => mention.start >= span.start && mention.end <= span.end)
  if (subject.isHead) {
    if (TODAY_FIRM.test(text.slice(subject.start, subject.end)) && TODAY.test(text.slice(subject.end)))
      return publisherOf(cast)
    const named = inside.findLast(mention => mention.kind === 'name')
    if (named) return named.company
    const unknown = unknownName(text, subject)
    if (unknown && companyNamed(unknown, cast).who !== 'subject') return { who: 'other', name: unknown }
    const apposed = apposedTo(text, subject, passage.sentence.start, mentions)
    if (apposed) return apposed.company
  }
  const phrase = text.slice(subject.start, subject.end)
  if (OUR_OTHER.test(phrase)) return { who: 'other', name: phrase.trim() }
  if (inside.some(mention => mention.kind !== 'role' && mention.kind !== 'reader')) return null
  const isNamed = CAPITALISED.test(phrase.trim()) && (phrase.startsWith('The ') || NAMED_STATE.has(kind))
  return (isNamed || isAnother(phrase, subject.isHead)) && companyNamed(phrase, cast).who !== 'subject'
    ? { who: 'other', name: phrase.trim() }
    : null
}

/** What may stand before the subject: phrases up to a comma that no article and no name opens. */
const ADVERBIALS =
  /^(?:(?!(?:[Tt]he|[Aa]n?|[Oo]ur|[Ii]ts|[Tt]heir|[Dd]er|[Dd]ie|[Dd]as|[Uu]nser\p{L}*)\s|\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)*,)[^,]*,\s)*/u

/** Whether two places stand in one clause of the sentence. */
export function sharesClause(one: Span, other: Span, passage: Passage): boolean {
  const clauses = clausesOf(sentenceText(passage))
  const { start } = passage.sentence
  return clauseIndexAt(clauses, one.start - start) === clauseIndexAt(clauses, other.start - start)
}

/** "CompanionCare since January (they have 2,000 staff)": a bracket that begins with a pronoun speaks of the last name before it. */
function bracketOwner(text: string, clause: Clause): string | null {
  if (clause.opener !== '(' || !/^(?:they|it|who|which|sie|es|ils|elle)\s/i.test(text.slice(clause.start, clause.end)))
    return null
  return [...text.slice(0, clause.start).matchAll(/\p{Lu}[\p{L}&.'-]+(?:\s\p{Lu}[\p{L}&.'-]+)*/gu)].at(-1)?.[0] ?? null
}

/** A capitalised phrase right before a relative clause, no place behind "in": a party, known or not. */
function unknownName(text: string, subject: Span): string | null {
  const phrase = text.slice(subject.start, subject.end).trim()
  if (
    !/^\p{Lu}[\p{L}&.'’-]+(?:\s\p{Lu}[\p{L}&.'’-]+)+$/u.test(phrase) ||
    /^(?:Der|Die|Das|The|Our|Unser\p{L}*)\s/u.test(phrase)
  )
    return null
  return /\b(?:in|at|near|bei|à|en|im)\s$/u.test(text.slice(0, subject.start)) ? null : phrase
}

/** "… laid the ground for a firm that today has 212 people": the firm that tells it. */
const TODAY_FIRM =
  /^(?:an?|the|today's|ein\w*|d(?:as|ie))\s(?:[\p{L}-]+\s){0,2}(?:firm|company|business|group|enterprise|unternehmen|betrieb|firma)$/iu
const TODAY = /^,?\s(?:that|which|das|die|der)\s(?:today|now|still|heute)\b/u

interface SubjectPhrase extends Span {
  /** The noun that a relative clause hangs on. */
  isHead: boolean
}

/** The subject phrase of a clause, offsets in the sentence; null where the place stands before the verb or there is none. */
function subjectOf(text: string, clauses: readonly Clause[], index: number, at: number): SubjectPhrase | null {
  let here = index
  while (here > 0 && clauses[here]!.shares) here--
  const clause = clauses[here]!
  if (
    clause.role === 'relative' &&
    /^(?:which|who|that|whose|participle|que|deren|dessen|qui|dont|cuy[oa]s?)$/.test(clause.opener)
  )
    return headBefore(text, clauses, here)
  if (!clause.verb || (here === index && at < clause.verb.start)) return null
  if (clause.opener === 'resume') return null
  const raw = text.slice(clause.start, clause.verb.start)
  const lead = ADVERBIALS.exec(raw)![0].length
  const opener = /^(?:and|but|or|while|when|because|although|though|whereas|und|aber|that|dass|since|as)\s/iu.exec(
    raw.slice(lead),
  )
  const start = clause.start + lead + (opener?.[0].length ?? 0)
  return start < clause.verb.start ? { start, end: clause.verb.start, isHead: false } : null
}

/** The noun phrase right before a relative clause. */
function headBefore(text: string, clauses: readonly Clause[], index: number): SubjectPhrase | null {
  const before = text.slice(0, clauses[index]!.start).replace(/,?\s*$/u, '')
  const words = tokens(before).slice(-8)
  if (words.length === 0) return null
  let first = words.length - 1
  while (first > 0) {
    const between = before.slice(words[first - 1]!.end, words[first]!.start)
    if (/[,;:()–—]/.test(between) || EDGE.test(words[first - 1]!.fold)) break
    first--
    if (DETERMINER.test(words[first]!.fold)) break
  }
  return { start: words[first]!.start, end: before.length, isHead: true }
}

const DETERMINER =
  /^(?:a|an|the|our|its|their|one|another|this|that|ein|eine|einer|einem|einen|der|die|das|den|dem|unser\w*|une?|la|le|el)$/
const EDGE = /^(?:of|in|at|by|from|to|for|with|on|is|are|was|were|has|have|and|und|von|bei|mit|fur|aus|an|zu)$/

/** "X, a Cornish specialist that …": the name that the phrase stands in apposition to. */
function apposedTo(text: string, subject: Span, offset: number, mentions: readonly Mention[]): Mention | null {
  const name = mentions.findLast(mention => mention.kind === 'name' && mention.end - offset <= subject.start)
  return name &&
    /^\s?,\s(?:an?|the|one of|ein\w*|d(?:er|ie|as))?\s?[^,]{0,40}$/u.test(
      text.slice(name.end - offset, subject.start),
    ) &&
    /,\s(?:an?\s|ein\w*\s|the\s|d(?:er|ie|as)\s)?$/u.test(text.slice(name.end - offset, subject.start))
    ? name
    : null
}

/** A name of several words that is neither the subject's nor anybody known. */
const CAPITALISED =
  /^(?!(?:Der|Die|Das|Unser\p{L}*|Our|Total|Group|Net|Annual)\s)(?:The\s)?\p{Lu}[\p{L}&.'’-]+(?:\s\p{Lu}[\p{L}&.'’-]+)+$/u
const NAMED_STATE = new Set<FactKind>(['employees', 'revenue', 'award', 'funding', 'industry'])

const INDEFINITE =
  /^(?:an?|another|some|many|most|few|several|plenty|other|others|one|every|each|no|any|all|those|somebody|someone|anyone|everyone|two|three|four|ein|eine|einige|viele|manche|mehrere|andere|alle|un|une|des|plusieurs|certains|una|unos|algun\w*|muchos|otr[oa]s)$/
/** Organisations and people in general: "firms like ours", "analysts", "rivals". */
const GENERAL =
  /^(?:analysts?|agencies|companies|firms|businesses|merchants|manufacturers|competitors|rivals|banks|hospitals|schools|retailers|suppliers|researchers|scientists|experts|economists|critics|observers|governments?|regulators?|authorities|parliament|council|courts?|ministry|commission|unternehmen|firmen|betriebe|analysten|wettbewerber|behorden|entreprises|empresas)$/
const OWN_NOUN =
  /^(?:company|firm|business|startup|start-up|group|team|family|manufacturer|maker|supplier|provider|member|members|us|ours|unternehmen|betrieb|firma|entreprise|empresa)$/

/** A phrase that names a party in general or newly brings one in. */
function isAnother(phrase: string, isHead: boolean): boolean {
  const words = tokens(phrase).map(token => fold(token.text))
  const first = words[0] ?? ''
  if (
    words.length === 0 ||
    words.some(word => /^(?:our|ours|us|we|my|unser\w*|notre|nos|nuestr\w+|its|their)$/.test(word))
  )
    return false
  if (words.some(word => GENERAL.test(word)) && words.length <= 6) return first !== 'all'
  if (!isHead) return INDEFINITE.test(first) && PARTY.test(words.join(' '))
  return INDEFINITE.test(first) && !words.some(word => OWN_NOUN.test(word)) && PARTY.test(words.join(' '))
}

/** "Our data centre provider, Equistrata,": ours, and yet another company. */
const OUR_OTHER =
  /^(?:[Oo]ur|[Ii]ts|[Tt]heir|[Uu]nser\p{L}*|[Nn]otre|[Nn]uestr[oa])\s(?:\p{L}[\p{L}-]*\s){0,4}(?:provider|supplier|customer|client|parent|owner|landlord|bank|competitor|rival|contractor|distributor|insurer|auditor|publisher|investor|subsidiary|lieferant|kunde|muttergesellschaft|vermieter|wettbewerber|fournisseur|proveedor)(?![\p{L}])/u

/** What can employ, own, earn and found: an indefinite phrase without such a noun may be a thing of the company's own. */
const PARTY =
  /\b(?:agenc(?:y|ies)|compan(?:y|ies)|firms?|business(?:es)?|specialists?|trusts?|foundations?|charit(?:y|ies)|rivals?|competitors?|subsidiar(?:y|ies)|sister|parent|owners?|utility|utilities|operators?|makers?|manufacturers?|suppliers?|retailers?|distributors?|contractors?|consultanc(?:y|ies)|banks?|insurers?|hospitals?|schools?|universit(?:y|ies)|college|clients?|customers?|partners?|investors?|funds?|start-?ups?|groups?|chains?|brokers?|dealers?|authorit(?:y|ies)|clubs?|societ(?:y|ies)|associations?|cooperatives?|co-?ops?|institutes?|studios?|brewer(?:y|ies)|baker(?:y|ies)|airlines?|shipyards?|farmers?|growers?|unternehmen|firm(?:a|en)|stiftung|verein|verband|tochter\w*|mutter\w*|hersteller|anbieter|lieferant\w*|kund(?:e|en|in)|partner|spezialist\w*|entreprises?|societes?|filiales?|empresas?|filial(?:es)?)\b/
