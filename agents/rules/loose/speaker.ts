/** Whether a sentence is the firm's own about itself, and on what kind of page it stands. */
import type { Sentence } from '../rule.ts'
import { leadingNames, namesInside, rx } from '../words.ts'

export const OURS = rx(
  String.raw`(?<!\p{L})(?:we|our|ours|us|the (?:company|firm|business|group)|wir|uns|unser\p{L}*|nous|notre|nos|chez nous|l['’]entreprise|das Unternehmen|die Firma)(?!\p{L})`,
)

/** The firm speaks of itself: by "we" or by its name. */
export function ofItself({ text, isSubject }: Sentence): boolean {
  return OURS.test(text) || leadingNames(text).some(isSubject) || namesInside(text).some(isSubject)
}

export const pageIs = (sentence: Sentence, words: RegExp): boolean =>
  words.test(sentence.title) || words.test(sentence.heading)

export const CAREERS = rx(
  String.raw`\b(?:careers?|jobs?|vacanc\p{L}+|work (?:with|for) us|join us|open positions|Karriere|Stellen\p{L}*|carrières?|emplois?|recrutement|nous rejoindre|empleo)\b`,
)
