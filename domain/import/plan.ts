/** How a file is read: its kind, which column fills which field, and the forms of its dates and numbers. Plain JSON. */
import { createHash } from 'node:crypto'
import { DealwrightError } from '../errors.ts'
import type { LawfulBasis } from '../privacy/basis.ts'
import { FIELDS, FIELD_NAMES, type FieldName, lexicon, type Language } from './fields.ts'
import { type CustomColumn, customColumns, type ImportableField } from './custom-columns.ts'
import type { ColumnChoice, FieldMap } from './map-file.ts'
import { TABLE_OF } from './merge/words.ts'
import { type DateOrder, detectDateOrder } from './normalise/date.ts'
import { labelKey } from './normalise/name.ts'
import { currencyIn, type DecimalSign, detectDecimalSign } from './normalise/number.ts'
import { normaliseEmail } from './normalise/email.ts'
import { KEPT_COLUMNS } from './source.ts'
import { type KnownExport, recogniseExport } from './systems.ts'
import type { GoodRow, ImportKind } from './types.ts'

export interface MoneyForm {
  currency: string
  /** Power of ten the column's numbers stand in: 6 for millions. */
  power: number
}

export interface ImportPlan {
  kind: ImportKind
  /** Under this name the ids of its records are kept. */
  system: string
  /** Whose export it was recognised as, or null. */
  recognised: string | null
  /** Column numbers of each field, best first: the first that is not empty counts. */
  columns: Partial<Record<FieldName, number[]>>
  /** Headers, for what goes to `custom`. */
  headers: string[]
  /** Columns that are neither field nor custom: those an export of kept rows added. */
  ignored: number[]
  dates: Partial<Record<FieldName, DateOrder>>
  decimals: Partial<Record<FieldName, DecimalSign>>
  money: Partial<Record<FieldName, MoneyForm>>
  empties: string[]
  /** Fields of the organisation's own that these records have, with the columns that fill them. */
  custom: CustomColumn[]
  /** On what ground data of its people is held, where a row names none. */
  basis: LawfulBasis | null
  /** A row that names a person is kept aside where neither it nor the import names one. */
  needsBasis: boolean
}

export interface PlanOptions {
  as?: ImportKind
  map?: FieldMap
  /** Name for the source system, where the user gives one. */
  system?: string
  /** Currency of amounts that name none. */
  currency: string
  /** Custom fields in use, of every kind. */
  custom?: readonly ImportableField[]
  basis?: LawfulBasis
  needsBasis?: boolean
}

/**
 * @throws DealwrightError `import_kind_unknown` when the headers do not tell and `as` is not given; `import_map_invalid`
 * when the map names a column that the file does not have or a field that this kind does not; `forbidden` when a column fills a
 * custom field that is barred
 */
export function makePlan(headers: readonly string[], sample: readonly GoodRow[], options: PlanOptions): ImportPlan {
  const ignored = headers.flatMap((header, index) =>
    (KEPT_COLUMNS as readonly string[]).includes(header) ? [index] : [],
  )
  const named = headers.filter((_, index) => !ignored.includes(index))
  const known = recogniseExport(named)
  const kind = options.as ?? known?.kind ?? guessKind(named)
  if (kind === null)
    throw new DealwrightError(
      'import_kind_unknown',
      'The columns do not tell what the rows are. Say it: --as leads, accounts, contacts, deals or products.',
    )
  const { columns, language } = guessColumns(headers, ignored, kind)
  const choices = options.map === undefined ? {} : applyMap(columns, headers, kind, options.map)
  const own = ownFields(headers, sample, { columns, ignored, language, kind }, options)
  if (options.map?.email === undefined) guessByValues(columns, headers, sample, kind, [...ignored, ...own.taken])
  return {
    kind,
    system: options.system ?? known?.system ?? `file:${signature(named)}`,
    recognised: known?.system ?? null,
    columns,
    headers: [...headers],
    ignored: [...ignored, ...own.ignored],
    custom: own.custom,
    ...forms(columns, headers, sample, { language, known, choices, currency: options.currency }),
    empties: [...(known?.empties ?? [])],
    basis: options.basis ?? null,
    needsBasis: options.needsBasis === true,
  }
}

interface Guessed {
  columns: ImportPlan['columns']
  ignored: number[]
  language: 'continental' | 'unknown'
  kind: ImportKind
}

