/** What looks brought up, told by code: for people who asked without a model, and as the count beside each look. */
import { fractionDigits } from './money.ts'
import type { LookName, Said } from './types.ts'

const MOST_LINES = 25

/** `12,500 EUR`. @param minor integer, in the currency's smallest unit */
export function amountOf(minor: number | null, currency: string | null): string | null {
  if (minor === null || currency === null) return null
  const digits = fractionDigits(currency)
  const amount = minor / 10 ** digits
  const fraction = Number.isInteger(amount) ? 0 : digits
  const number = new Intl.NumberFormat('en', { minimumFractionDigits: fraction, maximumFractionDigits: fraction })
  return `${number.format(amount)} ${currency}`
}

const PLURAL: Readonly<Record<string, string>> = {
  lead: 'leads',
  account: 'companies',
  contact: 'people',
  deal: 'deals',
}
const SINGULAR: Readonly<Record<string, string>> = { lead: 'lead', account: 'company', contact: 'person', deal: 'deal' }

/** `1 deal`, `14 deals`, `no leads`. */
export const countOf = (kind: string, n: number): string =>
  `${n === 0 ? 'no' : n} ${(n === 1 ? SINGULAR : PLURAL)[kind] ?? kind}`

const sentence = (...parts: (string | null)[]): string => {
  const text = parts.filter(Boolean).join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}

/** A line for the count, one for each of the first records, one for the rest. */
export function listed<R>(look: string, rows: readonly R[], count: string, line: (row: R) => Said): Said[] {
  const left = rows.length - MOST_LINES
  return [
    { text: sentence(count), records: [look] },
    ...rows.slice(0, MOST_LINES).map(line),
    ...(left > 0 ? [{ text: `And ${left} more.`, records: [look] }] : []),
  ]
}

export interface FoundRow {
  alias: string
  name: string
  about: string | null
  owner: string | null
  amount: string | null
  closeDate: string | null
  score: number | null
}

export const foundLine = (row: FoundRow): Said => ({
  text: sentence(
    [
      row.name,
      row.about,
      row.amount,
      row.closeDate && `closes ${row.closeDate}`,
      row.score === null ? null : `score ${Math.round(row.score)}`,
      row.owner && `owner ${row.owner}`,
    ]
      .filter(Boolean)
      .join(', '),
  ),
  records: [row.alias],
})

export interface ChangedRow {
  alias: string
  name: string
  from: string | null
  to: string | null
  on: string
  by: string | null
  why: string | null
  /** Of a close date. */
  daysLater: number | null
  owner: string | null
}

export const changedLine = (row: ChangedRow): Said => ({
  text: sentence(
    `${row.name}: from ${row.from ?? 'nothing'} to ${row.to ?? 'nothing'}`,
    row.daysLater === null || row.daysLater === 0
      ? null
      : `(${Math.abs(row.daysLater)} ${Math.abs(row.daysLater) === 1 ? 'day' : 'days'} ${row.daysLater > 0 ? 'later' : 'earlier'})`,
    `on ${row.on}`,
    row.by && `by ${row.by}`,
    row.why ? `– ${row.why}` : '– no reason is recorded',
  ),
  records: [row.alias],
})

/** Whole days from one to the other; null where one is missing. */
export function daysBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000
  return Number.isFinite(days) ? Math.round(days) : null
}

/** Sums by currency, as `["12,500 EUR"]`. */
export function sumsOf(rows: readonly { amountMinor: number | null; currency: string | null }[]): string[] {
  const sums = new Map<string, number>()
  for (const { amountMinor, currency } of rows)
    if (amountMinor !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor)
  return [...sums].map(([currency, minor]) => amountOf(minor, currency) ?? '')
}

export const toldOf: Record<LookName, (what: string) => string> = {
  find_records: what => `Looked for ${what}`,
  look_at: what => `Read ${what}`,
  deals_changed: what => `Looked at ${what}`,
  count_activity: what => `Counted ${what}`,
  why_not: what => `Asked why not, for ${what}`,
}
