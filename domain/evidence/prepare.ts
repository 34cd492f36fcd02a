/** What the rules need to know of a source, worked out once: sentences, headings, tables, regions, quoted history. */
import type { Region } from '../page/types.ts'
import { canonical, type CanonicalText } from './locate.ts'
import { splitSentences } from './sentences.ts'
import type { Span } from './text.ts'
import { lastStartingBy, spanAt } from './text.ts'
import type { EvidenceSource } from './types.ts'

export interface Heading extends Span {
  level: number
}

export interface Cell extends Span {
  heads: Span[]
}

export interface Prepared {
  source: EvidenceSource
  canonical: CanonicalText
  /** Sentences and table rows, sorted. */
  sentences: Span[]
  headings: Heading[]
  cells: Cell[]
  /** Blocks of a customer's or other speaker's words, sorted. */
  quotes: Span[]
  /** Stretches of a mail that its sender did not write. */
  history: Span[]
}

const CACHE = new WeakMap<EvidenceSource, Prepared>()

/** Cached per source object: a source must not be changed after its first check. Linear in the text. */
export function prepareSource(source: EvidenceSource): Prepared {
  const known = CACHE.get(source)
  if (known) return known
  const blocks = (source.blocks ?? []).filter(block => block.end > block.start).toSorted((a, b) => a.start - b.start)
  const cells = blocks.length
    ? blocks.filter(block => block.kind === 'cell').map(({ start, end, heads }) => ({ start, end, heads: heads ?? [] }))
    : plainTableCells(source.text)
  const prepared: Prepared = {
    source,
    canonical: canonical(source.text),
    sentences: allSentences(source.text, blocks, cells, isNotes(source) ? widest(source.text) : 0),
    headings: blocks.length
      ? blocks
          .filter(block => block.kind === 'heading')
          .map(({ start, end, level }) => ({ start, end, level: level ?? 2 }))
      : source.kind === 'page' || source.kind === 'knowledge'
        ? plainHeadings(source.text)
        : [],
    cells,
    quotes: blocks.filter(block => block.kind === 'quote').map(({ start, end }) => ({ start, end })),
    history: source.kind === 'mail' ? quotedHistory(source.text) : [],
  }
  CACHE.set(source, prepared)
  return prepared
}

/** Notes go point by point: there a short line is a point, and only a line that is full goes on in the next. */
function isNotes({ kind }: EvidenceSource): boolean {
  return kind === 'call_note' || kind === 'crm_field'
}

function widest(text: string): number {
  return text.split('\n').reduce((most, line) => Math.max(most, line.length), 0)
}

function allSentences(text: string, blocks: readonly Span[], cells: readonly Cell[], width: number): Span[] {
  const rows = joinRows(text, cells)
  const bounds: Span[] = []
  let at = 0
  const row = (position: number) => spanAt(rows, position)
  for (const block of blocks) {
    const span = row(block.start) ?? block
    if (span.start > at) bounds.push({ start: at, end: span.start })
    if (span.end > at) bounds.push({ start: Math.max(at, span.start), end: span.end })
    at = Math.max(at, span.end)
  }
  if (at < text.length) bounds.push({ start: at, end: text.length })
  const found: Span[] = []
  for (const bound of bounds) {
    if (rows.some(({ start, end }) => start === bound.start && end === bound.end)) found.push(bound)
    else {
      for (const sentence of splitSentences(text.slice(bound.start, bound.end), { lineBreaks: 'wrapped', width })) {
        found.push({ start: bound.start + sentence.start, end: bound.start + sentence.end })
      }
    }
  }
  return found
}

/** Cells of one row: nothing but tabs, bars or spaces between them, or one names the other as its head. */
function joinRows(text: string, cells: readonly Cell[]): Span[] {
  const rows: Span[] = []
  let last: Cell | undefined
  for (const cell of cells) {
    const row = rows.at(-1)
    const previous = last
    last = cell
    const between = row ? text.slice(row.end, cell.start) : '\n'
    const linked =
      row !== undefined && cell.heads.some(head => head.start >= row.start && head.end <= row.end && between.length < 4)
    if (
      row &&
      (!between.includes('\n') ||
        (linked && isSameRow(cell, row, rows.at(-2))) ||
        (previous && isFurtherRight(cell, previous, between)))
    )
      row.end = cell.end
    else rows.push({ start: cell.start, end: cell.end })
  }
  return rows
}

/** Cells in lines of their own: a row goes on as long as the column heads come in order. */
function isFurtherRight(cell: Cell, previous: Cell, between: string): boolean {
  const column = ({ heads }: Cell) => heads.reduce((first, head) => Math.min(first, head.start), Infinity)
  return between.length < 4 && column(previous) < column(cell) && column(cell) < previous.start
}

/** A head in the row before it, unless that row is the column heads: then the cell begins a new row. */
function isSameRow(cell: Cell, row: Span, before: Span | undefined): boolean {
  return cell.heads.length > 1 && before !== undefined && cell.heads.some(head => head.start < row.start)
}

