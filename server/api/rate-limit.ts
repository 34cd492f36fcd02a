/**
 * Token buckets: each caller has `burst` requests at once and `perSecond` more a second. The state lies in this process's memory: two
 * servers behind one address give a caller twice as much.
 */
import { DealwrightError } from '../../domain/errors.ts'
import type { Scope } from '../../domain/access/viewer.ts'

export interface Rate {
  burst: number
  perSecond: number
}

/** By what a request is for: a key's scope; what needs no sign-in; forms open to the public; every request of one address, whoever it is. */
export type LimitClass = Scope | 'public' | 'form' | 'address'
export type Limits = Record<LimitClass, Rate>

/** A key's or a session's, except `public`, `form` and `address`, which are a network address's. */
export const LIMITS: Limits = {
  read: { burst: 600, perSecond: 50 },
  write: { burst: 300, perSecond: 20 },
  decide: { burst: 300, perSecond: 20 },
  manage: { burst: 100, perSecond: 5 },
  public: { burst: 120, perSecond: 5 },
  form: { burst: 10, perSecond: 0.1 },
  address: { burst: 2_000, perSecond: 200 },
}

interface Bucket {
  tokens: number
  at: number
}

/** Callers remembered; beyond it, those who came longest ago are forgotten, which gives them a full bucket. */
const REMEMBERED = 20_000

export class RateLimiter {
  readonly #limits: Limits
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  /** @param now milliseconds of a clock that never goes back */
  constructor(limits: Limits = LIMITS, now: () => number = () => performance.now()) {
    this.#limits = limits
    this.#now = now
  }

  /** Takes one request of this caller's. @throws DealwrightError `too_many_requests` with `retryAfter` in seconds */
  take(kind: LimitClass, caller: string): void {
    const { burst, perSecond } = this.#limits[kind]
    const now = this.#now()
    const name = `${kind} ${caller}`
    const known = this.#buckets.get(name)
    const tokens = known ? Math.min(burst, known.tokens + ((now - known.at) / 1_000) * perSecond) : burst
    this.#buckets.delete(name) // the newest stand last
    this.#buckets.set(name, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
    if (this.#buckets.size > REMEMBERED) this.#buckets.delete(this.#buckets.keys().next().value as string)
    if (tokens >= 1) return
    const retryAfter = Math.max(1, Math.ceil((1 - tokens) / perSecond))
    throw new DealwrightError('too_many_requests', `Too many requests: wait ${retryAfter} seconds.`, {
      details: { retryAfter },
    })
  }
}
