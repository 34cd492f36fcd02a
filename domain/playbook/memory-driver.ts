/**
 * Drives a run in memory on a virtual clock: for try-outs on past leads, and to compare with the Temporal driver event by
 * event. Nothing waits and nothing leaves; step results come from `respond`.
 */
import type { Calendar } from '../calendar/calendar.ts'
import { DealwrightError } from '../errors.ts'
import { advance } from './interpreter.ts'
import type { Playbook } from './model.ts'
import type { RunState } from './state.ts'
import type { Command, JsonObject, RunEvent } from './types.ts'

export type Work = Extract<Command, { type: 'act' | 'propose' }>

/** How a step ends, and how long after it was begun (milliseconds, 0 when not given). */
export type Answer = { after?: number } & ({ result: JsonObject } | { failed: { code: string; message: string } })

/** Something from outside, at an instant: a message, a stop, a person's word. */
export interface Occurrence {
  at: string
  event: Extract<RunEvent, { type: 'happened' | 'resume' | 'skip' | 'cancel' }>
}

export interface Rehearsal {
  playbook: Playbook
  trigger: JsonObject
  calendar: Calendar
  /** When the run begins, ISO in UTC. */
  startAt: string
  respond: (command: Work, state: RunState) => Answer
  occurrences?: readonly Occurrence[]
}

export interface TraceEntry {
  seq: number
  at: string
  event: RunEvent
  commands: Command[]
}

export interface Rehearsed {
  trace: TraceEntry[]
  /** Ended, or paused with nothing left that could wake it. */
  state: RunState
}

/** Events that come at one instant are taken in the order in which they were scheduled. */
interface Due {
  time: number
  order: number
  /** The key whose cancellation takes it off; null for what comes from outside. */
  key: string | null
  event: RunEvent
}

/** A rehearsal longer than this is a mistake of the caller: playbooks pass through far fewer steps. */
const MOST_EVENTS = 100_000

/** Throws `conflict` when the run is neither ended nor paused and nothing is due: then a driver or the engine is broken. */
export function rehearse(rehearsal: Rehearsal): Rehearsed {
  const { playbook, calendar, respond } = rehearsal
  const agenda = new Agenda()
  const trace: TraceEntry[] = []
  let state: RunState | null = null
  agenda.add(Date.parse(rehearsal.startAt), null, { type: 'started', fields: rehearsal.trigger })
  for (const { at, event } of rehearsal.occurrences ?? []) agenda.add(Date.parse(at), null, event)
  for (let due = agenda.next(); due && trace.length < MOST_EVENTS; due = agenda.next()) {
    // What happens before the run begins is not its concern.
    if (state === null && due.event.type !== 'started') continue
    const at = new Date(due.time).toISOString()
    const advanced = advance(playbook, state, due.event, at, calendar)
    state = advanced.state
    trace.push({ seq: trace.length, at, event: due.event, commands: advanced.commands })
    for (const command of advanced.commands) carryOut(agenda, command, due.time, state, respond)
    if (state.status === 'ended') break
  }
  if (state === null || state.status === 'running') {
    throw new DealwrightError(
      'conflict',
      `The rehearsal of ${playbook.name} came to rest although the run has neither ended nor paused.`,
    )
  }
  return { trace, state }
}

function carryOut(agenda: Agenda, command: Command, now: number, state: RunState, respond: Rehearsal['respond']): void {
  switch (command.type) {
    case 'act':
    case 'propose': {
      const answer = respond(command, state)
      const { key } = command
      const event: RunEvent =
        'result' in answer
          ? { type: 'completed', key, result: answer.result }
          : { type: 'failed', key, ...answer.failed }
      return agenda.add(now + (answer.after ?? 0), key, event)
    }
    case 'wait':
      return agenda.add(Date.parse(command.until), command.key, { type: 'timer', key: command.key })
    case 'cancel':
      return agenda.drop(command.key)
    case 'end':
  }
}

class Agenda {
  #due: Due[] = []
  #order = 0

  add(time: number, key: string | null, event: RunEvent): void {
    this.#due.push({ time, order: this.#order++, key, event })
    this.#due.sort((a, b) => a.time - b.time || a.order - b.order)
  }

  drop(key: string): void {
    this.#due = this.#due.filter(one => one.key !== key)
  }

  next(): Due | undefined {
    return this.#due.shift()
  }
}

/**
 * Answers from a table: by step id, one answer for every visit or a list by visit (the last one repeats).
 * A step that the table does not name throws `bad_input`.
 */
export function scripted(table: Record<string, Answer | readonly Answer[]>): Rehearsal['respond'] {
  return command => {
    const [id = '', visit = '1'] = command.key.split('#')
    const given = Object.hasOwn(table, id) ? table[id] : undefined
    const list =
      given === undefined || !Array.isArray(given) ? [given as Answer | undefined] : (given as readonly Answer[])
    const answer = list[Math.min(Number(visit), list.length) - 1]
    if (answer === undefined) throw new DealwrightError('bad_input', `The script has no answer for the step '${id}'.`)
    return answer
  }
}
