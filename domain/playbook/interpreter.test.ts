import { describe, expect, it } from 'vitest'
import { BERLIN, EXAMPLE, MONDAY, playbookOf, TRIGGER, withSteps } from './example.fixture.ts'
import { advance, start, triggers } from './interpreter.ts'
import type { Playbook } from './model.ts'
import type { RunState } from './state.ts'
import type { Command, JsonObject, RunEvent } from './types.ts'

/** Drives one run by hand, all at one instant. */
function runOf(text: string, trigger: JsonObject = TRIGGER) {
  const playbook: Playbook = playbookOf(text)
  let { state, commands } = start(playbook, { type: 'started', fields: trigger }, MONDAY, BERLIN)
  return {
    get state(): RunState {
      return state
    },
    get commands(): Command[] {
      return commands
    },
    take(event: RunEvent) {
      const before = state
      ;({ state, commands } = advance(playbook, state, event, MONDAY, BERLIN))
      return { changed: state !== before, commands }
    },
    done(key: string, result: JsonObject = {}) {
      return this.take({ type: 'completed', key, result })
    },
    message(id: string, fields: JsonObject = {}) {
      return this.take({ type: 'happened', id, name: 'message.received', fields })
    },
  }
}

const short = (commands: Command[]) =>
  commands.map(one => ('key' in one ? `${one.type} ${one.key}` : `end ${one.outcome}`))

describe('the trigger', () => {
  it('starts what its condition lets in', () => {
    const playbook = playbookOf(EXAMPLE)
    expect(triggers(playbook, { lead: { source: 'form' } })).toBe(true)
    expect(triggers(playbook, { lead: { source: 'list' } })).toBe(false)
    expect(triggers(playbook, { lead: { source: null } })).toBe(false)
    expect(triggers(playbook, {})).toBe(false)
  })

  it('leaves out of the state what is not declared', () => {
    const run = runOf(withSteps('- { id: a, do: score }\n'), { lead: { id: 'l', note: 'x'.repeat(9000) }, other: 1 })
    expect(run.state.trigger).toEqual({ fields: {}, records: { lead: { id: 'l' } } })
  })

  it('is refused when it carries texts', () => {
    expect(() => runOf(withSteps('- { id: a, do: score }\n'), { lead: { id: 'x'.repeat(20_000) } })).toThrow(
      expect.objectContaining({ code: 'bad_input' }),
    )
  })
})

describe('results', () => {
  const steps = '- { id: a, do: score }\n- { id: b, do: score }\n'

  it('of a key that is not pending change nothing', () => {
    const run = runOf(withSteps(steps))
    for (const key of ['b#1', 'a#2', 'a', '', 'constructor']) expect(run.done(key).changed).toBe(false)
    expect(run.take({ type: 'timer', key: 'a#1' }).changed).toBe(false)
    expect(short(run.done('a#1').commands)).toEqual(['act b#1'])
    expect(run.done('a#1')).toEqual({ changed: false, commands: [] })
    expect(run.take({ type: 'failed', key: 'a#1', code: 'x', message: 'late' }).changed).toBe(false)
  })

  it('keep only declared fields', () => {
    const run = runOf(withSteps(steps))
    run.done('a#1', { value: 3, body: 'a long text', outcome: 'x' })
    expect(run.state.results).toEqual({ a: { key: 'a#1', result: { value: 3 } } })
  })

  it('that are too large pause the run', () => {
    const run = runOf(withSteps('- { id: a, do: route }\n'))
    run.done('a#1', { reason: 'x'.repeat(10_000) })
    expect(run.state.paused).toMatchObject({ key: 'a#1', code: 'result_too_large' })
  })

  it('of a proposal must name a settled outcome', () => {
    const run = runOf(withSteps('- { id: a, propose: open_deal }\n'))
    run.done('a#1', { outcome: 'uncertain' })
    expect(run.state.paused).toMatchObject({ key: 'a#1', code: 'outcome_unknown' })
  })

  it('end a playbook without an end as finished', () => {
    const run = runOf(withSteps(steps))
    run.done('a#1')
    expect(short(run.done('b#1').commands)).toEqual(['end finished'])
    expect(run.state).toMatchObject({ status: 'ended', outcome: 'finished', endedBy: null, pending: null })
    for (const event of [
      { type: 'cancel', why: 'x' },
      { type: 'resume' },
      { type: 'completed', key: 'b#1', result: {} },
    ] as RunEvent[]) {
      expect(run.take(event)).toEqual({ changed: false, commands: [] })
    }
  })
})

