/** Graders for what is read out of conversations: labels, qualification, deal updates. */
import type { MessageLabel } from '../../domain/message/types.ts'
import type { Factor } from '../../domain/qualification/types.ts'
import { answerId } from './behaviour.ts'
import type { Answer, DealUpdateField, DealUpdateTruth, FactorTruth, World } from './types.ts'
import { fold, numbersOf } from './values.ts'

export interface ReplySample {
  answerId: string
  contactId: string
  label: MessageLabel
  answer: Answer
}

/** Every reply the world holds, without sending any; bounces and silences are none. */
export function replySamples(world: World): ReplySample[] {
  return world.truth.behaviours.flatMap(({ contactId, answers }) =>
    answers.flatMap((answer, n): ReplySample[] =>
      answer.label === 'silent' || answer.bounce
        ? []
        : [{ answerId: answerId(contactId, n), contactId, label: answer.label, answer }],
    ),
  )
}

export interface LabelGrade {
  total: number
  right: number
  accuracy: number
  wrong: { answerId: string; expected: string; got: string; text: string }[]
  byLabel: Record<string, { total: number; right: number }>
}

/** Grades the labels given to answers; `answerId` is in `replySamples` and in the mail server's `sent`. */
export function gradeLabels(world: World, found: readonly { answerId: string; label: MessageLabel }[]): LabelGrade {
  const answers = new Map<string, Answer>()
  for (const { contactId, answers: all } of world.truth.behaviours)
    all.forEach((a, n) => answers.set(answerId(contactId, n), a))
  const grade: LabelGrade = { total: 0, right: 0, accuracy: 1, wrong: [], byLabel: {} }
  for (const { answerId: id, label } of found) {
    const answer = answers.get(id)
    if (!answer) throw new Error(`the world has no answer ${id}`)
    const count = (grade.byLabel[answer.label] ??= { total: 0, right: 0 })
    grade.total++
    count.total++
    if (answer.label === label) {
      grade.right++
      count.right++
    } else grade.wrong.push({ answerId: id, expected: answer.label, got: label, text: answer.text })
  }
  grade.accuracy = grade.total === 0 ? 1 : grade.right / grade.total
  return grade
}

export interface QualificationGrade {
  total: number
  right: number
  accuracy: number
  /** Said to be met or unmet where nothing settles it, or the other way round. */
  invented: FactorTruth[]
  /** Stated, and taken as unknown. */
  missed: FactorTruth[]
  byFactor: Partial<Record<Factor, { total: number; right: number }>>
}

/** Grades the sources that occur in `sources`; a factor not in `found` counts as unknown. */
export function gradeQualification(
  world: World,
  found: readonly { sourceId: string; factor: Factor; status: FactorTruth['status'] }[],
  sources: readonly string[] = found.map(f => f.sourceId),
): QualificationGrade {
  const wanted = new Set(sources)
  const given = new Map(found.map(f => [`${f.sourceId} ${f.factor}`, f.status]))
  const grade: QualificationGrade = { total: 0, right: 0, accuracy: 1, invented: [], missed: [], byFactor: {} }
  for (const truth of world.truth.factors.filter(t => wanted.has(t.sourceId))) {
    const got = given.get(`${truth.sourceId} ${truth.factor}`) ?? 'unknown'
    const count = (grade.byFactor[truth.factor] ??= { total: 0, right: 0 })
    grade.total++
    count.total++
    if (got === truth.status) {
      grade.right++
      count.right++
    } else if (got === 'unknown') grade.missed.push(truth)
    else grade.invented.push(truth)
  }
  grade.accuracy = grade.total === 0 ? 1 : grade.right / grade.total
  return grade
}

export interface UpdateGrade {
  total: number
  found: number
  missed: DealUpdateTruth[]
  wrong: { sourceId: string; field: DealUpdateField; value: string }[]
  precision: number
  recall: number
}

/** Amounts are compared by figure and currency, dates by day, the rest by words. */
export function gradeDealUpdates(
  world: World,
  found: readonly { sourceId: string; field: DealUpdateField; value: string }[],
  sources: readonly string[] = world.truth.dealUpdates.map(u => u.sourceId),
): UpdateGrade {
  const wanted = new Set(sources)
  const truths = world.truth.dealUpdates.filter(t => wanted.has(t.sourceId))
  const hits = new Set<DealUpdateTruth>()
  const wrong = found.filter(f => {
    const hit = truths.find(t => t.sourceId === f.sourceId && t.field === f.field && sameUpdate(t, f.value))
    if (hit) hits.add(hit)
    return !hit
  })
  const right = found.length - wrong.length
  return {
    total: truths.length,
    found: hits.size,
    missed: truths.filter(t => !hits.has(t)),
    wrong,
    precision: found.length === 0 ? 1 : right / found.length,
    recall: truths.length === 0 ? 1 : hits.size / truths.length,
  }
}

const SIGNS: Record<string, string> = { '€': 'EUR', '£': 'GBP', $: 'USD' }

function sameUpdate(truth: DealUpdateTruth, value: string): boolean {
  if (truth.field === 'amount') {
    const currency = /[A-Z]{3}/.exec(value)?.[0] ?? SIGNS[/[€£$]/.exec(value)?.[0] ?? '']
    return numbersOf(value)[0] === numbersOf(truth.value)[0] && (currency ?? 'EUR') === truth.value.slice(-3)
  }
  if (truth.field === 'close_date') return value.slice(0, 10) === truth.value
  return fold(truth.sentence).includes(fold(value)) || fold(value).includes(fold(truth.value))
}
