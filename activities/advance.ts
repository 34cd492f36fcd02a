/**
 * The interpreter's turn, as a local activity: load the run's immutable version and its last state, take one event in, store the new
 * state under (run, seq), in one statement that stores all or nothing. A repeat returns the stored row; where that row came of another
 * occasion (the workflow lost its task after we had stored, and meanwhile something else came first) the turn says that the given one
 * was not taken in.
 */
import { calendarAt } from '../domain/calendar/hours.ts'
import { DealwrightError } from '../domain/errors.ts'
import { advance } from '../domain/playbook/interpreter.ts'
import type { Playbook } from '../domain/playbook/model.ts'
import type { RunState } from '../domain/playbook/state.ts'
import type { Command, JsonObject, RunEvent } from '../domain/playbook/types.ts'
import { must, type Sql } from '../db/sql.ts'
import { recordFields } from '../db/stores/record-fields.ts'
import { versionById } from '../db/stores/playbooks.ts'
import { hoursOfRun } from '../db/stores/shape/working-hours.ts'
import { missedEvents, runById, stateAt, type Run } from '../db/stores/runs.ts'
import { storeAdvance, turnRecords, type TurnRecords, type TurnSubject } from '../db/stores/turns.ts'
import type { Deps } from './deps.ts'
import type { Queue } from './kinds.ts'
import { kindNamed } from './registry.ts'

/** What the workflow knows of an event: keys and ids. What they stand for is loaded here. */
export type Occasion =
  | { type: 'started' }
  | { type: 'completed'; key: string }
  | { type: 'failed'; key: string; code: string; message: string }
  | { type: 'timer'; key: string }
  | { type: 'happened'; eventId: string }
  | { type: 'resume' }
  | { type: 'skip' }
  | { type: 'cancel'; why: string }

/** What the workflow is told to do: keys, kinds and instants. Arguments stay in the database. */
export type Order =
  | { type: 'act'; key: string; kind: string; queue: Queue | 'procedure' }
  | { type: 'propose'; key: string; kind: string }
  | { type: 'wait'; key: string; until: string }
  | { type: 'cancel'; key: string }
  | { type: 'end' }

export interface Turn {
  /** The newest stored seq after this turn. */
  seq: number
  orders: Order[]
  /** Said when the stored turn came of another occasion than the one given, which is then still to be taken in. */
  took?: false
  /** How the run's steps are tried again, from the playbook. */
  retry: { attempts: number; firstMs: number; factor: number; maxMs: number }
}

/** Versions never change, so a process keeps those it has read. */
const versions = new Map<string, Playbook>()

async function playbookOf(sql: Sql, versionId: string): Promise<Playbook> {
  const known = versions.get(versionId)
  if (known) return known
  const version = await must('playbook version', versionId, versionById(sql, versionId))
  versions.set(versionId, version.compiled)
  return version.compiled
}

interface Given {
  runId: string
  seq: number
  occasion: Occasion
}

export function advanceActivities({ db, now = async () => new Date() }: Deps) {
  return {
    /** Takes the event after state `seq - 1`. Returns the stored turn when (run, seq) is there already. */
    async advance(input: Given): Promise<Turn> {
      for (;;) {
        const turn = await tryTurn(input)
        // Null: of two attempts at this turn the other has stored it just now, and it is read.
        if (turn !== null) return turn
      }
    },

    /** Where a run stands, for a workflow that begins, begins anew or lost its step: what is under way, and what passed it by. */
    async openRun(input: { runId: string }): Promise<Turn & { missed: string[]; fresh: boolean; ended: boolean }> {
      const run = await runById(db, input.runId)
      const playbook = await playbookOf(db, run.versionId)
      const retry = retryOf(playbook)
      const fresh = run.seq === 0
      const orders = fresh ? [] : await underWay(run)
      const missed = await missedEvents(db, run.id, eventsOf(playbook))
      return { seq: run.seq, orders, retry, missed, fresh, ended: run.endedAt !== null }
    },
  }

  async function tryTurn({ runId, seq, occasion }: Given): Promise<Turn | null> {
    const records = await turnRecords(db, runId, seq, subjectOf(occasion))
    const { run, stored } = records
    const playbook = await playbookOf(db, run.versionId)
    const retry = retryOf(playbook)
    if (stored) {
      const turn = { seq, orders: stored.commands.map(orderOf), retry }
      return isOf(stored.event, occasion) ? turn : { ...turn, took: false }
    }
    if (seq > 1 && !records.before) {
      throw new DealwrightError(
        'run_out_of_step',
        `Run ${runId} has no state ${seq - 1}; its workflow starts over from the last one.`,
      )
    }
    const event = await eventOf(db, records, occasion)
    const at = await now()
    const state = records.before as unknown as RunState | null
    const next = advance(playbook, state, event, at.toISOString(), calendarAt(run, await hoursOfRun(db, run)))
    if (next.state === state) return { seq: seq - 1, orders: [], retry }
    const isStored = await storeAdvance(db, {
      runId,
      seq,
      event,
      state: next.state as unknown as JsonObject,
      commands: next.commands,
      at,
      ...seen(run, next.state, next.commands, occasion),
    })
    return isStored ? { seq, orders: next.commands.map(orderOf), retry } : null
  }

  /** The commands given out whose keys are still pending. */
  async function underWay(run: Run): Promise<Order[]> {
    const state = (await stateAt(db, run.id, run.seq))?.state as unknown as RunState | undefined
    const pending = state?.pending?.key
    if (!pending || state?.status === 'paused') return []
    const rows = await db.rows<{ commands: Command[] }>(
      'select commands from run_state where run_id = $1 order by seq desc limit 50',
      [run.id],
    )
    const given = rows
      .flatMap(row => row.commands)
      .find(command => command.type !== 'cancel' && command.type !== 'end' && command.key === pending)
    return given ? [orderOf(given)] : []
  }
}

