import { describe, expect, it } from 'vitest'
import { GIVE_UP_AFTER, giveUpWhy, isDelivered, waitAfter } from './webhook.ts'

describe('a message that is not taken', () => {
  it('is tried ten times over about three days, each wait longer than the one before', () => {
    const waits: number[] = []
    for (let attempts = 1; ; attempts++) {
      const wait = waitAfter(attempts, 0)
      if (wait === null) break
      waits.push(wait)
    }
    expect(waits).toHaveLength(9)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    const days = waits.reduce((sum, wait) => sum + wait, 0) / 86_400
    expect(days).toBeGreaterThan(2.5)
    expect(days).toBeLessThan(4)
  })

  it('waits at most a fifth longer by chance', () => {
    expect([waitAfter(1, 0), waitAfter(1, 1)]).toEqual([5, 6])
  })
})

describe('an address', () => {
  it('is given up after failures in a row, or when it says that it is gone', () => {
    expect(giveUpWhy({ status: 500, code: null }, GIVE_UP_AFTER - 1)).toBeNull()
    expect(giveUpWhy({ status: null, code: 'web_timeout' }, GIVE_UP_AFTER)).toContain('web_timeout')
    expect(giveUpWhy({ status: 410, code: null }, 1)).toContain('gone')
  })

  it('has taken a message only with a 2xx', () => {
    const taken = [200, 204, 299, 199, 302, 404, 500].filter(status => isDelivered({ status, code: null }))
    expect(taken).toEqual([200, 204, 299])
    expect(isDelivered({ status: null, code: 'web_connect' })).toBe(false)
  })
})
