/** Finds all records that the rows of a batch could mean, and nothing else. */
import type { ClientBase } from 'pg'
import { refKey } from '../../domain/import/merge/keys.ts'
import { type Known, TABLE_OF, type Table, TABLES } from '../../domain/import/merge/words.ts'
import type { Owner, Stored, Value } from '../../domain/import/merge/entry.ts'
import type { PipelineRow, StageRow } from '../../domain/import/merge/stages.ts'
import type { AccountPart, ImportKind, ImportRecord } from '../../domain/import/types.ts'
import { COLUMNS } from './columns.ts'

/** `xmin` tells whether anyone has changed the row since it was read. */
export interface StoredRow extends Stored {
  xmin: string
}

export interface KnownRows extends Known {
  /** By record id. */
  xmin: Map<string, string>
}

type Read = (table: Table, from: string, values: unknown[]) => Promise<Stored[]>

/** To be called in a transaction. Some records may be given that no row turns out to mean. */
export async function findKnown(
  client: ClientBase,
  kind: ImportKind,
  system: string,
  records: readonly ImportRecord[],
): Promise<KnownRows> {
  // Tables that have just grown from empty have no statistics yet, and every look-up here has its index.
  await client.query(
    'set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
  )
  const keys = keysOf(records, kind)
  const refs = await findRefs(client, kind, system, keys.externalIds)
  const xmin = new Map<string, string>()
  const made = new Map<string, string>()
  const known: KnownRows = { account: [], contact: [], product: [], lead: [], deal: [], refs, xmin }
  const read: Read = async (table, from, values) => {
    const { rows } = await client.query<Record<string, unknown>>({ text: selectText(table, from), values })
    // A record may be found by several of its keys.
    const fresh = rows.filter(row => !xmin.has(row.id as string))
    for (const row of fresh) {
      xmin.set(row.id as string, row.xmin as string)
      made.set(row.id as string, `${row.made as string} ${row.id as string}`)
    }
    return fresh.map(row => toStored(table, row))
  }
  const byIds = (table: Table, ids: Iterable<string>) => read(table, 'where t.id = any($1::uuid[])', [[...ids]])
  known[TABLE_OF[kind]] = refs.size === 0 ? [] : await byIds(TABLE_OF[kind], new Set(refs.values()))
  if (keys.productKeys.length > 0)
    known.product.push(...(await read('product', 'where t.name_key = any($1)', [keys.productKeys])))
  if (kind === 'products') return sorted(known, made)
  known.account.push(...(await read('account', 'where t.domain = any($1)', [keys.domains])))
  known.account.push(...(await read('account', 'where t.name_key = any($1)', [keys.companyKeys])))
  if (kind === 'accounts') return sorted(known, made)
  const leadContacts = known.lead.map(lead => lead.values.contactId).filter(id => typeof id === 'string')
  if (leadContacts.length > 0) known.contact.push(...(await byIds('contact', leadContacts)))
  known.contact.push(...(await read('contact', 'where t.email_key = any($1)', [keys.emailKeys])))
  known.contact.push(...(await contactsByName(read, records, known.account)))
  if (kind === 'leads') known.lead.push(...(await leadsOf(read, records, known)))
  if (kind === 'deals') known.deal.push(...(await dealsByName(read, records, known.account)))
  return sorted(known, made)
}

/** Of several records that a row may mean, the one made first counts, whichever look-up found it. */
function sorted(known: KnownRows, made: ReadonlyMap<string, string>): KnownRows {
  const key = (record: Stored) => made.get(record.id) ?? ''
  for (const table of TABLES) known[table].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  return known
}

