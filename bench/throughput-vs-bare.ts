/**
 * `throughput_vs_bare`: activities a second of `inbound-lead`, from the lead's arrival to its first mail sent, over activities a second
 * of bare workflows. The model answers at once, sites lie on loopback; fetches, reading, evidence checks, Postgres writes, policy and
 * mail are all in it. Baseline: workflows that call as many activities that do nothing, in the order and parallelism that the histories
 * of the very runs show, on the same Temporal server, with the same worker set-up. Local activities count on neither side. In turn,
 * medians; both sides begin all their workflows at once.
 */
import { arrive } from './support/arrivals.ts'
import { startBare } from './support/bare/start.ts'
import { cpuOf, spent } from './support/cpu.ts'
import { openInstallation } from './support/installation.ts'
import { median, round } from './support/measure.ts'
import { shapesOf } from './support/shape.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

export async function throughputVsBare({ quick, say }: BenchOptions): Promise<Ratio> {
  const rounds = quick ? 2 : 3
  const leads = quick ? 40 : 100
  // One more round to warm up, and the leads that are in talks already do not arrive.
  const installation = await openInstallation({ leads: Math.ceil(leads * (rounds + 1) * 1.6), seed: 11, say })
  const bare = await startBare(installation)
  try {
    const ours: number[] = []
    const theirs: number[] = []
    let held = 0
    let perLead = {}
    let cpu = {}
    const look = () => cpuOf(installation.home, { 'bare worker': bare.pid })
    for (let n = 0; n <= rounds; n++) {
      const start = await look()
      const arrival = await arrive(installation.db, leads, say)
      held += arrival.held
      const arrived = await look()
      const shapes = await shapesOf(
        installation.temporal,
        arrival.runIds.map(id => `run/${id}`),
      )
      const activities = shapes.reduce((sum, shape) => sum + shape.activities, 0)
      const read = await look()
      const bareSeconds = await bare.run(shapes.map(shape => shape.stages))
      cpu = { ours: spent(start, arrived, activities), bare: spent(read, await look(), activities) }
      say(`${activities} activities: ${round(arrival.seconds, 1)} s, bare ${round(bareSeconds, 1)} s`)
      if (n === 0) continue
      ours.push(activities / arrival.seconds)
      theirs.push(activities / bareSeconds)
      perLead = {
        activities: round(activities / leads, 1),
        workflowTasks: round(shapes.reduce((sum, shape) => sum + shape.workflowTasks, 0) / leads, 1),
        events: round(shapes.reduce((sum, shape) => sum + shape.events, 0) / leads, 1),
      }
    }
    return {
      name: 'throughput_vs_bare',
      value: round(median(ours) / median(theirs)),
      goal: 0.6,
      detail: {
        rounds,
        leadsARound: leads,
        heldForPeople: held,
        perLead,
        cpuMillisecondsAnActivity: cpu,
        activitiesPerSecond: round(median(ours), 1),
        bareActivitiesPerSecond: round(median(theirs), 1),
        each: ours.map((value, n) => [round(value, 1), round(theirs[n] ?? 0, 1)]),
      },
    }
  } finally {
    await bare.stop()
    await installation.close()
  }
}
