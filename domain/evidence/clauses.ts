/**
 * The clauses of a sentence: where each begins and ends, what it hangs on, where its verb stands, and what stands before
 * the verb. All rules that ask "does this word speak about that place?" or "whose is this?" ask it of clauses.
 */
import type { Span, Token } from './text.ts'
import { tokens } from './text.ts'
import { isFinite, isParticiple } from './verbs.ts'

export type ClauseRole =
  | 'main'
  /** "…, which employs 90": speaks of the noun before it. */
  | 'relative'
  /** "if …", "once …", "subject to …": what hangs on it is not so yet. */
  | 'condition'
  /** "that …", "whether …" behind a verb or noun of saying: as true as what governs it. */
  | 'content'
  /** "when …", "because …", "although …": asserted by itself. */
  | 'adverbial'
  /** In brackets or between dashes. */
  | 'aside'

export interface Clause extends Span {
  role: ClauseRole
  /** The clause it hangs on, by index; -1 for none. */
  parent: number
  /** The finite verb; null for a fragment. */
  verb: Span | null
  /** Second and further clauses joined by "and" or "but" without a subject of their own share that of the one before. */
  shares: boolean
  /** The word that opens it ("which", "if", "but"); empty for none. */
  opener: string
}

const RELATIVE = /^(?:which|who|whose|whom|deren|dessen|qui|dont|cuy[oa]s?)$/
const RELATIVE_BEHIND_COMMA = /^(?:where|der|die|das|den|dem|denen|wo|womit|wobei|woruber|ou|donde)$/
const CONDITION = /^(?:if|unless|provided|assuming|once|falls|sofern|wenn|sobald|si|siempre)$/
const ADVERBIAL =
  /^(?:when|while|whilst|whereas|although|though|because|since|after|before|until|as|so|weil|wahrend|obwohl|nachdem|bevor|bis|indem|parce|tandis|alors|bien|puisque|lorsque|quand|porque|mientras|aunque|cuando|pues)$/
const CONTENT = /^(?:that|whether|dass|ob|que)$/
const COORDINATE = /^(?:and|but|or|yet|nor|und|aber|oder|sondern|doch|et|mais|ou|y|pero|sino|o)$/

interface Boundary {
  at: number
  role: ClauseRole
  opener: string
  /** Behind a comma, semicolon, colon or dash. */
  mark: string
}

/** The clauses of `text`, in order; they cover it without overlap, so that an enclosing clause has its later part as a clause of its own. */
export function clausesOf(text: string): Clause[] {
  const known = CACHE.get(text)
  if (known) return known
  const list = tokens(text)
  const finite = list.map((_, index) => isFinite(list, index))
  const found = build(text, list, finite, boundaries(text, list, finite))
  if (CACHE.size > 500) CACHE.clear()
  CACHE.set(text, found)
  return found
}

/** Sentences are read again for every claim on them; texts alone are the key, and few are kept. */
const CACHE = new Map<string, Clause[]>()

export function clauseIndexAt(clauses: readonly Clause[], at: number): number {
  const index = clauses.findIndex(clause => at >= clause.start && at < clause.end)
  return index === -1 ? clauses.length - 1 : index
}

function boundaries(text: string, list: readonly Token[], finite: readonly boolean[]): Boundary[] {
  const found: Boundary[] = []
  let hasVerb = finite[0] ?? false
  for (let index = 1; index < list.length; index++) {
    const token = list[index]!
    const gap = text.slice(list[index - 1]!.end, token.start)
    const mark = /^\s-\s$/.test(gap) ? '–' : (MARK.exec(gap)?.[0] ?? '')
    const boundary = boundaryAt(text, list, finite, index, mark)
    // "Alex and Mike founded it": where no verb has come yet, "and" joins two subjects.
    if (boundary && (hasVerb || boundary.role !== 'main' || !COORDINATE.test(boundary.opener))) {
      found.push({ at: token.start, mark, ...boundary })
      hasVerb = false
    }
    if (finite[index]) hasVerb = true
  }
  return found
}

/** "2,050" and "9:30" hold no mark; a bracket is one wherever it stands. */
const MARK = /[”»«“"],(?=\s)|,[”»«“"](?=\s)|[;:,](?=\s)|[()]|(?<=\s)[–—](?=\s)/u