/** Whom a row may mean by name: the persons of that name in the companies it may mean, without an e-mail if it has one. */
async function contactsByName(
  read: Read,
  records: readonly ImportRecord[],
  accounts: readonly Stored[],
): Promise<Stored[]> {
  const companies = companyFinder(accounts)
  const pairs = new Map<string, [string, string, boolean]>()
  for (const { account, contact } of records) {
    if (account === null || contact === null || contact.nameKey === '') continue
    for (const id of companies(account)) {
      const key = `${id}\n${contact.nameKey}`
      pairs.set(key, [id, contact.nameKey, contact.emailKey === null || pairs.get(key)?.[2] === true])
    }
  }
  if (pairs.size === 0) return []
  const list = [...pairs.values()]
  // The appended nothing keeps the planner to the company's index: thousands may share a name, few a company.
  return read(
    'contact',
    `join unnest($1::uuid[], $2::text[], $3::boolean[]) as k(company, name, any_mail)
       on t.account_id = k.company and t.name_key || '' = k.name and (k.any_mail or t.email_key is null)`,
    [list.map(pair => pair[0]), list.map(pair => pair[1]), list.map(pair => pair[2])],
  )
}

/** The companies a row may mean, by domain and by name. */
function companyFinder(accounts: readonly Stored[]) {
  const byKey = new Map<string, string[]>()
  for (const { id, values } of accounts)
    for (const key of [values.domain, values.nameKey === '' ? null : `name ${values.nameKey as string}`])
      if (typeof key === 'string') byKey.set(key, [...(byKey.get(key) ?? []), id])
  return (account: AccountPart): Set<string> =>
    new Set([...(byKey.get(account.domain ?? '') ?? []), ...(byKey.get(`name ${account.nameKey}`) ?? [])])
}

/** Leads of the persons found, and those without a person of companies that come without a person and an id. */
async function leadsOf(read: Read, records: readonly ImportRecord[], known: Known): Promise<Stored[]> {
  const found: Stored[] = []
  if (known.contact.length > 0)
    found.push(
      ...(await read('lead', 'where t.contact_id = any($1::uuid[])', [known.contact.map(contact => contact.id)])),
    )
  const companies = companyFinder(known.account)
  const ids = records.flatMap(record =>
    record.contact === null && record.externalId === null && record.account !== null
      ? [...companies(record.account)]
      : [],
  )
  if (ids.length > 0)
    found.push(...(await read('lead', 'where t.account_id = any($1::uuid[]) and t.contact_id is null', [ids])))
  return found
}

async function dealsByName(
  read: Read,
  records: readonly ImportRecord[],
  accounts: readonly Stored[],
): Promise<Stored[]> {
  const companies = companyFinder(accounts)
  const ids = records.flatMap(record =>
    record.externalId === null && record.account !== null ? [...companies(record.account)] : [],
  )
  return ids.length === 0 ? [] : read('deal', 'where t.account_id = any($1::uuid[])', [[...new Set(ids)]])
}

function keysOf(records: readonly ImportRecord[], kind: ImportKind) {
  const sets = {
    externalIds: new Set<string>(),
    domains: new Set<string>(),
    companyKeys: new Set<string>(),
    emailKeys: new Set<string>(),
    productKeys: new Set<string>(),
  }
  const add = (set: Set<string>, value: string | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') set.add(value)
  }
  for (const record of records) {
    add(sets.externalIds, refKey(record, kind))
    add(sets.domains, record.account?.domain)
    add(sets.companyKeys, record.account?.nameKey)
    add(sets.emailKeys, record.contact?.emailKey)
    add(sets.productKeys, record.product?.nameKey ?? record.deal?.product?.nameKey)
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

function selectText(table: Table, from: string): string {
  const columns = COLUMNS[table].map(({ column, type }) =>
    type === 'bigint' || type === 'date' ? `t.${column}::text` : `t.${column}`,
  )
  return `select t.id, t.xmin::text as xmin, t.created_at::text as made, t.field_owners, ${columns.join(', ')} from "${table}" t ${from}`
}

function toStored(table: Table, row: Record<string, unknown>): Stored {
  const values: Record<string, Value> = {}
  for (const { field, column } of COLUMNS[table]) values[field] = row[column] as Value
  return { id: row.id as string, values, owners: row.field_owners as Record<string, Owner> }
}

export async function readStages(client: ClientBase): Promise<{ pipelines: PipelineRow[]; stages: StageRow[] }> {
  const pipelines = await client.query<PipelineRow>(
    'select id, name from pipeline where archived_at is null order by name',
  )
  const stages = await client.query<StageRow>(
    'select id, pipeline_id as "pipelineId", name, position, kind from stage where archived_at is null order by pipeline_id, position',
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
