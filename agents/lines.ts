/** A source's text as lines with offsets, each with the region it stands in and the structure it has. */
import { splitSentences } from '../domain/evidence/sentences.ts'
import type { EvidenceSource } from '../domain/evidence/types.ts'
import type { Block, Region, RegionRole } from '../domain/page/types.ts'

export interface Line {
  /** `source.text.slice(start, end)` is the line, trimmed. */
  start: number
  end: number
  text: string
  role: RegionRole
  kind: Block['kind']
}

/** Mails and notes have no regions: all of them is `main`. Empty lines are left out. */
export function linesOf(source: EvidenceSource): Line[] {
  const lines: Line[] = []
  const role = lookup<Region, RegionRole>(source.regions ?? [], region => region.role, 'main')
  const kind = lookup<Block, Block['kind']>(source.blocks ?? [], block => block.kind, 'paragraph')
  for (const match of source.text.matchAll(/[^\n]+/g)) {
    const text = match[0].trim()
    if (text === '') continue
    const start = match.index + match[0].indexOf(text)
    lines.push({ start, end: start + text.length, text, role: role(start), kind: kind(start) })
  }
  return lines
}

/** Finds what covers an offset. Ranges are in order and do not overlap; offsets are asked in rising order. */
function lookup<R extends { start: number; end: number }, V>(ranges: readonly R[], value: (range: R) => V, none: V) {
  let at = 0
  return (offset: number): V => {
    while (at < ranges.length && (ranges[at]?.end ?? 0) <= offset) at++
    const range = ranges[at]
    return range !== undefined && range.start <= offset ? value(range) : none
  }
}

/** Sentences of one line, as ranges in the source. */
export function sentencesOf(line: Line): { start: number; end: number; text: string }[] {
  return splitSentences(line.text).map(({ start, end }) => ({
    start: line.start + start,
    end: line.start + end,
    text: line.text.slice(start, end),
  }))
}
