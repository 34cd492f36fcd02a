/** One row of a file, read by a plan, to a record or to a row kept aside. */
import { withFormula } from '../formula.ts'
import { LAWFUL_BASES, readBasis } from '../privacy/basis.ts'
import { type CustomColumn, isKeyOf, isNamed, readCustom } from './custom-columns.ts'
import type { FieldName } from './fields.ts'
import { companyDomain } from './normalise/domain.ts'
import { normaliseCountry } from './normalise/country.ts'
import { parseDate } from './normalise/date.ts'
import { normaliseEmail } from './normalise/email.ts'
import { companyKey, personKey, personName, productKey, tidy } from './normalise/name.ts'
import { currencyIn, parseCount, parseMoney } from './normalise/number.ts'
import {
  isEmptyCell,
  languageCode,
  leadStatus,
  normaliseIndustry,
  normalisePhone,
  parseBoolean,
  stageKind,
} from './normalise/words.ts'
import type { ImportPlan } from './plan.ts'
import { RAW_COLUMN } from './source.ts'
import type {
  AccountPart,
  ContactPart,
  DealPart,
  GoodRow,
  ImportRecord,
  KeptReason,
  Money,
  ProductPart,
  RowResult,
} from './types.ts'

/** A reader for one file. `headers` may grow while a JSON lines file is read: what is beyond the plan is custom. */
export function rowReader(plan: ImportPlan, headers: readonly string[] = plan.headers): (row: GoodRow) => RowResult {
  const fieldOf = new Map<number, FieldName>()
  for (const [field, indexes] of Object.entries(plan.columns) as [FieldName, number[]][])
    for (const index of indexes) fieldOf.set(index, field)
  const ignored = new Set(plan.ignored)
  const empties = new Set(plan.empties)
  const customOf = customFinder(plan, headers)
  return row => new RowReading(plan, headers, { fieldOf, ignored, empties, customOf }, row).result()
}

/** The custom field that a column fills. Columns beyond the plan are known by their name alone. */
function customFinder(plan: ImportPlan, headers: readonly string[]): Compiled['customOf'] {
  const known = new Map(plan.custom.flatMap(field => field.columns.map(index => [index, field] as const)))
  return index => {
    if (index < plan.headers.length || known.has(index)) return known.get(index)
    const header = headers[index] as string
    return plan.custom.find(field => isNamed(field, header))
  }
}

interface Compiled {
  fieldOf: ReadonlyMap<number, FieldName>
  ignored: ReadonlySet<number>
  empties: ReadonlySet<string>
  customOf: (index: number) => CustomColumn | undefined
}

class RowReading {
  private readonly plan: ImportPlan
  private readonly headers: readonly string[]
  private readonly row: GoodRow
  private readonly custom: ImportRecord['custom'] = {}
  /** Of the first cell that a custom field does not take. */
  private misfit: string | null = null
  private readonly warnings: string[] = []
  private readonly values: Partial<Record<FieldName, { text: string; header: string }>> = {}
  private filled = 0

  constructor(plan: ImportPlan, headers: readonly string[], compiled: Compiled, row: GoodRow) {
    this.plan = plan
    this.headers = headers
    this.row = row
    this.takeCells(compiled)
  }

  /** Sorts the cells: fields take the first of their columns that is filled, everything else is custom. */
  private takeCells({ fieldOf, ignored, empties, customOf }: Compiled): void {
    const { cells } = this.row
    const count = Math.min(cells.length, this.headers.length)
    const ours = this.headers.includes(RAW_COLUMN) // rows kept aside, corrected: domain/import/kept-csv.ts
    for (let index = 0; index < count; index++) {
      if (ignored.has(index)) continue
      const cell = cells[index] as string
      const text = (ours ? withFormula(cell) : cell).trim()
      if (text === '' || empties.has(text)) continue
      const field = fieldOf.get(index)
      const custom = customOf(index)
      if (custom !== undefined) this.takeCustom(custom, this.headers[index] as string, text)
      else if (field === undefined) this.keepAsWritten(this.headers[index] as string, text)
      else if (isEmptyCell(text)) continue
      else this.takeField(field, index, text)
      this.filled++
    }
  }

  private takeCustom(field: CustomColumn, header: string, text: string): void {
    const found = readCustom(text, field)
    if (found === undefined || this.custom[field.key] !== undefined) return
    if ('value' in found) this.custom[field.key] = found.value as ImportRecord['custom'][string]
    else
      this.misfit ??= `“${text.slice(0, 80)}” in the column ${header} does not fit custom.${field.key}: ${field.label} ${found.problem}.`
  }

  /** What a column says that nothing else holds; never under the key of a custom field, whose values have a type. */
  private keepAsWritten(header: string, text: string): void {
    this.custom[isKeyOf(this.plan.custom, header) ? `${header} (as written)` : header] = text
  }

  private takeField(field: FieldName, index: number, text: string): void {
    const header = this.headers[index] as string
    const taken = this.values[field]
    const columns = this.plan.columns[field] as number[]
    if (taken === undefined) this.values[field] = { text, header }
    else if (taken.text !== text) {
      const better = columns.indexOf(index) < columns.findIndex(other => this.headers[other] === taken.header)
      if (better) this.values[field] = { text, header }
      const left = better ? taken : { text, header }
      this.keepAsWritten(left.header, left.text)
    }
  }

