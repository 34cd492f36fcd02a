/** Values of fields as people type and read them. */
import { formatDay, formatMoney, formatNumber, inWords } from '../../parts/format.ts'

export type FieldType = 'text' | 'long' | 'number' | 'whole' | 'money' | 'date' | 'choice' | 'yes_no' | 'url' | 'email'

export interface Choice {
  value: string
  label: string
}

export interface Money {
  minor: number
  currency: string
}

export const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value

/** As it stands in a box to type in. */
export function toText(type: FieldType, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (type === 'money') return isMoney(value) ? `${plainAmount(value)} ${value.currency}` : ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function plainAmount({ minor, currency }: Money): string {
  const digits = digitsOf(currency)
  return (minor / 10 ** digits).toFixed(minor % 10 ** digits === 0 ? 0 : digits)
}

function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

export type Read = { ok: true; value: unknown } | { ok: false; problem: string }
const good = (value: unknown): Read => ({ ok: true, value })
const bad = (problem: string): Read => ({ ok: false, problem })

/** What was typed as a value; nothing typed is no value. @param currency of an amount that names none */
export function fromText(type: FieldType, typed: string, currency = 'EUR'): Read {
  const text = typed.trim()
  if (text === '') return good(null)
  switch (type) {
    case 'number':
    case 'whole': {
      const number = Number(text.replaceAll(/[\s,'’](?=\d{3}\b)/g, ''))
      if (!Number.isFinite(number)) return bad('This takes a number.')
      return type === 'whole' && !Number.isInteger(number) ? bad('This takes a whole number.') : good(number)
    }
    case 'money':
      return readMoney(text, currency)
    case 'yes_no':
      return good(text === 'true')
    case 'url':
      return good(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)
    default:
      return good(text)
  }
}

const COMMA_DECIMALS = /^(?:\d+|\d{1,3}(?:\.\d{3})+),\d{1,2}$/
const POINT_DECIMALS = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/

/** `12,500.50 EUR`, `EUR 12 500`, `12.500,50`, `12500`. What could be read in two ways is not read. */
function readMoney(text: string, fallback: string): Read {
  const code = /[a-z]{3}/i.exec(text)?.[0].toUpperCase() ?? fallback
  const typed = text.replace(/[a-z]{3}/i, '').replaceAll(/[\s'’]/g, '')
  const amount = COMMA_DECIMALS.test(typed) ? typed.replaceAll('.', '').replace(',', '.') : typed
  if (!POINT_DECIMALS.test(amount)) return bad('This takes an amount such as 12,500.50 EUR.')
  const [whole = '', part = ''] = amount.replaceAll(',', '').split('.')
  const digits = digitsOf(code)
  if (part.length > digits) return bad(`${code} has ${digits} digits behind the point.`)
  const minor = Number(whole) * 10 ** digits + Number(part.padEnd(digits, '0') || 0)
  return Number.isSafeInteger(minor) ? good({ minor, currency: code }) : bad('This amount is too large.')
}

/** As it is read; null: there is none. */
export function shown(type: FieldType, value: unknown, choices: readonly Choice[] = []): string | null {
  if (value === null || value === undefined || value === '') return null
  if (type === 'money') return isMoney(value) ? formatMoney(value.minor, value.currency) : null
  if (type === 'choice') return choices.find(one => one.value === value)?.label ?? inWords(toText('text', value))
  if (type === 'yes_no') return value === true ? 'Yes' : 'No'
  if (type === 'date' && typeof value === 'string') return formatDay(value)
  // A year is no amount.
  if (type === 'number' && typeof value === 'number') return formatNumber(value)
  return toText(type, value)
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
