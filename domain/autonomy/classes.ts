/** Classes of actions that earn autonomy together, and what their figures say. */
import { wilsonLowerBound } from './wilson.ts'

/** Playbook × kind of action × size of the company it is about: how much a mistake costs grows with it. */
export interface ActionClass {
  playbook: string
  kind: string
  segment: Segment
}

/** Upper ends of the size bands, in employees: micro, small and medium-sized as in Recommendation 2003/361/EC of the European Commission. */
const BANDS = [
  ['micro', 10],
  ['small', 50],
  ['medium', 250],
] as const
export const SEGMENTS = ['micro', 'small', 'medium', 'large', 'unknown size'] as const
export type Segment = (typeof SEGMENTS)[number]

export function segmentOf(employees: number | null): Segment {
  if (employees === null) return 'unknown size'
  return BANDS.find(([, below]) => employees < below)?.[0] ?? 'large'
}

/** The same as an SQL expression. @param employees trusted text of a store: an expression that is a number or null */
export function segmentSql(employees: string): string {
  const cases = BANDS.map(([name, below]) => `when ${employees} < ${below} then '${name}'`)
  return `case when ${employees} is null then 'unknown size' ${cases.join(' ')} else 'large' end`
}

/** An edit of at most this share of the words is small. */
export const SMALL_EDIT = 0.1

export interface ClassFigures {
  /** Proposals of agents that people decided: the sum of the next four. */
  cases: number
  unchanged: number
  editedLittle: number
  editedMuch: number
  refused: number
  /** Carried out, and followed by a complaint, a bounce, an unsubscription, or a change taken back. */
  badLater: number
  /** Carried out without a person. */
  alone: number
}

export interface AutonomyTerms {
  level: number
  cases: number
  /** One in so many goes on being seen by people. */
  sample: number
}

/**
 * Lower bound of "approved unchanged". What went wrong afterwards was no success, whatever was said of it before; where it is not known which
 * of them went wrong, it is taken to be those.
 */
export function lowerBound({ cases, unchanged, badLater }: ClassFigures): number {
  return wilsonLowerBound(Math.max(0, unchanged - badLater), cases)
}

export function mayBeProposed(figures: ClassFigures, terms: AutonomyTerms): boolean {
  return figures.cases >= terms.cases && lowerBound(figures) >= terms.level
}

/** Why it may not be, in words; null: it may. */
export function shortOf(figures: ClassFigures, terms: AutonomyTerms): string | null {
  if (mayBeProposed(figures, terms)) return null
  if (figures.cases < terms.cases) return `${figures.cases} of the ${terms.cases} cases that it takes`
  return `proven share approved unchanged is ${lowerBound(figures).toFixed(3)}, below ${terms.level}`
}

export const classInWords = ({ playbook, kind, segment }: ActionClass): string =>
  `${kind.replaceAll('_', ' ')} of ${playbook} to companies of ${segment === 'unknown size' ? segment : `${segment} size`}`
