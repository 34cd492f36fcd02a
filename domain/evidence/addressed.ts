/** Texts that the check does not take for statements: orders to whoever reads by machine, and scripts it cannot read. */
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import { fold } from './text.ts'

const ORDERS =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules|guidelines|context)\b|\b(?:automated|ai|artificial|virtual|digital|machine) (?:assistants?|agents?|readers?|systems?)\b.{0,60}\b(?:mark|record|note|treat|classify|add|send|approve|must|should|please)\b|\b(?:note|message|instructions?) (?:to|for) (?:all )?(?:\w+ )?(?:assistants?|agents?|bots?|crawlers?|models?|llms?)\b|^(?:system|assistant|user|developer)\s?:|\b(?:ignorier\w*|missacht\w*|vergiss|vergessen sie)\b.{0,40}\banweisung\w*|\b(?:ignore[zr]?|oublie[zr]?)\b.{0,40}\b(?:instructions|consignes)\b|\b(?:ignora|ignore|ignoren|olvida)\b.{0,40}\binstrucciones\b|\b(?:sprachmodell\w*|language models?|modele de langage|modelo de lenguaje)\b.{0,60}\b(?:must|should|record|mark|soll\w*|muss|doit|debe)\b/

/** An order to machines in the sentence or elsewhere in its line: nothing there is the company's statement about itself. */
export function ordersMachines(passage: Passage): boolean {
  const { text } = passage.prepared.source
  const start = Math.max(text.lastIndexOf('\n', passage.sentence.start - 1) + 1, passage.sentence.start - 400)
  const newline = text.indexOf('\n', passage.sentence.end)
  const end = Math.min(newline === -1 ? text.length : newline, passage.sentence.end + 400)
  return fold(text.slice(start, end))
    .split('\n')
    .some(line => ORDERS.test(line.trim()))
}

/** For a `label：value` in brackets right behind a name: whether the name is one of `names`. Null outside such brackets. */
export function bracketsName(passage: Passage, names: readonly string[]): boolean | null {
  const { text } = passage.prepared.source
  const before = text.slice(passage.sentence.start, passage.quote.start)
  const open = Math.max(before.lastIndexOf('（'), before.lastIndexOf('('))
  if (open === -1 || /[）)。]/u.test(before.slice(open))) return null
  return names.some(name => name.length > 1 && before.slice(0, open).endsWith(name))
}

const LETTER = /\p{L}/gu
const LATIN = /\p{Script=Latin}/gu

/** The sentence is mostly in a script other than Latin: its denials and its grammar cannot be judged by these rules. */
export function isUnread(passage: Passage): boolean {
  const text = sentenceText(passage)
  const letters = text.match(LETTER)?.length ?? 0
  return letters > 0 && (text.match(LATIN)?.length ?? 0) < letters / 2
}
