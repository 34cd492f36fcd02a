/** Five kills under leads, by the same library as `npm run chaos`. */
import { expect, onTestFailed, test } from 'vitest'
import { runChaos } from './chaos.ts'

const LIMIT_MS = 900_000

test(
  'worker, Temporal, Postgres and server killed in turn: everything finishes, nothing twice, nothing lost',
  async () => {
    const said: string[] = []
    onTestFailed(() => console.error(said.join('\n')))
    const report = await runChaos({ kills: 5, leads: 12, seed: 'five', say: line => said.push(line) })
    expect(report.broken).toEqual([])
    expect(report.duplicates).toEqual({})
    expect(report.mails.deliveredTwice).toBe(0)
    expect(report.mails.delivered).toBeGreaterThan(0)
    expect(report.kills.byPart).toEqual({ worker: 2, Temporal: 1, Postgres: 1, server: 1 })
    // A kill at rest proves nothing.
    expect(report.kills.whileWorking).toBe(5)
    const { completed, waiting, onUncertain, stuck } = report.runs
    expect({ stuck, onUncertain: report.afterSettling.onUncertain }).toEqual({ stuck: 0, onUncertain: 0 })
    expect(completed + waiting + onUncertain).toBeGreaterThanOrEqual(12)
  },
  LIMIT_MS,
)
