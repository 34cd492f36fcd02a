/** Names that act as a company in a sentence: who else the passage may be about. */
import { LEGAL, PERSON_VERBS, bareWord, capitalRun, isTitleWord, isVerb, nameWords } from './names.ts'
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
  /** Only verbs that companies alone govern: where the claim is about a person, names with any verb are mostly people. */
  strict?: boolean
}

const OPENS =
  /[,;:(–-]\s*$|\b(?:and|but|while|that|which|und|aber|et|y|competitor|customer|client|partner|supplier|rival|investor|subsidiary|wettbewerber|kunde|partner|client|concurrent)\s+$/iu
const ROLE_BEFORE =
  /\b(?:market leader|partner|customer|client|supplier|competitor|rival|neighbou?r|co-?op|cooperative|cluster|association|subsidiary|parent|firm|company|owner|investor|group|groupe|grupo|gruppe|konzern|firma|societe|société|entreprise|empresa|unternehmen|compagnie|startup|dealer|reseller|kunde|lieferant|wettbewerber|mutter|tochter|gesellschaft|partenaire|fournisseur|concurrent|filiale|cliente|proveedor|socio|competidor)\s?(?:(?:is|are|was|ist|est|es|of|von|de)\s|,\s?|:\s?)?$/iu

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
    const role =
      ROLE_BEFORE.test(before) &&
      !run.some(token => isTitleWord(token.fold)) &&
      !MENU.test(text.slice(run[0]!.start - 12, end))
    const single = used === 1 && !role && (options.people || options.generic(run[0]!.fold))
    const isPerson = !legal && run.some(token => isTitleWord(token.fold))
    const opens = opensClause(list, index, before) && !GOVERNED.test(`${before.replace(LISTED, '')} `)
    const verb =
      single || isPerson || !(opens || role || (used > 1 && !GOVERNED.test(before)))
        ? -1
        : verbAfter(list, index + used, text, end, {
            used: options.people ? 1 : used,
            opens: opens && !options.strict,
            starts: opens,
          })
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

/** Labels of links, which only look like a name behind a role. */
const MENU =
  /\b(?:Log ?[Ii]n|Sign ?[Ii]n|Portal|Area|Zone|Support|Stories|Service|Services|Center|Centre|Account|Bereich|Espace|Acceso|Referenzen|Success)$/u

/** At the beginning of its sentence or clause, an article or a lone capitalised word ("New", "The") before it aside. */
function opensClause(list: readonly Token[], index: number, before: string): boolean {
  const lead = list.slice(0, index)
  return (
    index === 0 ||
    (lead.length <= 2 && lead.every(token => token.capital && token.text.length < 5) && !/[.,;:]/.test(before)) ||
    OPENS.test(before) ||
    OPENS.test(before.replace(/\b(?:the|die|der|das|la|le|el|los|les)\s+$/iu, ''))
  )
}

/** A name behind a preposition or article-like word is no grammatical subject, even where a verb follows. */
/** "in Tampere and Narva are": the preposition governs each name of the list. */
const LISTED = /\s\p{Lu}[\p{L}-]*(?:,\s\p{Lu}[\p{L}-]*)*,?\s(?:and|or|und|oder|et|y)\s$/u
const GOVERNED =
  /\b(?:of|for|with|to|by|at|like|as|from|between|against|via|in|on|than|about|near|through|fur|für|mit|von|bei|durch|wie|pour|avec|chez|par|de|du|des|à|con|para|por|en|a|del|mr|mrs|ms|dr|herr|frau|monsieur|madame)\.?\s+(?:(?:the|der|die|das|den|dem|la|le|el|los|les)\s+)?$/iu

/** Offset of the company's verb behind a name, directly or behind an apposition between commas; -1 when there is none. */
function verbAfter(
  list: readonly Token[],
  index: number,
  text: string,
  end: number,
  name: { used: number; opens: boolean; starts: boolean },
): number {
  const { used, opens, starts } = name
  const next = list[index]
  if (!next) return -1
  if (/^ $/.test(text.slice(end, next.start))) {
    if (isCompanyVerb(list, index, text, used)) return starts || OWNS.test(next.fold) ? next.start : -1
    return used > 1 && opens && isPredicate(list, index, text) ? next.start : -1
  }
  const apposition = /^(?:, [^,;.]{2,70},|,| \([^)]{1,60}\)) /u.exec(text.slice(end, end + 80))
  if (!apposition) return -1
  const at = list.findIndex(token => token.start >= end + apposition[0].length)
  if (at === -1 || list[at]!.start !== end + apposition[0].length) return -1
  return isCompanyVerb(list, at, text, 1) || (used > 1 && opens && isPredicate(list, at, text)) ? list[at]!.start : -1
}

