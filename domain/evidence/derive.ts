/** Whether a claim's value follows from a passage: its numbers, dates, names and words, and what its kind demands. */
import { wrongPair } from './cards.ts'
import { clauseIndexAt, clausesOf } from './clauses.ts'
import type { WrittenDate } from './dates.ts'
import { writtenDates } from './dates.ts'
import { matchDates } from './derive-dates.ts'
import { matchNumbers } from './derive-numbers.ts'
import { matchWords } from './derive-words.ts'
import { failedDemand, wrongPlaceRole } from './kinds.ts'
import { wrongTitle } from './leader.ts'
import { nameForms, nameWords } from './names.ts'
import type { Quantity } from './numbers.ts'
import { quantities } from './numbers.ts'
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import { roleAt } from './prepare.ts'
import type { Span } from './text.ts'
import { fold, overlaps } from './text.ts'
import type { Claim, FactKind } from './types.ts'

export type Derivation =
  | { ok: false; detail: string }
  /** `anchors`: where in the source the value's parts stand. `limited`: a number is only an upper bound. */
  | { ok: true; anchors: Span[]; limited: boolean }

const MONEY = new Set<FactKind>(['revenue', 'funding'])

export function derive(claim: Claim, passage: Passage): Derivation {
  if (roleAt(passage.prepared, passage.quote.start) === 'hidden')
    return no('the quote stands in text that no visitor sees')
  if (claim.kind === 'email' || claim.kind === 'phone') return deriveContact(claim, passage)
  const parts = splitValue(claim)
  const when = claim.when ? writtenDates(claim.when) : []
  const numbers = matchNumbers(parts.numbers, claim.value, passage, {
    heads: claim.kind === 'employees',
    years: [...parts.dates, ...when],
  })
  if ('missing' in numbers) return no(`"${numbers.missing}" does not follow from the passage`)
  const dates = matchDates(parts.dates, claim, passage)
  if ('missing' in dates) return no(`the date "${dates.missing}" does not follow from the passage`)
  if (numbers.matches.some(match => isComparison(match.at, [...parts.dates, ...when], passage)))
    return no('the number is the one it is compared with')
  if (
    claim.kind === 'revenue' &&
    numbers.matches.some(match => isShare(match.at, passage) || isOtherSum(match.at, passage))
  )
    return no('the sum is a part of the revenue or something else beside it')
  if (parts.dates.length > 0 && numbers.matches.some(match => otherYearBeside(match.at, parts.dates, passage))) {
    return no('the number belongs to another year')
  }
  if (claim.kind === 'founded' && parts.dates.length === 0) return no('no year in the value')
  if (claim.kind === 'employees' && parts.numbers.length === 0) return no('no head count in the value')
  if (
    MONEY.has(claim.kind) &&
    parts.numbers.length > 0 &&
    !numbers.matches.some(match => match.quantity.unit && match.quantity.unit !== 'percent')
  ) {
    return no('the number is no amount of money')
  }
  const words = matchWords(parts.rest, claim.kind, passage)
  if ('missing' in words) return no(`"${words.missing}" does not follow from the passage`)
  const demand =
    failedDemand(claim, passage) ??
    placeProblem(claim, passage, words.found) ??
    (claim.kind === 'leader' ? (wrongPair(claim.value, passage) ?? wrongTitle(claim.value, passage)) : null)
  if (demand) return no(demand)
  if (claim.kind !== 'founded' && datedOtherwise(words.found, parts.dates, passage))
    return no('the date belongs to something else beside it')
  const anchors = [...numbers.matches.map(match => match.at), ...dates.found, ...words.found]
  return { ok: true, anchors, limited: numbers.matches.some(match => match.limited) }
}

/** Where a sentence gives figures for several years, the year nearest to the number is its own: "£1,204m (2024: £1,150m)". */
function otherYearBeside(at: Span, claimed: readonly WrittenDate[], passage: Passage): boolean {
  const dates = writtenDates(sentenceText(passage)).filter(date => date.year !== null)
  if (new Set(dates.map(date => date.year)).size < 2) return false
  const start = at.start - passage.sentence.start
  const end = at.end - passage.sentence.start
  const distance = (date: WrittenDate) => (date.start >= end ? date.start - end : start - date.end)
  const nearest = dates.reduce((best, date) => (distance(date) < distance(best) ? date : best))
  return !claimed.some(date => date.year === nearest.year)
}

