/** Company names in text: the subject's forms, the publisher's, and others that a sentence speaks about. */
import type { Token } from './text.ts'
import { tokens } from './text.ts'
import type { Subject } from './types.ts'

export const LEGAL = new Set(
  (
    'gmbh ag se kg kgaa ohg ug ev eg inc incorporated corp corporation co ltd limited llc llp lp plc pty sa sas sarl sasu sl slu spa srl bv nv ab as oy oyj aps ' +
    'a/s kft zrt sro doo sp zoo holding holdings'
  ).split(' '),
)
/** Words that make "<Name> <Word>" another organisation than "<Name>". */
const ORGANISATION_NOUNS = new Set(
  (
    'capital ventures foundation stiftung partners bank university group gruppe insurance energy logistics industries media health foods security systems ' +
    'rail water labs consulting international institute fund bau immobilien versicherung america europe deutschland france'
  ).split(' '),
)

/** Nouns that close an organisation's name. */
export function isOrganisationNoun(folded: string): boolean {
  return ORGANISATION_NOUNS.has(folded)
}

/** Name without legal forms, folded, as a list of words. "Kupfer & Söhne Maschinenbau GmbH" → kupfer, sohne, maschinenbau. */
export function nameWords(name: string): string[] {
  const plain = name.replace(/\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\.?)?/g, match => match.replaceAll('.', ''))
  const words = tokens(plain).map(token => bareWord(token.fold))
  const kept = words.filter((word, index) => !(LEGAL.has(word) && index > 0) && !(word === 'the' && index === 0))
  return kept.length > 0 ? kept : words
}

/** Every way the company may be called, longest first. The short form "Halden" of "Halden Foods" is added by the caller. */
export function nameForms(subject: Subject): string[][] {
  const forms = [subject.name, ...subject.aliases].map(nameWords).filter(words => words.length > 0)
  const label = subject.domain?.split('.')[0]
  if (label && label.length >= 4) forms.push(tokens(label).map(token => token.fold))
  const seen = new Set<string>()
  return forms
    .filter(words => !seen.has(words.join(' ')) && seen.add(words.join(' ')))
    .sort((a, b) => b.length - a.length)
}

/** First word of the name, where it is long enough to stand alone; null otherwise. */
export function shortForm(subject: Subject): string | null {
  const first = nameWords(subject.name)[0]
  return first && first.length >= 3 && !COMMON.has(first) && nameWords(subject.name).length > 1 ? first : null
}

export function sameCompany(a: Subject, b: Subject): boolean {
  if (a.domain !== null && a.domain === b.domain) return true
  const right = new Set(nameForms(b).map(words => words.join(' ')))
  return nameForms(a).some(words => right.has(words.join(' ')))
}

/** Without possessive ending and elided article: "halden's" → halden, "l'entreprise" → entreprise. */
export function bareWord(folded: string): string {
  return folded.replace(/'s?$/, '').replace(/^(?:l|d|qu|n|s|j|c|m)'/, '')
}

/**
 * Whether one of the forms stands at `index`, with how many tokens it takes; 0 when none does.
 * A name that goes on into another organisation's ("Calder" in "Calder Rail") does not count.
 */
export function formAt(list: readonly Token[], index: number, forms: readonly string[][], text: string): number {
  for (const form of forms) {
    if (index + form.length > list.length) continue
    if (!form.every((word, offset) => bareWord(list[index + offset]!.fold) === word)) continue
    if (!list[index]!.capital && !/\d/.test(list[index]!.text) && /[a-z]/.test(list[index]!.text) && form.length === 1)
      continue
    let used = form.length
    while (list[index + used] && isLegal(list, index + used) && adjacent(text, list, index + used - 1)) used++
    if (!goesOn(list, index, used, form, forms, text)) return used
  }
  return 0
}

/** How many tokens another organisation's name takes that begins like one of the forms ("Talvik Foundation"); 0 for none. */
export function extendedFormAt(
  list: readonly Token[],
  index: number,
  forms: readonly string[][],
  text: string,
): number {
  for (const form of forms) {
    if (index + form.length >= list.length || !list[index]!.capital) continue
    const isHere = form.every((word, offset) => bareWord(list[index + offset]!.fold) === word)
    if (isHere && goesOn(list, index, form.length, form, forms, text)) return form.length + 1
  }
  return 0
}

export function isLegal(list: readonly Token[], index: number): boolean {
  const word = list[index]!.fold
  return LEGAL.has(word) && (list[index]!.capital || word === 'gmbh' || word === 'a')
}

