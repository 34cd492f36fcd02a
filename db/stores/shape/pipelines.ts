/** Pipelines and their stages: made, renamed, put in order, taken out of use. What was archived stays for the history that names it. */
import { DealwrightError } from '../../../domain/errors.ts'
import { type ExitRule, exitRuleProblems } from '../../../domain/shape/exit-rules.ts'
import { json, must, type Sql, type Tx } from '../../sql.ts'
import { audit } from '../audit.ts'
import { dealFields } from './deal-move.ts'

export type StageKind = 'open' | 'won' | 'lost'

export interface StageRow {
  id: string
  pipelineId: string
  name: string
  position: number
  kind: StageKind
  probability: number
  exitRules: ExitRule[]
}

export interface PipelineRow {
  id: string
  name: string
  archivedAt: Date | null
  /** Those in use, in order. */
  stages: StageRow[]
}

const STAGE = 's.id, s.pipeline_id, s.name, s.position, s.kind, s.probability, s.exit_rules'
const PIPELINE = `select p.id, p.name, p.archived_at, coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'pipelineId', s.pipeline_id, 'name', s.name,
    'position', s.position, 'kind', s.kind, 'probability', s.probability, 'exitRules', s.exit_rules) order by s.position)
  from stage s where s.pipeline_id = p.id and s.archived_at is null), '[]') as stages from pipeline p`

/** By name; the archived ones only when asked for. */
export const listPipelines = (sql: Sql, archived = false): Promise<PipelineRow[]> =>
  sql.rows<PipelineRow>(`${PIPELINE} where $1 or p.archived_at is null order by p.name, p.id`, [archived])

export const pipelineRow = (sql: Sql, id: string): Promise<PipelineRow> =>
  must('pipeline', id, sql.row<PipelineRow>(`${PIPELINE} where p.id = $1`, [id]))

export const stageRow = (sql: Sql, id: string): Promise<StageRow> =>
  must('stage', id, sql.row<StageRow>(`select ${STAGE} from stage s where s.id = $1 and s.archived_at is null`, [id]))

/** Changes of a pipeline and its stages come one after the other. */
export async function lockedPipeline(tx: Tx, id: string): Promise<PipelineRow> {
  await tx.run('select 1 from pipeline where id = $1 for update', [id])
  return pipelineRow(tx, id)
}

/** With its pipeline locked, and itself: a deal that is just coming in waits for the end of this. */
export async function lockedStage(tx: Tx, id: string): Promise<StageRow> {
  const { pipelineId } = await stageRow(tx, id)
  await lockedPipeline(tx, pipelineId)
  await tx.run('select 1 from stage where id = $1 for update', [id])
  return stageRow(tx, id)
}

export interface NewStage {
  name: string
  kind: StageKind
  probability: number
  exitRules: ExitRule[]
}

export async function addPipeline(
  tx: Tx,
  { name, stages }: { name: string; stages: NewStage[] },
  by: string,
): Promise<PipelineRow> {
  if (!stages.some(({ kind }) => kind === 'open'))
    throw new DealwrightError('bad_input', 'stages: a pipeline needs at least one open stage.')
  await requireFreeName(tx, name)
  const row = await tx.row<{ id: string }>('insert into pipeline (name) values ($1) returning id', [name])
  const id = row?.id ?? ''
  await audit(tx, { actor: by, type: 'pipeline.created', target: 'pipeline', targetId: id })
  for (const stage of stages) await addStage(tx, await pipelineRow(tx, id), stage, by)
  return pipelineRow(tx, id)
}

export interface PipelineChange {
  name?: string | undefined
  /** Every stage in use, in the new order. */
  order?: string[] | undefined
  archived?: boolean | undefined
}

