/** Why an open deal has come to a standstill, so that it is looked at before it is lost. */

/** A fortnight is two turns of a weekly talk: by then somebody has to have said something. */
export const QUIET_DAYS = 14

export interface DealPulse {
  nextStep: string | null
  /** ISO date. */
  closeDate: string | null
  /** When they last said something to us: a mail that a person wrote, or a call that was noted. Null: never. */
  heardAt: Date | null
  createdAt: Date
}

export interface Stall {
  why: 'past_close_date' | 'no_next_step' | 'quiet'
  /** Since the close date, or since they were heard of; null where it is no matter of time. */
  days: number | null
}

const DAY = 86_400_000

/**
 * The reasons, worst first; none: it moves. A deal nobody has been heard about counts from when it was opened.
 * @param now days are those of UTC
 */
export function stallsOf(deal: DealPulse, now: Date): Stall[] {
  const stalls: Stall[] = []
  const today = Date.parse(`${now.toISOString().slice(0, 10)}T00:00:00Z`)
  if (deal.closeDate !== null) {
    const late = Math.round((today - Date.parse(`${deal.closeDate}T00:00:00Z`)) / DAY)
    if (late > 0) stalls.push({ why: 'past_close_date', days: late })
  }
  const quiet = Math.floor((now.getTime() - (deal.heardAt ?? deal.createdAt).getTime()) / DAY)
  if (quiet >= QUIET_DAYS) stalls.push({ why: 'quiet', days: quiet })
  if (deal.nextStep === null || deal.nextStep.trim() === '') stalls.push({ why: 'no_next_step', days: null })
  return stalls
}
