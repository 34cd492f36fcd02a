/** Reads sums of money out of a sentence, in English, German, French and Spanish forms. Code reads them, never a model. */
import { pattern } from './pattern.ts'

export interface Amount {
  /** Integer minor units (cents), exact: computed on digits, never on floating point numbers. */
  minor: number
  /** ISO 4217 code. */
  currency: string
  /** Where it stands in the text. */
  start: number
  end: number
}

const SYMBOLS: Record<string, string> = {
  '€': 'EUR',
  us$: 'USD',
  a$: 'AUD',
  c$: 'CAD',
  $: 'USD',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  zł: 'PLN',
  kč: 'CZK',
  euro: 'EUR',
  euros: 'EUR',
  dollar: 'USD',
  dollars: 'USD',
  'us-dollar': 'USD',
  pound: 'GBP',
  pounds: 'GBP',
  pfund: 'GBP',
  franken: 'CHF',
  'schweizer franken': 'CHF',
  'swiss francs': 'CHF',
  'francs suisses': 'CHF',
  'fr.': 'CHF',
  sfr: 'CHF',
  dólares: 'USD',
  dólar: 'USD',
  libras: 'GBP',
  'livres sterling': 'GBP',
  'pounds sterling': 'GBP',
  'couronnes suédoises': 'SEK',
}
const CODES = [
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'HUF',
  'JPY',
  'CAD',
  'AUD',
  'NZD',
  'INR',
  'BRL',
  'MXN',
  'SGD',
  'ZAR',
  'CNY',
  'KRW',
  'TRY',
  'ILS',
  'AED',
  'KWD',
  'ISK',
  'RON',
  'BGN',
]
/** ISO 4217: currencies whose minor unit is not a hundredth. */
const DECIMALS: Record<string, number> = { JPY: 0, KRW: 0, ISK: 0, CLP: 0, VND: 0, KWD: 3, BHD: 3, OMR: 3, TND: 3 }

const SCALES: Record<string, number> = {
  k: 3,
  tsd: 3,
  tausend: 3,
  thousand: 3,
  mille: 3,
  mil: 3,
  grand: 3,
  m: 6,
  mn: 6,
  mm: 6,
  mio: 6,
  million: 6,
  millions: 6,
  millionen: 6,
  millón: 6,
  millones: 6,
  b: 9,
  bn: 9,
  mrd: 9,
  md: 9,
  billion: 9,
  milliarde: 9,
  milliarden: 9,
  milliard: 9,
  milliards: 9,
  'mil millones': 9,
}

const escape = (text: string) => text.replace(/[.$]/g, String.raw`\$&`)
const longestFirst = (words: readonly string[]) =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(escape)
    .join('|')
const CURRENCY = longestFirst([...Object.keys(SYMBOLS), ...CODES])
const NUMBER = String.raw`\d{1,3}(?:[.,'’\u00A0\u202F\u2009 ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?`
const SCALE = `(?:${longestFirst(Object.keys(SCALES))})\\.?`
const GAP = String.raw`[\s\u00A0\u202F\u2009-]?`
const LINK = String.raw`(?:d['’]\s?|de\s|of\s)?`

const FORMS = [
  pattern(
    String.raw`(?<![\p{L}\d.,])(?<c>${CURRENCY})${GAP}(?<n>${NUMBER})(?:${GAP}(?<s>${SCALE})(?![\p{L}\d]))?(?![\d%]|[.,]\d)`,
    'giu',
  ),
  pattern(
    String.raw`(?<![\p{L}\d.,])(?<n>${NUMBER})${GAP}(?:(?<s>${SCALE})${GAP})?${LINK}(?<c>${CURRENCY})(?!\p{L})`,
    'giu',
  ),
]

/** All sums that carry a currency, in order; a number without one is no sum. Overlaps are given once. */
export function parseAmounts(text: string): Amount[] {
  const found: Amount[] = []
  for (const form of FORMS) {
    for (const match of text.matchAll(form)) {
      const { c = '', n = '', s = '' } = match.groups ?? {}
      const start = match.index
      const end = start + match[0].trimEnd().length
      if (found.some(other => start < other.end && other.start < end)) continue
      const currency = SYMBOLS[c.toLowerCase()] ?? c.toUpperCase()
      const minor = toMinor(n, SCALES[s.toLowerCase().replace(/\.$/, '')] ?? 0, DECIMALS[currency] ?? 2)
      if (minor !== null) found.push({ minor, currency, start, end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** The one sum a text names, also when it names it twice; null when it names none or several. */
export function parseAmount(text: string): Amount | null {
  const [first, ...rest] = parseAmounts(text)
  if (first === undefined) return null
  return rest.every(other => other.minor === first.minor && other.currency === first.currency) ? first : null
}

/** "1.250,5" and a power of ten to minor units; null where it is no whole number of minor units or too large. */
function toMinor(written: string, power: number, decimals: number): number | null {
  const [whole, fraction] = splitNumber(written)
  const places = power + decimals
  if (fraction.replace(/0+$/, '').length > places) return null
  const digits = whole + fraction.slice(0, places).padEnd(places, '0')
  const value = Number(BigInt(digits))
  return Number.isSafeInteger(value) ? value : null
}

/** The last mark is the decimal mark, unless exactly three digits follow it or it occurs more than once. */
function splitNumber(written: string): [string, string] {
  const bare = written.replace(/['’\u00A0\u202F\u2009 ]/g, '')
  const marks = bare.replace(/\d/g, '')
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','))
  if (last === -1) return [bare, '']
  const tail = bare.slice(last + 1)
  const mixed = marks.includes('.') && marks.includes(',')
  const groups = !mixed && ((tail.length === 3 && !/^0[.,]/.test(bare)) || marks.length > 1)
  if (groups) return [bare.replace(/[.,]/g, ''), '']
  return [bare.slice(0, last).replace(/[.,]/g, ''), tail]
}
