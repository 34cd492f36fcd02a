/** One place where a quote stands, with all around it that the rules may look at. */
import type { Heading, Prepared } from './prepare.ts'
import { headingsOver, roleAt, sentenceAround, textOf } from './prepare.ts'
import type { Span } from './text.ts'
import { lastStartingBy, overlaps } from './text.ts'
import type { Cell } from './prepare.ts'

export interface Passage {
  prepared: Prepared
  quote: Span
  /** The whole sentence or table row; in machine-readable data its line, or the quote alone. */
  sentence: Span
  /** Nearest first. */
  headings: Heading[]
  /** Cells that the quote touches, with the heads that say what they mean. */
  cells: Cell[]
  /** The sentence before this one in the same section, for "it" and "there". */
  previous: Span | null
  isData: boolean
}

export function passageAt(prepared: Prepared, quote: Span): Passage {
  const role = roleAt(prepared, quote.start)
  const isData = role === 'data' || role === 'meta'
  const sentence = isData ? dataLine(prepared, quote) : sentenceAround(prepared, quote)
  const headings = isData ? [] : headingsOver(prepared, quote.start)
  const index = lastStartingBy(prepared.sentences, sentence.start)
  const before = prepared.sentences[index - 1]
  const sameSection = before !== undefined && before.start >= (headings[0]?.start ?? 0)
  return {
    prepared,
    quote,
    sentence,
    headings,
    cells: prepared.cells.filter(cell => overlaps(cell, quote)),
    previous: sameSection ? before : null,
    isData,
  }
}

/**
 * Structured data stands as `name: value` lines. A long line is prose: its sentence counts. Where a line holds a whole
 * object, only the quote does.
 */
function dataLine(prepared: Prepared, quote: Span): Span {
  const { text } = prepared.source
  const start = text.lastIndexOf('\n', quote.start - 1) + 1
  const newline = text.indexOf('\n', quote.end)
  const line = { start, end: newline === -1 ? text.length : newline }
  if (text.slice(line.start, line.end).includes('{')) return quote
  if (line.end - line.start <= 200) return line
  const around = sentenceAround(prepared, quote)
  return { start: Math.max(line.start, around.start), end: Math.min(line.end, around.end) }
}

/** Headings, table heads and title: what tells a fragment's topic without being part of its sentence. */
export function surroundings(passage: Passage): string {
  const { prepared, headings, cells } = passage
  const parts = headings.map(heading => textOf(prepared, heading))
  for (const cell of cells) for (const head of cell.heads) parts.push(textOf(prepared, head))
  const label = listLabel(passage)
  if (label) parts.push(label)
  const asked = question(passage)
  if (asked) parts.push(asked)
  if (prepared.source.title && !passage.isData) parts.push(prepared.source.title)
  return parts.join('\n')
}

/** "Where are you based?": the question that this sentence answers. */
function question({ prepared, sentence, isData }: Passage): string | null {
  if (isData) return null
  const before = prepared.sentences[lastStartingBy(prepared.sentences, sentence.start) - 1]
  const text = before ? textOf(prepared, before) : ''
  return text.endsWith('?') && text.length < 120 ? text : null
}

/** What stands over a list without being a heading: the short block before its first item. */
function listLabel(passage: Passage): string | null {
  const blocks = passage.prepared.source.blocks
  if (!blocks) return null
  let index = lastStartingBy(blocks, passage.quote.start)
  if (blocks[index]?.kind !== 'item') return null
  for (let steps = 0; index >= 0 && steps < 60 && blocks[index]!.kind === 'item'; steps++) index--
  const block = blocks[index]
  if (!block || block.kind === 'heading' || block.end - block.start > 60) return null
  return textOf(passage.prepared, block)
}

export function sentenceText(passage: Passage): string {
  return textOf(passage.prepared, passage.sentence)
}
