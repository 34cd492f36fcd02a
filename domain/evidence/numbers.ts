/** Quantities in text: value, range, unit. Understands the separators and magnitude words of en, de, fr and es. */
import { readNumberWords } from './number-words.ts'
import type { Span } from './text.ts'
import { fold, tokens } from './text.ts'

export interface Quantity extends Span {
  low: number
  /** Equal to `low` unless a range is written. */
  high: number
  /** `percent`, an ISO currency code, or null. */
  unit: string | null
  /** Digits as written, for numbers that are names rather than amounts ("ISO 27001"). */
  digits: string
  /** What limits it: at most, at least, or nothing. */
  bound: 'max' | 'min' | null
}

const MAGNITUDES: [RegExp, number][] = [
  [/^(?:mil millones|miles de millones)(?![\p{L}])/iu, 1e9],
  [/^(?:(?:billions?|milliarden?|milliards?|bn|bln)(?![\p{L}])|(?:mrd|mia)(?![\p{L}])\.?)/iu, 1e9],
  [/^(?:b|B)(?![\p{L}\p{N}])/u, 1e9],
  [/^(?:(?:millions?|millionen|millones|mill[oó]n|mln|mn|mm)(?![\p{L}])|(?:mio|mill)(?![\p{L}])\.?)/iu, 1e6],
  [/^(?:m|M)(?![\p{L}\p{N}²³])/u, 1e6],
  [/^(?:(?:thousand|tausend|mille|mil)(?![\p{L}])|tsd(?![\p{L}])\.?)/iu, 1e3],
  [/^(?:k|K)(?![\p{L}\p{N}])/u, 1e3],
]
const CURRENCIES: [RegExp, string][] = [
  [/^(?:€|EUR(?![\p{L}])|euros?(?![\p{L}]))/iu, 'EUR'],
  [/^(?:US\$|USD(?![\p{L}])|\$|US dollars?(?![\p{L}])|(?:US-)?dollars?(?![\p{L}])|d[oó]lares(?![\p{L}]))/iu, 'USD'],
  [/^(?:£|GBP(?![\p{L}])|pounds?(?![\p{L}])|livres sterling|libras(?![\p{L}])|pfund(?![\p{L}]))/iu, 'GBP'],
  [/^(?:CHF(?![\p{L}])|SFr\.?|Swiss francs?|Franken(?![\p{L}])|francs suisses)/iu, 'CHF'],
  [/^(?:SEK(?![\p{L}])|(?:Swedish )?kronor)/iu, 'SEK'],
  [/^(?:NOK(?![\p{L}])|(?:Norwegian )?kroner)/iu, 'NOK'],
  [/^(?:DKK(?![\p{L}])|Danish kroner)/iu, 'DKK'],
  [/^(?:PLN(?![\p{L}])|zł|zloty)/iu, 'PLN'],
  [/^(?:CZK(?![\p{L}])|Kč)/iu, 'CZK'],
  [/^(?:¥|JPY(?![\p{L}])|yen(?![\p{L}]))/iu, 'JPY'],
  [/^(?:₹|INR(?![\p{L}])|rupees?(?![\p{L}]))/iu, 'INR'],
  [/^(?:C\$|CAD(?![\p{L}]))/iu, 'CAD'],
  [/^(?:A\$|AUD(?![\p{L}]))/iu, 'AUD'],
]
const CURRENCY_BEFORE = /(US\$|C\$|A\$|[€$£¥₹]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|JPY|INR|CAD|AUD))\s?$/u
/** "MEUR", "TEUR", "MSEK": magnitude and currency in one word, as tables head their columns. */
const SCALED = /^(M|T|K|k|m|Mio\s?|Mn\s?)(EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK)(?![\p{L}])/u
const PERCENT = /^(?:%|percent(?:age)?|per cent|prozent|pour cent|por ciento)/iu
const NUMBER =
  /\d{1,3}(?:(?:[.,'’]\d{3})+|(?:[ \u00A0\u202F\u2009]\d{3})+)(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?/gu
const RANGE = /^\s?(?:-|–|—|to\b|bis\b|à\b|a\b|and\b|und\b|et\b|y\b)\s?$|^\s+[\w.]*maxValue:\s*$/iu
const BETWEEN = /(?:between|zwischen|entre|from|von|de)\s*(?:[€$£]\s?)?$/iu
const MAX =
  /(?:up to|shy of(?: the)?|short of(?: the)?|at most|no more than|not more than|fewer than|less than|under|below|maximum(?: of)?|bis zu|maximal|höchstens|weniger als|unter|jusqu'à|jusqu’à|au plus|moins de|hasta|como máximo|menos de)\s*(?:[€$£]\s?)?$/iu
const MIN =
  /(?:more than|over|at least|above|mehr als|über|mindestens|plus de|au moins|más de|al menos)\s*(?:[€$£]\s?)?$/iu

/** All quantities of `text`, in order. `defaultMagnitude` and unit can be given by a table head ("EUR million"). */
export function quantities(text: string): Quantity[] {
  const found: Quantity[] = []
  for (const match of text.matchAll(NUMBER)) {
    const end = match.index + match[0].length
    if (/[\p{L}_]$/u.test(text.slice(Math.max(0, match.index - 1), match.index)) && !isGluedUnit(text, match.index))
      continue
    found.push(readDigits(text, match.index, match[0], end))
  }
  for (const word of spelled(text))
    if (!found.some(other => word.start < other.end && other.start < word.end)) found.push(word)
  return joinRanges(
    text,
    found.sort((a, b) => a.start - b.start),
  )
}

/** "EUR5m": a number may follow a currency code without a space. */
function isGluedUnit(text: string, at: number): boolean {
  return CURRENCY_BEFORE.test(text.slice(Math.max(0, at - 4), at))
}

function readDigits(text: string, start: number, digits: string, digitsEnd: number): Quantity {
  let end = digitsEnd
  let rest = text.slice(end, end + 40)
  let scale = 1
  let unit: string | null = currencyBefore(text, start)
  const skip = () => {
    const gap = /^[\s\u00A0]?(?:de |d'|d’|of )?/iu.exec(rest)![0].length
    return rest.slice(gap)
  }
  const take = (tail: string, length: number) => {
    end += rest.length - tail.length + length
    rest = tail.slice(length)
  }
  // "5 M€" and "5 Mio. Euro": magnitude first, then unit.
  let tail = skip()
  const scaled = SCALED.exec(tail)
  if (scaled) {
    scale = /^[TKk]/.test(scaled[1]!) ? 1e3 : 1e6
    take(tail, scaled[1]!.length)
  }
  const joined = /^(?:M|m|k|K|T|B|bn)(?=[€$£])/u.exec(tail)?.[0]
  if (scaled) tail = rest
  else if (joined) {
    scale = { m: 1e6, k: 1e3, t: 1e3, b: 1e9, bn: 1e9 }[joined.toLowerCase()] ?? 1
    take(tail, joined.length)
  } else {
    const magnitude = MAGNITUDES.find(([form]) => form.test(tail))
    if (magnitude && !isMetres(tail, unit, rest)) {
      scale = magnitude[1]
      take(tail, magnitude[0].exec(tail)![0].length)
    }
  }
  tail = skip()
  const percent = PERCENT.exec(tail)
  const currency = CURRENCIES.find(([form]) => form.test(tail))
  if (percent) {
    unit = 'percent'
    take(tail, percent[0].length)
  } else if (currency) {
    unit = currency[1]
    take(tail, currency[0].exec(tail)![0].length)
  }
  const value = numeral(digits, scale > 1) * scale
  return { start, end, low: value, high: value, unit, digits, bound: boundBefore(text, start) }
}

/** "80 m" is metres where no currency stands by and the m is apart; "€80 m" and "80m" are millions. */
function isMetres(tail: string, unit: string | null, rest: string): boolean {
  return /^[mM](?![\p{L}])/u.test(tail) && unit === null && rest !== tail && !/^[mM]\s?(?:€|EUR|USD|\$|£)/u.test(tail)
}

function currencyBefore(text: string, start: number): string | null {
  const sign = CURRENCY_BEFORE.exec(text.slice(Math.max(0, start - 5), start))?.[1]
  return sign ? (CURRENCIES.find(([form]) => form.test(sign))?.[1] ?? null) : null
}

function boundBefore(text: string, start: number): 'max' | 'min' | null {
  const before = text.slice(Math.max(0, start - 24), start)
  if (/(?:no|not|nicht|pas|no) (?:fewer|less|weniger|moins|menos) (?:than|als|de)\s*(?:[€$£]\s?)?$/iu.test(before))
    return 'min'
  return MAX.test(before) ? 'max' : MIN.test(before) ? 'min' : null
}

/**
 * The value of digits with separators. A group of exactly three after the last separator is read as thousands, unless a
 * magnitude word follows ("1,234 million", "71,250 Mio."), or a leading zero makes it a fraction.
 */
export function numeral(digits: string, hasMagnitude = false): number {
  const bare = digits.replace(/[\s\u00A0\u202F\u2009'’]/gu, '')
  const marks = bare.match(/[.,]/g) ?? []
  if (marks.length === 0) return Number(bare)
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','))
  const fraction = bare.length - last - 1
  const mixed = new Set(marks).size === 2
  const grouped = fraction === 3 && !mixed && !bare.startsWith('0') && !(hasMagnitude && marks.length === 1)
  if (grouped || (marks.length > 1 && !mixed)) return Number(bare.replace(/[.,]/g, ''))
  return Number(`${bare.slice(0, last).replace(/[.,]/g, '')}.${bare.slice(last + 1)}`)
}

function spelled(text: string): Quantity[] {
  const list = tokens(text)
  const found: Quantity[] = []
  for (let index = 0; index < list.length; index++) {
    const read = readNumberWords(list, index)
    if (!read) continue
    const start = list[index]!.start
    let end = list[index + read.used - 1]!.end
    const tail = text.slice(end, end + 30)
    const gap = /^\s?(?:de |d'|d’)?/iu.exec(tail)![0].length
    let unit: string | null = null
    const after = tail.slice(gap)
    const currency = CURRENCIES.find(([form]) => form.test(after))
    if (PERCENT.test(after)) unit = 'percent'
    else if (currency) unit = currency[1]
    if (unit) end += gap + (PERCENT.exec(after) ?? currency![0].exec(after))![0].length
    found.push({
      start,
      end,
      low: read.value,
      high: read.value,
      unit,
      digits: fold(text.slice(start, end)),
      bound: boundBefore(text, start),
    })
    index += read.used - 1
  }
  return found
}

/** "51-200", "between 50 and 60", "10 bis 20 Mio. Euro" become one quantity; the second's unit and scale hold for both. */
function joinRanges(text: string, list: Quantity[]): Quantity[] {
  const joined: Quantity[] = []
  for (const quantity of list) {
    const previous = joined.at(-1)
    const between = previous ? text.slice(previous.end, quantity.start).replace(/[€$£]\s?$/u, '') : ''
    const link = previous && RANGE.test(between)
    const conjunction = link && /and|und|et|y|^\s?a\s?$/iu.test(between)
    const opened = previous && BETWEEN.test(text.slice(Math.max(0, previous.start - 12), previous.start))
    if (!previous || !link || (conjunction && !opened) || previous.low !== previous.high) {
      joined.push(quantity)
      continue
    }
    const scale =
      quantity.low >= 1e3 && previous.low < 1e3 && quantity.low > numeralOf(quantity)
        ? quantity.low / numeralOf(quantity)
        : 1
    const low = previous.low * scale
    // "since 2019 to $88 million": a year is no lower end of a sum.
    if (
      (previous.unit === null && quantity.unit !== null && /^(?:19|20)\d\d$/.test(previous.digits)) ||
      low >= quantity.low ||
      /\b(?:from|von|by|um)\s*(?:[€$£]\s?)?$/iu.test(text.slice(Math.max(0, previous.start - 8), previous.start))
    ) {
      joined.push(quantity)
      continue
    }
    joined[joined.length - 1] = {
      ...quantity,
      start: previous.start,
      low,
      unit: quantity.unit ?? previous.unit,
      digits: text.slice(previous.start, quantity.end),
    }
  }
  return joined
}

function numeralOf(quantity: Quantity): number {
  return /\d/.test(quantity.digits) ? numeral(quantity.digits, true) : quantity.low
}
