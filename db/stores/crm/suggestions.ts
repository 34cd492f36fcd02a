/** Values that agents read for fields that a person owns, and what the owner says of them; and the history of a record's fields. */
import { requireFor } from '../../../domain/access/may.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import { DealwrightError } from '../../../domain/errors.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import { scope } from '../../access.ts'
import { keyset, newestFirst, pageOf, type Page, type PageRequest } from '../../page.ts'
import { must, type Sql, type Tx } from '../../sql.ts'
import { audit } from '../audit.ts'
import { writeFields } from './change.ts'
import type { RecordKind } from './kinds.ts'
import { hiddenOf, valuesSeen } from '../shape/sensitive.ts'
import { seenRecord } from './read.ts'

export interface Suggestion {
  id: string
  kind: RecordKind
  recordId: string
  field: string
  value: Json
  /** The words that say so, and where they stand. */
  quote: string | null
  sourceId: string | null
  status: string
  createdAt: Date
  decidedAt: Date | null
}

/** SQL: who owns the record that a suggestion or change `f` is about. */
export const SUBJECT_OWNER = `case f."table" when 'deal' then (select owner_id from deal where id = f.record_id) when 'lead' then (select owner_id from lead where id = f.record_id)
  when 'contact' then (select owner_id from contact where id = f.record_id) when 'account' then (select owner_id from account where id = f.record_id) end`
const COLUMNS =
  'f.id, f."table" as kind, f.record_id, f.field, f.value, f.quote, f.source_id, f.status, f.created_at, f.decided_at'
const NEWEST = newestFirst('f')

/** Newest first. */
export async function listSuggestions(
  sql: Sql,
  viewer: Viewer,
  request: PageRequest & { status: string; record?: string | undefined },
): Promise<Page<Suggestion>> {
  const values: unknown[] = [request.status, request.record ?? null]
  const mine = scope(viewer, 'lead.see', SUBJECT_OWNER, values)
  const shown = valuesSeen(viewer, 'f', SUBJECT_OWNER, values)
  const { where, tail } = keyset(NEWEST, request, values)
  const rows = await sql.rows<Suggestion>(
    `select ${COLUMNS} from field_suggestion f where f.status = $1 and ($2::uuid is null or f.record_id = $2) and ${mine} and ${shown} and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, NEWEST, request)
}

/** Accepts (the value is then the person's own) or refuses it. @throws DealwrightError `not_found`, `forbidden`, `conflict` when it was decided already */
export async function decideSuggestion(tx: Tx, viewer: Viewer, id: string, accepted: boolean): Promise<Suggestion> {
  const row = await must(
    'suggestion',
    id,
    tx.row<Suggestion>(`select ${COLUMNS} from field_suggestion f where f.id = $1 for update`, [id]),
  )
  const record = await seenRecord(tx, viewer, row.kind, row.recordId)
  const { size: hidden } = await hiddenOf(tx, viewer, [{ kind: row.kind, id: row.recordId, field: row.field }])
  if (hidden > 0) throw new DealwrightError('not_found', `There is no suggestion ${id}.`)
  requireFor(viewer, `${row.kind}.change`, { what: row.kind, ...record })
  if (row.status !== 'open') throw new DealwrightError('conflict', `Suggestion ${id} was ${row.status} already.`)
  if (accepted) {
    const why = row.quote === null ? 'accepted from an agent' : `accepted: “${row.quote.slice(0, 300)}”`
    await writeFields(tx, { viewer, kind: row.kind, id: row.recordId, set: { [row.field]: row.value }, why }, record)
  }
  const status = accepted ? 'accepted' : 'refused'
  const done = await tx.row<Suggestion>(
    `update field_suggestion f set status = $2, decided_at = now() where id = $1 returning ${COLUMNS}`,
    [id, status],
  )
  await audit(tx, {
    actor: `user:${viewer.userId}`,
    type: `suggestion.${status}`,
    target: 'field_suggestion',
    targetId: id,
    data: { kind: row.kind, record: row.recordId, field: row.field },
  })
  return done as Suggestion
}

export interface FieldChange {
  id: string
  field: string
  old: Json
  new: Json
  /** person:<id> | run:<id> | import:<id> | code */
  by: string
  why: string | null
  runId: string | null
  at: Date
  revertedAt: Date | null
}

/** What became of a record's fields, newest first. */
export async function fieldHistory(sql: Sql, viewer: Viewer, kind: RecordKind, id: string): Promise<FieldChange[]> {
  await seenRecord(sql, viewer, kind, id)
  const values: unknown[] = [kind, id]
  const shown = valuesSeen(viewer, 'f', SUBJECT_OWNER, values)
  return sql.rows<FieldChange>(
    `select f.id, f.field, o.value as old, n.value as new, f.by, f.why, f.run_id, f.at, f.reverted_at
     from field_change f join field_value o on o.id = f.old_value_id join field_value n on n.id = f.new_value_id
     where f."table" = $1 and f.record_id = $2 and ${shown} order by f.at desc, f.id limit 500`,
    values,
  )
}
