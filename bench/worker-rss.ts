/**
 * Limit `worker_rss`: megabytes of memory (resident) of one worker process with 1,000 runs waiting for a reply and 100 at work, held
 * there by a slow model. The most of several looks. Several minutes, most of them for bringing the 1,000 runs to their wait.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readRun } from '../scripts/home.ts'
import { arrive, release } from './support/arrivals.ts'
import { openInstallation } from './support/installation.ts'
import type { BenchOptions, Limit } from './support/types.ts'

const SLOW_MS = 30_000
const LOOKS = 20

export async function workerRss({ quick, say }: BenchOptions): Promise<Limit> {
  const [waiting, active] = quick ? [200, 50] : [1_000, 100]
  const installation = await openInstallation({ leads: Math.ceil((waiting + active) * 2), seed: 15, say })
  const { db, home, model } = installation
  try {
    const pid = (await readRun(home))?.parts?.worker ?? 0
    const idle = megabytesOf(pid)
    // Not every lead comes as far as the wait: as many arrive as it takes.
    let resting = 0
    while (resting < waiting) {
      await arrive(db, Math.min(200, Math.ceil((waiting - resting) * 1.1)), say)
      resting = await count(db, `status = 'waiting'`)
      say(`${resting} of ${waiting} runs wait, ${megabytesOf(pid)} MB`)
    }
    const rested = megabytesOf(pid)
    model.setLatency(SLOW_MS)
    await release(db, active)
    const seen: number[] = []
    for (let look = 0; look < LOOKS; look++) {
      await sleep(1_000)
      seen.push(megabytesOf(pid))
    }
    return {
      name: 'worker_rss',
      value: Math.max(...seen),
      goal: 350,
      detail: {
        waiting: resting,
        active: await count(db, `status = 'running'`),
        megabytesAtStart: idle,
        megabytesWithWaiting: rested,
      },
    }
  } finally {
    model.setLatency(0)
    await installation.close()
  }
}

async function count(db: Parameters<typeof arrive>[0], where: string): Promise<number> {
  const row = await db.row<{ n: number }>(
    `select count(*)::int as n from run where playbook = 'inbound-lead' and ${where}`,
  )
  return row?.n ?? 0
}

function megabytesOf(pid: number): number {
  const file = `/proc/${pid}/status`
  const kilobytes = existsSync(file)
    ? /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Math.round(Number(kilobytes) / 1_024)
}
