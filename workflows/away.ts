/** Work whose tries are counted, where a database that was away or had no room is no try: it says nothing about the page or the model. */
import { ApplicationFailure, isCancellation, sleep } from '@temporalio/workflow'

/** How long to leave the database alone when it does not answer. */
export const AWAY = '5 seconds'

const NO_TRY: readonly (string | null | undefined)[] = ['database_away', 'disk_full']

/** Calls `work` until it ends with anything but these. */
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
    if (cause instanceof ApplicationFailure && NO_TRY.includes(cause.type)) return true
  return false
}