  /** The field's text, or null. */
  private text(field: FieldName): string | null {
    const value = this.values[field]
    return value === undefined ? null : tidy(value.text)
  }

  /** The field as `read` understands it; what it cannot read goes to `custom` as it stands, with a warning. */
  private read<T>(field: FieldName, read: (text: string) => T | null): T | null {
    const value = this.values[field]
    if (value === undefined) return null
    const result = read(value.text)
    if (result === null) {
      this.keepAsWritten(value.header, value.text)
      this.warnings.push(field)
    }
    return result
  }

  private money(field: 'revenue' | 'amount' | 'price'): Money | null {
    const form = this.plan.money[field]
    if (form === undefined) return null
    const currency = currencyIn(this.values.currency?.text ?? '') ?? form.currency
    const sign = this.plan.decimals[field] ?? null
    return this.read(field, text => parseMoney(text, { currency, power: form.power, sign }))
  }

  private date(field: 'closeDate' | 'engagedOn' | 'lawfulBasisOn'): string | null {
    return this.read(field, text => parseDate(text, this.plan.dates[field] ?? null))
  }

  result(): RowResult {
    if (this.filled === 0) return this.keepEmpty()
    if (this.misfit !== null) return this.keep('bad_custom', this.misfit)
    const mail = this.read('email', normaliseEmail)
    const record: ImportRecord = {
      row: this.row.row,
      line: this.row.line,
      externalId: this.text('externalId'),
      account: null,
      contact: null,
      lead: null,
      deal: null,
      product: null,
      ownerName: this.text('ownerName'),
      ownerEmail: this.read('ownerEmail', text => normaliseEmail(text)?.email.toLowerCase() ?? null),
      doNotEmail: this.read('doNotEmail', parseBoolean) ?? false,
      custom: this.custom,
      warnings: this.warnings,
    }
    if (this.plan.kind === 'products') record.product = this.product()
    else {
      record.account = this.account(mail?.domain ?? null)
      if (this.plan.kind !== 'accounts') record.contact = this.contact(mail)
    }
    if (this.plan.kind === 'leads') record.lead = this.lead()
    if (this.plan.kind === 'deals') record.deal = this.deal(record)
    this.keepHomeless(record)
    const result = this.identified(record)
    const lacks = this.plan.needsBasis && record.contact !== null && record.contact.lawfulBasis === null
    return result.ok && lacks ? this.keep('no_basis', NO_BASIS) : result
  }

  private lead(): NonNullable<ImportRecord['lead']> {
    const status = this.read('status', leadStatus)
    const converted = this.read('converted', parseBoolean) === true
    return {
      status: converted ? 'converted' : status,
      message: this.values.message?.text ?? null,
      campaign: this.text('campaign'),
    }
  }

  private account(mailDomain: string | null): AccountPart | null {
    const name = this.text('company')
    const website = this.text('website')
    const domain =
      this.read('domain', companyDomain) ??
      (website === null ? null : companyDomain(website)) ??
      (mailDomain === null || this.plan.kind === 'accounts' ? null : companyDomain(mailDomain))
    if (name === null && domain === null) return null
    const own = this.plan.kind === 'accounts'
    return {
      name,
      nameKey: name === null ? '' : companyKey(name),
      domain,
      website,
      industry: this.read('industry', text => this.industry(text)),
      country: this.read('country', normaliseCountry),
      city: this.text('city'),
      employees: this.read('employees', text => parseCount(text, this.plan.decimals.employees ?? null)),
      revenue: this.money('revenue'),
      founded: this.read('founded', readYear),
      phone: own ? this.read('phone', normalisePhone) : null,
      parentName: this.text('parentName'),
    }
  }

  /** A corrected spelling leaves the written one in `custom`. */
  private industry(text: string): string {
    const industry = normaliseIndustry(text)
    const header = this.values.industry?.header
    if (industry !== text.trim() && header !== undefined) this.keepAsWritten(header, text)
    return industry
  }

  private contact(mail: { email: string; emailKey: string } | null): ContactPart | null {
    const named = personName({
      full: this.text('fullName'),
      first: this.text('firstName'),
      last: this.text('lastName'),
    })
    if (mail === null && named === null) return null
    return {
      name: named?.name ?? null,
      nameKey: named === null ? '' : personKey(named.name),
      firstName: named?.firstName ?? null,
      lastName: named?.lastName ?? null,
      title: this.text('title'),
      email: mail?.email ?? null,
      emailKey: mail?.emailKey ?? null,
      phone: this.read('phone', normalisePhone),
      country: this.read('country', normaliseCountry),
      language: this.read('language', languageCode),
      lawfulBasis: this.values.lawfulBasis === undefined ? this.plan.basis : this.read('lawfulBasis', readBasis),
      lawfulBasisOn: this.date('lawfulBasisOn'),
      lawfulBasisNote: this.text('lawfulBasisNote'),
    }
  }

