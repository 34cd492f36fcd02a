/** One turn of a run: an event taken in, and everything done until the next step is under way. */
import { addDuration, type Calendar } from '../calendar/calendar.ts'
import { ConditionError, type Conditions, conditionsOver } from './condition.ts'
import { keepDeclared, nothingCame, sizeOf } from './keep.ts'
import { RUN_LIMITS } from './limits.ts'
import type { Argument, Fields, Playbook, Statement, Unless } from './model.ts'
import type { Kept, Pending, RunState } from './state.ts'
import {
  type ApprovalTerms,
  type Command,
  type Json,
  type JsonObject,
  PROPOSAL_OUTCOMES,
  type RunEvent,
} from './types.ts'
import { enter, settle, step } from './walk.ts'

type Happened = Extract<RunEvent, { type: 'happened' }>
type Wait = Extract<Statement, { form: 'wait' }>
type Propose = Extract<Statement, { form: 'propose' }>
type Work = Extract<Statement, { form: 'do' | 'propose' }>

export interface Advanced {
  state: RunState
  commands: Command[]
}

/** Conditions are compiled once for each playbook object. */
const compiled = new WeakMap<Playbook, Conditions>()

export function conditionsOf(playbook: Playbook): Conditions {
  const known = compiled.get(playbook)
  if (known) return known
  const conditions = conditionsOver(playbook.shapes)
  compiled.set(playbook, conditions)
  return conditions
}

/** Changes the state it is given: hand it a copy. */
export class Turn {
  readonly #playbook: Playbook
  readonly #state: RunState
  readonly #now: string
  readonly #calendar: Calendar
  readonly #commands: Command[] = []

  constructor(playbook: Playbook, state: RunState, now: string, calendar: Calendar) {
    this.#playbook = playbook
    this.#state = state
    this.#now = now
    this.#calendar = calendar
  }

