import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDuration, type Calendar, isWorking, nextWorking, sendingWindow } from './calendar.ts'
import type { Duration } from './duration.ts'

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'UTC',
  'America/St_Johns',
  'Pacific/Chatham',
]

const instant = fc
  .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2029-01-01T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString())

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** Working hours between `least` and `most` o'clock. */
function calendars(least: number, most: number): fc.Arbitrary<Calendar> {
  return fc
    .record({
      zone: fc.constantFrom(...zones),
      workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      hours: fc
        .uniqueArray(fc.integer({ min: least, max: most }), { minLength: 2, maxLength: 2 })
        .map(both => both.sort((a, b) => a - b)),
      modulus: fc.integer({ min: 2, max: 9 }),
    })
    .map(({ zone, workingDays, hours, modulus }) => ({
      zone,
      workingDays,
      from: clock(hours[0] ?? 0),
      to: clock(hours[1] ?? 24),
      // Some day of the month off, differing from run to run.
      holidays: (date: string) => Number(date.slice(8)) % 10 === modulus,
    }))
}

const anyHours = calendars(0, 24)
/** No zone changes its clocks by day: the same local time exists once on each date. */
const byDay = calendars(4, 23)
const amount = fc.integer({ min: 1, max: 40 })
const working = fc.constantFrom<Duration['unit'][]>('working hour', 'working day')
const later = (a: string, b: string) => Date.parse(a) >= Date.parse(b)

describe('adding working time', () => {
  it('ends in working time, and later than it began', () => {
    fc.assert(
      fc.property(anyHours, instant, amount, working, (calendar, from, count, unit) => {
        const to = addDuration(from, { amount: count, unit }, calendar)
        expect(isWorking(to, calendar)).toBe(true)
        expect(Date.parse(to)).toBeGreaterThan(Date.parse(from))
      }),
    )
  })

  it('keeps the order of instants', () => {
    const holds = (calendar: Calendar, a: string, b: string, count: number, unit: Duration['unit']) => {
      const [first = a, second = b] = [a, b].sort()
      const add = (from: string) => addDuration(from, { amount: count, unit }, calendar)
      expect(later(add(second), add(first))).toBe(true)
    }
    fc.assert(
      fc.property(anyHours, instant, instant, amount, (calendar, a, b, count) =>
        holds(calendar, a, b, count, 'working hour'),
      ),
    )
    fc.assert(
      fc.property(byDay, instant, instant, amount, (calendar, a, b, count) =>
        holds(calendar, a, b, count, 'working day'),
      ),
    )
    // Instants close together are where an order could break.
    fc.assert(
      fc.property(
        byDay,
        instant,
        fc.integer({ min: 0, max: 7_200_000 }),
        amount,
        working,
        (calendar, a, gap, count, unit) => holds(calendar, a, new Date(Date.parse(a) + gap).toISOString(), count, unit),
      ),
    )
  })

  it('adds up', () => {
    const holds = (calendar: Calendar, from: string, a: number, b: number, unit: Duration['unit']) => {
      const add = (at: string, count: number) => addDuration(at, { amount: count, unit }, calendar)
      expect(add(add(from, a), b)).toBe(add(from, a + b))
    }
    fc.assert(
      fc.property(anyHours, instant, amount, amount, (calendar, from, a, b) =>
        holds(calendar, from, a, b, 'working hour'),
      ),
    )
    fc.assert(
      fc.property(byDay, instant, amount, amount, (calendar, from, a, b) => holds(calendar, from, a, b, 'working day')),
    )
  })

  it('is never shorter than the plain time', () => {
    fc.assert(
      fc.property(anyHours, instant, amount, (calendar, from, count) => {
        const to = addDuration(from, { amount: count, unit: 'working hour' }, calendar)
        expect(later(to, addDuration(from, { amount: count, unit: 'hour' }, calendar))).toBe(true)
      }),
    )
  })
})

describe('the sending window', () => {
  it('begins at the next working time, all of it working', () => {
    fc.assert(
      fc.property(anyHours, instant, (calendar, at) => {
        const { from, to } = sendingWindow(at, calendar)
        const next = nextWorking(at, calendar)
        expect(later(next, from) && Date.parse(next) < Date.parse(to)).toBe(true)
        expect(isWorking(from, calendar)).toBe(true)
        expect(isWorking(new Date(Date.parse(to) - 1).toISOString(), calendar)).toBe(true)
        expect(next === at).toBe(isWorking(at, calendar))
      }),
    )
  })
})
