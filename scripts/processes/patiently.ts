/** Temporal may start later than we do, or again: a part that finds nobody there waits instead of ending. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Shorter than the patience of whoever waits for our word that we are ready. */
const PATIENCE_MS = 75_000
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 500

/** The connection, or the last error after the patience. Gives up at once when a parent that we had is gone. */
export async function patiently<T>(connect: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MS
  const forked = process.send !== undefined
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await connect()
    } catch (error) {
      if (Date.now() > end || (forked && !process.connected)) throw error
      await sleep(pause)
    }
  }
}
