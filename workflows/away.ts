/** Work whose tries are counted, where a database that was away is no try: it says nothing about the page or the model. */
import { ApplicationFailure, isCancellation, sleep } from '@temporalio/workflow'

/** How long to leave the database alone when it does not answer. */
export const AWAY = '5 seconds'

/** Calls `work` until it ends with anything but `database_away`. */
export async function exceptAway<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (isCancellation(error) || !isAway(error)) throw error
      await sleep(AWAY)
    }
  }
}

function isAway(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ApplicationFailure && cause.type === 'database_away') return true
  return false
}