/** Columns of custom fields. One that the map gives to a custom field, or that bears its full name, is no field of ours any more. */
function ownFields(
  headers: readonly string[],
  sample: readonly GoodRow[],
  { columns, ignored, language, kind }: Guessed,
  { map = {}, custom = [], currency }: PlanOptions,
) {
  const place = {
    headers,
    taken: new Set([...Object.values(columns).flat(), ...ignored]),
    sample,
    language,
    currency,
  }
  const fields = custom.filter(field => field.kind === TABLE_OF[kind])
  const found = customColumns(fields, map, place, header => findHeader(headers, header))
  const taken = [...found.custom.flatMap(field => field.columns), ...found.ignored]
  for (const field of FIELD_NAMES) {
    const left = columns[field]?.filter(index => !taken.includes(index))
    if (left !== undefined) columns[field] = left
  }
  return { ...found, taken }
}

/** Equal sets of columns come from one system: its ids are kept under this name. */
function signature(headers: readonly string[]): string {
  return createHash('sha256')
    .update([...headers].sort().join('\n'))
    .digest('hex')
    .slice(0, 12)
}

/** Names that every kind of record may have. */
const GENERIC = new Set(['name', 'nom', 'nombre', 'title', 'titel'])

/** The kind that the headers name, or null. */
export function guessKind(headers: readonly string[]): ImportKind | null {
  const labels = new Set(headers.map(labelKey))
  const fields = (kind: ImportKind) => new Set([...labels].map(label => meaning(label, kind)?.field))
  const deal = fields('deals')
  if ([...labels].some(label => !GENERIC.has(label) && meaning(label, 'deals')?.field === 'dealName')) return 'deals'
  if (deal.has('stage') || (deal.has('amount') && deal.has('closeDate'))) return 'deals'
  const person = fields('leads')
  const isPerson = (['email', 'firstName', 'lastName', 'fullName'] as const).some(
    field => person.has(field) && !onlyName(labels, field),
  )
  const product = fields('products')
  if (product.has('product') && product.has('price') && !isPerson) return 'products'
  if (labels.has('contact id') || labels.has('contact owner')) return 'contacts'
  if ([...labels].some(label => /^(lead|prospect)\b/.test(label))) return 'leads'
  if (isPerson) return 'leads'
  const account = fields('accounts')
  if (account.has('company') && (!labels.has('name') || account.size > 2)) return 'accounts'
  return account.has('domain') || account.has('website') ? 'accounts' : null
}

/** "Name" alone may be a person's, a company's or a product's. */
function onlyName(labels: ReadonlySet<string>, field: FieldName): boolean {
  if (field !== 'fullName') return false
  return ![...labels].some(label => !GENERIC.has(label) && meaning(label, 'leads')?.field === 'fullName')
}

function meaning(label: string, kind: ImportKind) {
  return lexicon(kind).get(label)
}

/** A header's meaning: as a whole, else without what stands in brackets ("Revenue (USD m)"). */
function headerMeaning(header: string, kind: ImportKind) {
  return (
    meaning(labelKey(header), kind) ??
    meaning(labelKey(header.replace(/[([].*?[)\]]/g, ' ').replace(/\s+in\s+\S+$/i, '')), kind)
  )
}

function guessColumns(headers: readonly string[], ignored: number[], kind: ImportKind) {
  const found: { field: FieldName; rank: number; index: number }[] = []
  const languages: Record<Language, number> = { en: 0, de: 0, fr: 0, es: 0 }
  for (const [index, header] of headers.entries()) {
    if (ignored.includes(index)) continue
    const known = headerMeaning(header, kind)
    if (known === undefined) continue
    found.push({ field: known.field, rank: known.rank, index })
    languages[known.language]++
  }
  const columns: ImportPlan['columns'] = {}
  for (const { field, index } of found.sort((a, b) => a.rank - b.rank || a.index - b.index))
    (columns[field] ??= []).push(index)
  const others = languages.de + languages.fr + languages.es
  return { columns, language: others > languages.en ? ('continental' as const) : ('unknown' as const) }
}

