/**
 * Undo as compensation: new changes that take earlier ones back, sparing what was edited since. Nothing that happened is removed from
 * history. A preview is the same code in a transaction that is rolled back.
 */
import type { Json } from '../../domain/playbook/types.ts'
import { customKey } from '../../domain/shape/custom-field.ts'
import type { Tx } from '../sql.ts'
import type { RecordKind } from './crm/kinds.ts'
import { columnOf, recordStage, valueIn, writeField } from './records.ts'

/** What is taken back: everything of a run, of an action, or one change of a field. */
export type UndoTarget = { kind: 'run' | 'action' | 'field'; id: string }

export interface UndoItem {
  what: 'field' | 'task' | 'suggestion' | 'deal'
  kind: RecordKind | 'field_suggestion'
  /** Of the record. */
  id: string
  field: string | null
  /** As it stands, and as it stands afterwards. */
  from: Json
  to: Json
}

export interface Spared extends Omit<UndoItem, 'to'> {
  why: string
}

export interface Undone {
  reverted: UndoItem[]
  spared: Spared[]
  /** Of actions whose effect is out of our hands. */
  lasting: { actionId: string; why: string }[]
}

/** Takes back in the caller's transaction. @param by `person:<user id>` */
export async function takeBack(tx: Tx, { kind, id }: UndoTarget, by: string): Promise<Undone> {
  const undone: Undone = { reverted: [], spared: [], lasting: [] }
  await takeBackFields(tx, { kind, id }, by, undone)
  if (kind === 'field') return undone
  const target: Whole = { kind, id }
  await takeBackTasks(tx, target, by, undone)
  await takeBackSuggestions(tx, target, undone)
  await takeBackDeals(tx, target, by, undone)
  undone.lasting.push(...(await lastingMails(tx, target)))
  return undone
}

/** What may hold more than changes of fields. */
interface Whole {
  kind: 'run' | 'action'
  id: string
}

const CHANGES = { run: 'c.run_id', action: 'c.action_id', field: 'c.id' } as const
const ACTIONS = { run: 'a.run_id', action: 'a.id' } as const

interface ChangeRow {
  id: string
  table: RecordKind
  recordId: string
  field: string
  old: Json
  oldErased: boolean
  new: Json
  newErased: boolean
  later: string | null
}

/** Newest first, so that a field that was changed twice comes back to where it was before the first. */
async function takeBackFields(tx: Tx, target: UndoTarget, by: string, undone: Undone): Promise<void> {
  const changes = await tx.rows<ChangeRow>(
    `select c.id, c."table", c.record_id, c.field, o.value as old, o.value is null as old_erased, w.value as new, w.value is null as new_erased,
       (select n.by from field_change n where n."table" = c."table" and n.record_id = c.record_id and n.field = c.field
         and n.at >= c.at and n.id <> c.id and n.reverted_at is null
         and not (${CHANGES[target.kind].replace('c.', 'n.')} is not distinct from $1) order by n.at desc limit 1) as later
     from field_change c join field_value o on o.id = c.old_value_id join field_value w on w.id = c.new_value_id
     where ${CHANGES[target.kind]} = $1 and c.reverted_at is null order by c.at desc, c.id desc`,
    [target.id],
  )
  for (const change of changes) await takeBackField(tx, change, target, by, undone)
}

async function takeBackField(tx: Tx, change: ChangeRow, target: UndoTarget, by: string, undone: Undone): Promise<void> {
  const { table, recordId, field } = change
  const column = columnOf(table, field)
  const now = column === undefined ? null : await currentValue(tx, change, column)
  const item = { what: 'field', kind: table, id: recordId, field } as const
  const spare = (why: string) => undone.spared.push({ ...item, from: now?.value ?? null, why })
  if (column === undefined || now === null) return void spare('the record or its field is there no more')
  if (change.oldErased || change.newErased) return void spare('its earlier value was erased')
  if (change.later !== null) return void spare(`it was changed since by ${inWords(change.later)}`)
  if (!now.same) return void spare('it has another value by now')
  const why = target.kind === 'field' ? `change ${target.id} undone` : `${target.kind} ${target.id} undone`
  const counter = await writeField(tx, { table, id: recordId, field, value: change.old, by, why }, column, now.value)
  if (table === 'deal' && field === 'stageId') {
    const [from, to] = [now.value, change.old] as [string, string]
    await recordStage(tx, { dealId: recordId, from, to, by, actionId: null })
  }
  // The two together change nothing: neither stands in the way of undoing what was before them.
  await tx.run('update field_change set reverted_at = now() where id = any($1::uuid[])', [[change.id, counter]])
  undone.reverted.push({ ...item, from: now.value, to: change.old })
}

/** The field as it stands, and whether that is what this change made of it. The record is locked. */
async function currentValue(tx: Tx, change: ChangeRow, column: string): Promise<{ value: Json; same: boolean } | null> {
  return tx.row(
    customKey(change.field) !== null
      ? `select ${valueIn(column, change.field)} as value, ${valueIn(column, change.field)} is not distinct from nullif($2::jsonb, 'null') as same
         from "${change.table}" t where id = $1 for update`
      : `select to_jsonb(t.${column}) as value,
       t.${column} is not distinct from (jsonb_populate_record(null::"${change.table}", jsonb_build_object('${column}', $2::jsonb))).${column} as same
     from "${change.table}" t where id = $1 for update`,
    [change.recordId, JSON.stringify(change.new ?? null)],
  )
}

