/** Reads the labelled lines and turns them into what the check takes: a claim and a source. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Claim, EvidenceSource, RejectReason } from '../../domain/evidence/types.ts'
import type { PageText } from '../../domain/page/types.ts'
import { labelledLine, realLine } from './schema.ts'
import type { LabelledLine, RealLine } from './schema.ts'

/** When every labelled source counts as fetched; labels on what is out of date are made for this day. */
export const FETCHED_AT = '2026-06-01T00:00:00.000Z'

export interface Pair {
  id: string
  category: string
  claim: Claim
  source: EvidenceSource
  expect: 'ok' | RejectReason
  also: RejectReason[]
  note: string
}

/** Reads a page: HTML in, positioned text out. All stored pages count as UTF-8. */
export type ReadPage = (html: string, url: string) => PageText | Promise<PageText>

export type InventedSet = 'open' | 'sealed' | 'fresh' | 'broad'

/** `sealed` is for the author of the rules to open at the end only, `fresh` not before it was measured: see README. */
export function loadLines(set: InventedSet): LabelledLine[] {
  return parseLines(`${set}.jsonl`, labelledLine)
}

export function loadRealLines(): RealLine[] {
  return parseLines('real.jsonl', realLine)
}

export function loadPairs(set: InventedSet): Pair[] {
  return loadLines(set).map(line => {
    const source = { ...line.source, id: `source-${line.id}`, fetchedAt: FETCHED_AT }
    return { ...labelOf(line), category: line.category, source }
  })
}

export interface RealPairs {
  pairs: Pair[]
  /** Lines whose page does not lie in the folder. */
  skipped: number
}

/**
 * Builds pairs from pages that lie in `pagesDir` as `<owner>+<repo>/<path>`. The category is the page's repository.
 * Pages are the companies' own and are not part of this project, so a missing one is skipped and counted.
 */
export async function loadRealPairs(pagesDir: string, read: ReadPage): Promise<RealPairs> {
  const sources = new Map<string, EvidenceSource | null>()
  const result: RealPairs = { pairs: [], skipped: 0 }
  for (const line of loadRealLines()) {
    const key = `${line.page.repo}/${line.page.path}`
    let source = sources.get(key)
    if (source === undefined) {
      source = await readSource(line, pagesDir, read)
      sources.set(key, source)
    }
    if (source === null) result.skipped += 1
    else result.pairs.push({ ...labelOf(line, source.id), category: line.page.repo, source })
  }
  return result
}

async function readSource(line: RealLine, pagesDir: string, read: ReadPage): Promise<EvidenceSource | null> {
  const { repo, path } = line.page
  const file = join(pagesDir, repo.replace('/', '+'), path)
  if (!existsSync(file)) return null
  const page = await read(readFileSync(file, 'utf8'), `https://${line.publisher.domain ?? 'page.example'}/${path}`)
  const dates = page.dates.filter(date => date.kind !== 'text')
  return {
    id: `source-${repo}/${path}`,
    kind: 'page',
    text: page.text,
    regions: page.regions,
    blocks: page.blocks,
    publisher: line.publisher,
    title: page.title,
    dated:
      dates
        .map(date => date.iso)
        .sort()
        .at(-1) ?? null,
    fetchedAt: FETCHED_AT,
  }
}

function labelOf(line: LabelledLine | RealLine, sourceId = `source-${line.id}`): Omit<Pair, 'category' | 'source'> {
  const { id, expect, also = [], note } = line
  return { id, expect, also, note, claim: { ...line.claim, sourceId } }
}

function parseLines<T>(name: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(join(import.meta.dirname, name), 'utf8').split('\n')
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return []
    const parsed = schema.safeParse(JSON.parse(line))
    if (parsed.success) return [parsed.data]
    const issue = parsed.error.issues[0]
    throw new Error(`${name}:${at + 1} is not a labelled line: ${issue?.path.join('.')}: ${issue?.message}`)
  })
}
