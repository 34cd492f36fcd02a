/**
 * `growth`: time a lead takes when 2,000 arrive, over when 200 do; each in an installation of its own, from arrival to the last one's
 * rest. The small world is measured before and after the large one, so that a machine that became slower meanwhile is not blamed on
 * growth. Several minutes.
 */
import { arrive } from './support/arrivals.ts'
import { type Cpu, cpuOf, spent } from './support/cpu.ts'
import { openInstallation } from './support/installation.ts'
import { median, round } from './support/measure.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

export async function growth({ quick, say }: BenchOptions): Promise<Ratio> {
  const [few, many] = quick ? [60, 300] : [200, 2_000]
  const small = [await costALead(few, say)]
  const large = await costALead(many, say)
  small.push(await costALead(few, say))
  return {
    name: 'growth',
    value: round(large.seconds / median(small.map(one => one.seconds)), 2),
    goal: 1.15,
    detail: { few, many, aLeadFew: small, aLeadMany: large },
  }
}

interface Cost {
  /** From the moment the leads were there until the last one rested, over their number. */
  seconds: number
  /** CPU milliseconds of each part, which other work on the machine changes less; null where it cannot be read. */
  cpu: Cpu | null
}

async function costALead(leads: number, say: (line: string) => void): Promise<Cost> {
  const installation = await openInstallation({ leads: Math.ceil((leads + 20) * 1.6), seed: 14, say })
  try {
    await arrive(installation.db, 20, say)
    const before = await cpuOf(installation.home)
    const { seconds } = await arrive(installation.db, leads, say)
    say(`${leads} leads: ${round(seconds, 1)} s`)
    return { seconds: round(seconds / leads), cpu: spent(before, await cpuOf(installation.home), leads) }
  } finally {
    await installation.close()
  }
}
