import { describe, expect, it } from 'vitest'
import { type Duration, formatDuration, parseDuration } from './duration.ts'

const good: [text: string, amount: number, unit: Duration['unit']][] = [
  ['2s', 2, 'second'],
  ['30 seconds', 30, 'second'],
  ['90 minutes', 90, 'minute'],
  ['5m', 5, 'minute'],
  ['1 h', 1, 'hour'],
  ['2 days', 2, 'day'],
  ['2 weeks', 14, 'day'],
  ['4 working hours', 4, 'working hour'],
  ['1  working  day', 1, 'working day'],
  [' 3 working days ', 3, 'working day'],
]

describe('a duration', () => {
  it.each(good)('%s', (text, amount, unit) => expect(parseDuration(text)).toEqual({ amount, unit }))

  it.each([
    '',
    '3',
    'days',
    '3 workdays',
    '-1 day',
    '1.5 hours',
    '3 days and 2 hours',
    '1 constructor',
    '1 __proto__',
    '3 Days',
    '1 working minute',
  ])('is not %j', text => expect(parseDuration(text)).toHaveProperty('problem'))

  it('is longer than zero and shorter than about two years', () => {
    expect(parseDuration('0 days')).toEqual({ problem: 'a duration must be longer than zero' })
    expect(parseDuration('731 days')).toEqual({ problem: "'731 days' is too long: at most 730 days" })
    expect(parseDuration('999999999 working days')).toHaveProperty('problem')
    expect(parseDuration('730 days')).toEqual({ amount: 730, unit: 'day' })
  })

  it.each(good)('reads back what it writes for %s', (_, amount, unit) => {
    expect(parseDuration(formatDuration({ amount, unit }))).toEqual({ amount, unit })
  })
})
