import { expect, test } from 'vitest'
import { addDuration, isWorking } from './calendar.ts'
import { calendarAt, hoursProblem, USUAL_HOURS } from './hours.ts'

const PARIS = { zone: 'Europe/Paris', country: 'FR' }

test('a day off of ours is one as a public holiday is', () => {
  const calendar = calendarAt(PARIS, { ...USUAL_HOURS, daysOff: ['2026-12-28'] })
  expect(isWorking('2026-12-28T10:00:00Z', calendar)).toBe(false)
  expect(isWorking('2026-12-28T10:00:00Z', calendarAt(PARIS))).toBe(true)
  expect(isWorking('2026-12-25T10:00:00Z', calendar)).toBe(false)
})

test('working days are counted by the hours given', () => {
  const short = calendarAt(
    { zone: 'UTC', country: null },
    { workingDays: [2, 4], from: '10:00', to: '12:00', daysOff: [] },
  )
  // A Tuesday: two hours are its whole day, and the third is Thursday's first.
  expect(addDuration('2026-12-01T08:00:00Z', { amount: 3, unit: 'working hour' }, short)).toBe(
    '2026-12-03T11:00:00.000Z',
  )
})

test.each([
  [{ ...USUAL_HOURS, workingDays: [] }, 'at least one'],
  [{ ...USUAL_HOURS, from: '18:00' }, 'must be later'],
  [{ ...USUAL_HOURS, to: '25:00' }, 'must be a time'],
])('%j is refused', (hours, words) => {
  expect(hoursProblem(hours)).toContain(words)
})
