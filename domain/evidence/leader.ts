/** Which title belongs to which person, where a sentence names several. */
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import { bareWord } from './names.ts'
import { fold, tokens } from './text.ts'
import { comparable, isStopWord, sameWord } from './words.ts'

const TITLE_AFTER =
  /^\s*(?:,|–|-|—|\(|\||\t|:|is|ist|est|es|was|as|als|\s)+\s*(?:our|the|unser|unsere|notre|nuestro|nuestra|der|die|le|la|el)?\s*([^,;.()\n\t]{2,60})/iu
const TITLE_WORD =
  /\btitle(?:ceo|coo|cfo|cto|cmo|cio|cpo|cro|ciso|vp|md|cofounder)\b|\b(?:founder|chair\w*|president|director|head|owner|manager|leiter\w*|grunder\w*|inhaber\w*|vorstand\w*|directeur|directrice|responsable|scientist|engineer|designer|architect|counsel|analyst|lead|specialist|consultant|advisor|coordinator|secretary|treasurer|fondateur|fondatrice|presidente|directora?|fundador\w*|gerente|officer)\b/

/**
 * What before a name can be its title: "CEO and founder Jane Doe", "our CEO, Jane Doe". Behind a name with its title
 * and "and" ("Ann Roe, CEO, and Jane Doe") the title is the other's.
 */
function ownBefore(text: string): string {
  const own =
    /,\s*(?:and|und|et|y|&|as well as|sowie)\s+(?:(?:Dr|Prof|Mr|Ms|Mrs|Herr|Frau)\.?\s)*(?:\p{Lu}[\p{L}.'-]*\s)*$/u.exec(
      text,
    )
  if (own) return ''
  const taken = /\p{Lu}[\p{L}'-]+\s\p{Lu}[\p{L}'-]+,\s[^,;]{2,40}[,;]\s(?:\p{Lu}[\p{L}.'-]*\s)*$/u.test(text)
  return taken ? '' : text.slice(text.search(/[^;\n]*$/u))
}

/** Words before a title that make it another's, or less than it. */
const UNDER_WORD =
  /\b(?:deputy|assistant|vice|vp|stellvertret\w*|assistenz|assistent\w*|adjoint\w*|assistante?|subdirector\w*|asistente|daughter|son|wife|husband)\b/
const UNDER =
  /\b(?:deputy|assistant to (?:the )?|vice|stellvertretende\w*|(?:assistenz|assistent\w*) d(?:er|es)|assistante? d(?:e|u)|daughter of|son of|wife of|husband of)\s?(?:the\s)?(?:\p{L}+\s)?(?:ceo|cfo|cto|coo|chief|director|managing|president|head|geschaftsfuhr\w*|leit\w+|direct\w+)\b/u

/** The limiting word follows the person's name within the same entry. */
function followsName(text: string, name: string): boolean {
  return new RegExp(`${name.replace(/[^\p{L}\p{N}]/gu, '.')},?\\s[^;.\\n]{0,12}${UNDER.source}`, 'u').test(fold(text))
}

/** The problem when the person of `value` ("Name, title") carries another title right beside the name; else null. */
export function wrongTitle(value: string, passage: Passage): string | null {
  const comma = value.indexOf(',')
  if (comma === -1) return null
  const name = tokens(value.slice(0, comma)).at(-1)
  const claimed = comparable(value.slice(comma + 1)).filter(word => !isStopWord(word))
  if (!name || claimed.length === 0) return null
  const text = sentenceText(passage)
  if (UNDER.test(fold(text)) && !UNDER_WORD.test(fold(value)) && followsName(text, name.fold))
    return 'the title is another’s, whom the person assists or deputises for'
  for (const token of tokens(text)) {
    if (bareWord(token.fold) !== bareWord(name.fold)) continue
    const before = comparable(ownBefore(text.slice(Math.max(0, token.start - 80), token.start)))
    if (claimed.every(word => before.some(other => sameWord(word, other)))) return null
    const after = TITLE_AFTER.exec(text.slice(token.end, token.end + 90))?.[1]
    if (!after) continue
    const words = comparable(after)
    if (!TITLE_WORD.test(words.join(' '))) continue
    const agrees = claimed.every(word => words.some(other => sameWord(word, other)))
    const partly = claimed.some(word => words.some(other => sameWord(word, other) && TITLE_WORD.test(other)))
    if (!agrees && !partly) return `the passage gives ${name.text} another title`
  }
  return null
}
