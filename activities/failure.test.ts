/** Which failures are worth another try, and that no text of a page or mail gets into a history by way of an error. */
import { ApplicationFailure } from '@temporalio/common'
import { expect, test } from 'vitest'
import { DealwrightError } from '../domain/errors.ts'
import { asFailure } from './failure.ts'

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
