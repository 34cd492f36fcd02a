/**
 * Measures an evidence check on labelled pairs. The check is an argument: nothing here knows the rules.
 * "Positive" means a claim that the check accepts.
 */
import type { Claim, EvidenceSource, RejectReason, Verdict } from '../../domain/evidence/types.ts'
import { loadPairs, loadRealPairs } from './load.ts'
import type { InventedSet, Pair, ReadPage } from './load.ts'

export type Check = (claim: Claim, source: EvidenceSource) => Verdict

export interface Miss {
  /** `wrong_span`: accepted rightly, but the verdict's positions do not hold its quote. */
  error: 'false_positive' | 'false_negative' | 'wrong_reason' | 'wrong_span'
  id: string
  category: string
  expect: Pair['expect']
  got: 'ok' | RejectReason
  /** The check's own line where it rejected, else empty. */
  detail: string
  kind: string
  value: string
  quote: string
  note: string
}

export interface Evaluation {
  n: number
  truePositive: number
  falsePositive: number
  trueNegative: number
  falseNegative: number
  /** Share of accepted claims that are true; null when none was accepted. */
  precision: number | null
  /** Share of true claims that are accepted; null when none is true. */
  recall: number | null
  /** Among false claims that were rejected: share whose reason is the label's or one of its alternatives. */
  reasonAccuracy: number | null
  byCategory: Record<string, { n: number; right: number }>
  misses: Miss[]
}

export function evaluate(check: Check, pairs: Pair[]): Evaluation {
  const count = { truePositive: 0, falsePositive: 0, trueNegative: 0, falseNegative: 0 }
  const byCategory: Evaluation['byCategory'] = {}
  const misses: Miss[] = []
  let reasonsRight = 0
  for (const pair of pairs) {
    const verdict = check(pair.claim, pair.source)
    const error = errorOf(pair, verdict)
    if (error !== null) misses.push(missOf(error, pair, verdict))
    if (pair.expect === 'ok') count[verdict.ok ? 'truePositive' : 'falseNegative'] += 1
    else count[verdict.ok ? 'falsePositive' : 'trueNegative'] += 1
    if (pair.expect !== 'ok' && !verdict.ok && error === null) reasonsRight += 1
    const category = (byCategory[pair.category] ??= { n: 0, right: 0 })
    category.n += 1
    if (verdict.ok === (pair.expect === 'ok')) category.right += 1
  }
  return {
    n: pairs.length,
    ...count,
    precision: share(count.truePositive, count.truePositive + count.falsePositive),
    recall: share(count.truePositive, count.truePositive + count.falseNegative),
    reasonAccuracy: share(reasonsRight, count.trueNegative),
    byCategory,
    misses,
  }
}

function errorOf({ expect, also, source }: Pair, verdict: Verdict): Miss['error'] | null {
  if (!verdict.ok) {
    if (expect === 'ok') return 'false_negative'
    return verdict.reason === expect || also.includes(verdict.reason) ? null : 'wrong_reason'
  }
  if (expect !== 'ok') return 'false_positive'
  return source.text.slice(verdict.start, verdict.end) === verdict.quote ? null : 'wrong_span'
}

function missOf(error: Miss['error'], pair: Pair, verdict: Verdict): Miss {
  const { id, category, expect, note, claim } = pair
  const got = verdict.ok ? 'ok' : verdict.reason
  const detail = verdict.ok ? '' : verdict.detail
  return { error, id, category, expect, got, detail, kind: claim.kind, value: claim.value, quote: claim.quote, note }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

/** The evaluation in plain lines; `misses` says how many of them to list. */
export function formatEvaluation(name: string, result: Evaluation, misses = Number.POSITIVE_INFINITY): string {
  const { truePositive, falsePositive, trueNegative, falseNegative } = result
  const lines = [
    `${name}: ${result.n} pairs`,
    `  accepted  ${truePositive} true, ${falsePositive} false   precision ${percent(result.precision)}`,
    `  rejected  ${trueNegative} false, ${falseNegative} true   recall ${percent(result.recall)}`,
    `  reason right in ${percent(result.reasonAccuracy)} of the false claims rejected`,
  ]
  const weak = Object.entries(result.byCategory).filter(([, { n, right }]) => right < n)
  for (const [category, { n, right }] of weak) lines.push(`  ${category}: ${right} of ${n} right`)
  for (const miss of result.misses.slice(0, misses)) {
    const { error, id, expect, got, detail, kind, value, quote, note } = miss
    const why = detail === '' ? '' : ` (${detail})`
    lines.push(`  ${error} ${id}: ${expect} labelled, ${got} given${why}`)
    lines.push(`      ${kind} "${value}" from "${quote.replace(/\s+/g, ' ')}". Label: ${note}`)
  }
  if (result.misses.length > misses) lines.push(`  ${result.misses.length - misses} more misses not listed`)
  return lines.join('\n')
}

function percent(value: number | null): string {
  return value === null ? 'none' : `${(value * 100).toFixed(1)} %`
}

export type SetName = InventedSet | 'real'

export interface EvaluationOptions {
  check: Check
  /** Which sets; the author of the rules names `open` alone until the rules are done. */
  sets: SetName[]
  /** For `real`: the folder with the pages and the page reader. Without them the set is skipped, visibly. */
  pagesDir?: string
  read?: ReadPage
  print?: (text: string) => void
  misses?: number
}

/** Runs the check over the sets, prints each and returns the figures by set; `null` for a set that was skipped. */
export async function runEvaluation(options: EvaluationOptions): Promise<Partial<Record<SetName, Evaluation | null>>> {
  const { check, sets, print = console.log, misses } = options
  const results: Partial<Record<SetName, Evaluation | null>> = {}
  for (const set of sets) {
    const pairs = set === 'real' ? await realPairs(options, print) : loadPairs(set)
    results[set] = pairs.length === 0 ? null : evaluate(check, pairs)
    const result = results[set]
    if (result) print(formatEvaluation(set, result, misses))
  }
  return results
}

async function realPairs({ pagesDir, read }: EvaluationOptions, print: (text: string) => void): Promise<Pair[]> {
  if (pagesDir === undefined || read === undefined) {
    print('real: skipped, no folder with the pages was named (--pages DIR)')
    return []
  }
  const { pairs, skipped } = await loadRealPairs(pagesDir, read)
  if (skipped > 0) print(`real: ${skipped} pairs skipped, their pages do not lie in ${pagesDir}`)
  return pairs
}
