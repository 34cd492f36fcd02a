/** Whether a number counts the people who work for a company: the noun it stands before, and the frame that says they work there. */
import { clauseIndexAt, clausesOf } from './clauses.ts'
import type { Quantity } from './numbers.ts'
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import { textOf } from './prepare.ts'
import type { Span } from './text.ts'
import { fold, overlaps, tokens } from './text.ts'
import { sameWord } from './words.ts'
import { partOfStaff } from './workforce.ts'

export interface Count {
  value: string
  /** The trade that the value itself names ("140 mechanics"), folded; null for none. */
  trade: string | null
  /** Relative to the sentence. */
  offer: Quantity
  /** In the source. */
  at: Span
  offered: readonly Quantity[]
}

/** Nouns that say by themselves that somebody is employed. */
const EMPLOYED =
  /^(?:employees?|staff|staffers?|employed|headcount|workforce|ftes?|colleagues|teammates|coworkers|mitarbeiter\w*|mitarbeitende\w*|beschaftigte\w*|angestellte\w*|kolleg(?:en|innen)|kollegen\w*|salarie\w*|collaborat\w+|employe\w*|empleados|empleadas|trabajador\w+|colaborador\w*)$/
/** Nouns for people who may be anybody: something else has to say that they work there. */
const PEOPLE =
  /^(?:people|persons?|ppl|men|women|hands|heads|souls|members|team|workers|specialists|professionals|experts|engineers|developers|consultants|interns|trainees|apprentices|strong|menschen|personen|leute|kopfe|fachkrafte|praktikant\w*|personnes|stagiaires|personas|profesionales|becarios)$/
/** What before a number says that people who work there are counted, with no other noun between. */
const FRAME =
  /\b(?:employ(?:s|ed|ing)?|employees?|staff|team|headcount|head count|workforce|personnel|payroll|crew|number of employees|numberofemployees|people|beschaftig(?:t|en|te)|mitarbeiter\w*|gives? work to|jobs? (?:to|for)|belegschaft\w*|zahlen|zahlt|emploie\w*|emploient|effectif\w*|salaries|equipe|emplea\w*|plantilla|equipo|kopfe|personal)\b/
const HAS =
  /\b(?:has|have|had|with|count(?:s|ed)?|number(?:s|ed)?|boasts?|grown? to|grew to|are|is|of|to|comprises?|brings?|leaves?|hat|haben|mit|sind|auf|compte|comptons|avec|sommes|cuenta|contamos|somos|tiene|tenemos|con)\s(?:\S+\s){0,4}$/
const POSSESSED =
  /\b(?:our|its|their|all|unsere[rnms]?|seine[rnms]?|ihre[rnms]?|nos|ses|nuestr[oa]s|sus)\s(?:\p{L}+\s){0,2}$/u
const WORKS =
  /\b(?:work(?:s|ing)?|employed|payroll|earn their living|on the books|on our books|report to|arbeit(?:en|et)|tatig|beschaftigt|travaillent|trabajan|make up|in (?:our|the) team|on (?:the|our) (?:team|books)|at (?:the |our )?(?:company|firm)|strong|for us|bei uns|fur uns|chez nous)\b/
/** Words at which the noun phrase behind a number ends. */
const PHRASE_END =
  /^(?:in|at|by|for|from|with|on|to|since|over|across|within|per|a|an|and|or|who|which|that|when|while|is|are|was|were|has|have|had|im|bei|von|mit|seit|und|oder|die|der|pro|en|dans|avec|et|par|con|desde|y|por)$/

/** Whether the number counts the people who work there. */
export function countsHeads(count: Count, passage: Passage): boolean {
  const { offer, at, value } = count
  const text = sentenceText(passage)
  if (offer.unit !== null) return false
  const cell = passage.cells.find(cell => overlaps(cell, at))
  if (cell?.heads.some(head => FRAME.test(fold(splitCamel(textOf(passage.prepared, head)))))) return true
  if (SITE_BEFORE.test(fold(text.slice(0, offer.start))) && !SITE.test(fold(value))) return false
  if (partOfStaff(value, text, offer)) return false
  const phrase = phraseAfter(text, offer)
  const noun = phrase.findIndex(word => EMPLOYED.test(word) || PEOPLE.test(word))
  const other = phrase.findIndex(word => OTHER_COUNTS.test(word))
  if (other !== -1 && (noun === -1 || other < noun)) return false
  if (noun !== -1 && EMPLOYED.test(phrase[noun]!)) return true
  if (OF_US.test(fold(text.slice(offer.end, offer.end + 24)))) return true
  const clause = clauseText(text, offer)
  if (RATE.test(fold(text.slice(offer.end))) || SERVES.test(fold(clause.before))) return false
  const trade = count.trade
  if (trade && phrase.slice(0, 3).some(word => sameWord(word, trade)) && EMPLOYS.test(fold(clause.before).slice(-40)))
    return true
  if (noun !== -1) return hasFrame(clause, phrase, passage) || (trade === phrase[noun] && BELONGS.test(fold(text)))
  if (trade && AGENT.test(trade) && phrase.slice(0, 3).some(word => sameWord(word, trade)))
    return BELONGS.test(fold(text))
  if (!isBare(phrase)) return false
  if (/\b(?:we are|wir sind|nous sommes|somos)\s(?:\S+\s){0,2}$/.test(fold(clause.before))) return true
  if (/^\s(?:\p{L}+\s){0,2}on (?:the|our) (?:books|payroll)\b/u.test(text.slice(offer.end))) return true
  if (/\bthere (?:are|is)\s(?:\S+\s){0,3}$/.test(fold(clause.before)) && passage.previous)
    return /\b(?:of us|people|staff|employees)\b/.test(fold(textOf(passage.prepared, passage.previous)))
  return FRAME.test(fold(splitCamel(passage.isData || cell ? text.slice(0, offer.start) : clause.before.slice(-70))))
}

