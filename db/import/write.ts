/** Writes what a merge came to: new records by COPY, changed ones by one UPDATE a table, with their history. */
import type { ClientBase } from 'pg'
import { sha256 } from '../../domain/gate/canonical.ts'
import type { BatchMerge } from '../../domain/import/merge/batch.ts'
import { type NewMessage, type Table, TABLES } from '../../domain/import/merge/words.ts'
import { type Entry, isChanged, type Value } from '../../domain/import/merge/entry.ts'
import type { StageBook } from '../../domain/import/merge/stages.ts'
import { COLUMNS, HAS_UPDATED_AT } from './columns.ts'
import { type Cell, CopyRows } from './copy.ts'
import { uuidV7 } from './ids.ts'

/** Someone changed a record between reading and writing: the batch is to be merged anew. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
}

export interface WriteContext {
  /** Table of the file's own records. */
  main: Table
  system: string
  /** Who: `import:<job id>`. */
  by: string
  why: string
  /** Whether new leads start playbooks. */
  start: boolean
  xmin: ReadonlyMap<string, string>
}

export type CreatedCounts = Record<Table, number>

export async function writeMerge(
  client: ClientBase,
  merge: BatchMerge,
  stages: StageBook,
  context: WriteContext,
): Promise<CreatedCounts> {
  await writeStages(client, stages)
  const created: CreatedCounts = { account: 0, contact: 0, product: 0, lead: 0, deal: 0 }
  const history = new History(context.by, context.why)
  for (const table of TABLES) {
    const entries = [...merge.entries[table].values()]
    const fresh = entries.filter(entry => entry.isNew)
    const changed = entries.filter(entry => !entry.isNew && isChanged(entry))
    created[table] = fresh.length
    if (table === 'lead') await writeMessages(client, merge.messages)
    await updateEntries(client, table, changed, context.xmin)
    await insertEntries(client, table, fresh)
    for (const entry of changed) history.add(table, entry)
    if (table === 'deal') await writeStageChanges(client, fresh, changed, context.by)
    if (table === 'lead' && context.start) await writeEvents(client, fresh)
  }
  await history.send(client)
  await writeRefs(client, merge, context)
  await writeSuppressions(client, merge.suppress)
  return created
}

async function insertEntries(client: ClientBase, table: Table, entries: Entry[]): Promise<void> {
  const columns = COLUMNS[table]
  const rows = new CopyRows()
  for (const entry of entries) {
    const cells: Cell[] = [entry.id, entry.owners]
    for (const { field } of columns) cells.push(entry.values[field] ?? null)
    rows.add(cells)
  }
  await rows.send(client, `"${table}" (id, field_owners, ${columns.map(({ column }) => column).join(', ')})`)
}

async function updateEntries(
  client: ClientBase,
  table: Table,
  entries: Entry[],
  xmin: ReadonlyMap<string, string>,
): Promise<void> {
  if (entries.length === 0) return
  const columns = COLUMNS[table]
  const sets = columns.map(({ column }) => `${column} = s.${column}`)
  if (HAS_UPDATED_AT[table]) sets.push('updated_at = now()')
  const rows = entries.map(entry => {
    const row: Record<string, unknown> = { id: entry.id, seen: xmin.get(entry.id), field_owners: entry.owners }
    for (const { field, column } of columns) row[column] = entry.values[field] ?? null
    return row
  })
  const shape = columns.map(({ column, type }) => `${column} ${type}`).join(', ')
  const { rowCount } = await client.query(
    `update "${table}" t set ${sets.join(', ')}, field_owners = s.field_owners
     from jsonb_to_recordset($1::jsonb) as s(id uuid, seen text, field_owners jsonb, ${shape})
     where t.id = s.id and t.xmin::text = s.seen`,
    [JSON.stringify(rows)],
  )
  if (rowCount !== entries.length)
    throw new ChangedMeanwhile(`${table}: ${entries.length - (rowCount ?? 0)} changed meanwhile`)
}

/** Old and new values of stored records' fields. */
class History {
  private readonly values = new CopyRows()
  private readonly changes = new CopyRows()
  private readonly by: string
  private readonly why: string

  constructor(by: string, why: string) {
    this.by = by
    this.why = why
  }

