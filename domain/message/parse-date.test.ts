import { describe, expect, it } from 'vitest'
import { parseDate } from './parse-date.ts'

const reference = '2026-03-10' // a Tuesday

describe('parseDate', () => {
  const cases: [string, string, string][] = [
    ['We sign on 12 June 2026.', '2026-06-12', 'day'],
    ['am 3. Oktober', '2026-10-03', 'day'],
    ['le 5 mai 2026', '2026-05-05', 'day'],
    ['el 4 de junio de 2026', '2026-06-04', 'day'],
    ['2026-05-01', '2026-05-01', 'day'],
    ['25.4.2026', '2026-04-25', 'day'],
    ['25/04/2026', '2026-04-25', 'day'],
    ['on January 5', '2027-01-05', 'day'],
    ['before the end of March 2026', '2026-03-31', 'month'],
    ['before March 2026', '2026-02-28', 'month'],
    ['by May', '2026-05-31', 'month'],
    ['by February', '2027-02-28', 'month'],
    ['in Q3 2026', '2026-09-30', 'quarter'],
    ['next Tuesday', '2026-03-17', 'day'],
    ['am Freitag', '2026-03-13', 'day'],
    ['in two weeks', '2026-03-24', 'week'],
    ['in 3 Monaten', '2026-06-10', 'month'],
    ['by the end of the quarter', '2026-03-31', 'quarter'],
    ['Ende des Jahres', '2026-12-31', 'year'],
    ['tomorrow at ten', '2026-03-11', 'day'],
    ['übermorgen', '2026-03-12', 'day'],
  ]
  it.each(cases)('%s → %s', (text, iso, precision) => {
    expect(parseDate(text, reference)).toMatchObject({ iso, precision })
  })

  it.each([
    '03/04/2026',
    'no date here',
    'We may come.',
    'Guten Morgen',
    'version 12.3',
    '31 February 2026',
  ])('none in %s', text => {
    expect(parseDate(text, reference)).toBeNull()
  })

  it('keeps to the end of a shorter month', () => {
    expect(parseDate('in one month', '2026-01-31')?.iso).toBe('2026-02-28')
  })
})
