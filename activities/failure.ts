/** Our errors in Temporal's words: what may help to try again is tried again, what cannot is not. No texts, only codes and ids. */
import { ApplicationFailure } from '@temporalio/common'
import { DealwrightError } from '../domain/errors.ts'
import { alive } from './alive.ts'

export function asFailure(error: unknown): unknown {
  if (!(error instanceof DealwrightError)) return error
  const after = error.details.retryAfterMs
  return ApplicationFailure.create({
    message: `${error.code}: ${error.message}`,
    type: error.code,
    nonRetryable: error.retry !== 'later',
    details: [error.details],
    ...(typeof after === 'number' ? { nextRetryDelay: after } : {}),
  })
}

/** Wraps each activity so that it shows signs of life and its errors leave in Temporal's words. */
export function withFailures<T extends Record<string, (...args: never[]) => Promise<unknown>>>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: never[]) => {
      try {
        return await alive(() => activity(...args))
      } catch (error) {
        throw asFailure(error)
      }
    },
  ])
  return Object.fromEntries(wrapped) as T
}
