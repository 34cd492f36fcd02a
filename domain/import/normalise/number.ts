/** Numbers and money as people and programs write them. Exact: decimal digits, never doubles. */
import type { Money } from '../types.ts'

/** Which sign separates decimals in a column; null when the column does not tell. */
export type DecimalSign = '.' | ',' | null

/** A decimal number as digits: value = sign × digits × 10^-scale. */
export interface Decimal {
  negative: boolean
  digits: string
  scale: number
}

const SYMBOLS: [RegExp, string][] = [
  [/US\$|\bUSD\b/i, 'USD'],
  [/€|\bEURO?\b/i, 'EUR'],
  [/£|\bGBP\b/i, 'GBP'],
  [/CA\$|C\$|\bCAD\b/i, 'CAD'],
  [/A\$|AU\$|\bAUD\b/i, 'AUD'],
  [/NZ\$|\bNZD\b/i, 'NZD'],
  [/R\$|\bBRL\b/i, 'BRL'],
  [/\bCHF\b|\bFr\./i, 'CHF'],
  [/¥|\bJPY\b/i, 'JPY'],
  [/\bCNY\b|\bRMB\b/i, 'CNY'],
  [/₹|\bINR\b/i, 'INR'],
  [/zł|\bPLN\b/i, 'PLN'],
  [/\bSEK\b/i, 'SEK'],
  [/\bNOK\b/i, 'NOK'],
  [/\bDKK\b/i, 'DKK'],
  [/Kč|\bCZK\b/i, 'CZK'],
  [/\bHUF\b/i, 'HUF'],
  [/\bSGD\b|S\$/i, 'SGD'],
  [/\bHKD\b|HK\$/i, 'HKD'],
  [/\bMXN\b/i, 'MXN'],
  [/\bZAR\b/i, 'ZAR'],
  [/\bAED\b/i, 'AED'],
  [/₪|\bILS\b/i, 'ILS'],
  [/₩|\bKRW\b/i, 'KRW'],
  [/₺|\bTRY\b/i, 'TRY'],
  [/\$/, 'USD'],
]

/** ISO 4217 minor units where they are not two. */
const MINOR_DIGITS: Record<string, number> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  XAF: 0,
  XOF: 0,
  PYG: 0,
  UGX: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  JOD: 3,
  TND: 3,
  IQD: 3,
}

const SCALES: [RegExp, number][] = [
  [/^(k|tsd\.?|thousand|mille)$/i, 3],
  [/^(m|mm|mn|mio\.?|mill\.?|million|millions|millionen|millones)$/i, 6],
  [/^(b|bn|mrd\.?|billion|milliarden?|milliards?)$/i, 9],
]

/** The currency named in a text, by sign or code; null when none is. */
export function currencyIn(text: string): string | null {
  if (/^[a-z]{3}$/i.test(text.trim())) return text.trim().toUpperCase()
  for (const [pattern, code] of SYMBOLS) if (pattern.test(text)) return code
  return null
}

/**
 * Reads a decimal number: 1234.5 · 1,234.50 · 1.234,50 · 1 234,50 · 1'234.50 · (12) · 12-.
 * @param sign what separates decimals where one value alone does not tell ("1.234")
 * @returns null when it is no number, or is one that could mean two things
 */