  add(table: Table, entry: Entry): void {
    for (const [field, old] of entry.changed) {
      const ids = [old, entry.values[field] ?? null].map(value => this.value(value))
      this.changes.add([uuidV7(), table, entry.id, field, ids[0] as string, ids[1] as string, this.by, this.why])
    }
  }

  private value(value: Value): string {
    const id = uuidV7()
    this.values.add([id, JSON.stringify(value)])
    return id
  }

  async send(client: ClientBase): Promise<void> {
    await this.values.send(client, 'field_value (id, value)')
    await this.changes.send(client, 'field_change (id, "table", record_id, field, old_value_id, new_value_id, by, why)')
  }
}

async function writeStages(client: ClientBase, stages: StageBook): Promise<void> {
  for (const { id, name } of stages.newPipelines)
    await client.query('insert into pipeline (id, name) values ($1, $2)', [id, name])
  for (const { id, pipelineId, name, position, kind } of stages.newStages)
    await client.query(
      'insert into stage (id, pipeline_id, name, position, kind, probability) values ($1, $2, $3, $4, $5, $6)',
      [id, pipelineId, name, position, kind, kind === 'won' ? 1 : 0],
    )
}

/** A new deal's first stage is dated by what the file says: closed on, else engaged on, else now. */
async function writeStageChanges(client: ClientBase, fresh: Entry[], changed: Entry[], by: string): Promise<void> {
  if (fresh.length + changed.length === 0) return
  const dated = new CopyRows()
  const undated = new CopyRows()
  const closed = await closedStages(client)
  for (const { id, values } of fresh) {
    const day = closed.has(values.stageId as string) ? (values.closeDate ?? values.engagedOn) : values.engagedOn
    if (typeof day === 'string') dated.add([uuidV7(), id, null, values.stageId ?? null, by, `${day}T00:00:00Z`])
    else undated.add([uuidV7(), id, null, values.stageId ?? null, by])
  }
  for (const { id, values, changed: old } of changed)
    if (old.has('stageId')) undated.add([uuidV7(), id, old.get('stageId') ?? null, values.stageId ?? null, by])
  await dated.send(client, 'deal_stage_change (id, deal_id, from_stage_id, to_stage_id, by, at)')
  await undated.send(client, 'deal_stage_change (id, deal_id, from_stage_id, to_stage_id, by)')
}

async function closedStages(client: ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>("select id from stage where kind <> 'open'")
  return new Set(rows.map(row => row.id))
}

/** What people wrote becomes a source that facts can quote, as with a form; equal texts are stored once. */
async function writeMessages(client: ClientBase, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return
  const hashes = messages.map(message => sha256(message.text))
  await client.query(
    'insert into source_text (hash, text) select distinct on (hash) hash, text from unnest($1::text[], $2::text[]) as t(hash, text) on conflict do nothing',
    [hashes, messages.map(message => message.text)],
  )
  const rows = new CopyRows()
  const now = new Date().toISOString()
  for (const [at, { id, leadId, accountId, publisherName, publisherDomain }] of messages.entries())
    rows.add([id, `import:${leadId}`, 'mail', hashes[at] as string, accountId, publisherName, publisherDomain, now])
  await rows.send(client, 'source (id, key, kind, text_hash, account_id, publisher_name, publisher_domain, fetched_at)')
}

async function writeEvents(client: ClientBase, leads: Entry[]): Promise<void> {
  const rows = new CopyRows()
  for (const { id, values } of leads)
    rows.add([
      uuidV7(),
      `lead.created:${id}`,
      'lead.created',
      '{}',
      id,
      values.contactId ?? null,
      values.accountId ?? null,
    ])
  await rows.send(client, 'domain_event (id, key, name, fields, lead_id, contact_id, account_id)')
}

async function writeRefs(client: ClientBase, merge: BatchMerge, { main, system }: WriteContext): Promise<void> {
  const rows = new CopyRows()
  for (const [externalId, recordId] of merge.newRefs) rows.add([main, system, externalId, recordId])
  await rows.send(client, 'external_ref (kind, system, external_id, record_id)')
}

async function writeSuppressions(client: ClientBase, addresses: ReadonlySet<string>): Promise<void> {
  if (addresses.size === 0) return
  await client.query(
    `insert into suppression (kind, value, reason) select 'email', value, 'the imported file says: do not e-mail'
     from unnest($1::text[]) as value on conflict (kind, value) do nothing`,
    [[...addresses]],
  )
}
