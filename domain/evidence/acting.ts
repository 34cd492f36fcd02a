/** Names that act as a company in a sentence: who else the passage may be about. */
import { LEGAL, PERSON_VERBS, capitalRun, isTitleWord, isVerb, nameWords } from './names.ts'
import type { Span, Token } from './text.ts'
import { tokens } from './text.ts'

export interface NameSpan extends Span {
  words: string[]
  /** Where the verb stands that the name acts through, behind any apposition; the name's end when it has none. */
  acts: number
}

export interface ActingOptions {
  /** Whether a word is a common noun of this text: German capitalises those too. */
  generic: (word: string) => boolean
  /** In mails and notes people are called by one name: there a single word is no company. */
  people: boolean
}

const OPENS =
  /[,;:(–-]\s*$|\b(?:and|but|while|that|which|und|aber|et|y|competitor|customer|client|partner|supplier|rival|investor|subsidiary|wettbewerber|kunde|partner|client|concurrent)\s+$/iu
const ROLE_BEFORE =
  /\b(?:partner|customer|client|supplier|competitor|rival|neighbour|association|subsidiary|parent|firm|company|owner|investor|group|groupe|grupo|gruppe|konzern|firma|societe|société|entreprise|empresa|unternehmen|compagnie|startup|dealer|reseller|kunde|lieferant|wettbewerber|mutter|tochter|gesellschaft|partenaire|fournisseur|concurrent|filiale|cliente|proveedor|socio|competidor)\s?(?:(?:is|are|was|ist|est|es)\s|,\s?|:\s?)?$/iu

/** Names with a legal form, names before a company's verb, and names after a role word ("our partner is …"). */
export function actingNames(text: string, span: Span, options: ActingOptions): NameSpan[] {
  const list = tokens(text, span.start, span.end)
  const found: NameSpan[] = []
  for (let index = 0; index < list.length; index++) {
    const used = capitalRun(list, index, text)
    if (used === 0) continue
    const run = list.slice(index, index + used)
    const end = run.at(-1)!.end
    const before = text.slice(Math.max(span.start, run[0]!.start - 30), run[0]!.start)
    const legal = run.some((token, at) => at > 0 && LEGAL.has(token.fold) && token.text !== 'As' && token.text !== 'Co')
    const role = ROLE_BEFORE.test(before) && !run.some(token => isTitleWord(token.fold))
    const single = used === 1 && !role && (options.people || options.generic(run[0]!.fold))
    const isPerson = !legal && run.some(token => isTitleWord(token.fold))
    const verb =
      single || isPerson || !(index === 0 || OPENS.test(before) || role)
        ? -1
        : verbAfter(list, index + used, text, end, options.people ? 1 : used)
    if (legal || role || verb !== -1) {
      found.push({
        start: run[0]!.start,
        end,
        words: nameWords(run.map(token => token.text).join(' ')),
        acts: verb === -1 ? end : verb,
      })
    }
    index += used - 1
  }
  return found
}

/** Offset of the company's verb behind a name, directly or behind an apposition between commas; -1 when there is none. */
function verbAfter(list: readonly Token[], index: number, text: string, end: number, used: number): number {
  const next = list[index]
  if (!next) return -1
  if (/^ $/.test(text.slice(end, next.start))) return isCompanyVerb(list, index, text, used) ? next.start : -1
  const apposition = /^(?:, [^,;.]{2,70},|,| \([^)]{1,60}\)) /u.exec(text.slice(end, end + 80))
  if (!apposition) return -1
  const at = list.findIndex(token => token.start >= end + apposition[0].length)
  return at !== -1 && list[at]!.start === end + apposition[0].length && isCompanyVerb(list, at, text, 1)
    ? list[at]!.start
    : -1
}

function isCompanyVerb(list: readonly Token[], index: number, text: string, used: number): boolean {
  const token = list[index]!
  if (
    token.capital ||
    PERSON_VERBS.has(token.fold) ||
    (used === 1 && PARTICIPLE_FIRST.test(list[index - 1]?.fold ?? ''))
  )
    return false
  if (token.fold === 'a') return PARTICIPLE.test(list[index + 1]?.text ?? '')
  if (isVerb(token.fold)) return !isPersonTitle(list, index)
  // Any third person singular behind a name of two words or more: "Tallinn Battery Works recycles cells".
  const following = list[index + 1]
  return (
    used > 1 &&
    /^[a-z]{3,}[^s]s$/.test(token.text) &&
    following !== undefined &&
    !isVerb(following.fold) &&
    text[token.end] === ' '
  )
}

/** "Gegründet wurde …", "Founded was …": a participle that opens the sentence is no name. */
const PARTICIPLE_FIRST = /^(?:ge\p{L}+(?:t|en)|\p{L}{4,}(?:iert|ed)|ver\p{L}+t|be\p{L}+t)$/u

/** French past tense: "Morvan a ouvert", never the English article. */
const PARTICIPLE = /é$|^(?:ouvert|acquis|repris|conclu|reçu|obtenu|vendu|remis|choisi|investi)$/

/** "<Name> is (our|the) chief …": the name is a person's. */
function isPersonTitle(list: readonly Token[], index: number): boolean {
  if (!/^(?:is|was|ist|war|est|es|has|will|fue|era|etait)$/.test(list[index]!.fold)) return false
  const words = list.slice(index + 1, index + 4).map(token => token.fold)
  return words.some(word => isTitleWord(word) && !/^(?:our|the|unser|unsere|partner)$/.test(word))
}

/** Words of the text that stand somewhere in lower case or after an article: common nouns, not names. */
export function genericWords(text: string): Set<string> {
  const found = new Set<string>()
  let before = ''
  for (const token of tokens(text)) {
    if ((!token.capital && !inAddress(text, token)) || ARTICLE.test(before)) found.add(token.fold)
    before = token.fold
  }
  return found
}

/** Part of a mail or web address: names stand there in lower case. */
function inAddress(text: string, token: Token): boolean {
  return /[@.]/.test(text[token.start - 1] ?? '') || /^(?:@|\.\p{L})/u.test(text.slice(token.end, token.end + 2))
}

const ARTICLE =
  /^(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|unser|unsere|unserer|unseren|kein|keine|mehr|viele|alle|neue|neuer|neues)$/
