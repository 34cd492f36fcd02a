/**
 * A proposal from its making to its settled end. Postgres holds the decision; a signal only wakes, and whatever woke us, we look.
 * Cancelled (the run moved on), what nobody has claimed is superseded.
 */
import { CancellationScope, condition, isCancellation } from '@temporalio/workflow'
import type { Standing } from '../activities/proposal.ts'
import { effects, records } from './queues.ts'
import type { StepAt } from './work.ts'

/** Look again after this long even if nobody woke us: a wake may have been lost with a closed workflow. */
const LOOK_MS = 6 * 3_600_000

/** `resting` is told when nothing but a word from outside or the clock can go on, and when work begins again. */
export async function proposal(at: StepAt, decisions: () => number, resting: (now: boolean) => void): Promise<void> {
  try {
    let seen = decisions()
    let standing = await records().propose(at)
    while (!standing.settled) {
      if (standing.status === 'allowed' || standing.status === 'approved' || standing.status === 'claimed') {
        standing = await effects().perform(at)
        continue
      }
      resting(true)
      await condition(() => decisions() > seen, untilNext(standing))
      resting(false)
      seen = decisions()
      standing = await records().standing(at)
    }
  } catch (error) {
    // Called off while its worker was lost, an attempt ends with a time-out and not as cancelled.
    if (!isCancellation(error) && !CancellationScope.current().consideredCancelled) throw error
    await CancellationScope.nonCancellable(() => records().withdraw({ ...at, why: 'the run moved on' }))
    throw error
  }
}

function untilNext(standing: Standing): number {
  const next = standing.nextAt === null ? LOOK_MS : Date.parse(standing.nextAt) - Date.now()
  // A deadline is judged by the database's clock: if ours runs ahead, look again shortly after.
  return Math.min(LOOK_MS, Math.max(1_000, next + 250))
}