/** Tab-separated lines of equal width are a table; its first line and first column are the heads. */
function plainTableCells(text: string): Cell[] {
  if (!text.includes('\t') && !text.includes('|')) return []
  const cells: Cell[] = []
  let heads: Span[] = []
  let at = 0
  for (const line of text.split('\n')) {
    const columns = splitColumns(line, at)
    if (columns.length < 2 || (heads.length > 0 && columns.length !== heads.length)) heads = []
    if (columns.length >= 2) {
      const isHead = heads.length === 0
      if (isHead) heads = columns
      columns.forEach((cell, index) => {
        // Two columns are names and values: the first line is no head.
        const isPair = columns.length === 2
        const own =
          index === 0
            ? isHead || isPair
              ? []
              : [heads[0]!]
            : isPair
              ? [columns[0]!]
              : isHead
                ? []
                : [heads[index]!, columns[0]!]
        cells.push({ ...cell, heads: own })
      })
    }
    at += line.length + 1
  }
  return cells
}

function splitColumns(line: string, offset: number): Span[] {
  const mark = line.includes('\t') ? '\t' : line.split('|').length > 2 ? '|' : null
  if (mark === null) return []
  const found: Span[] = []
  let at = 0
  for (const part of line.split(mark)) {
    const lead = part.length - part.trimStart().length
    const trimmed = part.trim()
    if (trimmed) found.push({ start: offset + at + lead, end: offset + at + lead + trimmed.length })
    at += part.length + 1
  }
  return found
}

/** In text without structure: a short line without end punctuation, after a break and before a longer line. */
function plainHeadings(text: string): Heading[] {
  const found: Heading[] = []
  let at = 0
  const lines = text.split('\n')
  lines.forEach((line, index) => {
    const bare = line.trim()
    const next = lines.slice(index + 1, index + 3).find(other => other.trim() !== '') ?? ''
    const marked = /^#{1,6} /.test(bare)
    const short = bare.length > 0 && bare.length <= 70 && !/[.!?:;,\t|]$|\t/.test(bare) && /^[\p{Lu}\d]/u.test(bare)
    if (marked || (short && next.trim().length > bare.length * 1.5 && next.trim().length > 40)) {
      found.push({ start: at, end: at + line.length, level: marked ? bare.indexOf(' ') : 2 })
    }
    at += line.length + 1
  })
  return found
}

const HISTORY_START =
  /^(?:-{2,}\s?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|forwarded message|weitergeleitete nachricht)|(?:on|am|le|el)\s.{4,120}(?:wrote|schrieb(?:\s.{0,60})?|a écrit|escribió)\s?:\s*$)/iu
const HEADER_LINE = /^(?:from|von|de|sent|gesendet|envoyé|enviado)\s?:\s.+/iu

/** Lines that quote an earlier mail, and all that follows an introduction of one. */
function quotedHistory(text: string): Span[] {
  const found: Span[] = []
  const lines = text.split('\n')
  let at = 0
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!
    const introduced =
      HISTORY_START.test(line.trim()) ||
      HISTORY_START.test(`${line.trim()} ${lines[index + 1]?.trim() ?? ''}`.slice(0, 240)) ||
      (HEADER_LINE.test(line.trim()) && HEADER_LINE.test(lines[index + 1]?.trim() ?? ''))
    if (introduced && index > 0 && !repliesBelow(lines, index)) {
      found.push({ start: at, end: text.length })
      return found
    }
    if (introduced || /^\s*>/.test(line)) found.push({ start: at, end: at + line.length })
    at += line.length + 1
  }
  return found
}

/** Inline replies: after an introduction every quoted line carries a mark, and unmarked text follows. */
function repliesBelow(lines: readonly string[], index: number): boolean {
  const rest = lines.slice(index + 1).filter(line => line.trim() !== '')
  return rest.some(line => /^\s*>/.test(line)) && rest.some(line => !/^\s*>/.test(line) && !HISTORY_START.test(line))
}

/** A "sentence" longer than this is none: it is cut to what stands around the quote, which bounds the work of a check. */
const LONGEST_SENTENCE = 2_000
const REACH = 700

/** The sentence or table row around a span, from the first sentence it touches to the last. */
export function sentenceAround(prepared: Prepared, span: Span): Span {
  const list = prepared.sentences
  const first = list[Math.max(0, lastStartingBy(list, span.start))]
  const last = list[Math.max(0, lastStartingBy(list, span.end - 1))]
  const start = Math.min(first?.start ?? span.start, span.start)
  const end = Math.max(last?.end ?? span.end, span.end)
  if (end - start <= LONGEST_SENTENCE) return { start, end }
  const { text } = prepared.source
  const from = Math.max(start, span.start - REACH)
  const to = Math.min(end, span.end + REACH)
  return {
    start: from === start ? start : Math.min(span.start, text.indexOf(' ', from) + 1 || span.start),
    end: to === end ? end : Math.max(span.end, text.lastIndexOf(' ', to)),
  }
}

/** The headings over a place, nearest first, each of a higher rank than the one before it. */
export function headingsOver(prepared: Prepared, at: number): Heading[] {
  const found: Heading[] = []
  let rank = Infinity
  const role = roleAt(prepared, at)
  for (let index = lastStartingBy(prepared.headings, at); index >= 0 && rank > 1 && found.length < 6; index--) {
    const heading = prepared.headings[index]!
    if (heading.level >= rank || (heading.start <= at && at < heading.end && found.length > 0)) continue
    if (roleAt(prepared, heading.start) !== role) break
    found.push(heading)
    rank = heading.level
  }
  return found
}

export function roleAt(prepared: Prepared, at: number): Region['role'] {
  return spanAt(prepared.source.regions ?? [], at)?.role ?? 'main'
}

export function textOf(prepared: Prepared, span: Span): string {
  return prepared.source.text.slice(span.start, span.end)
}