  private deal(record: ImportRecord): DealPart {
    const product = this.text('product')
    const stage = this.text('stage')
    const status = this.text('dealStatus')
    const byStatus = status === null ? 'open' : stageKind(status)
    const about = [product, record.account?.name ?? record.account?.domain ?? null].filter(part => part !== null)
    return {
      name: this.text('dealName') ?? (about.length > 0 ? about.join(', ') : `Deal ${record.externalId ?? ''}`.trim()),
      stage: stage ?? status,
      stageKind: byStatus !== 'open' ? byStatus : stageKind(stage ?? ''),
      pipeline: this.text('pipeline'),
      amount: this.money('amount'),
      closeDate: this.date('closeDate'),
      engagedOn: this.date('engagedOn'),
      nextStep: this.text('nextStep'),
      product: product === null || productKey(product) === '' ? null : { name: product, nameKey: productKey(product) },
    }
  }

  private product(): ProductPart | null {
    const name = this.text('product')
    if (name === null || productKey(name) === '') return null
    return { name, nameKey: productKey(name), series: this.text('series'), price: this.money('price') }
  }

  /** What belongs to a company or person that this row does not name stays with the record itself. */
  private keepHomeless(record: ImportRecord): void {
    const homeless = (fields: FieldName[]) => {
      for (const field of fields) {
        const value = this.values[field]
        if (value !== undefined) this.keepAsWritten(value.header, value.text)
      }
    }
    if (record.account === null)
      homeless(['website', 'industry', 'employees', 'revenue', 'founded', 'parentName', 'city'])
    if (record.contact === null) homeless(['title', 'language', 'lawfulBasis', 'lawfulBasisOn', 'lawfulBasisNote'])
    if (record.contact !== null && record.contact.lawfulBasis === null) {
      Object.assign(record.contact, { lawfulBasisOn: null, lawfulBasisNote: null })
      homeless(['lawfulBasisOn', 'lawfulBasisNote'])
    }
    if (record.contact === null && this.plan.kind !== 'accounts') homeless(['phone'])
    if (record.account === null && record.contact === null) homeless(['country'])
  }

  /** The record, if anything tells which one it is. */
  private identified(record: ImportRecord): RowResult {
    const { kind } = this.plan
    if (record.externalId !== null && kind !== 'accounts' && kind !== 'products') return { ok: true, record }
    if (isIdentified(record, kind, this.values.dealName !== undefined)) return { ok: true, record }
    if (this.warnings.includes('email'))
      return this.keep('bad_email', 'The e-mail address cannot be one, and nothing else tells who this is. Correct it.')
    return this.keep('no_identity', WHO[kind])
  }

  /** A row that could not be split and comes back without being put into columns loses its text no more than before. */
  private keepEmpty(): RowResult {
    const at = this.headers.indexOf(RAW_COLUMN)
    const text = at === -1 ? '' : (this.row.cells[at] ?? '')
    if (text === '') return this.keep('empty_row', 'The row is empty.')
    const message = `The row's text still stands in ${RAW_COLUMN} alone. Put it into the other columns.`
    return {
      ok: false,
      kept: { row: this.row.row, line: this.row.line, reason: 'empty_row', message, raw: { text } },
    }
  }

  private keep(reason: KeptReason, message: string): RowResult {
    const cells: Record<string, string> = {}
    for (const [index, cell] of this.row.cells.entries()) {
      const header = this.headers[index]
      if (header !== undefined && cell !== '' && !this.plan.ignored.includes(index)) cells[header] = cell
    }
    return { ok: false, kept: { row: this.row.row, line: this.row.line, reason, message, raw: { cells } } }
  }
}

const NO_BASIS = `On what ground the data of this person is held is asked for here: write ${LAWFUL_BASES.join(', ')} into a column “lawful basis”, or import the file with --basis.`

const WHO: Record<ImportPlan['kind'], string> = {
  leads: "Nothing tells who this is: it needs an e-mail address, a company or its domain, or the source system's id.",
  contacts:
    "Nothing tells who this is: it needs an e-mail address, a name with company or domain, or the source system's id.",
  accounts: 'Nothing tells which company this is: it needs a name or a domain.',
  deals: "Nothing tells which deal this is: it needs the source system's id, or a name with a company.",
  products: 'Nothing tells which product this is: it needs a name.',
}

function isIdentified(record: ImportRecord, kind: ImportPlan['kind'], dealIsNamed: boolean): boolean {
  const { account, contact } = record
  const company = account !== null && (account.domain !== null || account.nameKey !== '')
  switch (kind) {
    case 'products':
      return record.product !== null
    case 'accounts':
      return company
    case 'deals':
      return company && (dealIsNamed || record.deal?.product !== null)
    case 'leads':
      return company || (contact !== null && contact.emailKey !== null)
    default:
      return contact !== null && (contact.emailKey !== null || (company && contact.nameKey !== ''))
  }
}

function readYear(text: string): number | null {
  const year = /^(\d{4})(?:-\d{2}-\d{2}.*)?$/.exec(text.trim())?.[1]
  const number = Number(year ?? 0)
  return number >= 1000 && number <= 2100 ? number : null
}
