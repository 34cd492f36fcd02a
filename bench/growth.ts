/**
 * `growth`: time a lead takes when 2,000 arrive, over when 200 do; each in an installation of its own, from arrival to the last one's
 * rest. The small world is measured before and after the large one, so that a machine that became slower meanwhile is not blamed on
 * growth. Several minutes.
 */
import { arrive } from './support/arrivals.ts'
import { openInstallation } from './support/installation.ts'
import { median, round } from './support/measure.ts'
import type { BenchOptions, Ratio } from './support/types.ts'

export async function growth({ quick, say }: BenchOptions): Promise<Ratio> {
  const [few, many] = quick ? [60, 300] : [200, 2_000]
  const small = [await secondsALead(few, say)]
  const large = await secondsALead(many, say)
  small.push(await secondsALead(few, say))
  return {
    name: 'growth',
    value: round(large / median(small), 2),
    goal: 1.15,
    detail: { few, many, secondsALeadFew: small.map(value => round(value)), secondsALeadMany: round(large) },
  }
}

async function secondsALead(leads: number, say: (line: string) => void): Promise<number> {
  const installation = await openInstallation({ leads: Math.ceil((leads + 20) * 1.6), seed: 14, say })
  try {
    await arrive(installation.db, 20, say)
    const { seconds } = await arrive(installation.db, leads, say)
    say(`${leads} leads: ${round(seconds, 1)} s`)
    return seconds / leads
  } finally {
    await installation.close()
  }
}
