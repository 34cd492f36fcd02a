/** The words of merging: tables, what the store hands in, and what is the same for all rows of an import. */
import type { ImportKind } from '../types.ts'
import type { Owner, Stored } from './entry.ts'
import type { StageBook } from './stages.ts'

export const TABLES = ['account', 'contact', 'product', 'lead', 'deal'] as const
export type Table = (typeof TABLES)[number]

/** Which table the rows of a kind are records of. */
export const TABLE_OF: Record<ImportKind, Table> = {
  leads: 'lead',
  accounts: 'account',
  contacts: 'contact',
  deals: 'deal',
  products: 'product',
}

/** What the store knows that rows of the batch could mean. Records in the order they were made. */
export interface Known {
  account: Stored[]
  contact: Stored[]
  product: Stored[]
  lead: Stored[]
  deal: Stored[]
  /** External id to record id, for this source system and the batch's kind. */
  refs: Map<string, string>
}

export interface MergeContext {
  kind: ImportKind
  newId: () => string
  /** Stands as owner of what this import writes. */
  mark: Owner
  /** `source` of new leads and deals. */
  source: string
  /** User id by e-mail (lower case) and by folded name; null for a name that several have. */
  users: ReadonlyMap<string, string | null>
  stages: StageBook
}

/** What a person wrote, for a source of its own. */
export interface NewMessage {
  /** Of the source that will hold it. */
  id: string
  leadId: string
  text: string
  accountId: string | null
  publisherName: string | null
  publisherDomain: string | null
}
