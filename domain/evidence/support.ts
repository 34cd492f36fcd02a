/** Whether a sentence of our own says no more than the facts and knowledge it is bound to. */
import { implies, writtenDates } from './dates.ts'
import { countsTheSame, sameQuantity } from './derive-numbers.ts'
import { splitValue } from './derive.ts'
import { bareWord, nameWords } from './names.ts'
import { limitClasses } from './negation.ts'
import { quantities } from './numbers.ts'
import { splitSentences } from './sentences.ts'
import type { Token } from './text.ts'
import { tokens } from './text.ts'
import { comparable, isStopWord, sameWord } from './words.ts'

/** One bound fact or knowledge item, as text to derive from. */
export interface Support {
  id: string
  side: 'prospect' | 'own'
  /** Passages any part of the sentence may come from. */
  texts: string[]
  /** What is being said: its limits ("plans", "up to") have to be kept. */
  statement: string
  /** Names that may be used for its subject. */
  names: string[]
}

/** Words that frame a sentence in a mail and claim nothing. */
const FRAME = new Set(
  (
    'saw seen see read noticed notice came across found learned learnt heard understand understood congratulations congrats reason reaching writing write wrote wanted ask asking mention mentioned ' +
    'said told wondering wonder curious thought thinking think believe hello hi dear please thanks thank interesting relevant because therefore so hence given like similar help helps helping worth ' +
    'share sharing show tell talk call team teams company companies today recently lately wrote mail website site page case example exactly same way point points idea question here there too well ' +
    'gesehen gelesen bemerkt gehort erfahren gluckwunsch grund schreibe schreiben gedacht vielleicht interessant deshalb daher weil helfen zeigen website seite team teams beispiel kurz ' +
    'vu lu remarque felicitations ecris parce donc aider site exemple equipe ' +
    'visto leido felicidades escribo porque ayudar sitio ejemplo equipo'
  ).split(' '),
)

/** What the sentence says beyond its supports, in words; null when nothing. */
export function unsupportedIn(sentence: string, supports: readonly Support[], names: readonly string[]): string | null {
  const texts = supports.flatMap(support => [...support.texts, ...support.names])
  const parts = splitValue({ kind: 'news', value: sentence })
  for (const want of parts.numbers) {
    const fits = texts.some(text => {
      const offered = quantities(text)
      return offered.some(
        offer =>
          keepsBound(want.bound, offer.bound) &&
          sameQuantity(want, offer) &&
          countsTheSame(want, sentence, offer, text, offered),
      )
    })
    if (!fits) return `"${sentence.slice(want.start, want.end)}" is in none of the bound items`
  }
  for (const want of parts.dates) {
    if (!texts.some(text => writtenDates(text).some(date => implies(date, want, null)))) {
      return `the date "${sentence.slice(want.start, want.end)}" is in none of the bound items`
    }
  }
  return unsupportedWord(parts.rest, texts, names) ?? changedLimit(sentence, supports)
}

/** "Up to 20" may not become "20". */
function keepsBound(wanted: 'max' | 'min' | null, offered: 'max' | 'min' | null): boolean {
  return offered !== 'max' || wanted === 'max'
}

function unsupportedWord(rest: string, texts: readonly string[], names: readonly string[]): string | null {
  const offered = texts.flatMap(comparable)
  const allowed = new Set(names.flatMap(nameWords))
  const words = tokens(rest).filter(token => !/^\d/.test(token.fold) && !isStopWord(bareWord(token.fold)))
  const missing = words.filter(
    word => !FRAME.has(word.fold) && !allowed.has(bareWord(word.fold)) && !isCovered(word, offered),
  )
  const firm = missing.find(word => isName(word) || ABSOLUTE.test(word.fold))
  if (firm) return `"${firm.text}" is in none of the bound items`
  const content = words.filter(word => !FRAME.has(word.fold)).length
  return missing.length > Math.floor(content / 5) ? `"${missing[0]!.text}" is in none of the bound items` : null
}

function isCovered(word: Token, offered: readonly string[]): boolean {
  const bare = bareWord(word.fold)
  if (offered.some(other => bareWord(other) === bare)) return true
  return !isName(word) && offered.some(other => sameWord(bare, bareWord(other)))
}

/** A capitalised word that does not merely begin the sentence. German nouns fall under it too: they must then match. */
function isName(word: Token): boolean {
  return word.capital && word.start > 0 && word.text !== 'I'
}

/** Promises and superlatives: never filler. */
const ABSOLUTE =
  /^(?:guarante\w+|always|never|best|leading|fastest|cheapest|largest|only|proven|unique|free|certified|risk|immediately|double|triple|half|garantier\w*|immer|nie|beste[nrms]?|fuhrend\w*|kostenlos\w*|einzig\w*|garanti\w*|toujours|meilleure?s?|gratuit\w*|siempre|mejor(?:es)?|gratis|lider)$/

/** Limits of the items that the sentence dropped, or that it added. */
function changedLimit(sentence: string, supports: readonly Support[]): string | null {
  const own = limitClasses(sentence)
  const offered = supports.flatMap(support => [...support.texts, support.statement])
  for (const limit of own) {
    if (limit === 'denial' || limit === 'ended') {
      if (!offered.some(text => limitClasses(text).has(limit)))
        return `it adds a ${limit === 'denial' ? 'denial' : 'word of the past'} that none of the bound items has`
    }
  }
  for (const support of supports) {
    for (const limit of limitClasses(closest(support.statement, sentence))) {
      if (limit === 'limit' || limit === 'plan' || limit === 'denial' || limit === 'ended' || limit === 'condition') {
        if (!own.has(limit) && !softened(own, limit))
          return `it drops a limit of ${support.id}: the item says it with a ${limit}`
      }
    }
  }
  return null
}

/** "You plan to" may be told as "you want to" or "you might": any not-yet keeps a not-yet. */
function softened(own: ReadonlySet<string>, limit: string): boolean {
  return (limit === 'plan' || limit === 'condition') && (own.has('plan') || own.has('condition') || own.has('doubt'))
}

/** Of a longer item the sentence that shares most words with ours. */
function closest(statement: string, sentence: string): string {
  const spans = splitSentences(statement)
  if (spans.length < 2) return statement
  const ours = comparable(sentence).filter(word => !isStopWord(word))
  const score = (text: string) => {
    const words = comparable(text)
    return ours.filter(word => words.some(other => sameWord(word, other))).length
  }
  const options = spans.map(span => statement.slice(span.start, span.end))
  return options.reduce((best, text) => (score(text) > score(best) ? text : best))
}
