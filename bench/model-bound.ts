/**
 * `model_bound`: leads a second with a model that takes 1 s and works on 8 calls at once, over the most that such a model allows:
 * 8 ÷ (calls per lead × 1 s). Calls per lead are counted at the model in the same run. From the arrival of all leads to the last one's
 * rest, beginning and end included.
 */
import { arrive } from './support/arrivals.ts'
import { openInstallation } from './support/installation.ts'
import { round } from './support/measure.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

const AT_ONCE = 8
const SECONDS_A_CALL = 1

export async function modelBound({ quick, say }: BenchOptions): Promise<Ratio> {
  const leads = quick ? 80 : 240
  const installation = await openInstallation({
    leads: Math.ceil((leads + 10) * 1.6),
    seed: 12,
    modelMs: SECONDS_A_CALL * 1_000,
    modelAtOnce: AT_ONCE,
    say,
  })
  const { db, model } = installation
  try {
    await arrive(db, 10, say)
    const before = model.calls.length
    const { seconds } = await arrive(db, leads, say)
    const calls = model.calls.length - before
    const most = AT_ONCE / ((calls / leads) * SECONDS_A_CALL)
    return {
      name: 'model_bound',
      value: round(leads / seconds / most),
      goal: 0.9,
      detail: {
        leads,
        seconds: round(seconds, 1),
        callsPerLead: round(calls / leads, 2),
        leadsPerSecond: round(leads / seconds),
        mostLeadsPerSecond: round(most),
        mostCallsAtOnce: model.maxInFlight(),
      },
    }
  } finally {
    await installation.close()
  }
}
