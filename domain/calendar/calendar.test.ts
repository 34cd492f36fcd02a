import { describe, expect, it } from 'vitest'
import { addDuration, type Calendar, calendarProblem, isWorking, nextWorking, sendingWindow } from './calendar.ts'
import { type Duration, parseDuration } from './duration.ts'

function office(zone: string, changes: Partial<Calendar> = {}): Calendar {
  return { zone, workingDays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: [], ...changes }
}

function duration(text: string): Duration {
  const found = parseDuration(text)
  if ('problem' in found) throw new Error(found.problem)
  return found
}

const add = (instant: string, text: string, calendar: Calendar) => addDuration(instant, duration(text), calendar)

const berlin = office('Europe/Berlin')

/** Offsets are written out, so that each row can be checked by eye against the wall clock of the place. */
const cases: [what: string, from: string, text: string, calendar: Calendar, to: string][] = [
  ['within a day', '2026-11-23T10:00:00+01:00', '4 working hours', berlin, '2026-11-23T14:00:00+01:00'],
  ['to the next day', '2026-11-23T15:00:00+01:00', '4 working hours', berlin, '2026-11-24T11:00:00+01:00'],
  [
    'to the end of a day, so the start of the next',
    '2026-11-23T13:00:00+01:00',
    '4 working hours',
    berlin,
    '2026-11-24T09:00:00+01:00',
  ],
  ['from before hours', '2026-11-23T06:00:00+01:00', '1 working hour', berlin, '2026-11-23T10:00:00+01:00'],
  ['from the very end of a day', '2026-11-23T17:00:00+01:00', '1 working hour', berlin, '2026-11-24T10:00:00+01:00'],
  ['over a weekend', '2026-11-27T15:00:00+01:00', '1 working day', berlin, '2026-11-30T15:00:00+01:00'],
  ['from a Saturday', '2026-11-28T12:00:00+01:00', '1 working day', berlin, '2026-12-01T09:00:00+01:00'],
  ['three days over a weekend', '2026-11-26T11:30:00+01:00', '3 working days', berlin, '2026-12-01T11:30:00+01:00'],
  // Clocks forward, Sunday 29 March 2026.
  [
    'days over clocks forward keep local time',
    '2026-03-27T15:00:00+01:00',
    '1 working day',
    berlin,
    '2026-03-30T15:00:00+02:00',
  ],
  ['hours over clocks forward', '2026-03-27T16:00:00+01:00', '2 working hours', berlin, '2026-03-30T10:00:00+02:00'],
  ['calendar days over clocks forward', '2026-03-28T12:00:00+01:00', '2 days', berlin, '2026-03-30T12:00:00+02:00'],
  ['elapsed hours over clocks forward', '2026-03-29T00:00:00+01:00', '24 hours', berlin, '2026-03-30T01:00:00+02:00'],
  // Clocks back, Sunday 25 October 2026.
  [
    'days over clocks back keep local time',
    '2026-10-23T15:00:00+02:00',
    '1 working day',
    berlin,
    '2026-10-26T15:00:00+01:00',
  ],
  ['elapsed hours over clocks back', '2026-10-24T12:00:00+02:00', '24 hours', berlin, '2026-10-25T11:00:00+01:00'],
  // New York changes on other dates: 8 March and 1 November 2026.
  [
    'New York, forward',
    '2026-03-06T16:00:00-05:00',
    '3 working hours',
    office('America/New_York'),
    '2026-03-09T11:00:00-04:00',
  ],
  [
    'New York, back',
    '2026-10-30T16:00:00-04:00',
    '3 working hours',
    office('America/New_York'),
    '2026-11-02T11:00:00-05:00',
  ],
  // The southern half: Sydney goes back on 5 April, forward on 4 October 2026.
  [
    'Sydney, back',
    '2026-04-03T14:00:00+11:00',
    '2 working days',
    office('Australia/Sydney'),
    '2026-04-07T14:00:00+10:00',
  ],
  [
    'Sydney, forward',
    '2026-10-02T14:00:00+10:00',
    '1 working day',
    office('Australia/Sydney'),
    '2026-10-05T14:00:00+11:00',
  ],
  // Half an hour: Lord Howe Island, the same two Sundays, between +10:30 and +11.
  [
    'Lord Howe, back',
    '2026-04-03T16:30:00+11:00',
    '1 working hour',
    office('Australia/Lord_Howe'),
    '2026-04-06T09:30:00+10:30',
  ],
  [
    'Lord Howe, forward',
    '2026-10-02T16:30:00+10:30',
    '1 working hour',
    office('Australia/Lord_Howe'),
    '2026-10-05T09:30:00+11:00',
  ],
  // Offsets that are no whole hours.
  ['Kathmandu', '2026-11-27T16:45:00+05:45', '30 minutes', office('Asia/Kathmandu'), '2026-11-27T17:15:00+05:45'],
  [
    'Kathmandu, working',
    '2026-11-27T16:45:00+05:45',
    '1 working hour',
    office('Asia/Kathmandu'),
    '2026-11-30T09:45:00+05:45',
  ],
  // A day off and the end of the year.
  [
    'over a holiday',
    '2026-12-24T15:00:00+01:00',
    '1 working day',
    office('Europe/Berlin', { holidays: ['2026-12-25'] }),
    '2026-12-28T15:00:00+01:00',
  ],
  [
    'over the year end',
    '2026-12-31T16:00:00+01:00',
    '2 working hours',
    office('Europe/Berlin', { holidays: ['2027-01-01'] }),
    '2027-01-04T10:00:00+01:00',
  ],
  [
    'holidays as a function',
    '2026-12-22T10:00:00+01:00',
    '3 working days',
    office('Europe/Berlin', { holidays: date => date >= '2026-12-24' && date <= '2027-01-01' }),
    '2027-01-05T10:00:00+01:00',
  ],
  [
    'a Sunday to Thursday week',
    '2026-11-26T16:00:00+02:00',
    '2 working hours',
    office('Asia/Jerusalem', { workingDays: [7, 1, 2, 3, 4] }),
    '2026-11-29T10:00:00+02:00',
  ],
  // Hours that a clock change cuts into: the night shift of 29 March has one hour less, that of 25 October one more.
  [
    'a window cut short',
    '2026-03-29T01:00:00+01:00',
    '2 working hours',
    office('Europe/Berlin', { workingDays: [7, 1], from: '01:00', to: '05:00' }),
    '2026-03-29T04:00:00+02:00',
  ],
  [
    'a window made longer',
    '2026-10-25T01:00:00+02:00',
    '4 working hours',
    office('Europe/Berlin', { workingDays: [7, 1], from: '01:00', to: '05:00' }),
    '2026-10-25T04:00:00+01:00',
  ],
  [
    'a local time moved out of a window cut short',
    '2026-03-28T02:45:00+01:00',
    '1 working day',
    office('Europe/Berlin', { workingDays: [6, 7], from: '02:00', to: '03:30' }),
    '2026-04-04T02:00:00+02:00',
  ],
  [
    'round the clock',
    '2026-03-28T12:00:00+01:00',
    '24 working hours',
    office('Europe/Berlin', { workingDays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }),
    '2026-03-29T13:00:00+02:00',
  ],
]

