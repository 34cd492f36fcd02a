/** Numbers, money and times as people read them, in the language of their browser. */
const languages = navigator.languages as string[]

const plain = new Intl.NumberFormat(languages)
export const formatNumber = (n: number): string => plain.format(n)

/** @param minor integer, in the currency's smallest unit */
export function formatMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(languages, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const amount = minor / 10 ** digits
  const round = Number.isInteger(amount)
    ? new Intl.NumberFormat(languages, { style: 'currency', currency, maximumFractionDigits: 0 })
    : format
  return round.format(amount)
}

/** @param day as `2026-11-24`: of no zone */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat(languages, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** @param zone IANA name */
export function formatInstant(at: Date, zone: string): string {
  return new Intl.DateTimeFormat(languages, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: at.getFullYear() === new Date().getFullYear() ? undefined : 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at)
}

export function formatClock(at: Date, zone: string): string {
  return new Intl.DateTimeFormat(languages, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(at)
}

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
const relative = new Intl.RelativeTimeFormat(languages, { numeric: 'auto', style: 'short' })

/** `in 3 hr.`, `2 days ago`. */
export function formatRelative(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1_000
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60]
  return relative.format(Math.trunc(seconds / size), unit)
}

/** `open_deal` → `Open deal`. */
export function inWords(name: string): string {
  const words = name.replaceAll(/[_-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Any JSON value on one line of text. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** An action's summary without the address in it, which stands beside it: `mail to Ada <ada@x.example>: Hello` → `Mail to Ada: Hello`. */
export function shortSummary(summary: string): string {
  const short = summary.replace(/ <[^<>\s]+@[^<>\s]+>/, '')
  return short.charAt(0).toUpperCase() + short.slice(1)
}