/** Call it with the row locked. */
export async function changePipeline(
  tx: Tx,
  before: PipelineRow,
  change: PipelineChange,
  by: string,
): Promise<PipelineRow> {
  const fields: string[] = []
  const { id } = before
  if (change.archived !== undefined && change.archived !== (before.archivedAt !== null)) {
    await (change.archived ? archive(tx, before) : bringBack(tx, before, change.name ?? before.name))
    fields.push('archived')
  }
  if (change.name !== undefined && change.name !== before.name) {
    await requireFreeName(tx, change.name)
    await tx.run('update pipeline set name = $2, updated_at = now() where id = $1', [id, change.name])
    fields.push('name')
  }
  const order = before.stages.map(stage => stage.id)
  if (change.order !== undefined && change.order.join() !== order.join()) {
    await reorder(tx, id, order, change.order)
    fields.push('order')
  }
  if (fields.length === 0) return before
  await audit(tx, { actor: by, type: 'pipeline.changed', target: 'pipeline', targetId: id, data: { fields } })
  return pipelineRow(tx, id)
}

async function archive(tx: Tx, { id, name }: PipelineRow): Promise<void> {
  const row = await tx.row<{ deals: number; others: number }>(
    `select (select count(*) from deal d join stage s on s.id = d.stage_id where s.pipeline_id = $1 and s.kind = 'open') as deals,
       (select count(*) from pipeline where archived_at is null and id <> $1) as others`,
    [id],
  )
  if (row && row.deals > 0)
    throw new DealwrightError(
      'conflict',
      `Pipeline ${name} has ${row.deals} open deal${row.deals === 1 ? '' : 's'}: close them or move them to another pipeline first.`,
      { details: { deals: row.deals } },
    )
  if (row?.others === 0) throw new DealwrightError('conflict', `${name} is the last pipeline: make another first.`)
  await tx.run('update pipeline set archived_at = now(), updated_at = now() where id = $1', [id])
}

async function bringBack(tx: Tx, { id }: PipelineRow, name: string): Promise<void> {
  await requireFreeName(tx, name)
  await tx.run('update pipeline set archived_at = null, updated_at = now() where id = $1', [id])
}

async function reorder(tx: Tx, id: string, order: string[], wanted: string[]): Promise<void> {
  if ([...wanted].sort().join() !== [...order].sort().join())
    throw new DealwrightError('bad_input', `order: names every stage in use once; pipeline ${id} has ${order.length}.`)
  // First out of each other's way: no two stages in use have one place at any time.
  await tx.run('update stage set position = -1 - position where pipeline_id = $1 and archived_at is null', [id])
  await tx.run(
    `update stage set position = x.position - 1 from unnest($1::uuid[]) with ordinality x(id, position) where stage.id = x.id`,
    [wanted],
  )
}

async function requireFreeName(tx: Tx, name: string): Promise<void> {
  if (await tx.row('select 1 from pipeline where name = $1 and archived_at is null', [name]))
    throw new DealwrightError('conflict', `A pipeline is called ${name} already.`)
}

/** Behind the others. Call it with the pipeline locked. */
export async function addStage(tx: Tx, pipeline: PipelineRow, stage: NewStage, by: string): Promise<StageRow> {
  await requireFreeStageName(tx, pipeline.id, stage.name)
  await requireUsable(tx, stage.exitRules)
  const row = await tx.row<{ id: string }>(
    `insert into stage (pipeline_id, name, position, kind, probability, exit_rules)
     values ($1, $2, (select coalesce(max(position), -1) + 1 from stage where pipeline_id = $1 and archived_at is null), $3, $4, $5) returning id`,
    [pipeline.id, stage.name, stage.kind, stage.probability, json(stage.exitRules)],
  )
  const id = row?.id ?? ''
  await audit(tx, { actor: by, type: 'stage.created', target: 'stage', targetId: id, data: { pipeline: pipeline.id } })
  return stageRow(tx, id)
}

export interface StageChange {
  name?: string | undefined
  probability?: number | undefined
  exitRules?: ExitRule[] | undefined
}

/** Call it with the row locked. What a stage means (open, won, lost) never changes: its deals' history says so. */
export async function changeStage(tx: Tx, before: StageRow, change: StageChange, by: string): Promise<StageRow> {
  const fields = (['name', 'probability', 'exitRules'] as const).filter(
    field => change[field] !== undefined && JSON.stringify(change[field]) !== JSON.stringify(before[field]),
  )
  if (fields.length === 0) return before
  if (fields.includes('name')) await requireFreeStageName(tx, before.pipelineId, change.name ?? '')
  if (change.exitRules !== undefined) await requireUsable(tx, change.exitRules)
  await tx.run(
    'update stage set name = coalesce($2, name), probability = coalesce($3, probability), exit_rules = coalesce($4, exit_rules) where id = $1',
    [
      before.id,
      change.name ?? null,
      change.probability ?? null,
      change.exitRules === undefined ? null : json(change.exitRules),
    ],
  )
  await audit(tx, { actor: by, type: 'stage.changed', target: 'stage', targetId: before.id, data: { fields } })
  return stageRow(tx, before.id)
}

