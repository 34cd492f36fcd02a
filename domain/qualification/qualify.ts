/**
 * Decides qualification by code, factor by factor, from facts whose quotes were already checked. For each factor the
 * latest statement that settles it counts; of two on the same day the one that says no, since a sale is planned on what
 * is certain. Nothing said, or nothing settled, is `unknown`, with the question to ask.
 */
import { polarity } from './polarity.ts'
import { METHODS, type Factor, type FactorAssessment, type Qualification, type QualificationMethod } from './types.ts'

/** A fact as far as qualification reads it; facts of other kinds are passed over. */
export interface QualifyingFact {
  id: string
  kind: string
  value: string
  /** The checked quote: the whole statement is judged, not only the value. */
  quote: string
  /** ISO date or instant at which it was said or seen. */
  observed: string
}

export const QUESTIONS: Readonly<Record<Factor, string>> = {
  need: 'What would have to change in your day-to-day work for this to be worth your time?',
  budget: 'Has money been set aside for this, and roughly how much?',
  authority: 'Who decides on this, and who else is asked?',
  timing: 'By when would you want this in place?',
}

const SAYS: Readonly<Record<Factor, Record<'met' | 'unmet', string>>> = {
  need: { met: 'A need is stated', unmet: 'They state that there is no need' },
  budget: { met: 'Money is stated to be available', unmet: 'They state that there is no money for it' },
  authority: { met: 'Who decides is stated', unmet: 'The contact is stated to have no say, and no one else is named' },
  timing: { met: 'A time is stated', unmet: 'They state that it will not happen in the foreseeable future' },
}

/** Pure; facts may come in any order. */
export function decide(facts: readonly QualifyingFact[], method: QualificationMethod): Qualification {
  const factors = METHODS[method].map(factor =>
    assess(
      factor,
      facts.filter(fact => fact.kind === factor),
    ),
  )
  return { method, factors, verdict: verdictOf(factors) }
}

function assess(factor: Factor, facts: readonly QualifyingFact[]): FactorAssessment {
  const statements = facts.map(fact => ({ fact, says: saysOf(factor, fact), day: fact.observed.slice(0, 10) }))
  const settled = statements.filter(statement => statement.says !== 'open')
  if (settled.length === 0) {
    const reason = facts.length === 0 ? 'Nothing was said about it' : 'It was spoken of, but nothing was settled'
    return { factor, status: 'unknown', factIds: [], reason, question: QUESTIONS[factor] }
  }
  const latest = settled.reduce((day, statement) => (statement.day > day ? statement.day : day), '')
  const current = settled.filter(statement => statement.day === latest)
  const status = current.some(statement => statement.says === 'unmet') ? 'unmet' : 'met'
  const deciding = current.filter(statement => statement.says === status)
  return {
    factor,
    status,
    factIds: deciding.map(statement => statement.fact.id).sort(),
    reason: `${SAYS[factor][status]} (${latest})`,
    question: status === 'met' ? null : QUESTIONS[factor],
  }
}

/** The quote is what they said; a value that a reader put into words may deny less, but never more, than the quote. */
function saysOf(factor: Factor, fact: QualifyingFact): 'met' | 'unmet' | 'open' {
  const byQuote = polarity(factor, fact.quote)
  return byQuote === 'met' ? polarity(factor, fact.value) : byQuote
}

function verdictOf(factors: readonly FactorAssessment[]): Qualification['verdict'] {
  if (factors.some(factor => factor.status === 'unmet')) return 'disqualified'
  return factors.some(factor => factor.factor === 'need' && factor.status === 'met') ? 'qualified' : 'open'
}
