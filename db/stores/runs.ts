/** Runs, their states and their steps. A state is stored once per (run, seq); a repeat reads it back. */
import type { Command, Json, JsonObject, RunEvent } from '../../domain/playbook/types.ts'
import { json, must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { enqueue } from './outbox.ts'

export interface Run {
  id: string
  playbook: string
  versionId: string
  eventId: string
  leadId: string | null
  contactId: string | null
  accountId: string | null
  dealId: string | null
  status: 'running' | 'waiting' | 'paused' | 'completed' | 'cancelled'
  outcome: string | null
  currentKey: string | null
  errorCode: string | null
  errorWhy: string | null
  zone: string
  country: string | null
  seq: number
  startedAt: Date
  endedAt: Date | null
}

export const RUN = `id, playbook, version_id, event_id, lead_id, contact_id, account_id, deal_id, status, outcome, current_key,
  error_code, error_why, zone, country, seq, started_at, ended_at`

export const workflowIdOf = (runId: string): string => `run/${runId}`

/** The id of the run that this workflow drives, if it has not ended. */
export async function openRunOf(sql: Sql, workflowId: string): Promise<string | null> {
  if (!workflowId.startsWith('run/')) return null
  const id = workflowId.slice('run/'.length)
  const row = await sql.row<{ id: string }>('select id from run where id = $1 and ended_at is null', [id])
  return row?.id ?? null
}

export async function runById(sql: Sql, id: string): Promise<Run> {
  return must('run', id, sql.row<Run>(`select ${RUN} from run where id = $1`, [id]))
}

export interface NewRun {
  playbook: string
  versionId: string
  eventId: string
  onceKey: string
  leadId: string | null
  contactId: string | null
  accountId: string | null
  dealId: string | null
  zone: string
  country: string | null
}

/** Makes the run and the start of its workflow; null when `once_per` says that it ran already. */
export async function createRun(tx: Tx, run: NewRun): Promise<string | null> {
  const made = await tx.row<{ id: string }>(
    `insert into run (playbook, version_id, event_id, once_key, lead_id, contact_id, account_id, deal_id, zone, country)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (playbook, once_key) do nothing returning id`,
    [
      run.playbook,
      run.versionId,
      run.eventId,
      run.onceKey,
      run.leadId,
      run.contactId,
      run.accountId,
      run.dealId,
      run.zone,
      run.country,
    ],
  )
  if (!made) return null
  await enqueueStart(tx, made.id, 'first')
  await audit(tx, {
    actor: 'server',
    type: 'run.started',
    target: 'run',
    targetId: made.id,
    runId: made.id,
    data: { playbook: run.playbook },
  })
  return made.id
}

/** `occasion` tells a restart by the reconciler from the first start. */
export async function enqueueStart(tx: Tx, runId: string, occasion: string): Promise<void> {
  await enqueue(tx, {
    key: `start:${runId}:${occasion}`,
    kind: 'start',
    workflow: 'playbookRun',
    workflowId: workflowIdOf(runId),
    args: [{ runId }],
  })
}

export async function enqueueSignal(tx: Tx, runId: string, signal: string, arg: Json, key: string): Promise<void> {
  await enqueue(tx, {
    key: `${signal}:${runId}:${key}`,
    kind: 'signal',
    workflow: signal,
    workflowId: workflowIdOf(runId),
    args: [arg],
  })
}

/** Runs of these records whose playbook waits for such an event or is stopped by it; all others have no use for a wake. */
export async function openRunsFor(
  sql: Sql,
  of: { name: string; contactId: string | null; leadId: string | null },
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `select r.id from run r join playbook_version v on v.id = r.version_id
     where r.ended_at is null and (r.contact_id = $1 or r.lead_id = $2)
       and (v.compiled->'shapes'->'events' ? $3 or v.compiled->'stopOn' ? $3) order by r.started_at`,
    [of.contactId, of.leadId, of.name],
  )
  return rows.map(row => row.id)
}

export interface StoredState {
  seq: number
  /** What was taken in to come to this state. */
  event: RunEvent
  state: JsonObject
  commands: Command[]
}

/** The state after event `seq`, or null when it is not there yet. */
export async function stateAt(sql: Sql, runId: string, seq: number): Promise<StoredState | null> {
  return sql.row<StoredState>('select seq, event, state, commands from run_state where run_id = $1 and seq = $2', [
    runId,
    seq,
  ])
}

