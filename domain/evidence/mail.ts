/** The check of outgoing mail: every sentence is bound to facts, to knowledge, is a courtesy, or was typed by a person. */
import type { Courtesy } from './courtesy.ts'
import { COURTESIES, courtesyOf, isSignature } from './courtesy.ts'
import { canonical } from './locate.ts'
import { nameWords } from './names.ts'
import { splitSentences } from './sentences.ts'
import type { Support } from './support.ts'
import { unsupportedIn } from './support.ts'
import type { FactKind } from './types.ts'

/** A fact as stored: it has passed `checkClaim`. */
export interface StoredFact {
  id: string
  kind: FactKind
  value: string
  quote: string
  /** Name of the company it is about. */
  subject: string
}

/** Our own approved knowledge. `voice` items say how we write and support no claim. */
export interface KnowledgeItem {
  id: string
  kind: 'offering' | 'proof_point' | 'case_study' | 'price' | 'voice'
  text: string
  sourceId: string
}

export interface Binding {
  sentence: string
  factIds: string[]
  knowledgeIds: string[]
}

export interface MailToCheck {
  body: string
  bindings: readonly Binding[]
  facts: readonly StoredFact[]
  knowledge: readonly KnowledgeItem[]
  /** Default: the reviewed list. */
  courtesies?: readonly Courtesy[]
  /** Texts that a person typed; each of their sentences counts as typed wherever it stands in the body. */
  typedByPerson: readonly string[]
  /** Names that code knows to be right: recipient, sender, both companies. They may stand in any sentence. */
  names?: readonly string[]
}

export interface CheckedSentence {
  text: string
  start: number
  end: number
  by: 'fact' | 'knowledge' | 'courtesy' | 'person' | 'none'
  /** Facts and knowledge it rests on. */
  ids: string[]
  /** Why it may not go out; absent when it may. */
  problem?: string
}

export interface CheckedMail {
  ok: boolean
  sentences: CheckedSentence[]
}

/** Checks each sentence of the body. `ok` only when no sentence has a problem and there is at least one. */
export function checkMail(mail: MailToCheck): CheckedMail {
  const typed = new Set(mail.typedByPerson.flatMap(sentenceKeys))
  const bound = bindingIndex(mail.bindings)
  const sentences: CheckedSentence[] = []
  let asks = 0
  let signedOff = false
  for (const span of splitSentences(mail.body, { lineBreaks: 'wrapped' })) {
    const text = mail.body.slice(span.start, span.end)
    const key = keyOf(text)
    const at = { text, ...span }
    const courtesy = courtesyOf(text, mail.courtesies ?? COURTESIES, mail.names)
    if (typed.has(key)) sentences.push({ ...at, by: 'person', ids: [] })
    else if (courtesy) {
      if (courtesy.kind === 'ask') asks++
      const problem = courtesy.kind === 'ask' && asks > 1 ? { problem: 'a second ask: a mail asks once' } : {}
      sentences.push({ ...at, by: 'courtesy', ids: [], ...problem })
      signedOff = courtesy.kind === 'sign_off'
    } else if (signedOff && isSignature(text, mail.names)) sentences.push({ ...at, by: 'courtesy', ids: [] })
    else sentences.push({ ...at, ...judge(text, bound.get(key), mail) })
  }
  return { ok: sentences.length > 0 && sentences.every(sentence => sentence.problem === undefined), sentences }
}