/** "feeds 300 people a day", "room for 300 people": people who are served, not employed. */
const RATE = /^(?:\s\p{L}+){1,3}\s(?:a|per|each|every)\s(?:day|week|month|year|night|hour)\b/u
const SERVES =
  /\b(?:feed|feeds|serves?|host|hosts|seats?|carr(?:y|ies)|transports?|reach(?:es)?|welcomes?|attracts?|draws|accommodates?|room for|space for|treats?|teach(?:es)?|befordert|bewirtet)\s(?:\S+\s){0,3}$/
const EMPLOYS = /\b(?:employ(?:s|ed|ing)?|beschaftig(?:t|en)|emploie|emploient|emplea\w*)\b/
const OF_US = /^\s(?:of us|von uns|d'entre nous|de nosotros)\b|^[\s-]strong\b/

function splitCamel(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
}

/** The folded words behind the number up to the end of its noun phrase, eight at most. */
function phraseAfter(text: string, offer: Span): string[] {
  const after = splitCamel(text.slice(offer.end, offer.end + 120)).split(/[;:!?()–—]|[.,](?=\s|$)|\d/u)[0] ?? ''
  const words = tokens(after).map(token => token.fold)
  const end = words.findIndex(
    (word, index) => PHRASE_END.test(word) && !(word === 'and' && index > 0 && PEOPLE.test(words[index + 1] ?? '')),
  )
  return words.slice(0, Math.min(end === -1 ? 8 : end, 8))
}

/** "employs 212", "a payroll of 1,020": nothing that is counted stands behind the number. */
function isBare(phrase: readonly string[]): boolean {
  return phrase.filter(word => !FILLER.test(word)).length === 0
}

const FILLER =
  /^(?:of|them|now|today|worldwide|globally|overall|altogether|total|all|told|strong|full|time|permanent|currently|there|here|full-time|acc|approx|est|approximately|heute|weltweit|insgesamt|today's|fte)$/

interface ClauseText {
  before: string
  after: string
}

function clauseText(text: string, offer: Span): ClauseText {
  const clauses = clausesOf(text)
  const index = clauseIndexAt(clauses, offer.start)
  const clause = clauses[index]!
  // "Employees: 215": the label belongs to its number.
  const start = clause.opener === ':' ? clauses[index - 1]!.start : clause.start
  return {
    before: text.slice(start, offer.start),
    after: text.slice(offer.end, Math.max(offer.end, clause.end)),
  }
}

/** "a team of 40 engineers", "25 people work for us", "our 53 people", "~210 heads" in a note. */
function hasFrame(clause: ClauseText, phrase: readonly string[], passage: Passage): boolean {
  const before = fold(clause.before)
  if (FRAME.test(before.slice(-60)) || POSSESSED.test(before) || HAS.test(before)) return true
  if (WORKS.test(fold(clause.after)) || WORKS.test(before)) return true
  if (passage.prepared.source.kind !== 'page' && /(?:^|[,;(-]|\n)\s*[~±]?$/.test(clause.before)) return true
  const isFragment =
    before.replace(/[^\p{L}]/gu, '').replace(/^(?:approx|about|around|ca|circa|rund|etwa|over|some)$/u, '') === ''
  return isFragment && (passage.prepared.source.kind !== 'page' || phrase.length < 3)
}

/** Things that are counted on company pages and are not people who work there. */
const OTHER_COUNTS =
  /^(?:sites?|plants?|offices?|countr(?:y|ies)|customers?|clients?|users?|theatres?|terminals?|trucks?|years?|locations?|cities|towns|depots?|companies|stores?|shops?|square|sqm|ft|feet|metres?|meters?|products?|patients?|members|partners?|farms?|machines?|vehicles?|wagons?|standorte?|lander\w*|kunden|jahre\w*|maschinen|filialen|clients|pays|ans|sites|clientes|paises|anos|tiendas|percent|hours?|days?|minutes?|licen[cs]es?|seats?|applicants?|students|subscribers?)$/

const SITE =
  /\b(?:sites?|plants?|offices?|branch(?:es)?|factory|factories|works|locations?|depots?|standorte?|werke?|niederlassung\w*|buros?|usines?|agences?|bureaux?|plantas?|oficinas?)\b/
/** "Our Tucson site has 85 technicians": one site's people are not the company's. */
const SITE_BEFORE = new RegExp(
  `${SITE.source}[^,;.]{0,24}\\b(?:has|have|employs?|counts?|hat|haben|beschaftigt|beschaftigen|compte|emploie|a|tiene|emplea|with)\\s[^,;.]{0,12}$`,
)
/** Names of trades: what people are called after their work. */
const AGENT =
  /(?:ers|ists|ians|ics|wrights|smiths|ors|ants|ices|men|women|hands|nurses|doctors|mechanics|welders|arbeiter\w*|monteure\w*|techniker\w*|ingenieure\w*|entwickler\w*|berater\w*|azubis?|lehrlinge?|auszubildende\w*|apprenti\w*|ingenieur\w*|technicien\w*|ouvrier\w*|tecnicos?|ingenieros?|operarios?|aprendices)$/
const BELONGS =
  /\b(?:payroll|books|we|our|us|has|have|had|employs?|with|team|staff|workshop|wir|unser\w*|hat|haben|beschaftig\w*|nous|notre|nos|compte|emploie|tenemos|contamos|nuestr\w+|tiene|emplea)\b/