describe('a step that failed for good', () => {
  const failed = () => {
    const run = runOf(
      withSteps(
        '- { id: a, propose: open_deal }\n- choose: [{ when: \'a.outcome == "done"\', steps: [{ end: opened }] }]\n- end: not_opened\n',
      ),
    )
    expect(run.take({ type: 'failed', key: 'a#1', code: 'mail_refused', message: 'no' }).commands).toEqual([])
    expect(run.state).toMatchObject({
      status: 'paused',
      pending: null,
      paused: { key: 'a#1', code: 'mail_refused', message: 'no' },
    })
    return run
  }

  it('is begun anew under its next visit on resume', () => {
    const run = failed()
    expect(run.done('a#1', { outcome: 'done' }).changed).toBe(false)
    expect(short(run.take({ type: 'resume' }).commands)).toEqual(['propose a#2'])
    expect(short(run.done('a#2', { outcome: 'done' }).commands)).toEqual(['end opened'])
  })

  it('is passed over on skip, as skipped', () => {
    const run = failed()
    expect(short(run.take({ type: 'skip' }).commands)).toEqual(['end not_opened'])
    expect(run.state.results.a?.result).toEqual({ outcome: 'skipped' })
  })

  it('leaves the run to be cancelled', () => {
    const run = failed()
    expect(short(run.take({ type: 'cancel', why: 'user-1: wrong lead' }).commands)).toEqual(['end cancelled'])
    expect(run.state).toMatchObject({ outcome: 'cancelled', endedBy: 'user-1: wrong lead', paused: null })
  })

  it('leaves nothing to resume in a run that is not paused', () => {
    const run = runOf(withSteps('- { id: a, do: score }\n'))
    expect(run.take({ type: 'resume' }).changed).toBe(false)
    expect(run.take({ type: 'skip' }).changed).toBe(false)
    expect(short(run.take({ type: 'cancel', why: 'x' }).commands)).toEqual(['cancel a#1', 'end cancelled'])
  })
})

describe('waits', () => {
  const wait = (where = 'event.human') =>
    `- { id: r, wait: { for: message.received, where: '${where}', at_most: 1 day } }\n`

  it('read none when their time runs out', () => {
    const run = runOf(withSteps(wait()))
    run.take({ type: 'timer', key: 'r#1' })
    expect(run.state.results.r?.result).toEqual({ message: 'none', label: 'none', outcome: 'none' })
  })

  it('read the event when it comes', () => {
    const run = runOf(withSteps(wait()))
    expect(short(run.message('m1', { label: 'other', human: true, text: 'hello' }).commands)).toEqual([
      'cancel r#1',
      'end finished',
    ])
    expect(run.state.results.r?.result).toEqual({ label: 'other', human: true, outcome: 'happened' })
  })

  it('take each event once, the oldest first, and keep the rest for the next wait', () => {
    const run = runOf(withSteps(`- { id: a, do: score }\n- repeat: 3\n  steps:\n  ${wait('event.human')}`))
    for (const id of ['m1', 'm2', 'm1', 'm2']) run.message(id, { message: id, human: true })
    expect(run.message('m1').changed).toBe(false)
    expect(short(run.done('a#1').commands)).toEqual(['wait r#3'])
    expect(run.state.results.r).toMatchObject({ key: 'r#2', result: { message: 'm2' } })
    expect(run.message('m1', { human: true }).changed).toBe(false)
  })

  it('pass over events that do not fit, and over what is unknown', () => {
    const run = runOf(withSteps(wait()))
    expect(run.message('m1', { human: false }).commands).toEqual([])
    expect(run.message('m2', {}).commands).toEqual([])
    expect(run.state.inbox.map(one => one.id)).toEqual(['m1', 'm2'])
  })

  it('do not keep events that no step waits for', () => {
    const run = runOf(withSteps(wait()))
    expect(run.take({ type: 'happened', id: 'd1', name: 'deal.changed', fields: {} }).changed).toBe(false)
  })

  it('bound what is kept, and count what is let go', () => {
    const run = runOf(withSteps(wait()))
    for (let at = 0; at < 300; at++) run.message(`m${at}`, { human: false })
    expect(run.state.inbox).toHaveLength(32)
    expect(run.state.inboxLost).toBe(268)
    expect(run.state.seen).toHaveLength(256)
    expect(run.state.inbox[0]?.id).toBe('m268')
  })

  it('are only time when they name no event', () => {
    const run = runOf(withSteps('- { id: p, wait: 2 days }\n- { id: a, do: score }\n'))
    expect(run.commands).toEqual([{ type: 'wait', key: 'p#1', until: '2026-11-25T09:00:00.000Z' }])
    expect(run.done('p#1').changed).toBe(false)
    expect(short(run.take({ type: 'timer', key: 'p#1' }).commands)).toEqual(['act a#1'])
  })

  it('pause over a condition that breaks, and go on after it', () => {
    const run = runOf(withSteps(wait('1 / int(event.margin) > 0')))
    expect(short(run.message('m1', { margin: 0 }).commands)).toEqual(['cancel r#1'])
    expect(run.state.paused).toEqual({
      key: 'r#1',
      code: 'condition_failed',
      message: 'division by zero in the condition 1 / int(event.margin) > 0',
    })
    expect(short(run.take({ type: 'resume' }).commands)).toEqual(['wait r#2'])
    expect(short(run.message('m2', { margin: 1 }).commands)).toEqual(['cancel r#2', 'end finished'])
  })

  it('keep what comes while the run is paused', () => {
    const run = runOf(withSteps(`- { id: a, do: score }\n${wait()}`))
    run.take({ type: 'failed', key: 'a#1', code: 'x', message: 'y' })
    run.message('m1', { human: true })
    expect(short(run.take({ type: 'skip' }).commands)).toEqual(['end finished'])
  })
})

