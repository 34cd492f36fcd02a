/** Signs of life: while an activity works, it says so every few seconds, so that a lost worker is noticed long before the work's own limit. */
import { Context } from '@temporalio/activity'

/** A third of the shortest heartbeat time-out in `workflows/queues.ts`, so that one missed beat ends nothing. */
const BEAT_MS = 5_000

/** Heartbeats until `work` is done. Outside an activity (a command, a test), and in a local one, which has no beat, it just works. */
export async function alive<T>(work: () => Promise<T>): Promise<T> {
  const context = currentContext()
  if (context === null || context.info.isLocal) return work()
  const beat = setInterval(() => context.heartbeat(), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
  }
}

/** Null outside of an activity. */
export function currentContext(): Context | null {
  try {
    return Context.current()
  } catch {
    return null
  }
}