/** "Halse Hoists in 2019 and Tarrant Towers in 2022": a name in a list has the date that stands right behind it. */
function datedOtherwise(found: readonly Span[], claimed: readonly WrittenDate[], passage: Passage): boolean {
  const text = sentenceText(passage)
  const dates = writtenDates(text).filter(date => date.year !== null)
  const name = found.findLast(span => /^\p{Lu}/u.test(passage.prepared.source.text.slice(span.start, span.end)))
  if (claimed.length === 0 || new Set(dates.map(date => date.year)).size < 2 || !name) return false
  const end = name.end - passage.sentence.start
  const behind = dates.find(date => date.start >= end)
  if (!behind || !/^\s?(?:\(|in\s|im\s|en\s|,\s)$/u.test(text.slice(end, behind.start))) return false
  return !claimed.some(date => date.year === behind.year)
}

/** "£1,204m (2024: £1,150m)": the figure in brackets holds for the year named there and for no other. */
function isComparison(at: Span, claimed: readonly WrittenDate[], passage: Passage): boolean {
  const before = passage.prepared.source.text.slice(Math.max(passage.sentence.start, at.start - 30), at.start)
  const year = /\([^()\d]{0,12}((?:19|20)\d\d)\s?:\s?(?:[€$£]|[A-Z]{3}\s?)?$/u.exec(before)?.[1]
  return year !== undefined && !claimed.some(date => date.year === Number(year))
}

/** Words that say what a sum is; the nearest one before it, in its clause, says what this one is. */
const REVENUE_WORD =
  /\b(?:revenues?|turnover|sales|income|umsatz\w*|erlos\w*|jahresumsatz|chiffre d'affaires|ca|facturacion|ventas|ingresos|arr|mrr|billings|takings|turn(?:ed|s) over|generat\w+|earn(?:ed|s))\b/g
const OTHER_SUM =
  /\b(?:los[st]|loss(?:es)?|profits?|ebitd?a?|costs?|spent|spend(?:s|ing)?|paid|pays?|invest\w*|debts?|valued|valuation|worth|raised|raises|premiums?|contract\w*|order book|orders?|fees?|salar(?:y|ies)|wages|budget|fine|grant|savings?|saved|market|share price|dividend|gewinn\w*|verlust\w*|kosten|investi\w+|auftrag\w*|benefices?|pertes?|beneficio|perdidas)\b/g

/** "lost £6m on revenue of £4m": which of the two is a loss is told by the word before it. */
function isOtherSum(at: Span, passage: Passage): boolean {
  const text = sentenceText(passage)
  const start = at.start - passage.sentence.start
  const clauses = clausesOf(text)
  const clause = clauses[clauseIndexAt(clauses, start)]!
  const before = fold(text.slice(clause.start, start))
  const last = (form: RegExp) => [...before.matchAll(form)].at(-1)?.index ?? -1
  if (last(OTHER_SUM) <= last(REVENUE_WORD)) return false
  return !/^\s(?:in|of)\s(?:\p{L}+\s)?(?:revenue|sales|turnover|income)/u.test(
    fold(text.slice(at.end - passage.sentence.start)),
  )
}

/** "Sales of our pumps in Asia came to": of one product or in one region. */
const PARTIAL =
  /\b(?:[Ss]ales|[Rr]evenues?|[Tt]urnover|[Uu]msatz)\s(?:of\s(?:our|the)\s\p{Ll}+|from\s(?:our\s)?\p{L}+|(?:in|mit|im)\s(?:the\s)?(?!20|19|Q|H)(?:\p{Lu}\p{L}+))\s[^.;]{0,40}$/u

/** "Order intake rose to £9m", "£9m of our sales": a sum beside the revenue, or a share of it. */
function isShare(at: Span, passage: Passage): boolean {
  const { text } = passage.prepared.source
  const before = fold(text.slice(Math.max(passage.sentence.start, at.start - 60), at.start))
  const after = fold(text.slice(at.end, Math.min(passage.sentence.end, at.end + 24)))
  const own = passage.prepared.source.text.slice(Math.max(passage.sentence.start, at.start - 60), at.start)
  if (PARTIAL.test(own)) return true
  if (/\b(?:of which|of that|of this|thereof|including|incl|davon|darunter|dont|de ellos)\b[^;.]{0,50}$/.test(before))
    return true
  return (
    /\b(?:order intake|orders|auftragseingang|carnet de commandes|cartera de pedidos|invested|investiert\w*|investi)\b[^.;,]{0,30}$/.test(
      before,
    ) ||
    /^\s(?:of (?:our|its|the) (?:sales|revenue|turnover)|comes? from|stammt|stammen|provient|proviennent)\b/.test(after)
  )
}

function no(detail: string): Derivation {
  return { ok: false, detail }
}

function placeProblem(claim: Claim, passage: Passage, found: readonly Span[]): string | null {
  const first = found[0]
  if (!first) return null
  const at = { start: first.start - passage.sentence.start, end: first.end - passage.sentence.start }
  return wrongPlaceRole(claim.kind, sentenceText(passage), at)
}

export interface ValueParts {
  dates: WrittenDate[]
  numbers: Quantity[]
  /** The value with dates and quantities blanked out at equal length. */
  rest: string
}

/** Takes a value apart. A bare "2000" is a year, except where the kind counts something. */
export function splitValue(claim: Pick<Claim, 'kind' | 'value'>): ValueParts {
  const counted = claim.kind === 'employees' || claim.kind === 'budget'
  // "S/4HANA": a digit glued to letters is part of a name.
  const all = quantities(claim.value).filter(
    quantity => quantity.unit !== null || !/^\p{L}{3}/u.test(claim.value.slice(quantity.end)),
  )
  const dates = writtenDates(claim.value).filter(date => {
    const clash = all.find(quantity => overlaps(quantity, date))
    if (!date.bareYear) return true
    if (clash && (clash.unit !== null || clash.low !== date.year)) return false
    return !counted || all.length > 1
  })
  const numbers = all.filter(quantity => !dates.some(date => overlaps(date, quantity)))
  let rest = claim.value
  for (const span of [...dates, ...numbers]) {
    rest = rest.slice(0, span.start) + ' '.repeat(span.end - span.start) + rest.slice(span.end)
  }
  // Currency marks before a number and short tags such as (m/w/d) say nothing more.
  rest = rest.replace(/\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK)\b|[€$£]/g, mark => ' '.repeat(mark.length))
  return { dates, numbers, rest }
}

/** An address or number must stand in the quote as it is; a phone number may be spaced differently. */
function deriveContact(claim: Claim, passage: Passage): Derivation {
  const quote = passage.prepared.source.text.slice(passage.quote.start, passage.quote.end)
  if (claim.kind === 'email') {
    const value = claim.value.trim().toLowerCase()
    const found: string[] = quote.toLowerCase().match(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\p{L}/gu) ?? []
    if (!/^\S+@\S+$/.test(value) || !found.includes(value)) return no('the address is not in the quote')
  } else {
    const digits = (text: string) => text.replace(/\(0\)/g, '').replace(/[^\d+]/g, '')
    const wanted = digits(claim.value)
    const found: string[] = quote.match(/\+?[\d(][\d\s()./–-]{4,}\d/g) ?? []
    if (wanted.length < 6 || !found.some(number => digits(number) === wanted))
      return no('the number is not in the quote')
    if (/\bfax\b/.test(fold(quote)) && !/\b(?:tel|phone|telefon|mobil|call)/.test(fold(quote)))
      return no('the number is a fax number')
  }
  const owner = /(?<!\p{L})(\p{Lu}[\p{L}&-]{2,})['’]s\s(?:[\p{L}-]+\s){0,4}(?:on|at|under|:|is)?\s?[+(]?$/u.exec(
    passage.prepared.source.text.slice(passage.sentence.start, contactStart(claim, passage)),
  )?.[1]
  if (owner && !nameForms(claim.subject).some(words => words[0] === nameWords(owner)[0]))
    return no('the number or address is somebody else’s')
  const called = CALLS_NAME.exec(sentenceText(passage))?.[1]
  if (called && !nameForms(claim.subject).some(words => nameWords(called)[0] === words[0]))
    return no('the number or address is somebody else’s')
  if (OTHERS_LINE.test(fold(sentenceText(passage)))) return no('the number or address is somebody else’s')
  return { ok: true, anchors: [passage.quote], limited: false }
}

/** Where the address or number begins: the quote may hold words before it. */
function contactStart(claim: Claim, passage: Passage): number {
  const quote = passage.prepared.source.text.slice(passage.quote.start, passage.quote.end)
  const at =
    claim.kind === 'email' ? quote.toLowerCase().indexOf(claim.value.trim().toLowerCase()) : quote.search(/[+\d(]/)
  return passage.quote.start + Math.max(0, at)
}

/** "call Radiotaxi on …": one capitalised word that is a firm, mostly. "Call Jane Doe on …" is a person of theirs. */
const CALLS_NAME =
  /\b(?:[Rr]ing|[Cc]all|[Dd]ial|[Pp]hone|[Rr]ufen Sie|[Aa]ppelez|[Ll]lame a)\s(?!(?:Us|Now|Today|Sales|Support|Service|Reception|Mr|Mrs|Ms|Dr)\b)(\p{Lu}[\p{L}&-]{3,})\s(?:on|at|under|unter|au|al)\b/u

/** "Ring the coastguard on …": a line to a third party. */
const OTHERS_LINE =
  /\b(?:ring|call|dial|phone|contact|notify|inform)\s(?:the|your)\s(?!(?:office|team|sales|switchboard|workshop|factory|service|support|hotline|reception|number|shop|store|company|plant|works|head|main|support|press)\b)\p{L}+\s(?:on|at|under|via)\b/u
