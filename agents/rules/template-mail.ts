/**
 * The mail that rules write. The first: one reason in their own words, what we have for it with its proof in ours, one ask. A follow-up
 * says something that was not said before; an answer begins with what they asked. What is said depends on the facts alone, never on chance.
 */
import { languageOf } from '../../domain/evidence/language.ts'
import type { Binding, KnowledgeItem, StoredFact } from '../../domain/evidence/mail.ts'
import { splitSentences } from '../../domain/evidence/sentences.ts'
import { polarity } from '../../domain/qualification/polarity.ts'
import { METHODS } from '../../domain/qualification/types.ts'
import { FRAMES, type Frame, kindOfReason, type Language, REASONS } from './frames.ts'
import { type Closeness, closenessAmong } from './topics.ts'
import { nameAtStart } from './words.ts'

/** What earlier mails to this person rested on. */
export interface Told {
  mails: number
  factIds: ReadonlySet<string>
  knowledgeIds: ReadonlySet<string>
}

export const NOTHING_TOLD: Told = { mails: 0, factIds: new Set(), knowledgeIds: new Set() }

export interface TemplateInput {
  kind: 'first' | 'follow_up' | 'reply'
  language: Language
  /** Our company's name, as the mail may say it. */
  sender: string
  facts: readonly StoredFact[]
  /** Of these, what people wrote or said to us. */
  talkIds: ReadonlySet<string>
  /** Never quoted: what a colleague noted, and happenings of long ago. */
  unquotedIds: ReadonlySet<string>
  knowledge: readonly KnowledgeItem[]
  told: Told
  /** For `reply`: what they wrote. */
  message: string | null
  /** Whether it is known who decides. */
  deciderKnown: boolean
}

export interface TemplateMail {
  sentences: Binding[]
  /** The product that the mail is about, for the subject. */
  offering: string | null
}

/** Whether sentences may go out together, by the check of mails. */
export type Passes = (sentences: readonly Binding[]) => boolean

const MOST_WORDS = 105

export function templateMail(input: TemplateInput, passes: Passes): TemplateMail {
  const frame = FRAMES[input.language]
  const shelf = shelfOf(input, frame)
  const reason = input.kind === 'reply' ? null : firstPassing(reasonsOf(input, frame, shelf), passes)
  const said = input.message ?? reason?.fact.quote ?? interests(input.facts)
  const pieces = piecesOf(input, shelf, said, passes)
  const opening = openingOf(input, frame, reason, pieces)
  const sentences = shortened([
    ...opening.filter(sentence => sentence.factIds.length > 0 || passes([sentence, ...claimsIn(opening, pieces)])),
    ...pieces.flatMap(piece => piece.sentences),
  ])
  const last = input.kind === 'follow_up' && input.told.mails > 1 ? [courtesy(frame.wayOut)] : []
  return {
    sentences: [...sentences, ...last, courtesy(askFor(input, frame, reason))],
    offering: pieces.map(piece => piece.name).find(name => name !== null) ?? null,
  }
}

function openingOf({ kind, sender }: TemplateInput, frame: Frame, reason: Reason | null, pieces: Piece[]): Binding[] {
  if (kind === 'reply') return [courtesy(frame.thanks)]
  if (kind === 'follow_up') return reason?.sentences ?? []
  const origin = reason === null ? frame.from(sender) : frame.bridge(sender)
  return [...(reason?.sentences ?? []), ...(pieces.length > 0 || reason !== null ? [courtesy(origin)] : [])]
}

/** Something to stand beside a courtesy, which alone is no mail. */
const claimsIn = (opening: readonly Binding[], pieces: readonly Piece[]): Binding[] =>
  [...opening.filter(({ factIds }) => factIds.length > 0), ...pieces.flatMap(piece => piece.sentences)].slice(0, 1)

const courtesy = (sentence: string): Binding => ({ sentence, factIds: [], knowledgeIds: [] })

interface Reason {
  fact: StoredFact
  sentences: Binding[]
}

