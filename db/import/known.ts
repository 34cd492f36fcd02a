/** Finds all records that the rows of a batch could mean, and nothing else. */
import type { ClientBase } from 'pg'
import { TABLE_OF, type Known, type Table } from '../../domain/import/merge/words.ts'
import type { Owner, Stored, Value } from '../../domain/import/merge/entry.ts'
import type { PipelineRow, StageRow } from '../../domain/import/merge/stages.ts'
import type { ImportKind, ImportRecord } from '../../domain/import/types.ts'
import { COLUMNS } from './columns.ts'

/** `xmin` tells whether anyone has changed the row since it was read. */
export interface StoredRow extends Stored {
  xmin: string
}

export interface KnownRows extends Known {
  /** By record id. */
  xmin: Map<string, string>
}

export async function findKnown(
  client: ClientBase,
  kind: ImportKind,
  system: string,
  records: readonly ImportRecord[],
): Promise<KnownRows> {
  const keys = keysOf(records)
  const refs = await findRefs(client, kind, system, keys.externalIds)
  const xmin = new Map<string, string>()
  const read = async (table: Table, where: string, values: unknown[]): Promise<Stored[]> => {
    const rows = await client.query<Record<string, unknown>>({ text: selectText(table, where), values })
    return rows.rows.map(row => {
      xmin.set(row.id as string, row.xmin as string)
      return toStored(table, row)
    })
  }
  const refIds = [...new Set(refs.values())]
  const idsOf = (table: Table) => (TABLE_OF[kind] === table ? refIds : [])
  const known: KnownRows = { account: [], contact: [], product: [], lead: [], deal: [], refs, xmin }
  if (kind === 'products' || kind === 'deals')
    known.product = await read('product', 'name_key = any($1) or id = any($2::uuid[])', [
      keys.productKeys,
      idsOf('product'),
    ])
  if (kind === 'products') return known
  known.account = await read('account', 'domain = any($1) or (name_key = any($2)) or id = any($3::uuid[])', [
    keys.domains,
    keys.companyKeys,
    idsOf('account'),
  ])
  const accountIds = known.account.map(account => account.id)
  if (kind === 'accounts') return known
  known.lead = kind === 'leads' && refIds.length > 0 ? await read('lead', 'id = any($1::uuid[])', [refIds]) : []
  const leadContacts = known.lead.map(lead => lead.values.contactId).filter(id => typeof id === 'string')
  known.contact = await read(
    'contact',
    'email_key = any($1) or (account_id = any($2::uuid[]) and name_key = any($3)) or id = any($4::uuid[])',
    [keys.emailKeys, accountIds, keys.personKeys, [...idsOf('contact'), ...leadContacts]],
  )
  const contactIds = known.contact.map(contact => contact.id)
  if (kind === 'leads') known.lead.push(...(await moreLeads(read, contactIds, accountIds, known.lead)))
  if (kind === 'deals')
    known.deal = await read(
      'deal',
      'id = any($1::uuid[]) or (account_id = any($2::uuid[]) and lower(name) = any($3))',
      [refIds, accountIds, keys.dealNames],
    )
  return known
}

async function moreLeads(
  read: (table: Table, where: string, values: unknown[]) => Promise<Stored[]>,
  contactIds: string[],
  accountIds: string[],
  have: readonly Stored[],
): Promise<Stored[]> {
  if (contactIds.length === 0 && accountIds.length === 0) return []
  const seen = new Set(have.map(lead => lead.id))
  const found = await read(
    'lead',
    'contact_id = any($1::uuid[]) or (account_id = any($2::uuid[]) and contact_id is null)',
    [contactIds, accountIds],
  )
  return found.filter(lead => !seen.has(lead.id))
}

function keysOf(records: readonly ImportRecord[]) {
  const sets = {
    externalIds: new Set<string>(),
    domains: new Set<string>(),
    companyKeys: new Set<string>(),
    emailKeys: new Set<string>(),
    personKeys: new Set<string>(),
    productKeys: new Set<string>(),
    dealNames: new Set<string>(),
  }
  const add = (set: Set<string>, value: string | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') set.add(value)
  }
  for (const record of records) {
    add(sets.externalIds, record.externalId)
    add(sets.domains, record.account?.domain)
    add(sets.companyKeys, record.account?.nameKey)
    add(sets.emailKeys, record.contact?.emailKey)
    add(sets.personKeys, record.contact?.nameKey)
    add(sets.productKeys, record.product?.nameKey ?? record.deal?.product?.nameKey)
    if (record.externalId === null) add(sets.dealNames, record.deal?.name.toLowerCase())
  }
  const lists = Object.entries(sets).map(([name, set]) => [name, [...set]] as const)
  return Object.fromEntries(lists) as Record<keyof typeof sets, string[]>
}

async function findRefs(
  client: ClientBase,
  kind: ImportKind,
  system: string,
  externalIds: string[],
): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map()
  const { rows } = await client.query<{ external_id: string; record_id: string }>(
    'select external_id, record_id from external_ref where kind = $1 and system = $2 and external_id = any($3)',
    [TABLE_OF[kind], system, externalIds],
  )
  return new Map(rows.map(row => [row.external_id, row.record_id]))
}

function selectText(table: Table, where: string): string {
  const columns = COLUMNS[table].map(({ column, type }) =>
    type === 'bigint' || type === 'date' ? `${column}::text` : column,
  )
  return `select id, xmin::text as xmin, field_owners, ${columns.join(', ')} from "${table}" where ${where} order by created_at, id`
}

function toStored(table: Table, row: Record<string, unknown>): Stored {
  const values: Record<string, Value> = {}
  for (const { field, column } of COLUMNS[table]) values[field] = row[column] as Value
  return { id: row.id as string, values, owners: row.field_owners as Record<string, Owner> }
}

export async function readStages(client: ClientBase): Promise<{ pipelines: PipelineRow[]; stages: StageRow[] }> {
  const pipelines = await client.query<PipelineRow>('select id, name from pipeline order by name')
  const stages = await client.query<StageRow>(
    'select id, pipeline_id as "pipelineId", name, position, kind from stage order by pipeline_id, position',
  )
  return { pipelines: pipelines.rows, stages: stages.rows }
}

/** Users by e-mail and by folded name; a name that several have tells nobody. */
export async function readUsers(
  client: ClientBase,
  fold: (name: string) => string,
): Promise<Map<string, string | null>> {
  const { rows } = await client.query<{ id: string; name: string; email: string }>(
    'select id, name, email from "user" where active',
  )
  const users = new Map<string, string | null>()
  for (const { id, name } of rows) users.set(fold(name), users.has(fold(name)) ? null : id)
  for (const { id, email } of rows) users.set(email, id)
  return users
}