/** Whether a stored event is what became of this occasion. */
function isOf(event: RunEvent, occasion: Occasion): boolean {
  if (event.type === 'happened') return occasion.type === 'happened' && occasion.eventId === event.id
  if (event.type !== occasion.type) return false
  return !('key' in event) || ('key' in occasion && occasion.key === event.key)
}

/** What a run of this playbook takes in; all other events leave no trace in its states. */
function eventsOf(playbook: Playbook): string[] {
  return [...new Set([...Object.keys(playbook.shapes.events), ...playbook.stopOn])]
}

function retryOf(playbook: Playbook): Turn['retry'] {
  const ms = {
    second: 1_000,
    minute: 60_000,
    hour: 3_600_000,
    day: 86_400_000,
    'working hour': 3_600_000,
    'working day': 86_400_000,
  }
  const { attempts, first, factor, max } = playbook.retry
  return { attempts, firstMs: first.amount * ms[first.unit], factor, maxMs: max.amount * ms[max.unit] }
}

function subjectOf(occasion: Occasion): TurnSubject {
  if (occasion.type === 'started') return { ownEvent: true }
  if (occasion.type === 'completed') return { stepKey: occasion.key }
  return occasion.type === 'happened' ? { eventId: occasion.eventId } : {}
}

async function eventOf(sql: Sql, { run, step, event }: TurnRecords, occasion: Occasion): Promise<RunEvent> {
  if (occasion.type === 'started') {
    const own = await must('event', run.eventId, Promise.resolve(event))
    return { type: 'started', fields: { ...(await recordFields(sql, own)), ...own.fields } }
  }
  if (occasion.type === 'completed') {
    const { result } = await must('step', `${run.id}/${occasion.key}`, Promise.resolve(step))
    return { type: 'completed', key: occasion.key, result: result ?? {} }
  }
  if (occasion.type === 'happened') {
    const { id, name, fields } = await must('event', occasion.eventId, Promise.resolve(event))
    return { type: 'happened', id, name, fields }
  }
  return occasion
}

/** What people see of the run after this turn. */
function seen(run: Run, state: RunState, commands: Command[], occasion: Occasion) {
  return {
    status: statusOf(run, state, commands, occasion),
    outcome: state.outcome,
    currentKey: state.pending?.key ?? state.paused?.key ?? null,
    error: state.paused ? { code: state.paused.code, message: state.paused.message } : null,
  }
}

function statusOf(run: Run, state: RunState, commands: Command[], occasion: Occasion): Run['status'] {
  if (state.status === 'ended') return occasion.type === 'cancel' ? 'cancelled' : 'completed'
  if (state.status === 'paused') return 'paused'
  const given = commands.filter(command => command.type !== 'cancel')
  // An event that was only noted changes nothing of what the run does.
  if (given.length === 0) return run.status
  return given.some(command => command.type === 'act') ? 'running' : 'waiting'
}

function orderOf(command: Command): Order {
  switch (command.type) {
    case 'act': {
      const kind = kindNamed(command.kind)
      return { type: 'act', key: command.key, kind: command.kind, queue: kind.verb === 'do' ? kind.queue : 'records' }
    }
    case 'propose':
      return { type: 'propose', key: command.key, kind: command.kind }
    case 'wait':
      return { type: 'wait', key: command.key, until: command.until }
    case 'cancel':
      return { type: 'cancel', key: command.key }
    case 'end':
      return { type: 'end' }
  }
}