/** What they need goes first, then what has to do with what we offer, then what changed, then what they are. */
function reasonsOf(input: TemplateInput, frame: Frame, { close, ours }: Shelf): Reason[] {
  const all = ours.map(({ item }) => item.text).join('\n')
  return (
    input.facts
      .filter(
        fact => REASONS.includes(fact.kind) && !input.unquotedIds.has(fact.id) && !input.told.factIds.has(fact.id),
      )
      .filter(fact => !isDenial(fact) && isQuotable(fact.quote))
      .map((fact, at) => ({
        fact,
        at,
        near: close(fact.quote, all),
        rank: rankOf(fact, close(fact.quote, all), input),
      }))
      // A follow-up begins with another need of theirs, or with what we have to say.
      .filter(({ fact, near }) =>
        input.kind === 'first' ? near > 0 || fact.kind !== 'hiring' : near > 0 && kindOfReason(fact.kind) === 'need',
      )
      .sort(
        (a, b) =>
          a.rank - b.rank ||
          REASONS.indexOf(a.fact.kind) - REASONS.indexOf(b.fact.kind) ||
          b.near - a.near ||
          a.at - b.at,
      )
      .map(({ fact }) => {
        const lead = frame.lead[input.talkIds.has(fact.id) ? 'talk' : kindOfReason(fact.kind)]
        const sentence = `${lead}: “${quoted(fact.quote)}”.`
        return { fact, sentences: [{ sentence, factIds: [fact.id], knowledgeIds: [] }] }
      })
  )
}

function rankOf(fact: StoredFact, near: number, { language }: TemplateInput): number {
  const kind = kindOfReason(fact.kind)
  if (kind === 'need') return near > 0 ? 0 : 1
  if (kind === 'event') return near > 0 ? 2 : 4
  // What they are may stand in the mail's language or not; what they need is worth quoting in any.
  return (near > 0 ? 3 : 5) + (languageOf(fact.quote, language) === language ? 0 : 3)
}

function isDenial(fact: StoredFact): boolean {
  const factor = METHODS.bant.find(name => name === fact.kind)
  return factor !== undefined && polarity(factor, fact.quote) !== 'met'
}

/** A sentence of theirs, neither a label nor a paragraph. */
function isQuotable(quote: string): boolean {
  const count = wordsIn(quote)
  return count >= 4 && count <= 35 && quote.length <= 240
}

const wordsIn = (text: string): number => text.split(/\s+/u).filter(word => /[\p{L}\p{N}]/u.test(word)).length

