/** A run under random blows, held at each to what must hold at every one. For property tests. */
import assert from 'node:assert/strict'
import type { Blow } from './arbitrary.fixture.ts'
import { BERLIN, MONDAY, playbookOf, TRIGGER } from './example.fixture.ts'
import { advance } from './interpreter.ts'
import { LIMITS } from './limits.ts'
import type { Playbook } from './model.ts'
import type { RunState } from './state.ts'
import type { Command, RunEvent } from './types.ts'

export class Trial {
  readonly playbook: Playbook
  readonly events: { at: string; event: RunEvent; commands: Command[] }[] = []
  readonly opened = new Set<string>()
  state: RunState
  #now = Date.parse(MONDAY)

  constructor(text: string) {
    this.playbook = playbookOf(text)
    this.state = this.#advance(null, { type: 'started', fields: TRIGGER })
  }

  take(event: RunEvent): Command[] {
    this.#now += 60_000
    const before = this.state
    this.state = this.#advance(before, event)
    const commands = this.events.at(-1)?.commands ?? []
    if (before.status === 'ended')
      assert.ok(this.state === before && commands.length === 0, 'a repeat or an event after the end changed something')
    return commands
  }

  #advance(before: RunState | null, event: RunEvent): RunState {
    const at = new Date(this.#now).toISOString()
    // Frozen: an interpreter that changed what it is given would throw.
    const { state, commands } = advance(this.playbook, freeze(before), event, at, BERLIN)
    this.events.push({ at, event, commands })
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state)
    for (const command of commands) {
      if (command.type === 'cancel')
        assert.ok(this.opened.has(command.key), `${command.key} is cancelled and was never given out`)
      else if (command.type !== 'end') {
        assert.ok(!this.opened.has(command.key), `${command.key} is given out twice`)
        this.opened.add(command.key)
        assert.equal(state.pending?.key, command.key)
      }
    }
    const ended = commands.some(one => one.type === 'end') || before?.status === 'ended'
    assert.deepEqual([state.status === 'ended', state.outcome !== null], [ended, ended])
    return state
  }

  /** Puts a blow into terms of where the run stands. Null: nothing to repeat yet. */
  event(blow: Blow): RunEvent | null {
    const key = this.state.pending?.key ?? 's0#1'
    switch (blow.kind) {
      case 'result':
        return {
          type: 'completed',
          key,
          result: { value: blow.value, engagement: blow.value % 3, outcome: blow.outcome },
        }
      case 'fail':
        return { type: 'failed', key, code: 'model_unavailable', message: 'down' }
      case 'time':
        return { type: 'timer', key }
      case 'unknown_key':
        return { type: 'completed', key: 's99#7', result: {} }
      case 'again': {
        const repeatable = this.events.map(one => one.event).filter(one => !['resume', 'skip'].includes(one.type))
        return repeatable[blow.pick % repeatable.length] ?? null
      }
      case 'message':
        return {
          type: 'happened',
          id: `m${blow.id}`,
          name: 'message.received',
          fields: { label: blow.label, human: blow.human },
        }
      case 'other':
        return { type: 'happened', id: 'd1', name: 'deal.changed', fields: { stage: 'won' } }
      case 'stop':
        return { type: 'happened', id: 'stop', name: 'contact.suppressed', fields: {} }
      case 'cancel':
        return { type: 'cancel', why: 'test' }
      default:
        return { type: blow.kind }
    }
  }

  strike(blow: Blow): void {
    const event = this.event(blow)
    if (event === null) return
    const known = blow.kind === 'again' || blow.kind === 'unknown_key' || blow.kind === 'other'
    const before = this.state
    const commands = this.take(event)
    if (known)
      assert.ok(this.state === before && commands.length === 0, 'a repeat or an event after the end changed something')
  }

  /** Ends the run from outside, and holds it to ending there and then. */
  end(blow: Blow): void {
    const { pending, status } = this.state
    const commands = this.take(this.event(blow) ?? { type: 'resume' })
    if (status === 'ended') return
    const outcome = blow.kind === 'stop' ? 'stopped' : 'cancelled'
    assert.deepEqual(commands, [...(pending ? [{ type: 'cancel', key: pending.key }] : []), { type: 'end', outcome }])
    assert.equal(this.state.outcome, outcome)
    assert.equal(this.state.pending ?? this.state.paused, null)
  }

  /** Answers whatever is under way until the run has ended. */
  drain(): void {
    for (let steps = 0; this.state.status !== 'ended'; steps++) {
      assert.ok(steps < LIMITS.passes, 'the run does not end')
      const { pending } = this.state
      if (pending === null) this.take({ type: 'skip' })
      else if (pending.by === 'time') this.take({ type: 'timer', key: pending.key })
      else this.take({ type: 'completed', key: pending.key, result: { value: 60, outcome: 'done' } })
    }
  }
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}