/** Puts the user's choices over the guess. Gives back what was said about money columns. */
function applyMap(columns: ImportPlan['columns'], headers: readonly string[], kind: ImportKind, map: FieldMap) {
  const choices: Partial<Record<FieldName, ColumnChoice>> = {}
  for (const field of FIELD_NAMES) {
    const choice = map[field]
    if (choice === undefined) continue
    const kinds: readonly ImportKind[] = FIELDS[field].kinds
    if (!kinds.includes(kind))
      throw new DealwrightError(
        'import_map_invalid',
        `The map names the field "${field}", which ${kind} do not have. They have: ${FIELD_NAMES.filter(name => (FIELDS[name].kinds as readonly ImportKind[]).includes(kind)).join(', ')}.`,
      )
    delete columns[field]
    if (choice === null) continue
    const indexes = choice.headers.map(header => findHeader(headers, header))
    for (const other of FIELD_NAMES) {
      const left = columns[other]?.filter(index => !indexes.includes(index))
      if (left !== undefined) columns[other] = left
    }
    columns[field] = indexes
    choices[field] = choice
  }
  return choices
}

function findHeader(headers: readonly string[], wanted: string): number {
  const exact = headers.indexOf(wanted)
  if (exact !== -1) return exact
  const folded = headers.findIndex(header => labelKey(header) === labelKey(wanted))
  if (folded !== -1) return folded
  throw new DealwrightError(
    'import_map_invalid',
    `The map names the column "${wanted}", which the file does not have. It has: ${headers.slice(0, 60).join(', ')}.`,
  )
}

/** A column full of addresses is the e-mail column whatever it is called. */
function guessByValues(
  columns: ImportPlan['columns'],
  headers: readonly string[],
  sample: readonly GoodRow[],
  kind: ImportKind,
  ignored: number[],
): void {
  if ((columns.email ?? []).length > 0 || (kind !== 'leads' && kind !== 'contacts')) return
  const taken = new Set([...Object.values(columns).flat(), ...ignored])
  for (const index of headers.keys()) {
    if (taken.has(index)) continue
    const values = sample
      .slice(0, 500)
      .map(row => row.cells[index]?.trim() ?? '')
      .filter(value => value !== '')
    const mails = values.filter(value => value.includes('@') && normaliseEmail(value) !== null).length
    if (values.length === 0 || mails < values.length * 0.8) continue
    columns.email = [index]
    return
  }
}

interface FormHints {
  language: 'continental' | 'unknown'
  known: KnownExport | null
  choices: Partial<Record<FieldName, ColumnChoice>>
  currency: string
}

/** Dates and numbers: what the sample proves, else what the headers' language makes likely. */
function forms(
  columns: ImportPlan['columns'],
  headers: readonly string[],
  sample: readonly GoodRow[],
  hints: FormHints,
) {
  const dates: ImportPlan['dates'] = {}
  const decimals: ImportPlan['decimals'] = {}
  const money: ImportPlan['money'] = {}
  for (const [field, indexes] of Object.entries(columns) as [FieldName, number[]][]) {
    const form = FIELDS[field].form
    const values = sample.flatMap(row => indexes.map(index => row.cells[index] ?? '')).filter(value => value !== '')
    if (form === 'date') dates[field] = detectDateOrder(values) ?? (hints.language === 'continental' ? 'dmy' : null)
    if (form === 'money' || form === 'count')
      decimals[field] = detectDecimalSign(values) ?? (hints.language === 'continental' ? ',' : null)
    if (form === 'money') {
      const header = headers[indexes[0] ?? -1] ?? ''
      money[field] = {
        currency: hints.choices[field]?.currency ?? headerCurrency(header) ?? hints.known?.currency ?? hints.currency,
        power:
          hints.choices[field]?.power ?? headerPower(header) ?? (field === 'revenue' ? (hints.known?.power ?? 0) : 0),
      }
    }
  }
  return { dates, decimals, money }
}

function headerCurrency(header: string): string | null {
  const hint = /[([](.*?)[)\]]/.exec(header)?.[1] ?? /\sin\s+(\S+)$/i.exec(header)?.[1]
  return hint === undefined
    ? null
    : currencyIn(
        hint
          .replace(/\b(in|m|mn|mio|k|tsd|t)\b/gi, ' ')
          .replace(/^T(?=EUR|USD|CHF)/, '')
          .trim(),
      )
}

function headerPower(header: string): number | null {
  if (/\b(millions?|mio|mill|mn)\b/i.test(header) || /\b(usd|eur|\$|€)\s?m\b/i.test(header)) return 6
  if (/\b(thousands?|tsd)\b/i.test(header) || /\bT(EUR|USD|CHF)\b/.test(header) || /k[€$]/i.test(header)) return 3
  return null
}
