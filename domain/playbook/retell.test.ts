import { describe, expect, it } from 'vitest'
import { BERLIN, EXAMPLE, MONDAY, playbookOf, TRIGGER } from './example.fixture.ts'
import { rehearse, scripted, type TraceEntry } from './memory-driver.ts'
import { retell } from './retell.ts'

/** A mail, no answer, a second mail, and then an answer. */
function past(): TraceEntry[] {
  const { trace, state } = rehearse({
    playbook: playbookOf(EXAMPLE),
    trigger: TRIGGER,
    calendar: BERLIN,
    startAt: MONDAY,
    respond: scripted({
      facts: { result: { pages: 3 }, after: 60_000 },
      need: { result: { verdict: 'open' } },
      score: { result: { value: 55 } },
      owner: { result: { owner: 'u1' } },
      mail: { result: { draft: 'd1' } },
      sent: { result: { outcome: 'done' }, after: 3_600_000 },
      deal: { result: { outcome: 'done' } },
    }),
    occurrences: [
      {
        at: '2026-11-30T09:00:00Z',
        event: { type: 'happened', id: 'm1', name: 'message.received', fields: { human: true, label: 'interested' } },
      },
    ],
  })
  expect(state.outcome).toBe('replied')
  return trace
}

const told = (text: string, event = 'lead.created') => retell(playbookOf(text), event, past(), BERLIN)

describe('what another text would have made of a run', () => {
  it('is what became of it, with the same text', () => {
    expect(told(EXAMPLE)).toEqual({ kind: 'ended', outcome: 'replied' })
  })

  it('follows conditions, waits and rounds as they are written now', () => {
    expect(told(EXAMPLE.replace('score.value < 40.0', 'score.value > 90.0'))).toMatchObject({ outcome: 'replied' })
    expect(told(EXAMPLE.replace('repeat: 3', 'repeat: 1'))).toEqual({ kind: 'ended', outcome: 'no_answer' })
    const patient = EXAMPLE.replace('at_most: 3 working days', 'at_most: 10 working days').replace(
      'repeat: 3',
      'repeat: 1',
    )
    expect(told(patient)).toEqual({ kind: 'ended', outcome: 'replied' })
    expect(told(EXAMPLE.replace('"interested", "question"', '"question"'))).toMatchObject({
      outcome: 'answered_otherwise',
    })
  })

  it('says where it takes a step that the run never took', () => {
    expect(told(EXAMPLE.replace('score.value < 40.0', 'score.value < 60.0'))).toEqual({ kind: 'unknown', step: 'park' })
    expect(
      told(EXAMPLE.replace('{ id: score, do: score }', '{ id: score, do: score }\n  - { id: again, do: score }')),
    ).toEqual({ kind: 'unknown', step: 'again' })
  })

  it('says that it would not have begun', () => {
    expect(told(EXAMPLE.replace('lead.source == "form"', 'lead.source == "import"'))).toEqual({ kind: 'not_begun' })
    expect(told(EXAMPLE, 'deal.opened')).toEqual({ kind: 'not_begun' })
  })
})
