/** Which failures are worth another try, and that no text of a page or mail gets into a history by way of an error. */
import { ApplicationFailure } from '@temporalio/common'
import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { DealwrightError } from '../domain/errors.ts'
import { asFailure, MOST_CLASHES, withFailures } from './failure.ts'

const fromDatabase = (code: string) =>
  Object.assign(new Error('value "text of a page" is not to be'), { code, table: 'fact' })

function failed(error: unknown): ApplicationFailure {
  const failure = asFailure(error)
  if (!(failure instanceof ApplicationFailure)) throw new Error('not told in Temporal’s words')
  return failure
}

test.each([
  ['22P02', true],
  ['22003', true],
  ['23502', true],
  ['23503', true],
  ['23514', true],
  ['42601', true],
  // Two tries met: the next one finds what the other made.
  ['23505', false],
  ['40001', false],
  ['57014', false],
])('the database’s %s is final: %s; whatever it is, it is ours and says nothing of the value', (state, final) => {
  const { type, nonRetryable, message, details } = failed(fromDatabase(state))
  expect([type, nonRetryable]).toEqual(['internal', final])
  expect(message).toContain(state)
  expect(JSON.stringify([message, details])).not.toContain('text of a page')
})

test('a slip of the code is final; what nobody knows is tried again', () => {
  expect(failed(new TypeError('x is no function')).nonRetryable).toBe(true)
  expect(failed(new Error('who knows')).nonRetryable).toBe(false)
})

test.each([
  ['database_away', false],
  ['action_waits', false],
  ['not_found', true],
  ['model_bad_key', true],
] as const)('%s is final: %s', (code, final) => {
  expect(failed(new DealwrightError(code, 'said plainly'))).toMatchObject({ type: code, nonRetryable: final })
})

test('when to come again is handed on', () => {
  const { nextRetryDelay } = failed(new DealwrightError('action_waits', 'x', { details: { retryAfterMs: 5_000 } }))
  expect(nextRetryDelay).toBe(5_000)
})

describe('a row that is there already', () => {
  const clash = () => Object.assign(fromDatabase('23505'), { constraint: 'fact_key_key' })
  /** Temporal tells of each failure. */
  const logger = new DefaultLogger('ERROR')
  /** What one activity after the other comes to, each attempt of the same one: null is success. */
  async function attempts(outcomes: (Error | null)[], place: object = {}): Promise<(ApplicationFailure | null)[]> {
    const left = [...outcomes]
    const { work } = withFailures(
      { work: () => (left[0] ? Promise.reject(left.shift() as Error) : Promise.resolve(left.shift())) },
      pino({ level: 'silent' }),
    )
    const met: (ApplicationFailure | null)[] = []
    for (const [n] of outcomes.entries())
      met.push(
        await new MockActivityEnvironment({ activityId: 'a', attempt: n + 1, ...place }, { logger }).run(work).then(
          () => null,
          (error: unknown) => error as ApplicationFailure,
        ),
      )
    return met
  }
  const finals = (met: (ApplicationFailure | null)[]) => met.map(failure => failure?.nonRetryable ?? null)
  const often = (n: number) => Array.from({ length: n }, clash)

  test('is met a few times, and then the step fails with what a person needs to go on', async () => {
    const met = await attempts(often(MOST_CLASHES))
    expect(finals(met)).toEqual([...Array<boolean>(MOST_CLASHES - 1).fill(false), true])
    expect(met.at(-1)?.message).toMatch(/23505 of fact_key_key, 5 times in a row.*resume the run$/)
    expect(met.at(-1)?.message).not.toContain('text of a page')
    expect(met[0]?.message).not.toContain('resume')
  })

  test('resumed, it is tried as often again', async () => {
    expect(finals(await attempts(often(MOST_CLASHES * 2))).filter(Boolean)).toHaveLength(2)
  })

  test.each([
    ['a wait', new DealwrightError('action_waits', 'busy')],
    ['a success', null],
  ])('%s in between begins the count anew, however many attempts there were', async (_, between) => {
    const almost = often(MOST_CLASHES - 1)
    expect(finals(await attempts([...almost, between, ...almost])).filter(Boolean)).toEqual([])
  })

  test('is no end of a workflow’s own turn, which has no step to fail', async () => {
    expect(finals(await attempts(often(MOST_CLASHES * 2), { isLocal: true })).filter(Boolean)).toEqual([])
  })
})
