/** The words of qualification: factors, each met, unmet or unknown, with its evidence and the question that would settle it. */

export const METHODS = { bant: ['need', 'budget', 'authority', 'timing'] } as const
export type QualificationMethod = keyof typeof METHODS
export type Factor = (typeof METHODS)['bant'][number]

export interface FactorAssessment {
  factor: Factor
  status: 'met' | 'unmet' | 'unknown'
  /** Ids of the facts that decided; empty when unknown. */
  factIds: string[]
  reason: string
  /** The question that would settle it; null when met. */
  question: string | null
}

export interface Qualification {
  method: QualificationMethod
  factors: FactorAssessment[]
  /** `qualified`: need met and no factor unmet; `disqualified`: a factor unmet; else `open`. */
  verdict: 'qualified' | 'disqualified' | 'open'
}
