/** Our errors in Temporal's words: what may help to try again is tried again, what cannot is not. No texts, only codes and ids. */
import { CompleteAsyncError } from '@temporalio/activity'
import { ApplicationFailure, TemporalFailure } from '@temporalio/common'
import type { Logger } from 'pino'
import { sqlState } from '../db/sql.ts'
import { DealwrightError } from '../domain/errors.ts'
import { alive } from './alive.ts'

export function asFailure(error: unknown): unknown {
  if (error instanceof DealwrightError) {
    const after = error.details.retryAfterMs
    return ApplicationFailure.create({
      message: `${error.code}: ${error.message}`,
      type: error.code,
      nonRetryable: error.retry !== 'later',
      details: [error.details],
      ...(typeof after === 'number' ? { nextRetryDelay: after } : {}),
    })
  }
  if (isTemporals(error)) return error
  // A stranger's message may quote what it choked on, and what it choked on may be a page: only its name goes into the history.
  return ApplicationFailure.create({
    message: `internal: ${nameOf(error)}; the worker’s log has the whole of it`,
    type: 'internal',
    nonRetryable: isFault(error),
  })
}

function isTemporals(error: unknown): boolean {
  if (error instanceof TemporalFailure || error instanceof CompleteAsyncError) return true
  // A cancelled activity's work ends in one of these; Temporal knows why.
  return error instanceof Error && error.name === 'AbortError'
}

/**
 * Data, integrity and syntax of the database (classes 22, 23, 42), or a slip of the code: the same call fails the same way again. Not so
 * a row that was there already (23505): two tries of one activity met, and the next finds what the other made.
 */
function isFault(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) return true
  return /^(22|23(?!505)|42)/.test(sqlState(error) ?? '')
}

function nameOf(error: unknown): string {
  const name = error instanceof Error ? error.constructor.name : typeof error
  return [name, sqlState(error)].filter(part => part !== null).join(' ')
}

/** Wraps each activity so that it shows signs of life and its errors leave in Temporal's words; what those leave out is logged here. */
export function withFailures<T extends Record<string, (...args: never[]) => Promise<unknown>>>(
  activities: T,
  log: Logger,
): T {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: never[]) => {
      try {
        return await alive(() => activity(...args))
      } catch (error) {
        if (!(error instanceof DealwrightError) && !isTemporals(error)) {
          log.error({ activity: name, error: error instanceof Error ? error.stack : String(error) }, 'activity failed')
        }
        throw asFailure(error)
      }
    },
  ])
  return Object.fromEntries(wrapped) as T
}