describe('adding a duration', () => {
  it.each(cases)('%s', (_, from, text, calendar, to) => {
    expect(add(from, text, calendar)).toBe(new Date(to).toISOString())
  })

  it('takes seconds and minutes as they are', () => {
    expect(add('2026-11-28T03:00:00Z', '90 minutes', berlin)).toBe('2026-11-28T04:30:00.000Z')
    expect(add('2026-11-28T03:00:00Z', '2s', berlin)).toBe('2026-11-28T03:00:02.000Z')
  })
})

describe('working time', () => {
  it('holds its first instant and not its last', () => {
    expect(isWorking('2026-11-23T08:00:00Z', berlin)).toBe(true)
    expect(isWorking('2026-11-23T07:59:59.999Z', berlin)).toBe(false)
    expect(isWorking('2026-11-23T15:59:59.999Z', berlin)).toBe(true)
    expect(isWorking('2026-11-23T16:00:00Z', berlin)).toBe(false)
    expect(isWorking('2026-11-22T10:00:00Z', berlin)).toBe(false)
  })

  it('knows its next start and the window for sending', () => {
    expect(nextWorking('2026-11-23T12:00:00Z', berlin)).toBe('2026-11-23T12:00:00.000Z')
    expect(nextWorking('2026-11-28T12:00:00Z', berlin)).toBe('2026-11-30T08:00:00.000Z')
    expect(sendingWindow('2026-11-23T12:00:00Z', berlin)).toEqual({
      from: '2026-11-23T08:00:00.000Z',
      to: '2026-11-23T16:00:00.000Z',
    })
    expect(sendingWindow('2026-11-27T16:00:00Z', berlin)).toEqual({
      from: '2026-11-30T08:00:00.000Z',
      to: '2026-11-30T16:00:00.000Z',
    })
  })
})

describe('a broken calendar', () => {
  const broken: [what: string, calendar: Calendar, expected: RegExp][] = [
    ['no zone', office('Europe/Berln'), /'Europe\/Berln' is no IANA time zone/],
    ['no days', office('Europe/Berlin', { workingDays: [] }), /at least one/],
    ['a day that is none', office('Europe/Berlin', { workingDays: [0] }), /1 \(Monday\) to 7/],
    ['hours that are none', office('Europe/Berlin', { from: '9:00' }), /'from' must be a time such as 09:00/],
    ['hours that end first', office('Europe/Berlin', { from: '18:00' }), /must be later than/],
    ['holidays for ever', office('Europe/Berlin', { holidays: () => true }), /no working time/],
  ]
  it.each(broken)('%s', (_, calendar, expected) => {
    expect(calendarProblem(calendar)).toMatch(expected)
    expect(() => add('2026-11-23T12:00:00Z', '1 working day', calendar)).toThrow(
      expect.objectContaining({ code: 'calendar_invalid' }),
    )
  })

  it('is not a sound one', () => expect(calendarProblem(berlin)).toBeNull())
})
