/** Guessing: failures are counted by account and by address, known or not, and each one beyond the free ones doubles the wait. */
import { createHmac } from 'node:crypto'
import { DealwrightError } from '../../domain/errors.ts'
import type { Db } from '../../db/sql.ts'
import { beginAttempt, firstUse, forgive, type Slowing } from '../../db/stores/sign-in.ts'

/** An address may be a whole office's. */
const ACCOUNT: Slowing = { free: 5, longest: 900 }
const ADDRESS: Slowing = { free: 50, longest: 900 }

export interface Attempt {
  /** It went well. */
  succeeded(): Promise<void>
}

/**
 * Begins an attempt, counted as failed until it says otherwise.
 * @param account what is guessed at: an address that was typed, or `user:<id>`
 * @throws DealwrightError `too_many_requests` while it has to wait; the same for accounts that do not exist
 */
export async function attempt(db: Db, secret: string, account: string, address: string | null): Promise<Attempt> {
  const keys = {
    whole: keyOf(secret, 'account', account.trim().toLowerCase()),
    one: keyOf(secret, 'address', address ?? 'none'),
  }
  const wait = Math.max(await beginAttempt(db, keys.one, ADDRESS), await beginAttempt(db, keys.whole, ACCOUNT))
  if (wait > 0)
    throw new DealwrightError('too_many_requests', `Too many failed attempts: wait ${wait} seconds, then try again.`, {
      details: { retryAfter: wait },
    })
  return { succeeded: () => forgive(db, keys) }
}

/** A code is valid for a minute and a half: half a minute, and as much before and after for clocks that differ. */
const CODE_SECONDS = 120

/** Whether this code was not shown yet: one that somebody looked at over a shoulder opens nothing. */
export const freshCode = (db: Db, secret: string, userId: string, code: string): Promise<boolean> =>
  firstUse(db, keyOf(secret, 'code', `${userId}\n${code}`), CODE_SECONDS)

const keyOf = (secret: string, kind: string, value: string): string =>
  createHmac('sha256', secret).update(`attempt\n${kind}\n${value}`).digest('hex')