describe('a proposal with unless', () => {
  const steps =
    "- { id: a, do: score }\n- { id: p, propose: open_deal, unless: { event: message.received, where: 'event.human' } }\n" +
    '- { id: r, wait: { for: message.received, at_most: 1 day } }\n'

  it('is withdrawn when the event comes before it is settled', () => {
    const run = runOf(withSteps(steps))
    run.done('a#1')
    expect(run.message('m1', { human: false }).commands).toEqual([])
    expect(short(run.message('m2', { human: true }).commands)).toEqual(['cancel p#1', 'end finished'])
    expect(run.state.results.p).toEqual({ key: 'p#1', result: { outcome: 'withdrawn' } })
    expect(run.done('p#1', { outcome: 'done' }).changed).toBe(false)
  })

  it('is withdrawn by an event that no other step asks for', () => {
    const run = runOf(withSteps('- { id: p, propose: open_deal, unless: { event: deal.changed } }\n'))
    const event: RunEvent = { type: 'happened', id: 'd1', name: 'deal.changed', fields: {} }
    expect(short(run.take(event).commands)).toEqual(['cancel p#1', 'end finished'])
  })

  it('is not made at all when the event has come already', () => {
    const run = runOf(withSteps(steps))
    run.message('m1', { human: true })
    expect(short(run.done('a#1').commands)).toEqual(['end finished'])
    // The event is still there for the wait that follows.
    expect(run.state.results.r?.result).toMatchObject({ outcome: 'happened', human: true })
  })

  it('stands when it is settled first', () => {
    const run = runOf(withSteps(steps))
    run.done('a#1')
    expect(short(run.done('p#1', { outcome: 'done' }).commands)).toEqual(['wait r#1'])
  })

  it('pauses over a condition that breaks, and can be made anew', () => {
    const run = runOf(withSteps(steps.replace('event.human', '1 / int(event.margin) > 0')))
    run.done('a#1')
    expect(short(run.message('m1', { margin: 0 }).commands)).toEqual(['cancel p#1'])
    expect(run.state.paused).toMatchObject({ key: 'p#1', code: 'condition_failed' })
    expect(short(run.take({ type: 'resume' }).commands)).toEqual(['propose p#2'])
  })
})

