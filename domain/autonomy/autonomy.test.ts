import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classInWords, lowerBound, mayBeProposed, segmentOf, shortOf, type ClassFigures } from './classes.ts'
import { changedShare, editDistance } from './edit-distance.ts'
import { isSampled } from './sample.ts'
import { planFor, sequentialCheck } from './sequential.ts'
import { wilsonLowerBound, Z_95 } from './wilson.ts'

const TERMS = { level: 0.9, cases: 50, sample: 10 }
const figures = (unchanged: number, rest: Partial<ClassFigures> = {}): ClassFigures => {
  const of = { editedLittle: 0, editedMuch: 0, refused: 0, badLater: 0, alone: 0, ...rest }
  return { unchanged, cases: unchanged + of.editedLittle + of.editedMuch + of.refused, ...of }
}

describe('Wilson lower bound', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553],
    [15, 148, 0.0624],
    [0, 20, 0],
    [1, 29, 0.0061],
  ])('%d of %d, as published', (successes, n, bound) => {
    expect(wilsonLowerBound(successes, n)).toBeCloseTo(bound, 4)
  })

  test('of n out of n it is n / (n + z²)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), n => {
        expect(wilsonLowerBound(n, n)).toBeCloseTo(n / (n + Z_95 * Z_95), 9)
      }),
    )
  })

  const proportion = fc
    .integer({ min: 1, max: 5_000 })
    .chain(n => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

  test('lies between 0 and the share, and solves its own equation: |p - b| = z √(b(1-b)/n)', () => {
    fc.assert(
      fc.property(proportion, ([successes, n]) => {
        const bound = wilsonLowerBound(successes, n)
        const p = successes / n
        expect(bound).toBeGreaterThanOrEqual(0)
        expect(bound).toBeLessThanOrEqual(p)
        expect(Math.abs(p - bound)).toBeCloseTo(Z_95 * Math.sqrt((bound * (1 - bound)) / n), 6)
      }),
    )
  })

  test('one success more raises it, one failure more lowers it', () => {
    fc.assert(
      fc.property(proportion, ([successes, n]) => {
        const bound = wilsonLowerBound(successes, n)
        expect(wilsonLowerBound(successes + 1, n + 1)).toBeGreaterThan(bound)
        expect(wilsonLowerBound(successes, n + 1)).toBeLessThanOrEqual(bound)
      }),
    )
  })

  test.each([
    [3, 2],
    [-1, 5],
    [0.5, 2],
  ])('%d of %d is no proportion', (successes, n) => {
    expect(() => wilsonLowerBound(successes, n)).toThrow(RangeError)
  })
})

describe('Wald’s sequential test', () => {
  const plan = { p0: 0.1, p1: 0.2, alpha: 0.05, beta: 0.1 }

  test('its bounds are Wald’s: ln 18 and ln(2/19)', () => {
    const { upper, lower } = sequentialCheck([], plan)
    expect(upper).toBeCloseTo(Math.log(18), 12)
    expect(lower).toBeCloseTo(Math.log(2 / 19), 12)
  })

  test('five failures in a row are enough where four are not: 4 ln 2 < ln 18 < 5 ln 2', () => {
    expect(sequentialCheck(Array(4).fill(true), plan)).toMatchObject({ fell: false, sum: 4 * Math.LN2 })
    expect(sequentialCheck(Array(50).fill(true), plan)).toMatchObject({ fell: true, cases: 5, failures: 5 })
  })

  test('it begins anew: a thousand good cases buy no later failures', () => {
    const good: boolean[] = Array(1_000).fill(false)
    const result = sequentialCheck([...good, ...Array(9).fill(true)], plan)
    expect(result.fell).toBe(true)
    expect(result.cases).toBeLessThanOrEqual(1_009)
  })

  test('never on nothing but successes; and what was decided is decided, whatever follows', () => {
    expect(sequentialCheck(Array(3_000).fill(false), plan).fell).toBe(false)
    fc.assert(
      fc.property(fc.array(fc.boolean()), fc.array(fc.boolean()), (first, more) => {
        const result = sequentialCheck(first, plan)
        expect(result.fell ? sequentialCheck([...first, ...more], plan) : result).toEqual(result)
      }),
    )
  })

  test('one failure more in place of a success never takes a fall away', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 200 }), fc.nat(), (cases, at) => {
        const worse = cases.map((failed, n) => failed || n === at % Math.max(1, cases.length))
        expect(!sequentialCheck(cases, plan).fell || sequentialCheck(worse, plan).fell).toBe(true)
      }),
    )
  })

  test('at p1 it is found, and one test at p0 seldom errs (about alpha), over seeded sequences', () => {
    const random = generator(7)
    const sequence = (p: number, n: number): boolean[] => Array.from({ length: n }, () => random() < p)
    const found = Array.from({ length: 300 }, () => sequentialCheck(sequence(0.2, 400), plan).fell)
    expect(found.filter(Boolean).length).toBeGreaterThan(285)
    // Up to the first decision alone: what begins anew errs again some day.
    const erred = Array.from({ length: 2_000 }, () => firstDecision(sequence(0.1, 2_000), plan))
    expect(erred.filter(Boolean).length / 2_000).toBeLessThan(0.06)
  })

  describe('what it does at the usual level, as it says, over 1,000 seeded sequences', () => {
    const usual = planFor(0.9)
    const random = generator(20_261_124)
    /** After how many cases it says "fell"; null: not within so many. */
    const foundAfter = (share: number, atMost: number): number | null => {
      const { fell, cases } = sequentialCheck(
        Array.from({ length: atMost }, () => random() < share),
        usual,
      )
      return fell ? cases : null
    }
    const many = (share: number, atMost: number) => Array.from({ length: 1_000 }, () => foundAfter(share, atMost))
    const mean = (found: (number | null)[]): number =>
      found.reduce<number>((sum, n) => sum + (n ?? Infinity), 0) / found.length

    test('a good class is seldom withdrawn', () => {
      const falsely = (share: number) => many(share, 1_000).filter(n => n !== null).length / 1_000
      expect(falsely(0.02)).toBe(0)
      expect(falsely(0.05)).toBeLessThan(0.02)
      // At the very edge of what is still good, begun anew again and again.
      expect(mean(Array.from({ length: 200 }, () => foundAfter(0.1, 8_000) ?? 8_000))).toBeGreaterThan(1_200)
    })

    test.each([
      [0.2, 75],
      [0.3, 30],
      [0.5, 13],
    ])('a share of failures of %d is found within %d cases on average', (share, within) => {
      expect(mean(many(share, 1_000))).toBeLessThan(within)
    })

    test('five failures in a row are enough, four are not', () => {
      expect(
        sequentialCheck(
          Array.from({ length: 4 }, () => true),
          usual,
        ).fell,
      ).toBe(false)
      expect(
        sequentialCheck(
          Array.from({ length: 5 }, () => true),
          usual,
        ),
      ).toMatchObject({ fell: true, cases: 5 })
    })
  })

  test.each([
    { ...plan, p1: 0.1 },
    { ...plan, p0: 0 },
    { ...plan, alpha: 0.6, beta: 0.5 },
  ])('refuses %o', wrong => {
    expect(() => sequentialCheck([], wrong)).toThrow(RangeError)
  })

  test('a plan of any level is one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.51, max: 0.999, noNaN: true }), level => {
        expect(() => sequentialCheck([true], planFor(level))).not.toThrow()
      }),
    )
  })

  /** Whether one test, not begun anew, says "fell" before it says "good". */
  function firstDecision(cases: boolean[], at: typeof plan): boolean {
    const [up, down] = [Math.log(at.p1 / at.p0), Math.log((1 - at.p1) / (1 - at.p0))]
    let sum = 0
    for (const [n, failed] of cases.entries()) {
      sum += failed ? up : down
      if (sum <= Math.log(at.beta / (1 - at.alpha))) return false
      const soFar = sequentialCheck(cases.slice(0, n + 1), at)
      if (soFar.fell) return true
    }
    return false
  }
})