/** One line, without the marks that would end or open a sentence within the quotation. */
function quoted(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[“”„"]/g, '’')
    .replace(/[\s.!?…]+$/u, '')
    .trim()
}

function interests(facts: readonly StoredFact[]): string {
  return facts
    .filter(fact => REASONS.includes(fact.kind))
    .map(fact => fact.quote)
    .join('\n')
}

interface Piece {
  item: KnowledgeItem
  sentences: Binding[]
  /** Of an offering, its name. */
  name: string | null
}

/** What we may say, and how near it is to what they said. */
interface Shelf {
  ours: readonly Piece[]
  close: Closeness
}

function shelfOf({ knowledge, language }: TemplateInput, frame: Frame): Shelf {
  const items = knowledge.filter(item => item.kind !== 'voice')
  return {
    ours: items.map(item => pieceOf(item, frame, language)),
    close: closenessAmong(items.map(item => item.text)),
  }
}

/** In a first mail and an answer an offering and its proof; in a follow-up one of them that was not yet told. */
function piecesOf(input: TemplateInput, shelf: Shelf, said: string, passes: Passes): Piece[] {
  const { ours, close } = shelf
  const first = (pieces: readonly Piece[]) => firstPassing(pieces, passes)
  const isTold = (item: KnowledgeItem) => input.told.knowledgeIds.has(item.id)
  const of = (...kinds: KnowledgeItem['kind'][]) => {
    const all = ours.filter(({ item }) => kinds.includes(item.kind))
    // Whoever asks is answered, told before or not.
    const untold = all.filter(({ item }) => input.kind === 'reply' || !isTold(item))
    return untold.length > 0 ? untold : all
  }
  const near = ({ item }: Piece) => close(said, item.text)
  /** In how many items a product is spoken of: where nothing tells more, the best known one is offered. */
  const spoken = (name: string) => ours.filter(({ item }) => item.text.includes(name)).length
  const names = ours.flatMap(({ name }) => name ?? [])
  const known = ({ item }: Piece) => Math.max(0, ...names.map(name => (item.text.includes(name) ? spoken(name) : 0)))
  const isStory = ({ item }: Piece) => Number(item.kind === 'case_study')
  if (input.kind === 'follow_up') {
    const pool = input.told.mails > 1 ? of('offering') : of('case_study', 'proof_point')
    const piece = first(ranked(pool, near, isStory, known)) ?? first(ranked(of('offering'), near, known))
    return piece === null ? [] : [piece]
  }
  // What proves a product speaks for it too.
  const proofs = of('proof_point', 'case_study')
  const proven = (piece: Piece) =>
    Math.max(0, ...proofs.map(proof => (piece.name !== null && proof.item.text.includes(piece.name) ? near(proof) : 0)))
  const about = first(
    ranked(of('offering'), piece => near(piece) + (input.kind === 'reply' ? 0 : proven(piece)), known),
  )
  const name = about?.name ?? null
  const asked =
    input.kind === 'reply' && ASKS_PRICE.test(said) ? first(of('price').map(piece => priceOf(piece, name))) : null
  const ofIt = ({ item }: Piece) => Number(name !== null && item.text.includes(name))
  const proof = first(
    ranked(
      proofs,
      piece => near(piece) + ofIt(piece),
      piece => -isStory(piece),
      known,
    ),
  )
  const after = asked ?? proof
  // An answer need not say again what the product is, but it has to say something.
  const repeats = about !== null && after !== null && input.kind === 'reply' && isTold(about.item) && near(about) === 0
  return [repeats ? null : about, after].filter(piece => piece !== null)
}

/** By the first measure, where that says nothing by the next, at last by id. */
function ranked(pieces: readonly Piece[], ...measures: ((piece: Piece) => number)[]): Piece[] {
  return [...pieces].sort((a, b) => {
    const told = measures.map(measure => measure(b) - measure(a)).find(difference => difference !== 0)
    return told ?? (a.item.id < b.item.id ? -1 : 1)
  })
}

/** Of a list of prices those of the product spoken of; else the first. */
function priceOf(piece: Piece, name: string | null): Piece {
  const all = sentencesOf(piece.item)
  const ofIt = name === null ? [] : all.filter((sentence, at) => at === 0 || sentence.includes(name))
  const kept = (ofIt.length > 0 ? ofIt : all).slice(0, 2)
  return { ...piece, sentences: kept.map(sentence => ({ sentence, factIds: [], knowledgeIds: [piece.item.id] })) }
}

const ASKS_PRICE =
  /(?<!\p{L})(?:prices?|pricing|costs?|how much|quotes?|kosten|kostet|preise?|wie viel|prix|coûte\p{L}*|tarifs?|combien|precios?|cuesta\p{L}*|cuánto)(?!\p{L})/iu

/** The sentences of an item; what somebody is quoted with there stays out. */
const sentencesOf = ({ text }: KnowledgeItem): string[] =>
  splitSentences(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter(sentence => !/[“”„"«»]/u.test(sentence))

/** The first two sentences, of a proof the first: a case is told as an example. */
function pieceOf(item: KnowledgeItem, frame: Frame, language: Language): Piece {
  const [head = '', ...rest] = sentencesOf(item).slice(0, item.kind === 'proof_point' ? 1 : 2)
  const small = language === 'en' ? head.replace(/^(?:An?|The|In)(?=\s)/u, lower) : head
  const told = item.kind === 'case_study' && head !== '' ? `${frame.example}: ${small}` : head
  return {
    item,
    sentences: [told, ...rest]
      .filter(sentence => sentence !== '')
      .map(sentence => ({ sentence, factIds: [], knowledgeIds: [item.id] })),
    name: item.kind === 'offering' ? nameAtStart(head) : null,
  }
}

const lower = (word: string): string => word.toLowerCase()

function firstPassing<T extends { sentences: Binding[] }>(candidates: readonly T[], passes: Passes): T | null {
  return candidates.find(({ sentences }) => sentences.length > 0 && passes(sentences)) ?? null
}

/** Drops our last sentences until the mail is short; the first two stay. */
function shortened(sentences: Binding[]): Binding[] {
  const kept = [...sentences]
  const words = () => kept.reduce((sum, { sentence }) => sum + wordsIn(sentence), 0)
  while (kept.length > 3 && words() > MOST_WORDS) kept.pop()
  return kept
}

/** To whoever named a need, a call is offered; whom we only know from their site we ask whether it concerns them. */
function askFor({ kind, told, deciderKnown }: TemplateInput, { asks }: Frame, reason: Reason | null): string {
  if (kind === 'reply') return asks.when
  if (kind === 'follow_up') return told.mails > 1 ? asks.person : asks.worth
  if (reason !== null && kindOfReason(reason.fact.kind) !== 'trait') return asks.call
  return deciderKnown ? asks.worth : asks.person
}
