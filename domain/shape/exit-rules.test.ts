import { describe, expect, test } from 'vitest'
import { brokenRules, type DealField, type DealState, exitRuleProblems, isForward } from './exit-rules.ts'

const FIELDS: DealField[] = [
  { key: 'region', type: 'choice', choices: ['EMEA', 'APAC'] },
  { key: 'seats', type: 'number', choices: [] },
  { key: 'saving', type: 'money', choices: [] },
  { key: 'trial_ends', type: 'date', choices: [] },
]
const DEAL: DealState = {
  name: 'Pumps',
  stage: 'proposal',
  amount: 1200,
  currency: 'EUR',
  close_date: '2027-03-31',
  next_step: null,
  has_account: true,
  has_contact: false,
  has_owner: true,
  has_product: false,
  custom: { region: 'EMEA', seats: 12, saving: { minor: 1250, currency: 'EUR' } },
}
const unmet = (rule: string, deal: Partial<DealState> = {}) =>
  brokenRules([{ rule, message: 'x' }], FIELDS, { ...DEAL, ...deal }).length === 1

describe('what a rule may say', () => {
  test.each([
    ['deal.amont > 0.0', "has no field 'amont'"],
    ['deal.custom.regoin == "EMEA"', "has no field 'regoin'"],
    ['deal.custom.region == "EMAE"', "is never 'EMAE'"],
    ['deal.amount', 'must be true or false'],
    ['deal.name.matches("x")', 'matches() is refused'],
    ['lead.score > 1.0', "nothing is called 'lead'"],
    ['has(event.x)', 'knows no event'],
    ['deal.custom.seats == "12"', 'does not work between'],
    ['deal.amount >', 'cannot be read'],
  ])('%s is refused by name', (rule, words) => {
    expect(exitRuleProblems([{ rule, message: 'x' }], FIELDS).join()).toContain(words)
  })

  test('names the rule that is wrong', () => {
    const rules = ['has(deal.amount)', 'deal.no == 1'].map(rule => ({ rule, message: 'x' }))
    expect(exitRuleProblems(rules, FIELDS)).toEqual([expect.stringContaining('Exit rule 2')])
  })
})

describe('whether a deal meets a rule', () => {
  test.each([
    ['deal.amount >= 1000', {}, false],
    ['deal.amount >= 1000', { amount: 999.99 }, true],
    ['has(deal.next_step)', {}, true],
    ['deal.next_step != "none"', {}, true],
    ['deal.has_contact || deal.has_account', {}, false],
    ['deal.custom.region == "EMEA"', {}, false],
    ['deal.custom.region == "EMEA"', { custom: {} }, true],
    ['deal.custom.saving > 12', {}, false],
    ['deal.close_date < timestamp("2027-04-01T00:00:00Z")', {}, false],
    ['has(deal.custom.trial_ends)', {}, true],
    // Written by an import, before the field had its type.
    ['deal.custom.seats > 1', { custom: { seats: 'twelve' } }, true],
  ] as [string, Partial<DealState>, boolean][])('%s with %j', (rule, deal, expected) => {
    expect(unmet(rule, deal)).toBe(expected)
  })
})

test('rules are asked about on the way on only', () => {
  const at = (position: number, kind = 'open', pipelineId = 'a') => ({ pipelineId, position, kind })
  expect(isForward(at(1), at(2))).toBe(true)
  expect(isForward(at(1), at(5, 'won'))).toBe(true)
  expect(isForward(at(2), at(1))).toBe(false)
  expect(isForward(at(1), at(6, 'lost'))).toBe(false)
  expect(isForward(at(3), at(0, 'open', 'b'))).toBe(true)
})
