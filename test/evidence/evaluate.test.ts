/** The measuring itself: checks of known quality must get known figures. Needs no server and no page. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Claim, EvidenceSource, Verdict } from '../../domain/evidence/types.ts'
import type { PageText } from '../../domain/page/types.ts'
import { evaluate, formatEvaluation, runEvaluation } from './evaluate.ts'
import type { Check } from './evaluate.ts'
import { loadPairs, loadRealLines } from './load.ts'

const pairs = loadPairs('open')
const trueOnes = pairs.filter(pair => pair.expect === 'ok').length

/** Knows the labels, by the source id that the loader gives. */
const oracle: Check = (claim, source) => {
  const pair = pairs.find(one => one.claim.sourceId === claim.sourceId)
  if (pair === undefined || pair.expect === 'ok') return accept(claim, source)
  return { ok: false, reason: pair.expect, detail: 'as labelled' }
}
const acceptAll: Check = (claim, source) => accept(claim, source)
const rejectAll: Check = () => ({ ok: false, reason: 'negated', detail: 'always' })

describe('evaluate', () => {
  it('gives full marks to a check that knows the labels', () => {
    const result = evaluate(oracle, pairs)
    expect(result).toMatchObject({ n: pairs.length, precision: 1, recall: 1, reasonAccuracy: 1, misses: [] })
    expect(result.truePositive).toBe(trueOnes)
    expect(result.trueNegative).toBe(pairs.length - trueOnes)
  })

  it('counts every false claim against a check that accepts all', () => {
    const result = evaluate(acceptAll, pairs)
    expect(result).toMatchObject({ recall: 1, trueNegative: 0, falseNegative: 0, reasonAccuracy: null })
    expect(result.falsePositive).toBe(pairs.length - trueOnes)
    expect(result.precision).toBeCloseTo(trueOnes / pairs.length)
    expect(result.misses.every(miss => miss.error === 'false_positive')).toBe(true)
  })

  it('gives no recall and no precision to a check that rejects all, and half-right reasons', () => {
    const result = evaluate(rejectAll, pairs)
    expect(result).toMatchObject({ recall: 0, precision: null, truePositive: 0, falsePositive: 0 })
    const right = pairs.filter(pair => pair.expect === 'negated' || pair.also.includes('negated')).length
    expect(result.reasonAccuracy).toBeCloseTo(right / (pairs.length - trueOnes))
  })

  it('reports a verdict whose positions do not hold its quote', () => {
    const shifted: Check = (claim, source) => {
      const verdict = accept(claim, source)
      return verdict.ok ? { ...verdict, start: verdict.start + 1 } : verdict
    }
    const result = evaluate(
      shifted,
      pairs.filter(pair => pair.expect === 'ok'),
    )
    expect(result.recall).toBe(1)
    expect(result.misses.length).toBe(trueOnes)
    expect(result.misses.every(miss => miss.error === 'wrong_span')).toBe(true)
  })

  it('adds its categories up to the whole', () => {
    const { byCategory, n, truePositive, trueNegative } = evaluate(rejectAll, pairs)
    const sums = Object.values(byCategory)
    expect(sums.reduce((sum, one) => sum + one.n, 0)).toBe(n)
    expect(sums.reduce((sum, one) => sum + one.right, 0)).toBe(truePositive + trueNegative)
  })

  it('prints figures and at most the misses asked for', () => {
    const text = formatEvaluation('open', evaluate(acceptAll, pairs), 2)
    expect(text).toContain(`open: ${pairs.length} pairs`)
    expect(text.match(/^ {2}false_positive /gm)).toHaveLength(2)
    expect(text).toMatch(/\d+ more misses not listed/)
  })
})

describe('runEvaluation', () => {
  it('says visibly that the real pages are skipped, without a folder and with an empty one', async () => {
    const said: string[] = []
    const print = (text: string): void => void said.push(text)
    expect(await runEvaluation({ check: acceptAll, sets: ['real'], print })).toEqual({ real: null })
    await withFolder(async folder => {
      const result = await runEvaluation({ check: acceptAll, sets: ['real'], pagesDir: folder, read: readPlain, print })
      expect(result).toEqual({ real: null })
    })
    expect(said[0]).toContain('skipped')
    expect(said[1]).toContain(`${loadRealLines().length} pairs skipped`)
  })

  it('reads the pages that are there and counts the rest as skipped', async () => {
    await withFolder(async folder => {
      const line = loadRealLines()[0]
      if (line === undefined) throw new Error('real.jsonl is empty')
      const file = join(folder, line.page.repo.replace('/', '+'), line.page.path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, 'A page')
      const ofPage = loadRealLines().filter(one => one.page.path === line.page.path && one.page.repo === line.page.repo)
      const said: string[] = []
      const print = (text: string): void => void said.push(text)
      const results = await runEvaluation({
        check: rejectAll,
        sets: ['real'],
        pagesDir: folder,
        read: readPlain,
        print,
      })
      expect(results.real?.n).toBe(ofPage.length)
      expect(said[0]).toContain(`${loadRealLines().length - ofPage.length} pairs skipped`)
    })
  })
})

function accept(claim: Claim, source: EvidenceSource): Verdict {
  const end = Math.min(source.text.length, claim.quote.length)
  return { ok: true, start: 0, end, quote: source.text.slice(0, end), sentence: { start: 0, end } }
}

function readPlain(text: string): PageText {
  return {
    text,
    regions: [{ start: 0, end: text.length, role: 'main' }],
    blocks: [],
    title: null,
    lang: null,
    canonical: null,
    links: [],
    jsonLd: [],
    meta: {},
    contacts: [],
    dates: [],
    warnings: [],
  }
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'labelled-pages-'))
  try {
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
