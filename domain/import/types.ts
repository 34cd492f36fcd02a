/** The words of import: what a file's row can become, and why a row is kept aside instead. */
import type { LawfulBasis } from '../privacy/basis.ts'

export const IMPORT_KINDS = ['leads', 'accounts', 'contacts', 'deals', 'products'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** Why a row is kept aside. The message beside it says which column and what to do. */
export const KEPT_REASONS = [
  'unclosed_quote', // a quotation mark opens and never closes
  'stray_quote', // text behind a closing quotation mark
  'too_few_columns',
  'too_many_columns',
  'row_too_long', // longer than a record may be
  'nul_byte', // a character that no database text can hold
  'not_json', // a line of a JSON lines file that is no JSON object
  'empty_row',
  'bad_email', // an e-mail address that cannot be one, and nothing else tells who it is
  'no_identity', // neither e-mail, nor name with company or domain, nor an id of the source
  'bad_custom', // a value that a custom field does not take
  'custom_missing', // a new record without a custom field that it needs
  'person_erased', // somebody whose data was erased
  'no_basis', // the organisation asks for a lawful basis, and neither row nor import names one
  'store_refused', // the database refused this row by itself
] as const
export type KeptReason = (typeof KEPT_REASONS)[number]

/** One row as read: cells stand in the order of the header. */
export interface GoodRow {
  ok: true
  /** Data rows are counted from 1; the header is none. */
  row: number
  /** Physical line where the row begins, from 1. */
  line: number
  cells: string[]
}

export interface BadRow {
  ok: false
  row: number
  line: number
  reason: KeptReason
  message: string
  /** The row as it stands in the file. */
  raw: string
}

export type SourceRow = GoodRow | BadRow

/** A row kept aside, with all that is needed to correct it and import it again. */
export interface KeptRow {
  row: number
  line: number
  reason: KeptReason
  message: string
  /** Cells by header where the row could be split, else the raw text. */
  raw: { cells: Record<string, string> } | { text: string }
}

/** A decimal amount in minor units of a currency; digits as a string, for they go beyond a double. */
export interface Money {
  minor: string
  currency: string
}

/** A custom field's value, or what is written in a column that nothing else holds. */
export type CustomValues = Record<string, string | number | boolean | { minor: number; currency: string }>

export interface AccountPart {
  /** null when only the domain is known. */
  name: string | null
  /** Empty when the name is not known. */
  nameKey: string
  domain: string | null
  website: string | null
  industry: string | null
  country: string | null
  city: string | null
  employees: number | null
  revenue: Money | null
  founded: number | null
  phone: string | null
  parentName: string | null
}

export interface ContactPart {
  /** null when only the address is known. */
  name: string | null
  /** Empty when the name is not known. */
  nameKey: string
  firstName: string | null
  lastName: string | null
  title: string | null
  email: string | null
  emailKey: string | null
  phone: string | null
  country: string | null
  language: string | null
  lawfulBasis: LawfulBasis | null
  /** ISO date. */
  lawfulBasisOn: string | null
  lawfulBasisNote: string | null
}

export interface LeadPart {
  status: string | null
  /** What the person wrote. */
  message: string | null
  campaign: string | null
}

export interface DealPart {
  name: string
  stage: string | null
  stageKind: 'open' | 'won' | 'lost'
  pipeline: string | null
  amount: Money | null
  /** ISO date. */
  closeDate: string | null
  /** ISO date. */
  engagedOn: string | null
  nextStep: string | null
  product: { name: string; nameKey: string } | null
}

export interface ProductPart {
  name: string
  nameKey: string
  series: string | null
  price: Money | null
}

/** A row that can be stored. The part of its own kind is never null, save that a lead needs neither contact nor account. */
export interface ImportRecord {
  row: number
  line: number
  /** The id the source system knows this record by. */
  externalId: string | null
  account: AccountPart | null
  contact: ContactPart | null
  lead: LeadPart | null
  deal: DealPart | null
  product: ProductPart | null
  ownerName: string | null
  ownerEmail: string | null
  /** The file says this person must not be written to. */
  doNotEmail: boolean
  /** Custom fields by key, and columns that nothing else holds, as they are written, by header. */
  custom: CustomValues
  /** Values that could not be read and stand in `custom` as they were, by field. */
  warnings: string[]
}

export type RowResult = { ok: true; record: ImportRecord } | { ok: false; kept: KeptRow }
