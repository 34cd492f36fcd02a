/**
 * The interpreter: a pure function from a run's state and one event to its next state and what is to be done.
 *
 * Guaranteed, whatever order events come in and however often: a key is given out once; a result whose key is not pending
 * changes nothing; an event id taken in before changes nothing; an event that stops the playbook ends the run at any time,
 * paused or not; after the end nothing changes; where nothing changes, the state given is returned itself.
 * Not guaranteed: that an event id older than the last 256 is still known for a repeat; that more than 32 events wait in
 * the inbox (`inboxLost` counts). Drivers remove duplicates by their own unique index as well.
 */
import type { Calendar } from '../calendar/calendar.ts'
import { DealwrightError } from '../errors.ts'
import { isObject } from './condition-types.ts'
import { keepDeclared, sizeOf } from './keep.ts'
import { RUN_LIMITS } from './limits.ts'
import type { Playbook, Statement } from './model.ts'
import { type RunState, STATE_VERSION } from './state.ts'
import { type Advanced, conditionsOf, Turn } from './turn.ts'
import type { JsonObject, RunEvent } from './types.ts'

/** Whether these trigger fields start the playbook: its `when` holds. Throws `ConditionError`. */
export function triggers(playbook: Playbook, fields: JsonObject): boolean {
  if (playbook.on.when === null) return true
  const { records, fields: event } = splitTrigger(playbook, fields)
  return conditionsOf(playbook).evaluate(playbook.on.when, playbook.on.event, { event, records, results: {} }) === true
}

/** A new run's first state and commands. Throws `bad_input` when the trigger's declared fields are larger than a run may carry. */
export function start(
  playbook: Playbook,
  event: { type: 'started'; fields: JsonObject },
  now: string,
  calendar: Calendar,
): Advanced {
  const trigger = splitTrigger(playbook, event.fields)
  const size = sizeOf(trigger)
  if (size > RUN_LIMITS.trigger) {
    throw new DealwrightError(
      'bad_input',
      `The trigger of ${playbook.name} carries ${size} bytes; at most ${RUN_LIMITS.trigger} go into a run.`,
    )
  }
  const state: RunState = {
    stateVersion: STATE_VERSION,
    status: 'running',
    outcome: null,
    endedBy: null,
    trigger,
    cursor: [{ at: 0 }],
    visits: {},
    results: {},
    pending: null,
    paused: null,
    inbox: [],
    inboxLost: 0,
    seen: [],
  }
  const turn = new Turn(playbook, state, now, calendar)
  turn.run()
  return turn.advanced()
}

/**
 * The next state after one event. `now` is the instant the driver took the event in (ISO, UTC) and counts for all waits
 * that open. `state` is null exactly for the first event, `started`.
 */
export function advance(
  playbook: Playbook,
  state: RunState | null,
  event: RunEvent,
  now: string,
  calendar: Calendar,
): Advanced {
  if (state === null) {
    if (event.type === 'started') return start(playbook, event, now, calendar)
    throw new DealwrightError('bad_input', `A run of ${playbook.name} begins with 'started', not '${event.type}'.`)
  }
  if (state.stateVersion !== STATE_VERSION) {
    throw new DealwrightError(
      'bad_input',
      `A run of ${playbook.name} has a state of a version that this engine does not know.`,
    )
  }
  const nothing = { state, commands: [] }
  if (state.status === 'ended' || !concerns(playbook, state, event)) return nothing
  const turn = new Turn(playbook, structuredClone(state), now, calendar)
  turn.take(event)
  return turn.advanced()
}

/** Whether an event can change anything, told without touching the state. */
function concerns(playbook: Playbook, state: RunState, event: RunEvent): boolean {
  switch (event.type) {
    case 'started':
      return false
    case 'completed':
    case 'failed':
      return state.pending?.key === event.key && state.pending.by === 'result'
    case 'timer':
      return state.pending?.key === event.key && state.pending.by === 'time'
    case 'happened':
      if (state.seen.includes(event.id)) return false
      return playbook.stopOn.includes(event.name) || waitsFor(playbook.steps, event.name)
    case 'resume':
    case 'skip':
      return state.status === 'paused'
    default:
      return true
  }
}

function waitsFor(steps: readonly Statement[], name: string): boolean {
  return steps.some(one => {
    if (one.form === 'wait') return one.for === name
    if (one.form === 'propose') return one.unless?.event === name
    if (one.form === 'repeat') return waitsFor(one.steps, name)
    return one.form === 'choose' && one.branches.some(branch => waitsFor(branch.steps, name))
  })
}

function splitTrigger(playbook: Playbook, given: JsonObject): RunState['trigger'] {
  const { events, records: shapes } = playbook.shapes
  const records: JsonObject = {}
  for (const [name, fields] of Object.entries(shapes)) {
    const record = Object.hasOwn(given, name) ? given[name] : undefined
    if (isObject(record)) records[name] = keepDeclared(record, fields)
  }
  return { fields: keepDeclared(given, events[playbook.on.event] ?? {}), records }
}