  advanced(): Advanced {
    return { state: this.#state, commands: this.#commands }
  }

  take(event: RunEvent): void {
    switch (event.type) {
      case 'started':
        return
      case 'completed':
        return this.#complete(event.key, event.result)
      case 'failed':
        return this.#pause(event)
      case 'timer':
        return this.#timeUp()
      case 'happened':
        return this.#happen(event)
      case 'resume':
        this.#state.status = 'running'
        this.#state.paused = null
        return this.run()
      case 'skip':
        return this.#skip()
      case 'cancel':
        return this.#end('cancelled', event.why)
    }
  }

  /** Goes on until a step is under way, the run is paused or it has ended. */
  run(): void {
    const { cursor } = this.#state
    while (this.#state.status === 'running' && this.#state.pending === null) {
      const statement = settle(this.#playbook, cursor)
      if (statement === null) return this.#end('finished', null)
      this.#begin(statement)
    }
  }

  #begin(statement: Statement): void {
    const { cursor } = this.#state
    switch (statement.form) {
      case 'end':
        return this.#end(statement.outcome, null)
      case 'repeat':
        return enter(cursor, { round: 1 })
      case 'choose':
        return this.#choose(statement)
      case 'wait':
        return this.#openWait(statement)
      case 'delay': {
        const until = addDuration(this.#now, statement.time, this.#calendar)
        this.#commands.push({ type: 'wait', key: this.#open(statement.id, 'time'), until })
        return
      }
      case 'do':
        this.#commands.push({ type: 'act', ...this.#order(statement) })
        return
      default:
        return this.#propose(statement)
    }
  }

  #order(statement: Work): { key: string; kind: string; with: JsonObject } {
    const args = this.#arguments(statement.with)
    return { key: this.#open(statement.id, 'result'), kind: statement.kind, with: args }
  }

  #propose(statement: Propose): void {
    const order = this.#order(statement)
    const happened = statement.unless && this.#fromInbox(statement.unless)
    if (happened) this.#settle({ outcome: 'withdrawn' })
    if (happened || this.#state.status !== 'running') return
    this.#commands.push({ type: 'propose', ...order, approve: this.#approval(statement.approve) })
  }

  #choose(statement: Extract<Statement, { form: 'choose' }>): void {
    const { cursor, trigger } = this.#state
    try {
      const taken = statement.branches.findIndex(
        branch => branch.when === null || this.#holds(branch.when, this.#playbook.on.event, trigger.fields),
      )
      if (taken < 0) step(cursor)
      else enter(cursor, { branch: taken })
    } catch (error) {
      this.#pauseOn(`choose@${statement.line}`, error)
    }
  }

  /** Gives the step its next key and makes it the one under way. */
  #open(id: string, by: Pending['by']): string {
    const visit = (this.#state.visits[id] ?? 0) + 1
    this.#state.visits[id] = visit
    const key = `${id}#${visit}`
    this.#state.pending = { key, step: id, by }
    return key
  }

  #openWait(wait: Wait): void {
    const key = this.#open(wait.id, 'time')
    const kept = this.#fromInbox({ event: wait.for, where: wait.where })
    if (kept) this.#takeIn(kept)
    if (kept || this.#state.status !== 'running') return
    this.#commands.push({ type: 'wait', key, until: addDuration(this.#now, wait.atMost, this.#calendar) })
  }

  /** The oldest kept event that fits; null when there is none, or when the run was paused over one. Leaves it in the inbox. */
  #fromInbox({ event, where }: Unless): Kept | null {
    const { inbox, pending } = this.#state
    for (const kept of inbox.filter(one => one.name === event)) {
      try {
        if (where === null || this.#holds(where, event, kept.fields)) return kept
      } catch (error) {
        // The event that breaks the condition is let go, or resuming would meet it again and again.
        inbox.splice(inbox.indexOf(kept), 1)
        this.#pauseOn(pending?.key ?? event, error)
        return null
      }
    }
    return null
  }

  /** Settles the wait under way with an event, which is then used up. */
  #takeIn(kept: Kept): void {
    const { inbox } = this.#state
    inbox.splice(inbox.indexOf(kept), 1)
    this.#settle({ ...kept.fields, outcome: 'happened' })
  }