/** All events of a run in order, for replaying it in memory. */
export async function eventsOf(
  sql: Sql,
  runId: string,
): Promise<{ seq: number; event: RunEvent; commands: Command[]; at: Date }[]> {
  return sql.rows('select seq, event, commands, at from run_state where run_id = $1 order by seq', [runId])
}

export interface Step {
  id: string
  runId: string
  key: string
  kind: string
  verb: 'do' | 'propose'
  with: { with: JsonObject; approve?: JsonObject }
  status: 'pending' | 'done' | 'failed' | 'skipped' | 'cancelled'
  result: JsonObject | null
  errorCode: string | null
  errorWhy: string | null
  attempts: number
  startedAt: Date
  endedAt: Date | null
}

export const STEP =
  'id, run_id, key, kind, verb, "with", status, result, error_code, error_why, attempts, started_at, ended_at'

export async function stepByKey(sql: Sql, runId: string, key: string): Promise<Step> {
  return must(
    'step',
    `${runId}/${key}`,
    sql.row<Step>(`select ${STEP} from step_run where run_id = $1 and key = $2`, [runId, key]),
  )
}

export async function stepsOf(sql: Sql, runId: string): Promise<Step[]> {
  return sql.rows<Step>(`select ${STEP} from step_run where run_id = $1 order by started_at, key`, [runId])
}

/** The newest done result of each step id, for `with` entries that name an earlier step. */
export async function resultOfStep(sql: Sql, runId: string, stepId: string): Promise<JsonObject | null> {
  const row = await sql.row<{ result: JsonObject | null }>(
    `select result from step_run where run_id = $1 and key like $2 escape '\\' and status = 'done' order by started_at desc, key desc limit 1`,
    [runId, `${stepId.replace(/[\\%_]/g, '\\$&')}#%`],
  )
  return row?.result ?? null
}

/** Ends a step with its result; a second time changes nothing and returns the first result. */
export async function finishStep(sql: Sql, runId: string, key: string, result: JsonObject): Promise<JsonObject> {
  const row = await sql.row<{ result: JsonObject }>(
    `update step_run set status = case when status = 'pending' then 'done' else status end,
       result = case when status = 'pending' then $3::jsonb else result end,
       ended_at = coalesce(ended_at, now()), attempts = attempts + case when status = 'pending' then 1 else 0 end
     where run_id = $1 and key = $2 returning result`,
    [runId, key, json(result)],
  )
  return row?.result ?? result
}

/** Whether a step is under way; locks it, so that it cannot be cancelled before this transaction ends. */
export async function stillPending(tx: Tx, runId: string, key: string): Promise<boolean> {
  const row = await tx.row<{ status: string }>(
    'select status from step_run where run_id = $1 and key = $2 for update',
    [runId, key],
  )
  return row?.status === 'pending'
}

export async function failStep(sql: Sql, runId: string, key: string, code: string, why: string): Promise<void> {
  await sql.run(
    `update step_run set status = 'failed', error_code = $3, error_why = $4, ended_at = now() where run_id = $1 and key = $2 and status = 'pending'`,
    [runId, key, code, why.slice(0, 500)],
  )
}

/** Runs the store believes open, for comparing with Temporal. */
export async function openRuns(
  sql: Sql,
  limit: number,
  after: string | null,
): Promise<{ id: string; status: string; startedAt: Date }[]> {
  return sql.rows(
    `select id, status, started_at from run where ended_at is null and started_at < now() - interval '30 seconds'
       and ($2::uuid is null or id > $2) order by id limit $1`,
    [limit, after],
  )
}

/** Events of these names that concern an open run's records, came after it began, and never reached its interpreter. */
export async function missedEvents(sql: Sql, runId: string, names: string[]): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `select e.id from domain_event e join run r on r.id = $1
     where e.name = any($2) and e.handled_at is not null and e.id <> r.event_id and e.at >= r.started_at
       and (e.contact_id = r.contact_id or e.lead_id = r.lead_id)
       and not exists (select 1 from run_state s where s.run_id = r.id and s.event->>'id' = e.id::text)
     order by e.at`,
    [runId, names],
  )
  return rows.map(row => row.id)
}
