import { describe, expect, test } from 'vitest'
import { QUIET_DAYS, stallsOf, type DealPulse } from './stalled.ts'

const NOW = new Date('2026-03-20T09:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
const MOVING: DealPulse = {
  nextStep: 'Send the offer',
  closeDate: '2026-04-30',
  heardAt: daysAgo(2),
  createdAt: daysAgo(90),
}

describe('stalled deals', () => {
  test('one that moves has no reason', () => {
    expect(stallsOf(MOVING, NOW)).toEqual([])
  })

  test('a close date that is over, from the day after it', () => {
    expect(stallsOf({ ...MOVING, closeDate: '2026-03-20' }, NOW)).toEqual([])
    expect(stallsOf({ ...MOVING, closeDate: '2026-03-19' }, NOW)).toEqual([{ why: 'past_close_date', days: 1 }])
    expect(stallsOf({ ...MOVING, closeDate: null }, NOW)).toEqual([])
  })

  test('nothing heard for a fortnight, or never since it was opened', () => {
    expect(stallsOf({ ...MOVING, heardAt: daysAgo(QUIET_DAYS - 0.01) }, NOW)).toEqual([])
    expect(stallsOf({ ...MOVING, heardAt: daysAgo(QUIET_DAYS) }, NOW)).toEqual([{ why: 'quiet', days: QUIET_DAYS }])
    expect(stallsOf({ ...MOVING, heardAt: null }, NOW)).toEqual([{ why: 'quiet', days: 90 }])
    expect(stallsOf({ ...MOVING, heardAt: null, createdAt: daysAgo(1) }, NOW)).toEqual([])
  })

  test('no next step, nor one of blanks; the worst reason comes first', () => {
    expect(stallsOf({ ...MOVING, nextStep: '  ' }, NOW)).toEqual([{ why: 'no_next_step', days: null }])
    const all = stallsOf({ nextStep: null, closeDate: '2026-03-01', heardAt: daysAgo(30), createdAt: daysAgo(40) }, NOW)
    expect(all.map(({ why }) => why)).toEqual(['past_close_date', 'quiet', 'no_next_step'])
  })
})
