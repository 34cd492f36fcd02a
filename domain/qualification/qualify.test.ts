import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { polarity } from './polarity.ts'
import { decide, type QualifyingFact } from './qualify.ts'
import type { Factor } from './types.ts'

const fact = (
  kind: Factor,
  quote: string,
  observed = '2026-03-01',
  id = `${kind}-${quote.length}`,
): QualifyingFact => ({
  id,
  kind,
  value: quote,
  quote,
  observed,
})
const status = (facts: QualifyingFact[]) =>
  Object.fromEntries(decide(facts, 'bant').factors.map(({ factor, status }) => [factor, status]))

describe('polarity of a statement', () => {
  const cases: [Factor, string, 'met' | 'unmet' | 'open'][] = [
    ['need', 'We lose two days a month to stock counts done by hand.', 'met'],
    ['need', 'Our planning tool is no longer supported, so we need a replacement.', 'met'],
    ['need', 'We see no need for another tool.', 'unmet'],
    ['need', 'Wir haben bereits eine Lösung.', 'unmet'],
    ['need', 'I am not sure whether we have a problem.', 'open'],
    ['budget', 'The board has approved €40,000.', 'met'],
    ['budget', 'There is no money for it this year.', 'unmet'],
    ['budget', 'Nous n’avons pas de budget.', 'unmet'],
    ['budget', 'I would have to ask finance about the budget.', 'open'],
    ['authority', 'I can sign this myself.', 'met'],
    ['authority', 'I have no say in this.', 'unmet'],
    ['authority', 'Darüber kann ich nicht entscheiden.', 'unmet'],
    ['timing', 'We want to be live by June.', 'met'],
    ['timing', 'The project has been postponed indefinitely.', 'unmet'],
    ['timing', 'We have not fixed a date.', 'open'],
  ]
  it.each(cases)('%s: %s → %s', (factor, sentence, expected) => {
    expect(polarity(factor, sentence)).toBe(expected)
  })
})

describe('decide', () => {
  it('leaves a factor of which nothing was said unknown, with its question', () => {
    const { factors, verdict } = decide([], 'bant')
    expect(factors.map(({ factor }) => factor)).toEqual(['need', 'budget', 'authority', 'timing'])
    for (const { status, question, factIds } of factors) {
      expect(status).toBe('unknown')
      expect(question).toMatch(/\?$/)
      expect(factIds).toEqual([])
    }
    expect(verdict).toBe('open')
  })

  it('is qualified with a need met and nothing unmet, disqualified with anything unmet', () => {
    const need = fact('need', 'We need to replace our old tool.')
    expect(decide([need], 'bant').verdict).toBe('qualified')
    expect(decide([fact('budget', 'We have a budget of €5,000.')], 'bant').verdict).toBe('open')
    expect(decide([need, fact('timing', 'The project has been shelved.')], 'bant').verdict).toBe('disqualified')
  })

  it('lets the latest settled statement count, and the denial on one and the same day', () => {
    const no = fact('budget', 'We have no budget for this.', '2026-01-10')
    const yes = fact('budget', '€30,000 has been approved.', '2026-02-20')
    const hedge = fact('budget', 'The budget is still going on, I would have to ask.', '2026-03-05')
    expect(status([no, yes, hedge])['budget']).toBe('met')
    expect(status([yes, { ...no, observed: '2026-02-20' }])['budget']).toBe('unmet')
  })

  it('names the facts that decided and asks nothing more where a factor is met', () => {
    const need = fact('need', 'We need to replace our old tool.')
    const assessed = decide([need], 'bant').factors[0]
    expect(assessed).toMatchObject({ status: 'met', factIds: [need.id], question: null })
  })

  it('does not let a value affirm what its quote denies', () => {
    const sly = { ...fact('budget', 'We have no budget of €10,000 to spend.'), value: 'a budget of €10,000' }
    expect(status([sly])['budget']).toBe('unmet')
  })

  it('does not depend on the order of the facts', () => {
    const pool = [
      fact('need', 'We need a tool.', '2026-01-01'),
      fact('need', 'We see no need for it.', '2026-01-02'),
      fact('budget', '€5,000 has been approved.', '2026-01-03'),
      fact('timing', 'We have not fixed a date.', '2026-01-03'),
      fact('timing', 'It has to run by May.', '2026-01-01'),
    ]
    const expected = decide(pool, 'bant')
    const anyOrder = fc.shuffledSubarray(pool, { minLength: pool.length })
    fc.assert(
      fc.property(anyOrder, shuffled => {
        expect(decide(shuffled, 'bant')).toEqual(expected)
      }),
    )
  })
})
