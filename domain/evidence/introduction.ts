/** A section in which another company speaks of itself: "We are Kyowa Seal, maker of …", "At Morsco, our people …". */
import { isCommon } from './names.ts'
import type { Passage } from './passage.ts'
import { textOf } from './prepare.ts'
import type { Span } from './text.ts'
import { fold, lastStartingBy } from './text.ts'

const NAME = "(?<name>\\p{Lu}[\\p{L}\\d&.'’-]*(?: (?:(?:of|de|du|von|der|for|and|&) )?\\p{Lu}[\\p{L}\\d&.'’-]*){0,4})"
const WE_ARE = new RegExp(
  `^(?:Hello[,!] |Hi[,!] )?(?:[Ww]e are|[Ww]e're|[Ww]e’re|[Ww]ir sind(?: die)?|[Nn]ous sommes|[Ss]omos) ${NAME}(?<end>, (?:an?|the|your|one|maker|makers|ein|eine|der|die|une?|le|la|una|el)\\b|, \\p{Ll}+ of\\b|[.!]?$)`,
  'u',
)
const AT_US = new RegExp(
  `^(?:[Hh]ere )?(?:[Aa]t|[Bb]ei|[Bb]ei der|[Cc]hez|[Ee]n) ${NAME},? (?:we|our|wir|unser\\p{L}*|nous|notre|nosotros|nuestr\\p{L}+|(?:the|die|la) [^.]{0,60} (?:of|von|de) (?:our|unser\\p{L}*|nos))\\b`,
  'u',
)
/** How many sentences back an introduction holds. */
const REACH = 60

/** The name under which the nearest introduction above, in the same section, presents its speaker; null when there is none. */
export function introducedName(passage: Passage): string | null {
  const { prepared } = passage
  const floor = passage.headings[0]?.start ?? 0
  const last = lastStartingBy(prepared.sentences, passage.sentence.start)
  for (let index = last; index >= 0 && last - index < REACH; index--) {
    const sentence = prepared.sentences[index]!
    if (sentence.start < floor) return null
    const name = introducedIn(passage, sentence)
    if (name) return name
  }
  return null
}

function introducedIn(passage: Passage, sentence: Span): string | null {
  const text = textOf(passage.prepared, sentence)
  const name = (WE_ARE.exec(text) ?? AT_US.exec(text))?.groups?.name
  if (!name) return null
  const words = name.split(' ')
  if (words.every(word => isCommon(fold(word)))) return null
  // One word is as often a noun or a headline as a name: it counts where the text says it again.
  const again = passage.prepared.source.text.split(name).length > 2
  return words.length > 1 || again || (/^[Ww]e/.test(text) && text.includes(`${name}, `)) ? name : null
}
