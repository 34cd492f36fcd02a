/** When a webhook is tried again, and when an address is given up. */

/** Waits between attempts: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, as standard-webhooks suggests. */
const WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const

/** Attempts in a row, over all messages, after which nothing more is sent to an address until a person says so. */
export const GIVE_UP_AFTER = 20

/**
 * Seconds until the next attempt; null: that was the last one.
 * @param attempts how many there were
 * @param luck 0 to 1: spreads those that failed together
 */
export function waitAfter(attempts: number, luck: number): number | null {
  const wait = WAITS[attempts - 1]
  return wait === undefined ? null : wait * (1 + luck * 0.2)
}

export type Outcome = { status: number; code: null } | { status: null; code: string }

export const isDelivered = ({ status }: Outcome): boolean => status !== null && status >= 200 && status < 300

/** 410: the address says of itself that it is no more. */
export function giveUpWhy(outcome: Outcome, failures: number): string | null {
  if (outcome.status === 410) return 'It answered that it is gone (410).'
  if (failures < GIVE_UP_AFTER) return null
  return `${failures} attempts in a row failed, the last with ${outcome.status ?? outcome.code}.`
}
