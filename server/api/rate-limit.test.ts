import { describe, expect, it } from 'vitest'
import type { DealwrightError } from '../../domain/errors.ts'
import { LIMITS, RateLimiter } from './rate-limit.ts'

function limiter(burst: number, perSecond: number) {
  let now = 0
  const limits = { ...LIMITS, read: { burst, perSecond } }
  const of = new RateLimiter(limits, () => now)
  const take = (caller = 'a'): number | null => {
    try {
      of.take('read', caller)
      return null
    } catch (error) {
      return (error as DealwrightError).details.retryAfter as number
    }
  }
  return { of, take, wait: (ms: number) => (now += ms) }
}

describe('a token bucket', () => {
  it('gives the burst at once, then what flows back', () => {
    const { take, wait } = limiter(3, 0.5)
    expect([take(), take(), take(), take()]).toEqual([null, null, null, 2])
    wait(1_000)
    expect(take()).toBe(1)
    wait(1_000)
    expect([take(), take()]).toEqual([null, 2])
    wait(60_000)
    expect([take(), take(), take(), take()]).toEqual([null, null, null, 2])
  })

  it('is each caller’s and each class’s own', () => {
    const { of, take } = limiter(1, 1)
    expect([take('a'), take('a'), take('b')]).toEqual([null, 1, null])
    expect(() => of.take('write', 'a')).not.toThrow()
  })

  it('waits for the time that Retry-After says, and no longer', () => {
    const { take, wait } = limiter(1, 0.1)
    take()
    const seconds = take() as number
    wait(seconds * 1_000)
    expect(take()).toBeNull()
  })

  it('remembers no more callers than it has room for', () => {
    const { take } = limiter(1, 0.001)
    take('first')
    for (let n = 0; n < 20_000; n++) take(`caller ${n}`)
    expect(take('first')).toBeNull()
    expect(take('caller 19999')).not.toBeNull()
  })
})
