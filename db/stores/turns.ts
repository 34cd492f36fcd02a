/** One turn of a run's interpreter: all that it begins from, in one query, and all that it leaves, in one statement. */
import type { Command, JsonObject, RunEvent } from '../../domain/playbook/types.ts'
import { json, must, type Sql } from '../sql.ts'
import type { DomainEvent } from './events.ts'
import { EVENT } from './events.ts'
import { joined } from './joined.ts'
import { RUN, type Run } from './runs.ts'

/** What a turn's occasion speaks of: the step of this key, this event, or the event that the run began with. */
export interface TurnSubject {
  stepKey?: string
  eventId?: string
  ownEvent?: boolean
}

export interface TurnRecords {
  run: Run
  /** The state at the turn's own seq, where another attempt has stored it. */
  stored: { event: RunEvent; commands: Command[] } | null
  /** The state before it; null at the first turn, and where it is missing. */
  before: JsonObject | null
  /** Null where the subject names none, or it is not there. */
  step: { result: JsonObject | null } | null
  event: DomainEvent | null
}

const JOINED = joined({ r: RUN, e: EVENT, s: 'id, result' })

const READ = `select ${JOINED.columns}, n.event as stored_event, n.commands as stored_commands, p.state as before
  from run r left join run_state n on n.run_id = r.id and n.seq = $2 left join run_state p on p.run_id = r.id and p.seq = $2 - 1
    left join step_run s on s.run_id = r.id and s.key = $3
    left join domain_event e on e.id = case when $5 then r.event_id else $4::uuid end
  where r.id = $1`

interface Read extends Record<string, unknown> {
  storedEvent: RunEvent | null
  storedCommands: Command[] | null
  before: JsonObject | null
}

export async function turnRecords(sql: Sql, runId: string, seq: number, subject: TurnSubject): Promise<TurnRecords> {
  const { stepKey = null, eventId = null, ownEvent = false } = subject
  const row = await must('run', runId, sql.row<Read>(READ, [runId, seq, stepKey, eventId, ownEvent]))
  const { storedEvent: event, storedCommands: commands, before } = row
  return {
    run: JOINED.part(row, 'r') as unknown as Run,
    stored: event && commands && { event, commands },
    before,
    step: JOINED.part(row, 's') as unknown as TurnRecords['step'],
    event: JOINED.part(row, 'e') as unknown as DomainEvent | null,
  }
}

export interface Advanced {
  runId: string
  seq: number
  event: RunEvent
  state: JsonObject
  commands: Command[]
  status: Run['status']
  outcome: string | null
  currentKey: string | null
  error: { code: string; message: string } | null
  at: Date
}

/** One statement, so that it is there as a whole or not at all. The primary key refuses a second state for one seq. */
const STORE = `with stored as (
    insert into run_state (run_id, seq, event, state, commands, at) values ($1, $2, $3, $4, $5, $6)
    on conflict (run_id, seq) do nothing returning run_id
  ), opened as (
    insert into step_run (run_id, key, kind, verb, "with") select stored.run_id, o.key, o.kind, o.verb, o."with"
    from stored, jsonb_to_recordset($7::jsonb) as o (key text, kind text, verb text, "with" jsonb) on conflict (run_id, key) do nothing
  ), ended as (
    update step_run s set status = 'cancelled', ended_at = now()
    from stored where s.run_id = stored.run_id and s.key = any($8::text[]) and s.status = 'pending'
  )
  update run set seq = $2, status = $9, outcome = $10, current_key = $11, error_code = $12, error_why = $13,
    ended_at = case when $14 then now() end
  from stored where run.id = stored.run_id`

/**
 * Stores a new state, the steps its commands open or end, and what people see of the run. False, with nothing changed, when (run, seq)
 * was stored meanwhile.
 */
export async function storeAdvance(sql: Sql, next: Advanced): Promise<boolean> {
  const { status, commands, error } = next
  const stored = await sql.run(STORE, [
    next.runId,
    next.seq,
    json(next.event),
    json(next.state),
    json(commands),
    next.at,
    json(commands.filter(isWork).map(stepOf)),
    commands.filter(command => command.type === 'cancel').map(({ key }) => key),
    status,
    next.outcome,
    next.currentKey,
    error?.code ?? null,
    error?.message ?? null,
    status === 'completed' || status === 'cancelled',
  ])
  return stored > 0
}

type Work = Extract<Command, { type: 'act' | 'propose' }>

function isWork(command: Command): command is Work {
  return command.type === 'act' || command.type === 'propose'
}

function stepOf(command: Work): object {
  const { key, kind } = command
  if (command.type === 'act') return { key, kind, verb: 'do', with: { with: command.with } }
  return { key, kind, verb: 'propose', with: { with: command.with, approve: { ...command.approve } } }
}