function judge(
  text: string,
  binding: Binding | undefined,
  mail: MailToCheck,
): Pick<CheckedSentence, 'by' | 'ids' | 'problem'> {
  const none = (problem: string) => ({ by: 'none' as const, ids: [], problem })
  if (!binding || binding.factIds.length + binding.knowledgeIds.length === 0) {
    return none('bound to nothing: no fact, no knowledge, no listed courtesy, not typed by a person')
  }
  const facts = binding.factIds.map(id => mail.facts.find(fact => fact.id === id))
  const knowledge = binding.knowledgeIds.map(id => mail.knowledge.find(item => item.id === id))
  const lost = [...binding.factIds, ...binding.knowledgeIds].find(
    (_, index) => [...facts, ...knowledge][index] === undefined,
  )
  if (lost !== undefined) return none(`bound to ${lost}, which does not exist or is not approved`)
  const supports = [
    ...facts.filter(fact => fact !== undefined).map(factSupport),
    ...knowledge.filter(item => item !== undefined && item.kind !== 'voice').map(item => knowledgeSupport(item!)),
  ]
  if (supports.length === 0) return none('bound to rules of voice only, which support no claim')
  const problem = wrongVoice(text, supports) ?? unsupportedIn(text, supports, mail.names ?? [])
  if (problem) return none(problem)
  return {
    by: supports.some(support => support.side === 'prospect') ? 'fact' : 'knowledge',
    ids: supports.map(support => support.id),
  }
}

function factSupport(fact: StoredFact): Support {
  return {
    id: fact.id,
    side: 'prospect',
    texts: [fact.value, fact.quote],
    statement: fact.value,
    names: [fact.subject],
  }
}

function knowledgeSupport(item: KnowledgeItem): Support {
  return { id: item.id, side: 'own', texts: [item.text], statement: item.text, names: [] }
}

const ABOUT_US = /\b(?:we|our|us|wir|uns|unser\w*|nous|notre|nos|nosotros|nuestr[oa]s?)\b/iu
const ADDRESSES = /\b(?:you|your|yours|ihr|ihre[nrms]?|ihnen|sie|vous|votre|vos|usted|ustedes|su|sus)\b/iu
const STATES_ABOUT_YOU =
  /\byou (?:already |currently |still |now )?(?:have|are|were|use|run|need|employ|struggle|face|had|lose|spend|want|plan|work|rely|decided|opened|raised|hire)\b|\byour (?:\p{L}+ ){1,3}(?:is|are|has|have|needs?|uses?|runs?|loses?|spends?|struggles?)\b|\bsie (?:haben|sind|nutzen|brauchen|beschäftigen|planen|suchen|verlieren)\b|\bvous (?:avez|êtes|utilisez|cherchez|employez)\b|\busted(?:es)? (?:tienen?|usan?|son|buscan?)\b/iu

/** A claim about us cannot rest on facts about the prospect alone, nor the other way round. */
function wrongVoice(text: string, supports: readonly Support[]): string | null {
  const sides = new Set(supports.map(support => support.side))
  if (!sides.has('own') && ABOUT_US.test(text) && !ADDRESSES.test(text) && !namesSubject(text, supports)) {
    return 'it speaks of us, but is bound only to facts about the prospect'
  }
  if (!sides.has('prospect') && STATES_ABOUT_YOU.test(text) && !text.trimEnd().endsWith('?')) {
    return 'it states something about the prospect, but is bound only to our knowledge'
  }
  return null
}

function namesSubject(text: string, supports: readonly Support[]): boolean {
  const words = new Set(nameWords(text))
  return supports.some(support => support.names.some(name => nameWords(name).some(word => words.has(word))))
}

/** Sentences are matched by what they say, forgiving white space and the shape of quotation marks. */
function keyOf(sentence: string): string {
  return canonical(sentence).text.trim()
}

function sentenceKeys(text: string): string[] {
  return splitSentences(text, { lineBreaks: 'wrapped' }).map(span => keyOf(text.slice(span.start, span.end)))
}

/** One binding for each sentence; where several name the same sentence their ids are joined. */
function bindingIndex(bindings: readonly Binding[]): Map<string, Binding> {
  const index = new Map<string, Binding>()
  for (const binding of bindings) {
    for (const key of sentenceKeys(binding.sentence)) {
      const known = index.get(key)
      index.set(key, {
        sentence: binding.sentence,
        factIds: [...new Set([...(known?.factIds ?? []), ...binding.factIds])],
        knowledgeIds: [...new Set([...(known?.knowledgeIds ?? []), ...binding.knowledgeIds])],
      })
    }
  }
  return index
}