function boundaryAt(
  text: string,
  list: readonly Token[],
  finite: readonly boolean[],
  index: number,
  mark: string,
): { role: ClauseRole; opener: string } | null {
  const word = list[index]!.fold
  if (/[”»«“"]/.test(mark)) return { role: 'main', opener: '”' }
  if (mark === '(') return { role: 'aside', opener: '(' }
  if (mark === ')') return { role: 'main', opener: ')' }
  if (isInverted(list, COORDINATE.test(word) ? index + 1 : index) && (mark !== '' || COORDINATE.test(word)))
    return { role: 'condition', opener: word }
  if (
    RELATIVE.test(word) ||
    (mark === ',' && RELATIVE_BEHIND_COMMA.test(word) && verbAhead(finite, list, index + 1, 14))
  )
    return { role: 'relative', opener: word }
  if (word === 'que' && (mark === ',' || list[index - 1]!.capital)) return { role: 'relative', opener: word }
  if (
    CONDITION.test(word) &&
    !(word === 'once' && !verbAhead(finite, list, index + 1, 8)) &&
    !(word === 'provided' && list[index + 1]?.fold !== 'that')
  )
    return { role: 'condition', opener: word }
  if (word === 'that' && !isSaid(list, index)) return { role: 'relative', opener: word }
  if (CONTENT.test(word) && verbAhead(finite, list, index + 1, 14) && !finite[index + 1])
    return { role: 'content', opener: word }
  if (ADVERBIAL.test(word) && isClauseAhead(text, list, finite, index + 1)) return { role: 'adverbial', opener: word }
  if (isParticiple(list, index, mark === ',')) return { role: 'relative', opener: 'participle' }
  if (/[;:–—]/.test(mark)) return { role: 'main', opener: mark }
  if (COORDINATE.test(word) && startsPredicate(text, list, finite, index + 1)) return { role: 'main', opener: word }
  if (mark === ',' && CONTRAST.test(word)) return { role: 'main', opener: word }
  if (
    mark === ',' &&
    !COORDINATE.test(word) &&
    (hasOwnSubject(text, list, finite, index) || isBareSubject(list, finite, index))
  )
    return { role: 'main', opener: ',' }
  return null
}

const SAYING =
  /^(?:rumou?rs?|reports?|reported|claims?|claimed|fact|idea|speculation|allegations?|suggestions?|suggest\w*|denial|den(?:y|ies|ied)|den(?:ying)|sa(?:y|ys|id)|stat\w+|announc\w+|confirm\w*|hop(?:e|es|ed|ing)|expect\w*|believ\w+|think\w*|thought|know|knows|knew|mean\w*|add\w*|not|admit\w*|assum\w+|insist\w*|convinced|sure|likely|unlikely|possible|true|untrue|false|wrong|told|tells?|news|promis\w+|warn\w*|wish\w*|prov\w+|show\w*|find\w*|found|reckon\w*|estimate\w*|agree\w*|decid\w+|it|us|demand\w*|propos\w+|ask\w*|require\w*|provided|plan|plans|intention|possibility|chance|condition|announcement|impression|view|opinion)$/

/** "rumours that …", "said that …", where "the blades that …" is a relative clause. A determiner behind a comma is neither. */
function isSaid(list: readonly Token[], index: number): boolean {
  return SAYING.test(list[index - 1]?.fold ?? '')
}

/** "not on S/4 yet, still on ECC": what follows stands against what went before. */
const CONTRAST = /^(?:still|instead|rather|so|immer|weiterhin|stattdessen|toujours|todavia)$/

/** A finite verb within `reach` words. */
function verbAhead(finite: readonly boolean[], list: readonly Token[], from: number, reach: number): boolean {
  for (let index = from; index < Math.min(list.length, from + reach); index++) if (finite[index]) return true
  return false
}

/** "when we moved", "since it opened": a subject with its verb, where "since 1990" has none. */
function isClauseAhead(text: string, list: readonly Token[], finite: readonly boolean[], from: number): boolean {
  const first = list[from]
  if (!first || /^\d/.test(first.fold) || finite[from]) return false
  for (let index = from; index < Math.min(list.length, from + 8); index++) {
    if (index > from && /[;:]|[,–—]\s/.test(text.slice(list[index - 1]!.end, list[index]!.start))) return false
    if (finite[index]) return true
  }
  return false
}

const PRONOUN =
  /^(?:we|it|they|he|she|i|you|hers|ours|theirs|there|this|that|these|those|nobody|nothing|everyone|wir|sie|er|es|ich|man|nous|il|elle|ils|on|nosotros|ellos)$/
const DETERMINER =
  /^(?:the|a|an|our|its|their|his|her|my|your|this|these|all|some|most|no|each|every|another|der|die|das|ein|eine|unser|unsere|sein|seine|ihr|ihre|kein|keine|le|la|les|l'\p{L}+|un|une|notre|nos|el|los|las|una|nuestr[oa]s?)$/u

/** Behind "and": a finite verb at once, or a subject with its verb. */
function startsPredicate(text: string, list: readonly Token[], finite: readonly boolean[], from: number): boolean {
  const skip =
    /^(?:now|also|then|still|today|currently|later|so|never|not|only|even|already|recently|heute|auch|noch)$/.test(
      list[from]?.fold ?? '',
    )
      ? 1
      : 0
  return (
    (finite[from + skip] ?? false) ||
    hasLatePronoun(list, finite, from) ||
    hasOwnSubject(text, list, finite, from + skip)
  )
}

/** "and as HT Marine we moved": a phrase between the conjunction and its pronoun. */
function hasLatePronoun(list: readonly Token[], finite: readonly boolean[], from: number): boolean {
  if (!/^(?:as|in|on|at|by|from|since|after|before|for|with|until|for|als|im|seit|nach)$/.test(list[from]?.fold ?? ''))
    return false
  for (let index = from + 1; index < Math.min(list.length, from + 6); index++)
    if (PRONOUN.test(list[index]!.fold) && finite[index + 1]) return true
  return false
}

/** A noun phrase of at most five words at `from`, opened by a pronoun, an article or a capital, with a finite verb right behind it. */
function hasOwnSubject(text: string, list: readonly Token[], finite: readonly boolean[], from: number): boolean {
  const first = list[from]
  if (!first) return false
  if (PRONOUN.test(first.fold)) return verbAhead(finite, list, from + 1, 3)
  if (!DETERMINER.test(first.fold) && !first.capital && !/^\d/.test(first.fold)) return false
  for (let index = from + 1; index < Math.min(list.length, from + 7); index++) {
    if (/[,;:()]/.test(text.slice(list[index - 1]!.end, list[index]!.start))) return false
    if (finite[index]) return true
    if (/^(?:and|or|und|oder|et|y|which|who|that)$/.test(list[index]!.fold)) return false
  }
  return false
}

/** "…, decision lies with X": a bare noun with its verb right behind it. */
function isBareSubject(list: readonly Token[], finite: readonly boolean[], from: number): boolean {
  return (
    !finite[from] &&
    (finite[from + 1] ?? false) &&
    /^[a-z]{4,}$/.test(list[from]?.text ?? '') &&
    !list[from]!.text.endsWith('ly')
  )
}

function build(
  text: string,
  list: readonly Token[],
  finite: readonly boolean[],
  bounds: readonly Boundary[],
): Clause[] {
  const starts = [{ at: 0, role: openingRole(text, list, finite), opener: '' }, ...bounds]
  const clauses: Clause[] = []
  starts.forEach((bound, index) => {
    const clause = piece(list, finite, bound.at, starts[index + 1]?.at ?? text.length, bound)
    const last = clauses.at(-1)
    // "that employs 38 people and turned over £5m": what shares a relative clause's subject is one too.
    if (clause.shares && last) clause.role = last.role
    clause.parent = clause.role === 'main' || !last ? -1 : clause.shares ? last.parent : clauses.length - 1
    clauses.push(clause)
    const resumed = resumes(text, list, finite, clause)
    if (resumed) clauses.push(resumed)
  })
  return clauses
}

/** "If …, we …", "When …, we …": the sentence begins with a clause that hangs on the next. */
function openingRole(text: string, list: readonly Token[], finite: readonly boolean[]): ClauseRole {
  const word = list[0]?.fold ?? ''
  if (CONDITION.test(word) || isInverted(list, 0)) return 'condition'
  return ADVERBIAL.test(word) && isClauseAhead(text, list, finite, 1) ? 'adverbial' : 'main'
}

/** "Should the freeze be lifted", "were we to sell". */
function isInverted(list: readonly Token[], index: number): boolean {
  const next = list[index + 1]?.fold ?? ''
  return /^(?:should|were|had|sollten?)$/.test(list[index]?.fold ?? '') && (PRONOUN.test(next) || DETERMINER.test(next))
}

function piece(
  list: readonly Token[],
  finite: readonly boolean[],
  start: number,
  end: number,
  { role, opener }: { role: ClauseRole; opener: string },
): Clause {
  const index = list.findIndex((token, at) => finite[at] === true && token.start >= start && token.end <= end)
  const first = list.findIndex(token => token.start >= start)
  const next = list[first + 1]
  const shares =
    role === 'main' &&
    COORDINATE.test(opener) &&
    index !== -1 &&
    index - first <= 2 &&
    !PRONOUN.test(next?.fold ?? '') &&
    !next?.capital
  const verb = index === -1 ? null : { start: list[index]!.start, end: list[index]!.end }
  return { start, end, role, parent: -1, opener, verb, shares }
}

/** A clause that hangs on another ends at the comma behind its verb; what follows goes on with the clause around it. */
function resumes(text: string, list: readonly Token[], finite: readonly boolean[], clause: Clause): Clause | null {
  const from = clause.opener === 'participle' ? clause.start : clause.verb?.end
  if (clause.role === 'main' || clause.role === 'aside' || from === undefined) return null
  const comma = text.slice(from, clause.end).search(/,(?!\d)\s/)
  if (comma === -1) return null
  const at = from + comma + 2
  if (at >= clause.end) return null
  const rest = piece(list, finite, at, clause.end, { role: 'main', opener: 'resume' })
  // A list inside the clause goes on with it: what has no verb is no clause.
  if (!rest.verb && clause.role !== 'condition') return null
  clause.end = at
  return rest
}
