/**
 * Has quality fallen? Wald's sequential probability ratio test of a share of failures p0 against p1 > p0 (A. Wald, "Sequential tests of
 * statistical hypotheses", Annals of Mathematical Statistics 16 (1945), 117-186), begun anew each time that it decides for p0, since quality
 * that was good may fall later (repeated so, it is Page's scheme: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954)).
 *
 *   failure: + ln(p1 / p0)      success: + ln((1 - p1) / (1 - p0))
 *   fell when the sum is at least ln((1 - beta) / alpha); begun anew when it is at most ln(beta / (1 - alpha))
 */

export interface CheckPlan {
  /** Share of failures that is still good, and one that is not. 0 < p0 < p1 < 1. */
  p0: number
  p1: number
  /** Of one test: how often it says "fell" at p0 at most (about), and how often "good" at p1. */
  alpha: number
  beta: number
}

export interface CheckResult {
  fell: boolean
  /** How many cases it looked at: up to the one that decided, or all. */
  cases: number
  failures: number
  /** The sum since it last began, and where it decides. */
  sum: number
  upper: number
  lower: number
}

/**
 * What the repeated test does at the usual level of 0.9 (p0 0.1, p1 0.2), by seeded sequences (autonomy.test.ts): of classes that fail
 * in one case of twenty, about 1 in 100 is withdrawn within 1,000 cases; at p0 itself one in about 1,450 cases is. A fall to one failure in
 * five is found after 66 cases on average, to one in two after 11; five failures in a row are always enough.
 *
 * The class was granted for at least `level` approved unchanged: twice as many failures as that allows is a fall.
 */
export function planFor(level: number): CheckPlan {
  const p0 = 1 - level
  return { p0, p1: Math.min(2 * p0, (1 + p0) / 2), alpha: 0.05, beta: 0.1 }
}

/** @param failures in order of time, true where the case failed. @throws RangeError for a plan that is none */
export function sequentialCheck(failures: readonly boolean[], { p0, p1, alpha, beta }: CheckPlan): CheckResult {
  if (!(p0 > 0 && p0 < p1 && p1 < 1)) throw new RangeError('it takes 0 < p0 < p1 < 1')
  if (!(alpha > 0 && beta > 0 && alpha + beta < 1))
    throw new RangeError('it takes alpha, beta > 0 and alpha + beta < 1')
  const [up, down] = [Math.log(p1 / p0), Math.log((1 - p1) / (1 - p0))]
  const [upper, lower] = [Math.log((1 - beta) / alpha), Math.log(beta / (1 - alpha))]
  let [sum, failed] = [0, 0]
  for (const [n, failure] of failures.entries()) {
    sum += failure ? up : down
    if (failure) failed += 1
    if (sum >= upper) return { fell: true, cases: n + 1, failures: failed, sum, upper, lower }
    if (sum <= lower) sum = 0
  }
  return { fell: false, cases: failures.length, failures: failed, sum, upper, lower }
}
