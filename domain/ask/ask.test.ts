import { describe, expect, it } from 'vitest'
import { Aliases } from './aliases.ts'
import { checkSentence, type Ground } from './check.ts'
import { KnownNumbers } from './numbers.ts'
import { periodIn } from './period.ts'
import { offersFor, parametersOf, queriesFor, SAVED } from './saved.ts'
import { amountOf } from './tell.ts'

const TODAY = '2026-11-24'

describe('a span of days', () => {
  it.each([
    ['which deals slipped this month', '2026-11-01', '2026-11-30'],
    ['won last month?', '2026-10-01', '2026-10-31'],
    ['mails this week', '2026-11-23', '2026-11-29'],
    ['closing next quarter', '2027-01-01', '2027-03-31'],
    ['in the last 30 days', '2026-10-26', '2026-11-24'],
    ['since yesterday', '2026-11-23', '2026-11-23'],
    ['last year', '2025-01-01', '2025-12-31'],
  ])('%s', (question, from, to) => expect(periodIn(question, TODAY)).toMatchObject({ from, to }))

  it('is none where none is named', () => expect(periodIn('who is the owner', TODAY)).toBeNull())
})

describe('saved queries', () => {
  it.each([
    ['Which deals slipped this month and why?', 'slipped_deals'],
    ['what did we win last quarter, which deals were won', 'won_deals'],
    ['deals lost this year', 'lost_deals'],
    ['Which of my open deals should close next month?', 'closing_deals'],
    ['How many approvals were refused this week?', 'approvals'],
    ['How many replies to our mails were interested?', 'mails'],
    ['new leads', 'new_leads'],
  ])('%s', (question, name) => expect(queriesFor(question)[0]?.name).toBe(name))

  it('take span and owner from the question', () => {
    const query = SAVED.find(one => one.name === 'slipped_deals')
    const of = parametersOf('which of my deals slipped last month?', TODAY)
    expect(query?.title(of)).toBe('My deals whose close date moved later last month')
    expect(query?.calls(of)).toEqual([
      { tool: 'deals_changed', input: { what: 'close_date', from: '2026-10-01', to: '2026-10-31', mine: true } },
    ])
  })

  it('are all offered where none fits, and say so', () => {
    const { fit, offers } = offersFor('What is the meaning of life?', TODAY)
    expect([fit, offers.length]).toEqual([false, SAVED.length])
    expect(offersFor('which deals slipped?', TODAY)).toMatchObject({
      fit: true,
      offers: [{ name: 'slipped_deals' }, {}],
    })
  })
})

describe('a sentence', () => {
  const aliases = new Aliases()
  const deal = aliases.of('deal', 'd1', 'Orrin Pumps')
  aliases.of('deal', 'd2', 'Harbour Looms')
  const numbers = new KnownNumbers()
  numbers.add({
    rows: [{ name: 'Orrin Pumps', amount: '12,500 EUR', from: '2026-11-03', to: '2026-12-02', days_later: 29 }],
    deals: 2,
  })
  const ground: Ground = { record: name => aliases.find(name), isLook: name => name === 'look-1', numbers }
  const check = (text: string, records: string[]) => checkSentence({ text, records }, ground)

  it('is kept with the records that it points at', () => {
    expect(check('Orrin Pumps slipped by 29 days to 2 December 2026.', [deal.alias, 'look-1'])).toEqual({
      kept: {
        text: 'Orrin Pumps slipped by 29 days to 2 December 2026.',
        records: [{ kind: 'deal', id: 'd1', name: 'Orrin Pumps' }],
        unsupported: [],
      },
    })
  })

  it('is dropped when it points at nothing that was looked at', () => {
    expect(check('Zebulon slipped.', ['deal-99'])).toEqual({ dropped: 'not_found' })
    expect(check('Zebulon slipped.', ['look-2'])).toEqual({ dropped: 'not_found' })
    expect(check('All is well.', [])).toEqual({ dropped: 'not_found' })
  })

  it('loses names that were made up, and keeps those that were not', () =>
    expect(check('Two slipped.', ['deal-1', 'deal-99'])).toMatchObject({ kept: { records: [{ id: 'd1' }] } }))

  it.each([
    ['It is worth €48,211.', ['€48,211', '48,211']],
    ['It closes on 3 January 2031.', ['3 January 2031']],
    ['Seventeen deals slipped.', ['Seventeen']],
    ['It slipped by 30 days.', ['30']],
  ])('%s is marked', (text, either) => {
    const checked = check(text, ['deal-1'])
    const [missing] = 'kept' in checked ? checked.kept.unsupported : []
    expect(either).toContain(missing)
  })

  it.each([
    'It is worth €12,500.',
    'It is worth 12.5k EUR.',
    'From 2026-11-03 to December 2, 2026.',
    'It moved from 3 November into December 2026.',
    'Two deals slipped: Orrin Pumps (deal-1).',
  ])('%s is not', text => expect(check(text, ['deal-1', 'deal-2'])).toMatchObject({ kept: { unsupported: [] } }))

  it('says nothing of the names that the run gave', () =>
    expect(check('Orrin Pumps (deal-1) slipped.', ['deal-1'])).toMatchObject({
      kept: { text: 'Orrin Pumps slipped.' },
    }))
})

it('amounts are in whole units of their currency', () => {
  expect([
    amountOf(1_250_000, 'EUR'),
    amountOf(1_250_050, 'EUR'),
    amountOf(1_250, 'JPY'),
    amountOf(null, 'EUR'),
  ]).toEqual(['12,500 EUR', '12,500.50 EUR', '1,250 JPY', null])
})
