import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { playbookText } from './arbitrary.fixture.ts'
import { catalogue } from './catalogue.fixture.ts'
import { BERLIN, EXAMPLE, MONDAY, TRIGGER } from './example.fixture.ts'
import { rehearse } from './memory-driver.ts'
import { parsePlaybook } from './parse.ts'

/** What people and machines do to a text: leave out, put in, double, move. */
const slip = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 25 }),
  instead: fc.oneof(
    fc.constantFrom(
      '',
      ':',
      '- ',
      '\n',
      '  ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '#',
      '&a ',
      '*a',
      '!x ',
      '%',
      '|',
      '>',
      '\t',
      'true',
      '0',
      'sent',
      'ünïcode',
      '\u0000',
      '\ud800',
    ),
    fc.string({ maxLength: 8 }),
  ),
})

function spoil(text: string, slips: readonly (typeof slip extends fc.Arbitrary<infer T> ? T : never)[]): string {
  let spoilt = text
  for (const { at, length, instead } of slips) {
    const from = Math.floor(at * spoilt.length)
    spoilt = spoilt.slice(0, from) + instead + spoilt.slice(from + length)
  }
  return spoilt
}

function judge(text: string): void {
  const { playbook, problems } = parsePlaybook(text, 'p.yaml', catalogue)
  expect(playbook === undefined).toBe(problems.length > 0)
  const lines = text.split('\n')
  for (const { line, column, message } of problems) {
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThanOrEqual(1)
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
    expect(message).not.toBe('')
  }
  if (!playbook) return
  // What passes the check runs to an end.
  const respond = () => ({ result: { value: 60, outcome: 'done' } })
  expect(rehearse({ playbook, trigger: TRIGGER, calendar: BERLIN, startAt: MONDAY, respond }).state.status).toBe(
    'ended',
  )
}

it('a spoilt playbook is refused with places that exist, or runs', () => {
  const check = fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), slips => judge(spoil(EXAMPLE, slips)))
  expect(() => fc.assert(check, { numRuns: 400 })).not.toThrow()
})

it('any text at all is refused, and nothing is thrown', () => {
  const check = fc.property(fc.string({ maxLength: 300, unit: 'binary' }), judge)
  expect(() => fc.assert(check, { numRuns: 300 })).not.toThrow()
})

it('every sound playbook is taken', () => {
  fc.assert(
    fc.property(playbookText, text => {
      expect(parsePlaybook(text, 'p.yaml', catalogue).problems).toEqual([])
    }),
    { numRuns: 100 },
  )
})
