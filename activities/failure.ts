/** Our errors in Temporal's words: what may help to try again is tried again, what cannot is not. No texts, only codes and ids. */
import { CompleteAsyncError } from '@temporalio/activity'
import { ApplicationFailure, TemporalFailure } from '@temporalio/common'
import type { Logger } from 'pino'
import { sqlState } from '../db/sql.ts'
import { DealwrightError } from '../domain/errors.ts'
import { alive, currentContext } from './alive.ts'

/** So often in a row it meets a row that was there already: it is no other try that made it, and no further one gets past it. */
export const MOST_CLASHES = 5

/** @param clashes how often in a row this activity has met a row that was there already, this time included */
export function asFailure(error: unknown, clashes = 0): unknown {
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
  const stuck = clashes >= MOST_CLASHES
  const often = stuck ? `, ${clashes} times in a row` : ''
  const todo = stuck ? '. Put right what stands in its way, then resume the run' : ''
  // A stranger's message may quote what it choked on, and what it choked on may be a page: only its name goes into the history.
  return ApplicationFailure.create({
    message: `internal: ${nameOf(error)}${often}; the worker’s log has the whole of it${todo}`,
    type: 'internal',
    nonRetryable: stuck || isFault(error),
  })
}

function isTemporals(error: unknown): boolean {
  if (error instanceof TemporalFailure || error instanceof CompleteAsyncError) return true
  // A cancelled activity's work ends in one of these; Temporal knows why.
  return error instanceof Error && error.name === 'AbortError'
}

/**
 * Data, integrity and syntax of the database (classes 22, 23, 42), or a slip of the code: the same call fails the same way again. Not so
 * a row that was there already (23505): two tries of one activity met, and the next finds what the other made. Whether it does is counted.
 */
function isFault(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) return true
  return /^(22|23(?!505)|42)/.test(sqlState(error) ?? '')
}

const isClash = (error: unknown): boolean => sqlState(error) === '23505'

/** With the name of the constraint, which is ours, for a clash. */
function nameOf(error: unknown): string {
  const name = error instanceof Error ? error.constructor.name : typeof error
  const constraint = isClash(error) ? (error as { constraint?: unknown }).constraint : null
  return [name, sqlState(error), typeof constraint === 'string' ? `of ${constraint}` : null]
    .filter(part => part !== null)
    .join(' ')
}

/** Activities that clash at the moment; of what was given up elsewhere an entry stays, so the oldest give way. */
const MOST_KNOWN = 10_000

/**
 * Counts the clashes of each activity in a row. Its attempts would not do: waiting for a free day is a retry as well. Of this worker alone:
 * where there are several, each has its own patience. A local activity has no step to fail, and its workflow goes on trying.
 */
function clashCounter(): (outcome: unknown) => number {
  const inARow = new Map<string, number>()
  return outcome => {
    const info = currentContext()?.info
    if (info === undefined || info.isLocal) return 0
    const key = JSON.stringify([info.workflowExecution ?? null, info.activityId])
    const before = inARow.get(key) ?? 0
    inARow.delete(key)
    if (!isClash(outcome)) return 0
    if (before + 1 < MOST_CLASHES) inARow.set(key, before + 1)
    const [oldest] = inARow.keys()
    if (inARow.size > MOST_KNOWN && oldest !== undefined) inARow.delete(oldest)
    return before + 1
  }
}

/** Wraps each activity so that it shows signs of life and its errors leave in Temporal's words; what those leave out is logged here. */
export function withFailures<T extends Record<string, (...args: never[]) => Promise<unknown>>>(
  activities: T,
  log: Logger,
): T {
  const clashes = clashCounter()
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: never[]) => {
      try {
        const result = await alive(() => activity(...args))
        clashes(null)
        return result
      } catch (error) {
        if (!(error instanceof DealwrightError) && !isTemporals(error)) {
          log.error({ activity: name, error: error instanceof Error ? error.stack : String(error) }, 'activity failed')
        }
        throw asFailure(error, clashes(error))
      }
    },
  ])
  return Object.fromEntries(wrapped) as T
}