async function requireFreeStageName(tx: Tx, pipelineId: string, name: string): Promise<void> {
  const taken = 'select 1 from stage where pipeline_id = $1 and name = $2 and archived_at is null'
  if (await tx.row(taken, [pipelineId, name]))
    throw new DealwrightError('conflict', `A stage of this pipeline is called ${name} already.`)
}

/** @throws DealwrightError `exit_rules_invalid` naming every mistake */
async function requireUsable(tx: Tx, rules: ExitRule[]): Promise<void> {
  const problems = exitRuleProblems(rules, await dealFields(tx))
  if (problems.length > 0) throw new DealwrightError('exit_rules_invalid', problems.join('\n'))
}

/**
 * Takes a stage out of use; deals in it move to `moveTo` in the same transaction, each with its history. Call it with the row locked.
 * @returns how many deals were moved
 */
export async function archiveStage(tx: Tx, stage: StageRow, moveTo: string | null, by: string): Promise<number> {
  const { deals } = (await tx.row<{ deals: number }>('select count(*) as deals from deal where stage_id = $1', [
    stage.id,
  ])) as { deals: number }
  if (deals > 0 && moveTo === null)
    throw new DealwrightError(
      'conflict',
      `${deals} deal${deals === 1 ? ' stands' : 's stand'} in stage ${stage.name}: say with moveTo which stage they go to.`,
      { details: { deals } },
    )
  const last = await tx.row(
    `select 1 from stage where pipeline_id = $1 and kind = 'open' and archived_at is null and id <> $2 limit 1`,
    [stage.pipelineId, stage.id],
  )
  if (stage.kind === 'open' && !last)
    throw new DealwrightError('conflict', `${stage.name} is the last open stage of its pipeline: make another first.`)
  if (moveTo !== null) await moveAll(tx, stage, moveTo, by)
  await tx.run('update stage set archived_at = now() where id = $1', [stage.id])
  await audit(tx, {
    actor: by,
    type: 'stage.archived',
    target: 'stage',
    targetId: stage.id,
    data: { movedTo: moveTo, deals },
  })
  return deals
}

/** Whose field the stage is stays as it was: nobody chose it anew. */
async function moveAll(tx: Tx, from: StageRow, moveTo: string, by: string): Promise<void> {
  const to = await must(
    'stage',
    moveTo,
    tx.row<StageRow>(
      `select ${STAGE} from stage s join pipeline p on p.id = s.pipeline_id
       where s.id = $1 and s.archived_at is null and p.archived_at is null for share of s`,
      [moveTo],
    ),
  )
  if (to.id === from.id) throw new DealwrightError('bad_input', 'moveTo: names the stage itself.')
  if (to.kind !== from.kind)
    throw new DealwrightError(
      'conflict',
      `moveTo: stage ${to.name} is ${to.kind} and ${from.name} ${from.kind}, so this would change what became of the deals.`,
    )
  const person = by.replace(/^user:/, 'person:')
  await tx.run(
    `with moved as (
       update deal set stage_id = $2, pipeline_id = $3, updated_at = now() where stage_id = $1 returning id
     ), pair as materialized (select id, gen_random_uuid() as old, gen_random_uuid() as new from moved
     ), kept as (
       insert into field_value (id, value) select old, to_jsonb($1::text) from pair union all select new, to_jsonb($2::text) from pair
     ), history as (
       insert into deal_stage_change (deal_id, from_stage_id, to_stage_id, by) select id, $1, $2, $4 from pair
     )
     insert into field_change ("table", record_id, field, old_value_id, new_value_id, by, why) select 'deal', id, 'stageId', old, new, $4, $5 from pair`,
    [from.id, to.id, to.pipelineId, person, `stage ${from.name} archived`],
  )
}
