import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blows, ending, playbookText } from './arbitrary.fixture.ts'
import { BERLIN, playbookOf } from './example.fixture.ts'
import { advance } from './interpreter.ts'
import type { RunState } from './state.ts'
import { Trial } from './trial.fixture.ts'

describe('any playbook under any events', () => {
  it('gives each key once, changes nothing on repeats and late results, and ends', () => {
    fc.assert(
      fc.property(playbookText, blows, (text, list) => {
        const trial = new Trial(text)
        list.forEach(blow => trial.strike(blow))
        trial.drain()
        expect(trial.events.flatMap(one => one.commands).filter(one => one.type === 'end')).toHaveLength(1)
        for (const { event } of trial.events.slice()) trial.take(event)
        expect(JSON.stringify(trial.state).length).toBeLessThan(20_000)
      }),
      { numRuns: 200 },
    )
  })

  it('stops at once, whatever else is going on', () => {
    fc.assert(
      fc.property(playbookText, blows, ending, blows, (text, before, end, after) => {
        const trial = new Trial(text)
        before.forEach(blow => trial.strike(blow))
        trial.end(end)
        after.forEach(blow => trial.strike(blow))
        expect(trial.state.status).toBe('ended')
      }),
      { numRuns: 150 },
    )
  })

  it('comes out the same when its stored events are played again', () => {
    fc.assert(
      fc.property(playbookText, blows, (text, list) => {
        const trial = new Trial(text)
        list.forEach(blow => trial.strike(blow))
        const again = playbookOf(text)
        let state: RunState | null = null
        for (const { at, event, commands } of JSON.parse(JSON.stringify(trial.events)) as Trial['events']) {
          const advanced = advance(again, state, event, at, BERLIN)
          expect(advanced.commands).toEqual(commands)
          // As a driver does that stores each state and loads it for the next event.
          state = JSON.parse(JSON.stringify(advanced.state)) as RunState
        }
        expect(state).toEqual(trial.state)
      }),
      { numRuns: 100 },
    )
  })
})
