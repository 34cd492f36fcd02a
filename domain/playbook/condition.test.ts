import { describe, expect, it } from 'vitest'
import { ConditionError, conditionsOver } from './condition.ts'
import type { Shapes } from './model.ts'
import type { JsonObject } from './types.ts'

const shapes: Shapes = {
  events: {
    'deal.changed': {
      at: 'timestamp',
      amount: 'double',
      owner: { object: { name: 'string', team: { object: { region: { oneOf: ['north', 'south'] } } } } },
      lines: { list: { object: { sku: 'string', pieces: 'double' } } },
      tags: { list: 'string' },
      steps: { list: 'double' },
    },
  },
  records: { lead: { id: 'string' } },
  steps: { score: { value: 'double' } },
}
const conditions = conditionsOver(shapes)

function check(text: string): string[] {
  return conditions.check(text, 'deal.changed', () => null).map(one => one.message)
}

/** Checks first: what a run evaluates has always passed the check. */
function holds(text: string, event: JsonObject): boolean | null {
  expect(check(text)).toEqual([])
  return conditions.evaluate(text, 'deal.changed', { event, records: {}, results: { score: { value: 12.5 } } })
}

describe('values', () => {
  it('of type timestamp are instants', () => {
    const event = { at: '2026-11-24T09:00:00+01:00' }
    expect(holds('event.at == timestamp("2026-11-24T08:00:00Z")', event)).toBe(true)
    expect(holds('event.at + duration("48h") > timestamp("2026-11-26T07:00:00Z")', event)).toBe(true)
    expect(holds('event.at.getHours("Europe/Berlin") < 9', event)).toBe(false)
    expect(() => holds('event.at > timestamp("2026-01-01T00:00:00Z")', { at: 'soon' })).toThrow(ConditionError)
  })

  it('nest', () => {
    expect(holds('event.owner.team.region == "north"', { owner: { team: { region: 'north' } } })).toBe(true)
    expect(holds('event.owner.team.region == "north"', { owner: { team: null } })).toBeNull()
    expect(holds('has(event.owner) && has(event.owner.team)', {})).toBe(false)
    expect(check('event.owner.team.regoin == "north"')).toEqual([
      "'event.owner.team' has no field 'regoin'; did you mean 'region'?",
    ])
    expect(check('event.owner.team.region == "west"')).toEqual([
      "'event.owner.team.region' is never 'west': it is one of north, south",
    ])
  })

  it('come in lists', () => {
    const event: JsonObject = { lines: [{ sku: 'a', pieces: 2 }, null, { sku: 'b' }], tags: ['x'], steps: [1, 2] }
    expect(holds('event.lines.exists(line, line.sku == "a" && line.pieces >= 2)', event)).toBe(true)
    expect(holds('size(event.lines) == 2', event)).toBe(true)
    expect(holds('event.tags[0] == "x" && 2 in event.steps', event)).toBe(true)
    expect(holds('event.steps.all(step, step < score.value)', event)).toBe(true)
    expect(check('event.lines.exists(line, line.skuu == "a")')).toEqual([
      "'line' has no field 'skuu'; did you mean 'sku'?",
    ])
    expect(() => holds('event.tags[3] == "x"', event)).toThrow(/out of bounds/)
  })

  it('mix whole numbers and decimals', () => {
    for (const text of [
      'score.value == 12.5',
      'score.value * 2 == 25',
      '25 == score.value * 2',
      'score.value / 2 < 7',
      '1 + score.value - 1 > 12',
    ]) {
      expect([text, holds(text, {})]).toEqual([text, true])
    }
  })

  it('of another type than declared break by name, and do not pass for unknown', () => {
    expect(() => holds('event.amount > 1', { amount: '12' })).toThrow(
      "Field 'amount' is not of type 'double', got 'string' in the condition event.amount > 1",
    )
    expect(() => holds('event.owner.name == "a"', { owner: 'a' })).not.toThrow()
  })

  it('cannot reach what objects carry by themselves', () => {
    const hostile = JSON.parse('{"__proto__": {"amount": 99}, "constructor": 1}') as JsonObject
    expect(holds('event.amount > 1', hostile)).toBeNull()
    expect(check('event.constructor == "x"')).toEqual(["'event' has no field 'constructor'"])
    expect(check('event.__proto__ == "x"')).toHaveLength(1)
  })
})