describe('choose', () => {
  const choose = (when: string) =>
    withSteps(
      `- { id: s, do: score }\n- choose:\n  - { when: '${when}', steps: [{ end: yes }] }\n  - { when: 'true', steps: [{ end: no }] }\n`,
    )
  const outcome = (when: string, result: JsonObject, trigger: JsonObject = TRIGGER) => {
    const run = runOf(choose(when), trigger)
    run.done('s#1', result)
    return run.state.outcome ?? run.state.paused?.message
  }

  it('takes the first branch that is true', () => {
    expect(outcome('s.value < 40', { value: 39.5 })).toBe('yes')
    expect(outcome('s.value < 40', { value: 40 })).toBe('no')
    expect(outcome('s.value == 40 && s.value in [39, 40]', { value: 40 })).toBe('yes')
  })

  it('does not take a branch that hangs on something unknown', () => {
    expect(outcome('s.value < 40', {})).toBe('no')
    expect(outcome('s.value < 40', { value: null })).toBe('no')
    expect(outcome('!(s.value < 40)', {})).toBe('no')
    expect(outcome('s.value != 40', {})).toBe('no')
    expect(outcome('has(s.value)', { value: null })).toBe('no')
    expect(outcome('!has(s.value)', {})).toBe('yes')
    expect(outcome('account.employees > 1', {}, { lead: {} })).toBe('no')
  })

  it('decides what can be decided without it', () => {
    expect(outcome('s.value < 40 || lead.source == "form"', {})).toBe('yes')
    expect(outcome('lead.source == "form" || s.value < 40', {})).toBe('yes')
    expect(outcome('!(s.value < 40 && lead.source == "list")', {})).toBe('yes')
  })

  it('pauses over a condition that breaks', () => {
    expect(outcome('1 / int(s.value) > 0', { value: 0 })).toBe('division by zero in the condition 1 / int(s.value) > 0')
    expect(outcome('s.value < 40', { value: 'high' })).toMatch(
      /^Field 'value' is not of type 'double', got 'string' in the condition/,
    )
  })

  it('can be resumed and skipped after that', () => {
    const run = runOf(choose('1 / int(s.value) > 0'))
    run.done('s#1', { value: 0 })
    expect(run.state.paused?.key).toBe('choose@6')
    run.take({ type: 'resume' })
    expect(run.state.paused?.key).toBe('choose@6')
    expect(short(run.take({ type: 'skip' }).commands)).toEqual(['end finished'])
  })

  it('goes on behind itself when no branch is true', () => {
    const run = runOf(
      withSteps(
        "- choose: [{ when: 'false', steps: [{ end: x }] }]\n- choose: [{ when: 'false', steps: [{ end: y }] }, { else: [{ id: a, do: score }] }]\n- end: z\n",
      ),
    )
    expect(short(run.commands)).toEqual(['act a#1'])
    expect(short(run.done('a#1').commands)).toEqual(['end z'])
  })
})

describe('repeats', () => {
  it('inside each other count visits through', () => {
    const run = runOf(
      withSteps('- repeat: 2\n  steps:\n  - { id: a, do: score }\n  - repeat: 2\n    steps: [{ id: b, do: score }]\n'),
    )
    const keys: string[] = []
    for (let open = run.state.pending; open; open = run.state.pending) {
      keys.push(open.key)
      run.done(open.key)
    }
    expect(keys).toEqual(['a#1', 'b#1', 'b#2', 'a#2', 'b#3', 'b#4'])
    expect(run.state.outcome).toBe('finished')
  })
})

describe('arguments', () => {
  it('turn durations into instants of the run’s calendar', () => {
    const run = runOf(
      withSteps('- { id: t, propose: create_task, with: { title: Call back, due: 3 working days, urgent: true } }\n'),
    )
    expect(run.commands).toMatchObject([
      { with: { title: 'Call back', due: '2026-11-26T09:00:00.000Z', urgent: true } },
    ])
  })
})

describe('a state', () => {
  it('of another version is refused', () => {
    const playbook = playbookOf(EXAMPLE)
    const { state } = start(playbook, { type: 'started', fields: TRIGGER }, MONDAY, BERLIN)
    const old = { ...state, stateVersion: 0 } as unknown as RunState
    expect(() => advance(playbook, old, { type: 'resume' }, MONDAY, BERLIN)).toThrow(
      /version that this engine does not know/,
    )
  })

  it('begins with the trigger', () => {
    const playbook = playbookOf(EXAMPLE)
    expect(() => advance(playbook, null, { type: 'resume' }, MONDAY, BERLIN)).toThrow(/begins with 'started'/)
    expect(advance(playbook, null, { type: 'started', fields: TRIGGER }, MONDAY, BERLIN)).toEqual(
      start(playbook, { type: 'started', fields: TRIGGER }, MONDAY, BERLIN),
    )
  })
})