const inWords = (by: string): string =>
  by.startsWith('person:')
    ? 'a person'
    : by.startsWith('run:')
      ? 'another run'
      : by.startsWith('import:')
        ? 'an import'
        : by

async function takeBackTasks(tx: Tx, target: Whole, by: string, undone: Undone): Promise<void> {
  const tasks = await tx.rows<{ id: string; status: string; edited: boolean }>(
    `select t.id, t.status, exists (select 1 from jsonb_each(t.field_owners) o where o.value->>'by' = 'person') as edited
     from task t where ${target.kind === 'run' ? 't.run_id = $1' : "t.id in (select (e.result->>'task')::uuid from effect e where e.action_id = $1)"}
       and t.status <> 'cancelled' for update`,
    [target.id],
  )
  for (const { id, status, edited } of tasks) {
    const item = { what: 'task', kind: 'task', id, field: 'status', from: status } as const
    if (status !== 'open') undone.spared.push({ ...item, why: `it is ${status}` })
    else if (edited) undone.spared.push({ ...item, why: 'a person edited it since' })
    else {
      const why = `${target.kind} ${target.id} undone`
      await writeField(tx, { table: 'task', id, field: 'status', value: 'cancelled', by, why }, 'status', status)
      undone.reverted.push({ ...item, to: 'cancelled' })
    }
  }
}

async function takeBackSuggestions(tx: Tx, target: Whole, undone: Undone): Promise<void> {
  if (target.kind !== 'run') return
  const taken = await tx.rows<{ id: string }>(
    `update field_suggestion set status = 'refused', decided_at = now() where run_id = $1 and status = 'open' returning id`,
    [target.id],
  )
  for (const { id } of taken)
    undone.reverted.push({ what: 'suggestion', kind: 'field_suggestion', id, field: null, from: 'open', to: 'refused' })
}

/** A deal that was opened is closed as withdrawn, if nobody has worked on it. */
async function takeBackDeals(tx: Tx, target: Whole, by: string, undone: Undone): Promise<void> {
  const deals = await tx.rows<{
    id: string
    stageId: string
    pipelineId: string
    touched: string | null
    open: boolean
  }>(
    `select d.id, d.stage_id, d.pipeline_id, s.kind = 'open' as open, ${touched(target)} as touched
     from deal d join stage s on s.id = d.stage_id
     where d.id in (select a.id from action a where ${ACTIONS[target.kind]} = $1 and a.kind = 'open_deal' and a.status = 'done') for update of d`,
    [target.id],
  )
  for (const { id, stageId, pipelineId, touched, open } of deals) {
    const item = { what: 'deal', kind: 'deal', id, field: 'stageId', from: stageId } as const
    if (!open || touched !== null) {
      undone.spared.push({ ...item, why: open ? `the deal stays open: ${touched}` : 'the deal is closed already' })
      continue
    }
    const to = await withdrawnStage(tx, pipelineId)
    const why = `withdrawn: ${target.kind} ${target.id} undone`
    await writeField(tx, { table: 'deal', id, field: 'stageId', value: to, by, why }, 'stage_id', stageId)
    await recordStage(tx, { dealId: id, from: stageId, to, by, actionId: null })
    undone.reverted.push({ ...item, to })
  }
}

/** Why a deal counts as worked on; null: it stands as it was opened (changes of the same undo are taken back by now). */
const touched = ({ kind }: Whole): string => `case
  when exists (select 1 from field_change c where c."table" = 'deal' and c.record_id = d.id and c.reverted_at is null) then 'it was changed since'
  when exists (select 1 from call_note n where n.deal_id = d.id) then 'there is a call note on it'
  when exists (select 1 from task t where t.deal_id = d.id and t.status <> 'cancelled') then 'there is a task on it'
  when exists (select 1 from action x where x.deal_id = d.id and x.status = 'done' and x.${kind === 'run' ? 'run_id' : 'id'} is distinct from $1)
    then 'an action was carried out on it'
end`

/** Made in the pipeline when the first deal is withdrawn. */
async function withdrawnStage(tx: Tx, pipelineId: string): Promise<string> {
  const made = await tx.row<{ id: string }>(
    `insert into stage (pipeline_id, name, position, kind, probability)
     select $1, 'withdrawn', max(position) + 1, 'lost', 0 from stage where pipeline_id = $1
     on conflict (pipeline_id, name) where archived_at is null do update set name = excluded.name returning id`,
    [pipelineId],
  )
  return (made as { id: string }).id
}

async function lastingMails(tx: Tx, target: Whole): Promise<{ actionId: string; why: string }[]> {
  const mails = await tx.rows<{ actionId: string; status: string; at: Date | null; to: string | null }>(
    `select a.id as action_id, a.status, coalesce(a.settled_at, a.claimed_at) as at, c.name as "to"
     from action a left join contact c on c.id = a.contact_id
     where ${ACTIONS[target.kind]} = $1 and a.kind = 'send_mail' and a.status in ('claimed', 'done', 'uncertain') order by a.created_at`,
    [target.id],
  )
  return mails.map(({ actionId, status, at, to }) => ({
    actionId,
    why:
      status === 'done'
        ? `The mail to ${to ?? 'them'} left on ${at?.toISOString().slice(0, 10) ?? 'a day unknown'} and cannot be called back.`
        : `The mail to ${to ?? 'them'} may have left: what has cannot be called back.`,
  }))
}
