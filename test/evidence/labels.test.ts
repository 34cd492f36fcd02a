/** The labelled lines keep what their README promises. Needs no server and no page. */
import { describe, expect, it } from 'vitest'
import { FACT_KINDS, REJECT_REASONS } from '../../domain/evidence/types.ts'
import { loadLines, loadRealLines } from './load.ts'
import type { LabelledLine, RealLine } from './schema.ts'
import { quoteStands } from './stands.ts'

const sets = {
  open: loadLines('open'),
  sealed: loadLines('sealed'),
  fresh: loadLines('fresh'),
  broad: loadLines('broad'),
}
const real = loadRealLines()

describe.each(Object.entries(sets))('%s.jsonl', (name, lines) => {
  it('is large, and 40 to 55 % of its claims are true', () => {
    expect(lines.length).toBeGreaterThanOrEqual(160)
    expectBalance(lines)
  })

  it('has unique ids of its own set and no pair twice', () => {
    expect(new Set(lines.map(line => line.id)).size).toBe(lines.length)
    expect(lines.filter(line => !line.id.startsWith(`${name}-`))).toEqual([])
    expect(new Set(lines.map(line => JSON.stringify([line.source.text, line.claim]))).size).toBe(lines.length)
  })

  it('holds a true claim of every kind of fact and a false one for every reason', () => {
    const kinds = new Set(lines.filter(line => line.expect === 'ok').map(line => line.claim.kind))
    expect(FACT_KINDS.filter(kind => !kinds.has(kind))).toEqual([])
    const reasons = new Set(lines.map(line => line.expect))
    expect(REJECT_REASONS.filter(reason => !reasons.has(reason))).toEqual([])
  })

  it('names true categories and true labels together, and no alternatives for a true claim', () => {
    expect(lines.filter(line => line.category.startsWith('true-') !== (line.expect === 'ok'))).toEqual([])
    expectSaneAlternatives(lines)
  })

  it('quotes what stands in the source, but where the label is not_found', () => {
    const wrong = lines.filter(
      line => quoteStands(line.claim.quote, line.source.text) === (line.expect === 'not_found'),
    )
    expect(wrong.map(line => `${line.id}: ${line.claim.quote}`)).toEqual([])
  })

  it('has regions that cover the text in order, visible text first, and blocks within it', () => {
    expect(lines.flatMap(layoutProblems)).toEqual([])
  })

  it('labels as hidden only what no visible region says', () => {
    const seen = lines.filter(line => line.category === 'hidden' && quoteStands(line.claim.quote, visibleText(line)))
    expect(seen.map(line => line.id)).toEqual([])
  })
})

describe('the sets together', () => {
  it.each([
    ['open', 'sealed'],
    ['open', 'fresh'],
    ['sealed', 'fresh'],
    ['open', 'broad'],
    ['sealed', 'broad'],
    ['fresh', 'broad'],
  ] as const)('%s and %s share no source, no claim and no company', (one, other) => {
    const seen = new Set(sets[one].flatMap(traces))
    expect(sets[other].filter(line => traces(line).some(trace => seen.has(trace))).map(line => line.id)).toEqual([])
  })

  it('open and sealed have the same categories, each in about the same number', () => {
    const open = countBy(sets.open)
    const sealed = countBy(sets.sealed)
    expect([...open.keys()].sort()).toEqual([...sealed.keys()].sort())
    const far = [...open].filter(([category, n]) => Math.abs(n - (sealed.get(category) ?? 0)) > Math.max(2, n * 0.4))
    expect(far).toEqual([])
  })
})

describe('real.jsonl', () => {
  it('has at least 100 lines, unique ids, and 45 to 60 % true claims', () => {
    expect(real.length).toBeGreaterThanOrEqual(100)
    expect(new Set(real.map(line => line.id)).size).toBe(real.length)
    expectBalance(real, 0.45, 0.6)
    expectSaneAlternatives(real)
  })

  it('keeps no more of a page than a sentence a line', () => {
    expect(real.filter(line => line.claim.quote.length > 160).map(line => line.id)).toEqual([])
  })

  it('covers 14 pages, each at one commit', () => {
    expect(new Set(real.map(({ page }) => `${page.repo}/${page.path}`)).size).toBe(14)
    expect(new Set(real.map(({ page }) => `${page.repo}/${page.path}@${page.commit}`)).size).toBe(14)
  })
})

/** What must not come back in another set: the text, the claim and whom it is about. */
function traces({ source, claim }: LabelledLine): string[] {
  return [source.text, JSON.stringify(claim), claim.subject.name]
}

function isUnseen(role: string): boolean {
  return role === 'hidden' || role === 'data' || role === 'meta'
}

function visibleText({ source }: LabelledLine): string {
  const visible = (source.regions ?? []).filter(region => !isUnseen(region.role))
  return visible.map(region => source.text.slice(region.start, region.end)).join('\n')
}

function layoutProblems({ id, source: { regions = [], blocks = [], text } }: LabelledLine): string[] {
  const problems: string[] = []
  let at = 0
  for (const region of regions) {
    if (region.start !== at) problems.push(`${id}: a gap or an overlap of regions at ${at}`)
    at = region.end
  }
  if (regions.length > 0 && at !== text.length) problems.push(`${id}: regions end at ${at} of ${text.length}`)
  const unseen = regions.findIndex(region => isUnseen(region.role))
  if (unseen >= 0 && !regions.slice(unseen).every(region => isUnseen(region.role)))
    problems.push(`${id}: visible text after hidden text`)
  for (const { start, end, heads = [] } of blocks) {
    const ranges = [{ start, end }, ...heads]
    if (ranges.some(range => !isOneLine(text.slice(range.start, range.end)))) problems.push(`${id}: block at ${start}`)
  }
  return problems
}

function isOneLine(text: string): boolean {
  return text.trim() === text && text !== '' && !text.includes('\n')
}

function expectBalance(lines: (LabelledLine | RealLine)[], least = 0.4, most = 0.55): void {
  const share = lines.filter(line => line.expect === 'ok').length / lines.length
  expect(share).toBeGreaterThanOrEqual(least)
  expect(share).toBeLessThanOrEqual(most)
}

function expectSaneAlternatives(lines: (LabelledLine | RealLine)[]): void {
  const odd = lines.filter(({ expect: label, also = [] }) => {
    if (label === 'ok') return also.length > 0
    return also.includes(label) || new Set(also).size < also.length
  })
  expect(odd.map(line => line.id)).toEqual([])
}

function countBy(lines: LabelledLine[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { category } of lines) counts.set(category, (counts.get(category) ?? 0) + 1)
  return counts
}
