/** Whether a sentence is the firm's own about itself, and on what kind of page it stands. */
import type { Sentence } from '../rule.ts'
import { leadingNames, namesInside, rx } from '../words.ts'

export const OURS = rx(
  String.raw`(?<!\p{L})(?:we|our|ours|us|the (?:company|firm|business|group)|wir|uns|unser\p{L}*|nous|notre|nos|chez nous|l['’]entreprise|das Unternehmen|die Firma)(?!\p{L})`,
)

/** The firm speaks of itself: by "we" or by its name. */
export function ofItself({ text, isSubject }: Sentence): boolean {
  return (
    OURS.test(text) ||
    leadingNames(text).some(isSubject) ||
    namesInside(text).some(isSubject) ||
    [...text.matchAll(CAPITALS)].some(([words]) => holdsSubject(words, isSubject))
  )
}

const CAPITALS = /\p{Lu}[\p{L}&'’-]*(?:\s\p{Lu}[\p{L}&'’-]*)*/gu

/** The firm's name after another capital word: "Die Anfänge von Orrin", "chez Orrin", "qu’Orrin". */
function holdsSubject(words: string, isSubject: (name: string) => boolean): boolean {
  const all = words.replace(/^\p{L}{1,2}['’]/u, '').split(' ')
  return all.some((word, at) => word.length > 3 && isSubject(all.slice(at).join(' ')))
}

export const pageIs = (sentence: Sentence, words: RegExp): boolean =>
  words.test(sentence.title) || words.test(sentence.heading)

export const CAREERS = rx(
  String.raw`\b(?:careers?|jobs?|vacanc\p{L}+|work (?:with|for) us|join us|open positions|Karriere|Stellen\p{L}*|carrières?|emplois?|recrutement|nous rejoindre|empleo)\b`,
)
