/**
 * Chooses, by code, what of the sources a model reads: the lines with the most cues for facts, each once, within a
 * limit of characters. Repeated lines (menus, footers) are read once; hidden text is never sent.
 */
import type { EvidenceSource } from '../domain/evidence/types.ts'
import type { RegionRole } from '../domain/page/types.ts'
import { cueScore } from './cues.ts'
import { type Line, linesOf, sentencesOf } from './lines.ts'

/** With the numbers of passages and the headings of sources; the prompts and the mail have to stand beside it within 40,000. */
export const PASSAGE_CHARS = 22_500
const MAX_UNIT = 1200
/** Every kept source costs its heading and line breaks. */
const SOURCE_OVERHEAD = 160
/** And every passage its number and a line break. */
const PASSAGE_OVERHEAD = 7

export interface Passage {
  sourceId: string
  start: number
  end: number
  text: string
}

export interface Passages {
  /** In order of source, then of place. */
  passages: Passage[]
  /** Characters chosen. */
  chars: number
  /** What was left out: pieces and characters, of those that were not repeats or hidden. */
  dropped: { pieces: number; chars: number; sources: number }
}

const ROLE_WEIGHT: Record<RegionRole, number> = {
  main: 2,
  header: 0.5,
  aside: 0,
  footer: 0,
  meta: 1,
  data: -0.5,
  nav: -2,
  hidden: -100,
}

interface Unit extends Passage {
  source: number
  score: number
}

export function choosePassages(sources: readonly EvidenceSource[], limit = PASSAGE_CHARS): Passages {
  const units = candidateUnits(sources)
  const ranked = [...units].sort((a, b) => b.score - a.score || a.source - b.source || a.start - b.start)
  const kept: Unit[] = []
  const opened = new Set<number>()
  let used = 0
  for (const unit of ranked) {
    const cost = unit.text.length + PASSAGE_OVERHEAD + (opened.has(unit.source) ? 0 : SOURCE_OVERHEAD)
    if (used + cost > limit) continue
    used += cost
    opened.add(unit.source)
    kept.push(unit)
  }
  kept.sort((a, b) => a.source - b.source || a.start - b.start)
  const total = units.reduce((sum, unit) => sum + unit.text.length, 0)
  const chars = kept.reduce((sum, unit) => sum + unit.text.length, 0)
  return {
    passages: kept.map(({ sourceId, start, end, text }) => ({ sourceId, start, end, text })),
    chars,
    dropped: {
      pieces: units.length - kept.length,
      chars: total - chars,
      sources: new Set(units.map(u => u.source)).size - opened.size,
    },
  }
}

function candidateUnits(sources: readonly EvidenceSource[]): Unit[] {
  const units: Unit[] = []
  const seen = new Set<string>()
  for (const [index, source] of sources.entries()) {
    // What people wrote to us or noted is short and says most about need, money and time.
    const base = source.kind === 'page' ? 0 : 4
    let heading = 0
    for (const line of linesOf(source)) {
      if (line.role === 'hidden') continue
      const own = cueScore(line.text) + base + ROLE_WEIGHT[line.role]
      for (const piece of pieces(line)) {
        const same = piece.text.toLowerCase()
        if (seen.has(same)) continue
        seen.add(same)
        // A line is read with its heading, so a heading's cues count for what follows.
        const score = line.text === piece.text ? own : cueScore(piece.text) + base + ROLE_WEIGHT[line.role]
        units.push({
          ...piece,
          sourceId: source.id,
          source: index,
          score: score + heading / 2 - piece.text.length / 2000,
        })
      }
      heading = line.kind === 'heading' ? cueScore(line.text) : heading * 0.7
    }
  }
  return units
}

/** A line, or, where it is long, its sentences in groups, or at worst slices. */
function pieces(line: Line): { start: number; end: number; text: string }[] {
  if (line.text.length <= MAX_UNIT) return [line].map(({ start, end, text }) => ({ start, end, text }))
  const out: { start: number; end: number; text: string }[] = []
  for (const sentence of sentencesOf(line)) {
    for (let at = 0; at < sentence.text.length; at += MAX_UNIT) {
      const text = sentence.text.slice(at, at + MAX_UNIT)
      out.push({ start: sentence.start + at, end: sentence.start + at + text.length, text })
    }
  }
  return out
}
