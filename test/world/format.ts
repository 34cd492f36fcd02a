/** Numbers, money and dates as pages and mails write them, and the filling of sentence slots. */
import type { Lang } from './types.ts'

const MONTHS: Record<Lang, string[]> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
}

const GROUP: Record<Lang, string> = { en: ',', de: '.', fr: '\u00a0', es: '.' }

export function number(value: number, lang: Lang): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, GROUP[lang])
}

/** `currency` is a sign or `CHF `. Whole millions are spoken, smaller sums written out. */
export function money(value: number, currency: string, lang: Lang): string {
  const millions = value >= 1_000_000
  const decimal = lang === 'en' ? '.' : ','
  const [whole = '', part] = String(value / 1_000_000).split('.')
  const inMillions = number(Number(whole), lang) + (part ? decimal + part : '')
  const figure = millions ? inMillions : number(value, lang)
  if (lang === 'en') return millions ? `${currency}${figure} million` : `${currency}${figure}`
  const unit = currencyWord(currency, lang)
  if (!millions) return `${figure} ${unit}`
  if (lang === 'de') return `${figure} ${figure === '1' ? 'Million' : 'Millionen'} ${unit}`
  if (lang === 'fr')
    return `${figure} ${value < 2_000_000 ? 'million' : 'millions'} ${/^[aeiou]/.test(unit) ? 'd’' : 'de '}${unit}`
  return `${figure} millones de ${unit}`
}

function currencyWord(currency: string, lang: Lang): string {
  if (currency === '€') return lang === 'de' ? 'Euro' : 'euros'
  if (currency === 'CHF ') return lang === 'fr' ? 'francs suisses' : 'Franken'
  return currency === '£' ? 'Pfund' : 'Dollar'
}

export function currencyCode(currency: string): string {
  return { '€': 'EUR', '£': 'GBP', $: 'USD', 'CHF ': 'CHF' }[currency] ?? 'EUR'
}

/** `March 2026`. */
export function month(date: Date, lang: Lang): string {
  const name = MONTHS[lang][date.getUTCMonth()] as string
  return lang === 'es' ? `${name} de ${date.getUTCFullYear()}` : `${name} ${date.getUTCFullYear()}`
}

/** `14 March 2026`, `14. März 2026`, `14 mars 2026`, `14 de marzo de 2026`. */
export function day(date: Date, lang: Lang): string {
  const d = date.getUTCDate()
  if (lang === 'de') return `${d}. ${month(date, lang)}`
  if (lang === 'fr') return `${d === 1 ? '1er' : d} ${month(date, lang)}`
  return lang === 'es' ? `${d} de ${month(date, lang)}` : `${d} ${month(date, lang)}`
}

export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10)
}

const DAY = 86_400_000

export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY)
}

/** Saturdays and Sundays move to the Monday after. */
export function weekday(date: Date): Date {
  const rest = { 6: 2, 0: 1 }[date.getUTCDay()] ?? 0
  return addDays(date, rest)
}

export type Slots = Record<string, string>

/** Fills `{slot}`; an English `a` before a slot becomes `an` where the filling asks for it. Throws on an unknown slot. */
export function fill(template: string, slots: Slots): string {
  return template.replace(/(\b[Aa] )?\{(\w+)\}/g, (_, article: string | undefined, name: string) => {
    const value = slots[name]
    if (value === undefined) throw new Error(`no filling for {${name}} in "${template}"`)
    return article ? `${/^[aeiou]/i.test(value) ? `${article.trim()}n ` : article}${value}` : value
  })
}

/** Lower-case ASCII for addresses: `Müller-Weiß` → `mueller-weiss`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