export function parseDecimal(text: string, sign: DecimalSign): Decimal | null {
  let rest = text.replace(/[\s\u00a0\u202f'’_]/g, '')
  let negative = false
  if (/^\(.*\)$/.test(rest)) {
    negative = true
    rest = rest.slice(1, -1)
  }
  if (/^[-−–+]/.test(rest)) {
    negative = rest[0] !== '+'
    rest = rest.slice(1)
  } else if (/\d[-−]$/.test(rest)) {
    negative = true
    rest = rest.slice(0, -1)
  }
  if (/^\d+$/.test(rest)) return decimal(negative, rest, '')
  if (!/^[\d.,]+$/.test(rest) || !/\d/.test(rest)) return null
  const mark = decimalMark(rest, sign)
  if (mark === undefined) return null
  if (mark === null) return grouped(rest) ? decimal(negative, rest.replace(/[.,]/g, ''), '') : null
  const at = rest.lastIndexOf(mark)
  const whole = rest.slice(0, at)
  if (!/^\d*$/.test(whole) && !grouped(whole)) return null
  const fraction = rest.slice(at + 1)
  if (!/^\d*$/.test(fraction) || (whole === '' && fraction === '')) return null
  return decimal(negative, whole.replace(/[.,]/g, ''), fraction)
}

/** Groups of three behind a first of one to three; Indian lakh grouping (12,34,567) too. */
function grouped(text: string): boolean {
  return (
    /^[1-9]\d{0,2}(,\d{3})+$/.test(text) ||
    /^[1-9]\d{0,2}(\.\d{3})+$/.test(text) ||
    /^\d{1,2}(,\d{2})+,\d{3}$/.test(text)
  )
}

/** The decimal sign of one value; null: it has none; undefined: cannot be told. */
function decimalMark(text: string, sign: DecimalSign): '.' | ',' | null | undefined {
  const dots = text.split('.').length - 1
  const commas = text.split(',').length - 1
  if (dots > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
  const mark = dots > 0 ? '.' : ','
  if (dots + commas > 1) return null
  if (!grouped(text)) return mark
  // "1.234" alone: a column of such values without any other evidence holds grouped thousands.
  return sign === null ? null : sign === mark ? mark : null
}

function decimal(negative: boolean, whole: string, fraction: string): Decimal {
  return { negative, digits: (whole + fraction).replace(/^0+(?=\d)/, '') || '0', scale: fraction.length }
}

/** Which decimal sign a column's values prove. Contradicting values, or none that tell, give null. */
export function detectDecimalSign(values: Iterable<string>): DecimalSign {
  let dot = 0
  let comma = 0
  for (const value of values) {
    const text = value.replace(/[^\d.,]/g, '')
    const dots = text.split('.').length - 1
    const commas = text.split(',').length - 1
    if (dots + commas === 0 || (dots + commas === 1 && grouped(text))) continue
    const mark =
      dots > 0 && commas > 0 ? (text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ',') : dots > 0 ? '.' : ','
    // Several of one sign are groups, so the other one separates decimals.
    const several = (dots > 1 && commas === 0) || (commas > 1 && dots === 0)
    if ((mark === '.') !== several) dot++
    else comma++
  }
  return dot > 0 && comma === 0 ? '.' : comma > 0 && dot === 0 ? ',' : null
}

/** What is fixed for a column of money: currency when the value names none, and a power of ten (6: millions). */
export interface MoneyColumn {
  currency: string
  power: number
  sign: DecimalSign
}

/** "€ 1.234,50", "USD 12k", "1100.04" (in millions) to minor units; half a minor unit is rounded away from zero. */
export function parseMoney(text: string, column: MoneyColumn): Money | null {
  const currency = currencyIn(text) ?? column.currency
  let rest = text
  for (const [pattern] of SYMBOLS) rest = rest.replace(new RegExp(pattern.source, 'gi'), '')
  let power = column.power
  const unit = /^(.*\d[\d.,)]*)\s*([a-z]+\.?)$/i.exec(rest.trim())
  if (unit !== null) {
    const scale = SCALES.find(([pattern]) => pattern.test(unit[2] as string))
    if (scale === undefined) return null
    power += scale[1]
    rest = unit[1] as string
  }
  const number = parseDecimal(rest.replace(/[,.]?[-–—]+\s*$/, ''), column.sign)
  return number === null ? null : { minor: shift(number, power + (MINOR_DIGITS[currency] ?? 2)), currency }
}

/** The number times a power of ten, rounded to a whole. */
function shift(number: Decimal, power: number): string {
  const places = power - number.scale
  let digits = number.digits
  if (places >= 0) digits += '0'.repeat(places)
  else {
    const padded = digits.padStart(-places + 1, '0')
    const cut = padded.length + places
    const up = (padded[cut] as string) >= '5'
    digits = String(BigInt(padded.slice(0, cut)) + (up ? 1n : 0n))
  }
  digits = digits.replace(/^0+(?=\d)/, '')
  return number.negative && digits !== '0' ? `-${digits}` : digits
}

/** A count of people or the like: "2,822", "about 250", "51-200" (its lower end), "1.2k"; null if none. */
export function parseCount(text: string, sign: DecimalSign): number | null {
  const clean = text.trim().replace(/^(about|approx\.?|ca\.?|circa|etwa|environ|unos|~|>|≥|<|≤)\s*/i, '')
  const range = /^([\d.,\s']+)\s*(?:-|–|—|to|bis|à|a)\s*[\d.,\s']+(?:employees|mitarbeiter)?$/i.exec(clean)
  const money = parseMoney(
    (range?.[1] ?? clean).replace(/\+$/, '').replace(/\s*(employees|mitarbeiter|salariés|empleados)$/i, ''),
    {
      currency: 'JPY',
      power: 0,
      sign,
    },
  )
  if (money === null || money.minor.startsWith('-')) return null
  const count = Number(money.minor)
  return count <= 2_147_483_647 ? count : null
}
