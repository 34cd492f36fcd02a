import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fallInWords, type Outcome, qualityFall } from './quality.ts'
import { planFor, sequentialCheck } from './sequential.ts'

const LEVEL = 0.9
const GOOD: Outcome = {
  seen: false,
  unchanged: false,
  spoilt: false,
  mailed: true,
  unsubscribed: false,
  complained: false,
}
const complaint = { complained: true, spoilt: true }

const outcome = fc
  .record({
    seen: fc.boolean(),
    unchanged: fc.boolean(),
    spoilt: fc.boolean(),
    mailed: fc.boolean(),
    unsubscribed: fc.boolean(),
    complained: fc.boolean(),
  })
  // As they are stored: what was not seen was approved by nobody, what was not mailed is answered by nobody, a complaint spoils.
  .map(of => ({
    ...of,
    unchanged: of.seen && of.unchanged,
    unsubscribed: of.mailed && of.unsubscribed,
    complained: of.mailed && of.complained,
    spoilt: of.spoilt || (of.mailed && of.complained),
  }))
const history = fc.array(outcome, { maxLength: 200 })

test('where no mail was answered badly, what people say of samples decides, as Wald’s test says', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), fc.array(fc.nat(200)), (verdicts, gaps) => {
      const seen = verdicts.map(unchanged => ({ ...GOOD, seen: true, unchanged }))
      const alone = gaps.map(() => GOOD)
      const result = sequentialCheck(
        verdicts.map(unchanged => !unchanged),
        planFor(LEVEL),
      )
      const fall = qualityFall([...alone, ...seen, ...alone], LEVEL)
      expect(fall).toEqual(result.fell ? { check: 'judgement', plan: planFor(LEVEL), ...result } : null)
    }),
  )
})

test.each<[string, Partial<Outcome>]>([
  ['an unsubscription', { mailed: true, unsubscribed: true }],
  ['a complaint', { mailed: true, ...complaint }],
  ['a bounce or a change taken back', { spoilt: true }],
])('%s more never saves a grant', (_, worse) => {
  fc.assert(
    fc.property(history, fc.nat(), (outcomes, at) => {
      const then = outcomes.map((one, n) => (one.mailed && n === at % outcomes.length ? { ...one, ...worse } : one))
      expect(qualityFall(outcomes, LEVEL) === null || qualityFall(then, LEVEL) !== null).toBe(true)
    }),
  )
})

test('what was found is found, whatever follows; and it says what it was', () => {
  fc.assert(
    fc.property(history, history, (first, more) => {
      const fall = qualityFall(first, LEVEL)
      fc.pre(fall !== null)
      const later = qualityFall([...first, ...more], LEVEL)
      expect(later).not.toBeNull()
      expect(fallInWords(fall)).toMatch(
        /^quality fell: \d+ of \d+ (cases|mails) since it was granted .* in a hundred is borne\)$/,
      )
    }),
  )
})

test('an unsubscription is no complaint: alone it never withdraws, and several in a row do', () => {
  const answered = (n: number) => Array.from({ length: n }, () => ({ ...GOOD, unsubscribed: true }))
  expect(qualityFall(answered(4), LEVEL)).toBeNull()
  expect(qualityFall(answered(5), LEVEL)).toMatchObject({ check: 'unsubscriptions', cases: 5 })
  const complained = Array.from({ length: 3 }, () => ({ ...GOOD, ...complaint }))
  expect(qualityFall(complained.slice(1), LEVEL)).toBeNull()
  expect(qualityFall(complained, LEVEL)).toMatchObject({ check: 'complaints', failures: 3 })
})

describe('what it does at the usual level, by seeded sequences: one mail in ten is seen, and approved unchanged 97 times in 100', () => {
  const random = generator(20_261_124)
  const mails = (n: number, shares: { unsubscribed?: number; complained?: number }): Outcome[] =>
    Array.from({ length: n }, () => {
      const seen = random() < 0.1
      const complained = random() < (shares.complained ?? 0)
      return {
        ...GOOD,
        seen,
        unchanged: seen && random() < 0.97,
        unsubscribed: random() < (shares.unsubscribed ?? 0),
        complained,
        spoilt: complained,
      }
    })
  const falls = (times: number, n: number, shares: Parameters<typeof mails>[1]) =>
    Array.from({ length: times }, () => qualityFall(mails(n, shares), LEVEL))
  const share = (found: unknown[]) => found.filter(Boolean).length / found.length
  /** Mails until it is found. */
  const until = (shares: Parameters<typeof mails>[1]) => {
    const found = falls(200, 5_000, shares).map(fall => fall?.cases ?? 5_000)
    return found.reduce((sum, n) => sum + n, 0) / found.length
  }

  test('two unsubscriptions in a hundred, which are usual, keep it; counted as failures they would have cost it', () => {
    expect(share(falls(300, 1_000, { unsubscribed: 0.01 }))).toBeLessThan(0.01)
    expect(share(falls(300, 1_000, { unsubscribed: 0.02 }))).toBeLessThan(0.1)
    const asFailures = Array.from({ length: 300 }, () => {
      const outcomes = mails(1_000, { unsubscribed: 0.02 }).map(one => ({
        ...one,
        spoilt: one.unsubscribed,
        unsubscribed: false,
      }))
      return qualityFall(outcomes, LEVEL)
    })
    expect(share(asFailures)).toBeGreaterThan(0.5)
  })

  test.each([
    [0.05, 350],
    [0.1, 90],
  ])('a share of unsubscriptions of %d is found within %d mails on average', (unsubscribed, within) => {
    expect(until({ unsubscribed })).toBeLessThan(within)
  })

  test('complaints are found by how many mails brought one, and not only by how few samples there are', () => {
    expect(share(falls(300, 1_000, { complained: 0.0005 }))).toBeLessThan(0.05)
    expect(until({ complained: 0.01 })).toBeLessThan(400)
  })
})

/** Park and Miller's generator: enough for drawing cases. */
function generator(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
