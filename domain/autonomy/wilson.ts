/**
 * Lower bound of the score interval for a proportion: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (1927), 209-212. With p = successes/n:
 *
 *   (p + z²/2n - z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)
 */

/** 97.5th percentile of the standard normal distribution: the interval covers 95 %. */
export const Z_95 = 1.959963984540054

/** Between 0 and successes/n; 0 without cases. @throws RangeError when `successes` is not between 0 and `n`, both whole */
export function wilsonLowerBound(successes: number, n: number, z = Z_95): number {
  if (!Number.isInteger(successes) || !Number.isInteger(n) || successes < 0 || successes > n)
    throw new RangeError(`${successes} of ${n} is no proportion`)
  // Of no success it is 0 exactly, which rounding would miss.
  if (successes === 0) return 0
  const p = successes / n
  const z2 = z * z
  const centre = p + z2 / (2 * n)
  const margin = z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  return Math.max(0, (centre - margin) / (1 + z2 / n))
}
