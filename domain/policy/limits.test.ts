import { describe, expect, it } from 'vitest'
import { capsFor, type Limits, type MailPlace, quietUntil } from './limits.ts'
import { parsePolicy } from './parse.ts'

const limitsOf = (text: string): Limits => {
  const { policy, problems } = parsePolicy(`policy: 1\nrules: []\nlimits:\n${text}`, 'p.yaml')
  expect(problems).toEqual([])
  return policy?.limits ?? {}
}
const problemsOf = (text: string) => parsePolicy(`policy: 1\nrules: []\nlimits:\n${text}`, 'p.yaml').problems

describe('quiet hours', () => {
  const office = limitsOf(`  quiet_hours: [{ name: office, outside: { from: '09:00', to: '17:00' }, days: working }]`)
  const berlin = { zone: 'Europe/Berlin', country: 'DE' }

  it.each([
    ['within', '2026-03-24T09:00:00Z', null],
    ['before it begins', '2026-03-24T07:59:59Z', '2026-03-24T08:00:00.000Z'],
    ['when it ends', '2026-03-24T16:00:00Z', '2026-03-25T08:00:00.000Z'],
    ['on a Friday night, over the change to summer time', '2026-03-27T17:00:00Z', '2026-03-30T07:00:00.000Z'],
    ['on a Friday night, over the change to winter time', '2026-10-23T16:00:00Z', '2026-10-26T08:00:00.000Z'],
    ['an hour before it would have been time without the change', '2026-03-30T07:00:00Z', null],
    ['an hour early after the change back', '2026-10-26T07:30:00Z', '2026-10-26T08:00:00.000Z'],
    ['over Easter', '2026-04-03T09:00:00Z', '2026-04-07T07:00:00.000Z'],
  ])('%s', (_, now, until) => {
    expect(quietUntil(office, berlin, now)).toEqual(until === null ? null : { name: 'office', until })
  })

  it('knows whose weekend is when, and takes Monday to Friday where the country is not known', () => {
    const [friday, sunday] = ['2026-03-06T10:00:00Z', '2026-03-08T10:00:00Z']
    const riyadh = { zone: 'Asia/Riyadh', country: 'SA' }
    expect([quietUntil(office, riyadh, friday)?.until, quietUntil(office, riyadh, sunday)]).toEqual([
      '2026-03-08T06:00:00.000Z',
      null,
    ])
    const unknown = { zone: 'UTC', country: null }
    expect([quietUntil(office, unknown, friday), quietUntil(office, unknown, sunday)?.until]).toEqual([
      null,
      '2026-03-09T09:00:00.000Z',
    ])
  })

  it('takes the first entry of the recipient’s country', () => {
    const two = limitsOf(
      `  quiet_hours: [{ name: France, countries: [FR], days: [Tuesday] }, { name: all, days: every, outside: { from: '00:00', to: '24:00' } }]`,
    )
    expect(quietUntil(two, { zone: 'Europe/Paris', country: 'FR' }, '2026-03-25T10:00:00Z')?.name).toBe('France')
    expect(quietUntil(two, berlin, '2026-03-25T10:00:00Z')).toBeNull()
    expect(quietUntil({}, berlin, '2026-03-29T02:00:00Z')).toBeNull()
  })
})

describe('caps', () => {
  const place: MailPlace = {
    mailbox: 'riva@us.example',
    team: 'Sales',
    playbook: 'inbound-lead',
    recipientDomain: 'eu.crowd.example',
  }
  const counted = (text: string, at = place) =>
    capsFor(limitsOf(`  caps: [${text}]`), at).map(({ cap, value }) => [cap.name, value])

  it('count by what they are per, and only for what they name', () => {
    expect(counted('{ name: a, at_most: 1, per: organisation, in: day }')).toEqual([['a', '']])
    expect(counted('{ name: a, at_most: 1, per: team, in: day, of: [sales] }')).toEqual([['a', 'Sales']])
    expect(counted('{ name: a, at_most: 1, per: mailbox, in: day, of: [other@us.example] }')).toEqual([])
    expect(counted('{ name: a, at_most: 1, per: recipient_domain, in: day, of: ["*.crowd.example"] }')).toEqual([
      ['a', 'eu.crowd.example'],
    ])
    expect(counted('{ name: a, at_most: 1, per: recipient_domain, in: day, of: [crowd.example] }')).toEqual([])
    expect(counted('{ name: a, at_most: 1, per: playbook, in: day }', { ...place, playbook: null })).toEqual([])
  })

  it('a free-mail provider is no company, unless it is named', () => {
    const gmail = { ...place, recipientDomain: 'gmail.com' }
    expect(counted('{ name: a, at_most: 1, per: recipient_domain, in: day }', gmail)).toEqual([])
    expect(counted('{ name: a, at_most: 1, per: recipient_domain, in: day, of: [gmail.com] }', gmail)).toEqual([
      ['a', 'gmail.com'],
    ])
  })
})

describe('mistakes of limits', () => {
  it.each([
    ['  caps: [{ name: a, at_most: -1, per: mailbox, in: day }]', /at_most|>=0|small/i],
    ['  caps: [{ name: a, at_most: 1, per: galaxy, in: day }]', /mailbox/],
    ['  caps: [{ name: a, at_most: 1, per: mailbox, in: week }]', /hour/],
    ['  caps: [{ name: a, at_most: 1, per: organisation, in: day, of: [x] }]', /one organisation/],
    [
      '  caps: [{ name: a, at_most: 1, per: mailbox, in: day }, { name: a, at_most: 2, per: team, in: day }]',
      /two limits are called/,
    ],
    ['  caps: [{ name: a, atmost: 1, per: mailbox, in: day }]', /unknown key 'atmost'; did you mean 'at_most'|at_most/],
    [`  quiet_hours: [{ name: a, countries: [XX] }]`, /no known country/],
    [`  quiet_hours: [{ name: a, countries: [de] }]`, /country code/],
    [`  quiet_hours: [{ name: a, outside: { from: '18:00', to: '08:00' } }]`, /later than/],
    [`  quiet_hours: [{ name: a, outside: { from: '8:00', to: '18:00' } }]`, /time such as/],
    [`  quiet_hours: [{ name: a, days: [Mittwoch] }]`, /./],
    [`  quiet_hours: [{ name: a }, { name: b }]`, /“b” never applies: “a”/],
    [`  quiet_hours: [{ name: a, countries: [DE, FR] }, { name: b, countries: [FR] }]`, /“b” never applies: “a”/],
  ])('%s', (text, message) => {
    const problems = problemsOf(text)
    expect(problems.map(one => one.message).join('\n')).toMatch(message)
    for (const { line, column } of problems) expect([line, column > 1]).toEqual([4, true])
  })
})
