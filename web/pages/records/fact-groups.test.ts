import { expect, it } from 'vitest'
import { groupFacts } from './fact-groups.ts'
import type { Fact } from './record.ts'

const fact = (kind: string, value: string): Fact => ({
  id: `${kind} ${value}`,
  kind,
  value,
  quote: value,
  sourceId: 'source',
  url: null,
  title: null,
  start: 0,
  end: value.length,
  by: 'rules',
  happenedOn: null,
  observedAt: '2026-11-24T00:00:00.000Z',
})
const groups = (...facts: Fact[]) =>
  groupFacts(facts).map(({ kind, values, disagree }) => [kind, values.map(({ value }) => value), disagree])

it('puts values that sources disagree about first, side by side', () => {
  expect(groups(fact('customer', 'Orrin'), fact('employees', '51-200'), fact('employees', '250'))).toEqual([
    ['employees', ['51-200', '250'], true],
    ['customer', ['Orrin'], false],
  ])
})

it('takes the same value told in other words for one, with all who say so', () => {
  const [group] = groupFacts([fact('employees', 'about 1,250'), fact('employees', '1250 people')])
  expect(group).toMatchObject({ disagree: false, values: [{ value: 'about 1,250' }] })
  expect(group?.values[0]?.facts).toHaveLength(2)
  expect(groups(fact('industry', 'Textiles'), fact('industry', 'textiles.'))).toEqual([
    ['industry', ['Textiles'], false],
  ])
})

it('takes several customers for several, not for a disagreement', () => {
  expect(groups(fact('customer', 'Orrin'), fact('customer', 'Tallis'))).toEqual([
    ['customer', ['Orrin', 'Tallis'], false],
  ])
})
