/** The scoring file: who our ideal customer is and what counts as interest, in points that ops can read. All parts together make 100. */
import { z } from 'zod'
import { readDefinition } from '../definition-file.ts'
import { FACT_KINDS } from '../evidence/types.ts'
import { MESSAGE_LABELS } from '../message/types.ts'
import type { PlaybookProblem } from '../playbook/types.ts'

const points = z.number().min(0).max(100)
const common = { name: z.string().min(1).max(60), group: z.enum(['fit', 'engagement']), max: points.min(1) }
/** A value outside what the part lists holds the whole score at this, however good the rest is. */
const cap = points.optional()

const part = z.discriminatedUnion('by', [
  z.strictObject({
    ...common,
    by: z.literal('industry'),
    values: z.record(z.string(), points),
    other: points.default(0),
    cap_other: cap,
  }),
  z.strictObject({
    ...common,
    by: z.literal('country'),
    values: z.record(z.string(), points),
    other: points.default(0),
    cap_other: cap,
  }),
  z.strictObject({
    ...common,
    by: z.literal('source'),
    values: z.record(z.string(), points),
    other: points.default(0),
  }),
  z.strictObject({
    ...common,
    by: z.literal('employees'),
    bands: z
      .array(z.strictObject({ from: z.number().int().min(0), to: z.number().int().min(0).optional(), points }))
      .min(1),
    other: points.default(0),
    cap_other: cap,
  }),
  z.strictObject({
    ...common,
    by: z.literal('title'),
    words: z.array(z.strictObject({ any: z.array(z.string().min(2)).min(1), points })).min(1),
    other: points.default(0),
  }),
  z.strictObject({ ...common, by: z.literal('factor'), factor: z.enum(['need', 'budget', 'authority', 'timing']) }),
  z.strictObject({ ...common, by: z.literal('facts'), kinds: z.array(z.enum(FACT_KINDS)).min(1), each: points.min(1) }),
  z.strictObject({ ...common, by: z.literal('form') }),
  z.strictObject({
    ...common,
    by: z.literal('replies'),
    labels: z.partialRecord(z.enum(MESSAGE_LABELS), points),
    half_life_days: z.number().positive().max(3_650),
  }),
])

const schema = z.strictObject({
  scoring: z.literal(1),
  /** What must at least be known, in points, before a score can be full: with less, it is held down in proportion. */
  known_floor: points.min(1),
  parts: z.array(part).min(1).max(60),
})

export type ScoringPart = z.infer<typeof part>
export type Scoring = Omit<z.infer<typeof schema>, 'scoring'>

const WHOLE = 100

export function parseScoring(text: string, file: string): { scoring?: Scoring; problems: PlaybookProblem[] } {
  const { value, problems, report } = readDefinition(text, file, schema)
  if (!value) return { problems }
  const sum = value.parts.reduce((total, one) => total + one.max, 0)
  if (Math.abs(sum - WHOLE) > 1e-9) report(['parts'], `the parts' max add up to ${sum}; they must make ${WHOLE}`)
  const names = new Set<string>()
  for (const [index, one] of value.parts.entries()) {
    if (names.has(one.name)) report(['parts', index, 'name'], `two parts are called “${one.name}”`)
    names.add(one.name)
    for (const given of pointsOf(one)) {
      if (given > one.max)
        report(['parts', index, 'max'], `“${one.name}” can give ${given} points but has max ${one.max}`)
    }
  }
  return problems.length > 0
    ? { problems }
    : { scoring: { known_floor: value.known_floor, parts: value.parts }, problems }
}

function pointsOf(one: ScoringPart): number[] {
  switch (one.by) {
    case 'industry':
    case 'country':
    case 'source':
      return [...Object.values(one.values), one.other]
    case 'employees':
      return [...one.bands.map(band => band.points), one.other]
    case 'title':
      return [...one.words.map(words => words.points), one.other]
    case 'replies':
      return Object.values(one.labels)
    default:
      return []
  }
}
