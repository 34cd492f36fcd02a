import { describe, expect, it } from 'vitest'
import { addDuration } from './calendar.ts'
import { holidaysOf } from './holidays.ts'

describe('public holidays', () => {
  it('are those of the country', () => {
    const germany = holidaysOf('de')
    expect(['2026-04-03', '2026-05-01', '2026-10-03', '2026-12-25'].map(germany)).toEqual([true, true, true, true])
    expect(['2026-01-06', '2026-07-04', '2026-11-23', '2026-12-24'].map(germany)).toEqual([false, false, false, false])
  })

  it('differ by region', () => {
    expect(holidaysOf('DE', 'BY')('2026-01-06')).toBe(true)
    expect(holidaysOf('DE', 'BE')('2026-01-06')).toBe(false)
  })

  it('move to the day on which they are kept', () => {
    // 4 July 2026 is a Saturday, kept on Friday the 3rd.
    expect(holidaysOf('US')('2026-07-03')).toBe(true)
    expect(holidaysOf('US')('2026-11-26')).toBe(true)
  })

  it('that begin at sunset are the day after it', () => {
    // Yom Kippur 2026 is Monday 21 September, from the evening of the 20th.
    expect(['2026-09-20', '2026-09-21', '2026-09-22'].map(holidaysOf('IL'))).toEqual([false, true, false])
  })

  it('can last several days, and over the year end', () => {
    // The feast after Ramadan 2026 is kept for three days and a half, the half being the eve.
    const days = ['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23']
    expect(days.map(holidaysOf('TR'))).toEqual([false, true, true, true, false])
    expect(['2026-12-27', '2026-12-28', '2027-01-02', '2027-01-03'].map(holidaysOf('SZ'))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('that begin at noon leave a working day', () => {
    expect(['2026-12-31', '2027-01-01'].map(holidaysOf('CW'))).toEqual([false, true])
  })

  it('are refused for places that do not exist', () => {
    expect(() => holidaysOf('XX')).toThrow(/no known country code/)
    expect(() => holidaysOf('DE', 'ZZ')).toThrow(/no known region of DE/)
    expect(() => holidaysOf('__proto__')).toThrow(/no known country code/)
  })

  it('hold up working days', () => {
    const munich = {
      zone: 'Europe/Berlin',
      workingDays: [1, 2, 3, 4, 5],
      from: '09:00',
      to: '17:00',
      holidays: holidaysOf('DE', 'BY'),
    }
    // Thursday before Easter to the Tuesday after.
    expect(addDuration('2026-04-02T08:00:00Z', { amount: 1, unit: 'working day' }, munich)).toBe(
      '2026-04-07T08:00:00.000Z',
    )
  })
})