function isCompanyVerb(list: readonly Token[], index: number, text: string, used: number): boolean {
  const token = list[index]!
  // "The Hull plant closed": English, where the German verb is followed by its object.
  if (
    token.fold === 'plant' &&
    !/^(?:ein\w*|den|die|das|der|im|fur|mit|bis|ab|zu|\d+)$/.test(list[index + 1]?.fold ?? '')
  )
    return false
  if (
    token.capital ||
    PERSON_VERBS.has(token.fold) ||
    (used === 1 && PARTICIPLE_FIRST.test(list[index - 1]?.fold ?? ''))
  )
    return false
  if (token.fold === 'a') return list.slice(index + 1, index + 4).some(word => PARTICIPLE.test(word.text))
  if (used === 1 && isPluralNoun(list, index)) return false
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

/** Verbs that make a name in mid-sentence a company: people seldom employ or use in the third person. */
const OWNS =
  /^(?:has|had|uses|used|employs|employed|operates|operated|reported|reports|acquired|serves|provides|produces|supplies|sells|beschaftigt|hat|hatte|nutzt|betreibt|emploie|compte|utilise|exploite|emplea|tiene|utiliza|cuenta)$/

/** What people do in their careers. */
const CAREER =
  /^(?:headed|heads|joined|joins|led|leads|retired|retires|studied|worked|works|started|starts|became|took|takes|succeeded|succeeds|manages|managed|chairs|chaired|signs|signed|decides|decided|holds|held|lives|graduated|resigned|left|runs|ran|oversees|oversaw|brings|spent)$/

/** "Offers are due", "Samples leave the works": a plural with a plural verb is a common noun, since companies take the singular. */
function isPluralNoun(list: readonly Token[], index: number): boolean {
  return /[^s]s$/.test(list[index - 1]?.fold ?? '') && /^(?:are|were|have|do|leave|come|go)$/.test(list[index]!.fold)
}

/**
 * Behind a name of several words that opens its clause, any lower-case word that can be a verb makes the name the
 * subject: English and Romance past tenses and third persons. German is left to the list: it capitalises common nouns.
 */
function isPredicate(list: readonly Token[], index: number, text: string): boolean {
  const token = list[index]!
  if (token.capital || isPersonTitle(list, index) || PERSON_VERBS.has(token.fold) || CAREER.test(token.fold))
    return false
  return (
    text[token.end] === ' ' &&
    /^(?:\p{Ll}{3,}(?:ed|[^sui]s)|set|put|let|cut|ran|saw|grew|led|told|won|lost|took|gave|\p{Ll}{3,}(?:ó|ait|aient))$/u.test(
      token.text,
    )
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
  // "has chaired", "has run": a career.
  if (
    /^(?:has|had|hat|hatte)$/.test(list[index]!.fold) &&
    /^(?:chaired|headed|led|overseen|joined|retired|resigned|served|succeeded)$/.test(words[0] ?? '')
  )
    return true
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

/**
 * Words that stand capitalised behind a word in lower case, not behind "in" or "near" (those are places): names, as
 * opposed to whatever begins a sentence.
 */
export function namedInside(text: string): Set<string> {
  const found = new Set<string>()
  const places = new Set<string>()
  let before: Token | null = null
  for (const token of tokens(text)) {
    if (before && token.capital && text.slice(before.end, token.start) === ' ') {
      if (/^(?:in|at|near|bei|nach|aus|à|en)$/.test(before.text)) places.add(bareWord(token.fold))
      else if (!before.capital) found.add(bareWord(token.fold))
    }
    before = token
  }
  for (const place of places) found.delete(place)
  return found
}

/** Part of a mail or web address: names stand there in lower case. */
function inAddress(text: string, token: Token): boolean {
  return /[@.]/.test(text[token.start - 1] ?? '') || /^(?:@|\.\p{L})/u.test(text.slice(token.end, token.end + 2))
}

const ARTICLE =
  /^(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|unser|unsere|unserer|unseren|kein|keine|mehr|viele|alle|neue|neuer|neues)$/