  #complete(key: string, result: JsonObject): void {
    const { pending } = this.#state
    if (pending === null) return
    const statement = settle(this.#playbook, this.#state.cursor)
    if (statement?.form === 'propose' && !(PROPOSAL_OUTCOMES as readonly Json[]).includes(result.outcome ?? null)) {
      const message = `a proposal ends in one of ${PROPOSAL_OUTCOMES.join(', ')}, and this result names none of them`
      return this.#pause({ key, code: 'outcome_unknown', message })
    }
    const kept = keepDeclared(result, this.#shape(pending.step))
    const size = sizeOf(kept)
    if (size > RUN_LIMITS.result) {
      const message = `the result has ${size} bytes, at most ${RUN_LIMITS.result} are kept in a run: it should give ids, not texts`
      return this.#pause({ key, code: 'result_too_large', message })
    }
    this.#settle(kept)
    this.run()
  }

  #timeUp(): void {
    const statement = settle(this.#playbook, this.#state.cursor)
    this.#settle(statement?.form === 'wait' ? this.#noneOf(statement) : {})
    this.run()
  }

  #noneOf(wait: Wait): JsonObject {
    return { ...nothingCame(this.#playbook.shapes.events[wait.for] ?? {}), outcome: 'none' }
  }

  #happen(event: Happened): void {
    const { seen, inbox } = this.#state
    if (this.#playbook.stopOn.includes(event.name)) return this.#end('stopped', event.id)
    seen.push(event.id)
    if (seen.length > RUN_LIMITS.seen) seen.shift()
    inbox.push({
      id: event.id,
      name: event.name,
      fields: keepDeclared(event.fields, this.#playbook.shapes.events[event.name] ?? {}),
    })
    if (inbox.length > RUN_LIMITS.inbox) {
      inbox.shift()
      this.#state.inboxLost += 1
    }
    this.#interrupt(event.name)
  }

  /** Lets the step under way end by an event that has just come into the inbox, where it is one that it asks for. */
  #interrupt(event: string): void {
    const { pending, cursor } = this.#state
    if (pending === null) return
    const statement = settle(this.#playbook, cursor)
    const wait = statement?.form === 'wait' && statement.for === event ? { event, where: statement.where } : null
    const asked = wait ?? (statement?.form === 'propose' && statement.unless?.event === event ? statement.unless : null)
    const kept = asked && this.#fromInbox(asked)
    if (!kept && this.#state.status === 'running') return
    this.#commands.push({ type: 'cancel', key: pending.key })
    if (!kept) return
    if (wait) this.#takeIn(kept)
    else this.#settle({ outcome: 'withdrawn' })
    this.run()
  }

  /** Records the result of the step under way and moves past it. */
  #settle(result: JsonObject): void {
    const { pending, results, cursor } = this.#state
    if (pending === null) return
    results[pending.step] = { key: pending.key, result }
    this.#state.pending = null
    step(cursor)
  }

  /** Goes on as if the paused step had told nothing: all unknown, a proposal `skipped`, a wait run out, no branch taken. */
  #skip(): void {
    const { cursor, results, visits } = this.#state
    const statement = settle(this.#playbook, cursor)
    this.#state.status = 'running'
    this.#state.paused = null
    if (statement !== null && 'id' in statement) {
      let result: JsonObject = {}
      if (statement.form === 'propose') result = { outcome: 'skipped' }
      if (statement.form === 'wait') result = this.#noneOf(statement)
      results[statement.id] = { key: `${statement.id}#${visits[statement.id] ?? 0}`, result }
    }
    step(cursor)
    this.run()
  }

  #pause({ key, code, message }: { key: string; code: string; message: string }): void {
    this.#state.status = 'paused'
    this.#state.pending = null
    this.#state.paused = { key, code, message }
  }

  #pauseOn(key: string, error: unknown): void {
    if (!(error instanceof ConditionError)) throw error
    this.#pause({ key, code: 'condition_failed', message: error.message })
  }

  #end(outcome: string, by: string | null): void {
    const state = this.#state
    if (state.pending !== null) this.#commands.push({ type: 'cancel', key: state.pending.key })
    this.#commands.push({ type: 'end', outcome })
    Object.assign(state, { status: 'ended', outcome, endedBy: by, pending: null, paused: null, inbox: [], seen: [] })
  }

  #holds(text: string, eventName: string, event: JsonObject): boolean {
    const results = Object.fromEntries(Object.entries(this.#state.results).map(([id, { result }]) => [id, result]))
    const values = { event, records: this.#state.trigger.records, results }
    return conditionsOf(this.#playbook).evaluate(text, eventName, values) === true
  }

  #shape(id: string): Fields {
    return this.#playbook.shapes.steps[id] ?? {}
  }

  #arguments(args: Record<string, Argument>): JsonObject {
    const given: JsonObject = {}
    for (const [name, argument] of Object.entries(args)) given[name] = this.#argument(argument)
    return given
  }

  #argument(argument: Argument): Json {
    if ('value' in argument) return argument.value
    if ('duration' in argument) return addDuration(this.#now, argument.duration, this.#calendar)
    return { ...(this.#state.results[argument.step] ?? { key: '', result: {} }) }
  }

  #approval({ escalate, expires, ...terms }: Propose['approve']): ApprovalTerms {
    const after = (duration: typeof expires) =>
      duration === null ? null : addDuration(this.#now, duration, this.#calendar)
    return {
      ...terms,
      escalateAt: after(escalate?.after ?? null),
      escalateTo: escalate?.to ?? null,
      escalateAfter: escalate?.after ?? null,
      expiresAt: after(expires),
    }
  }
}