/** Park and Miller's generator: enough for drawing cases. */
function generator(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

describe('classes', () => {
  test('bands end where the Recommendation’s do', () => {
    expect([null, 0, 9, 10, 49, 50, 249, 250, 100_000].map(segmentOf)).toEqual(
      ['unknown size', 'micro', 'micro', 'small', 'small', 'medium', 'medium', 'large', 'large'], // biome-ignore format: a list
    )
  })

  test('fifty of fifty may be proposed; forty-nine of forty-nine and fifty of fifty-five may not, and it says why', () => {
    expect(mayBeProposed(figures(50), TERMS)).toBe(true)
    expect(shortOf(figures(49), TERMS)).toBe('49 of the 50 cases that it takes')
    expect(shortOf(figures(50, { refused: 5 }), TERMS)).toMatch(/is 0\.8\d\d, below 0\.9/)
  })

  test('what went wrong later was no success', () => {
    expect(mayBeProposed(figures(50, { badLater: 5 }), TERMS)).toBe(false)
    expect(lowerBound(figures(3, { badLater: 9 }))).toBe(0)
  })

  test('is said in words', () => {
    expect(classInWords({ playbook: 'inbound', kind: 'send_mail', segment: 'small' })).toBe(
      'send mail of inbound to companies of small size',
    )
  })
})

describe('sample', () => {
  test('about one in n, the same each time', () => {
    const ids = Array.from({ length: 20_000 }, (_, n) => `id-${n}`)
    for (const n of [1, 2, 10]) {
      const share = ids.filter(id => isSampled(id, n)).length / ids.length
      expect(Math.abs(share - 1 / n)).toBeLessThan(0.015)
    }
    expect(ids.filter(id => isSampled(id, 10))).toEqual(ids.filter(id => isSampled(id, 10)))
  })
})

describe('edit distance', () => {
  test.each([
    ['', '', 0, 0],
    ['a b c', 'a b c', 0, 3],
    ['a b c', 'a x c', 1, 3],
    ['a b c', 'a c', 1, 3],
    ['a b', 'b a', 2, 2],
    ['one two three', 'zero one two three four', 2, 5],
    ['the quick fox', '', 3, 3],
  ])('%j to %j', (before, after, distance, length) => {
    expect(editDistance(before, after)).toEqual({ distance, length })
  })

  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map(words => words.join(' '))

  test('is a metric, and at most the longer text', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const of = (x: string, y: string) => editDistance(x, y).distance
        expect(of(a, a)).toBe(0)
        expect(of(a, b)).toBe(of(b, a))
        expect(of(a, c)).toBeLessThanOrEqual(of(a, b) + of(b, c))
        expect(of(a, b) === 0).toBe(a === b)
        expect(changedShare(editDistance(a, b))).toBeLessThanOrEqual(1)
      }),
    )
  })
})
