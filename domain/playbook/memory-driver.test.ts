import { describe, expect, it } from 'vitest'
import { BERLIN, EXAMPLE, MONDAY, playbookOf, TRIGGER, withSteps } from './example.fixture.ts'
import { type Answer, type Occurrence, rehearse, scripted } from './memory-driver.ts'

const answers: Record<string, Answer> = {
  facts: { result: { facts: 7, unknowns: 2, by: 'model' }, after: 4000 },
  need: { result: { verdict: 'open', met: 1 } },
  score: { result: { value: 71, fit: 60, engagement: 11 } },
  owner: { result: { owner: 'user-1', reason: 'territory' } },
  mail: { result: { draft: 'draft-1', by: 'model' } },
  sent: { result: { outcome: 'done', message: 'message-1' }, after: 3_600_000 },
  deal: { result: { outcome: 'done', deal: 'deal-1' } },
  park: { result: { outcome: 'done' } },
}

function reply(at: string, label: string, human: boolean, id = `${label}-${at}`): Occurrence {
  return { at, event: { type: 'happened', id, name: 'message.received', fields: { message: id, label, human } } }
}

function run(changes: Record<string, Answer> = {}, occurrences: Occurrence[] = []) {
  const respond = scripted({ ...answers, ...changes })
  return rehearse({
    playbook: playbookOf(EXAMPLE),
    trigger: TRIGGER,
    calendar: BERLIN,
    startAt: MONDAY,
    respond,
    occurrences,
  })
}

const keys = (rehearsed: ReturnType<typeof run>) =>
  rehearsed.trace.flatMap(entry =>
    entry.commands.map(one => ('key' in one ? `${one.type} ${one.key}` : `end ${one.outcome}`)),
  )

describe('the example of the design', () => {
  it('writes three times and gives up without an answer', () => {
    const rehearsed = run()
    expect(rehearsed.state.outcome).toBe('no_answer')
    expect(keys(rehearsed)).toEqual([
      'act facts#1',
      'act need#1',
      'act score#1',
      'act owner#1',
      'act mail#1',
      'propose sent#1',
      'wait reply#1',
      'act mail#2',
      'propose sent#2',
      'wait reply#2',
      'act mail#3',
      'propose sent#3',
      'wait reply#3',
      'end no_answer',
    ])
  })

  it('waits three working days from where the wait opened', () => {
    const waits = run().trace.flatMap(({ commands }) =>
      commands.flatMap(one => (one.type === 'wait' ? [one.until] : [])),
    )
    expect(waits).toEqual(['2026-11-26T10:00:04.000Z', '2026-12-01T11:00:04.000Z', '2026-12-04T12:00:04.000Z'])
  })

  it('hands over approval terms as instants and the draft by key and result', () => {
    const proposals = run().trace.flatMap(({ commands }) => commands.filter(one => one.type === 'propose'))
    expect(proposals[1]).toEqual({
      type: 'propose',
      key: 'sent#2',
      kind: 'send_mail',
      with: { draft: { key: 'mail#2', result: { draft: 'draft-1', by: 'model' } } },
      approve: {
        by: 'owner',
        escalateAt: '2026-11-26T14:00:04.000Z',
        escalateTo: 'manager',
        escalateAfter: { amount: 4, unit: 'working hour' },
        expiresAt: '2026-11-27T10:00:04.000Z',
      },
    })
  })

  it('parks what scores low', () => {
    expect(run({ score: { result: { value: 12 } } }).state.outcome).toBe('not_a_fit')
  })

  it('ends when the mail was not sent', () => {
    expect(run({ sent: { result: { outcome: 'refused' } } }).state.outcome).toBe('not_sent')
  })

  it('opens a deal when a person is interested, and calls the timer off', () => {
    const rehearsed = run({}, [reply('2026-11-24T08:00:00Z', 'interested', true)])
    expect(rehearsed.state.outcome).toBe('replied')
    expect(keys(rehearsed).slice(-4)).toEqual(['wait reply#1', 'cancel reply#1', 'propose deal#1', 'end replied'])
  })

  it('does not take an automatic answer for a reply', () => {
    expect(run({}, [reply('2026-11-24T08:00:00Z', 'out_of_office', false)]).state.outcome).toBe('no_answer')
  })

  it('keeps a reply that comes before the wait opens', () => {
    const rehearsed = run({}, [reply('2026-11-23T09:00:02Z', 'not_now', true)])
    expect(rehearsed.state.outcome).toBe('answered_otherwise')
    expect(keys(rehearsed)).not.toContain('wait reply#1')
  })

  it('stops at once on a stopping event', () => {
    const stop: Occurrence = {
      at: '2026-11-23T09:30:00Z',
      event: { type: 'happened', id: 's1', name: 'contact.suppressed', fields: {} },
    }
    const rehearsed = run({}, [stop])
    expect(rehearsed.state).toMatchObject({ status: 'ended', outcome: 'stopped', endedBy: 's1' })
    expect(keys(rehearsed).slice(-2)).toEqual(['cancel sent#1', 'end stopped'])
  })

  it('keeps its state small', () => {
    for (const { state } of [run(), run({}, [reply('2026-11-24T08:00:00Z', 'interested', true)])]) {
      expect(JSON.stringify(state).length).toBeLessThan(2000)
    }
  })
})

it('takes a called-off timer off the clock', () => {
  const steps = '- { id: r, wait: { for: message.received, at_most: 1 day } }\n- { id: p, wait: 3 days }\n'
  const occurrences = [reply('2026-11-23T10:00:00Z', 'other', true)]
  const respond = scripted({})
  const { trace } = rehearse({
    playbook: playbookOf(withSteps(steps)),
    trigger: TRIGGER,
    calendar: BERLIN,
    startAt: MONDAY,
    respond,
    occurrences,
  })
  expect(trace.map(one => ('key' in one.event ? `${one.event.type} ${one.event.key}` : one.event.type))).toEqual([
    'started',
    'happened',
    'timer p#1',
  ])
})

describe('the script', () => {
  it('names a step it has no answer for', () => {
    const playbook = playbookOf(withSteps('- { id: one, do: score }\n'))
    const bare = { playbook, trigger: TRIGGER, calendar: BERLIN, startAt: MONDAY, respond: scripted({}) }
    expect(() => rehearse(bare)).toThrow(/no answer for the step 'one'/)
  })

  it('rests at a paused run', () => {
    const playbook = playbookOf(withSteps('- { id: one, do: score }\n'))
    const respond = scripted({ one: { failed: { code: 'model_quota', message: 'spent' } } })
    const { state } = rehearse({ playbook, trigger: TRIGGER, calendar: BERLIN, startAt: MONDAY, respond })
    expect(state.paused).toEqual({ key: 'one#1', code: 'model_quota', message: 'spent' })
  })
})