function goesOn(
  list: readonly Token[],
  index: number,
  used: number,
  form: readonly string[],
  forms: readonly string[][],
  text: string,
) {
  const next = list[index + used]
  if (!next || !next.capital || /'s?$/.test(list[index + used - 1]!.fold)) return false
  if (!/^ $/.test(text.slice(list[index + used - 1]!.end, next.start))) return false
  if (!ORGANISATION_NOUNS.has(next.fold)) return false
  return !forms.some(other => other.length > form.length && other[form.length] === next.fold)
}

/** Only white space, a dot or a comma between this token and the next. */
export function adjacent(text: string, list: readonly Token[], index: number): boolean {
  const here = list[index]
  const next = list[index + 1]
  return here !== undefined && next !== undefined && /^[\s.,]{0,2}$/.test(text.slice(here.end, next.start))
}

const JOINERS = new Set('of de du des la le and und et y the for'.split(' '))
/** Capitalised words that begin sentences or stand for roles, places in time and the like: no company's name by themselves. */
const COMMON = new Set(
  (
    'a an the this that these those our we us i you your he she it its they their his her my in on at for from by with to of and or but if when while where who what why how since as after before ' +
    'until today now then here there all both each every most many some more over under about around one two three founded headquartered based located established ' +
    'customer customers client clients partner partners employee employees staff team people company companies group headquarters head office offices revenue sales turnover ' +
    'chief executive officer director manager managing president founder founders chairman chairwoman ceo cto cfo coo cmo cio vp board management mr mrs ms dr prof dipl ing ' +
    'competitor competitors supplier suppliers parent subsidiary investor investors dear hi hello regards best thanks yes no not only production prices members users ' +
    'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday ' +
    'der die das den dem des ein eine einen wir uns unser unsere unseren unserem ich sie er es ihr ihre im in am an auf aus bei mit von vom zu zum zur fur uber seit nach wenn als und oder aber heute ' +
    'kunden kunde partner mitarbeiter geschaftsfuhrer geschaftsfuhrerin grunder umsatz sitz standort unternehmen firma hauptsitz gesellschaft ziel inhaber vorstand dazu damit insgesamt rund etwa mehr derzeit ' +
    'le la les l un une des du nous notre nos vous votre il elle ils ce cette ces en dans sur pour par avec depuis aujourd hui fondee fonde cree creee entreprise societe groupe clients siege ' +
    'el los las uno una unos nuestro nuestra nuestros nosotros con desde para por fundada fundado empresa hoy contamos somos budget timing need pain authority call notes'
  ).split(' '),
)
const VERBS = new Set(
  (
    'is was are were has had have employs employed serves served provides provided offers offered announced announces raised raises acquired acquires opened opens launched launches operates operated uses used ' +
    'builds built makes made helps helped sells sold runs ran plans planned generates generated reported reports produces produced supplies supplied develops developed manufactures manufactured ' +
    'counts treats protects maintains owns owned treated installed installs delivers delivered distributes distributed began begins started starts moved moves closed closes expanded expands won wins ' +
    'received receives bought buys joined joins will would could can may might recently now today currently also already never does did distributes connects chose chooses selected trusts relies ' +
    'ceased ceases posted earned earns grew grows cut recalled recalls hired hires seeks invested invests signed signs reached reaches ' +
    'ist war hat hatte beschaftigt beschaftigte wurde wird gehort bietet liefert betreibt setzt nutzt ubernimmt ubernahm eroffnet eroffnete grundete sucht entwickelt baut fertigt produziert vertreibt erzielte erzielt macht kommt zahlt plant ' +
    'est etait emploie employait compte realise propose fournit conçoit concoit fabrique annonce developpe ouvre recrute utilise exploite ' +
    'es era tiene tenia emplea cuenta ofrece fabrica vende anuncia desarrolla nacio fue cultiva abre factura utiliza dispone'
  ).split(' '),
)
export const PERSON_VERBS = new Set(
  'said says founded cofounded explains explained adds added joined joins leads led told sagt sagte erklart grundete fonde dice dijo'.split(
    ' ',
  ),
)

export function isVerb(folded: string): boolean {
  return VERBS.has(folded)
}

/** Capitalised runs of words, at most five, without those that merely begin a sentence. */
export function capitalRun(list: readonly Token[], index: number, text: string): number {
  const first = list[index]
  if (!first?.capital || COMMON.has(first.fold) || /^\p{Lu}['’]\p{Ll}/u.test(first.text)) return 0
  let used = 1
  while (used < 6) {
    const next = list[index + used]
    if (!next || !adjacentBySpace(text, list[index + used - 1]!, next)) break
    if (next.capital && (ORGANISATION_NOUNS.has(next.fold) || !COMMON.has(next.fold)) && !VERBS.has(next.fold)) used++
    else if (
      JOINERS.has(next.fold) &&
      list[index + used + 1]?.capital &&
      adjacentBySpace(text, next, list[index + used + 1]!)
    ) {
      if (COMMON.has(list[index + used + 1]!.fold) || next.fold === 'and' || next.fold === 'und') break
      used += 2
    } else break
    if (list[index + used - 1]!.fold.endsWith("'s")) break
  }
  return used
}

function adjacentBySpace(text: string, a: Token, b: Token): boolean {
  return /^(?: ?[&-] ?| |\. )$/.test(text.slice(a.end, b.start))
}

const TITLE_WORDS =
  /^(?:ceo|cto|cfo|coo|cmo|cio|chief|head|director|manager|managing|president|founder|cofounder|vp|vice|owner|geschaftsfuhrer|geschaftsfuhrerin|leiter|leiterin|directeur|directrice|responsable|president|presidente|gerente|fundador|inhaber|chairman|chairwoman|partner|our|the|unser|unsere)$/

export function isTitleWord(folded: string): boolean {
  return TITLE_WORDS.test(folded)
}

export function isCommon(folded: string): boolean {
  return COMMON.has(folded)
}

/** The company a heading announces a passage about: "About X", "Über X", "À propos de X", "Sobre X". */
export function aboutName(heading: string): string | null {
  const match =
    /^(?:about|über|ueber|à propos (?:de|d['’]|du)|a propos de|acerca de|sobre|qui est|wer ist|who is)\s*(.{2,80})$/iu.exec(
      heading.trim(),
    )
  const name = match?.[1]?.replace(/[:?]+$/, '').trim()
  if (name && /^(?:the|das|die|der|la|le|el)\s\p{Ll}/u.test(name)) return null
  return name && !/^(?:us|uns|me|nous|nosotros|the company|das unternehmen|this|our)\b/iu.test(name) ? name : null
}
