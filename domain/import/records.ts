/**
 * Lines to records of a delimited file (RFC 4180, with the lenient reading spreadsheets use: a quotation mark inside an
 * unquoted cell is a character). Written here rather than taken from a library because a row must be kept with its raw
 * text and line, and because one quotation mark that never closes must cost one row and not the rest of the file:
 * a record over several lines is believed only if it closes and has the header's columns; otherwise its first line
 * alone is kept aside and reading goes on with the next line. Tested against csv-parse.
 */
import type { Line } from './decode.ts'
import type { KeptReason } from './types.ts'

/** A record may span this many lines and characters; beyond, its first quotation mark counts as unclosed. */
export const MAX_RECORD_LINES = 1000
export const MAX_RECORD_CHARS = 1024 * 1024

export type RawRecord =
  | { ok: true; line: number; cells: string[]; raw: string }
  | { ok: false; line: number; reason: KeptReason; raw: string }

/** Cells of one record, as far as `text` goes: `open` when a quoted cell is not closed at its end. */
type Split = { state: 'closed' | 'open' | 'stray'; cells: string[] }

/** Splits a record's text, which may hold line ends inside quoted cells. */
export function splitCells(text: string, delimiter: string): Split {
  if (!text.includes('"')) return { state: 'closed', cells: text.split(delimiter) }
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (text.charCodeAt(at) === 34) {
      let cell = ''
      let from = at + 1
      for (;;) {
        const quote = text.indexOf('"', from)
        if (quote === -1) return { state: 'open', cells: [...cells, cell + text.slice(from)] }
        cell += text.slice(from, quote)
        if (text.charCodeAt(quote + 1) === 34) {
          cell += '"'
          from = quote + 2
          continue
        }
        at = quote + 1
        break
      }
      cells.push(cell)
      if (at >= text.length) return { state: 'closed', cells }
      if (text[at] !== delimiter) return { state: 'stray', cells }
      at++
    } else {
      const end = text.indexOf(delimiter, at)
      if (end === -1) {
        cells.push(text.slice(at))
        return { state: 'closed', cells }
      }
      cells.push(text.slice(at, end))
      at = end + 1
    }
  }
}

/** Gathers lines into records. Feed lines with `push`, and call `end` once; both give the records that became whole. */
export class RecordReader {
  private readonly delimiter: string
  /** Columns a believable record of several lines has; null while the header is not known. */
  private columns: number | null = null
  private held: Line[] = []
  private heldChars = 0

  constructor(delimiter: string) {
    this.delimiter = delimiter
  }

  /** Tells how many columns the header has. */
  expectColumns(columns: number): void {
    this.columns = columns
  }

  push(line: Line): RawRecord[] {
    if (this.held.length === 0) {
      const split = splitCells(line.text, this.delimiter)
      if (split.state === 'closed') return [{ ok: true, line: line.line, cells: split.cells, raw: line.text }]
      if (split.state === 'stray') return [{ ok: false, line: line.line, reason: 'stray_quote', raw: line.text }]
    }
    this.held.push(line)
    this.heldChars += line.text.length + 1
    if (this.held.length > MAX_RECORD_LINES || this.heldChars > MAX_RECORD_CHARS)
      return this.giveUpFirst('unclosed_quote')
    // A quoted cell can close only in a line that has a quotation mark.
    if (this.held.length > 1 && line.text.includes('"')) return this.tryHeld()
    return []
  }

  end(): RawRecord[] {
    const out: RawRecord[] = []
    while (this.held.length > 0) out.push(...this.giveUpFirst('unclosed_quote'))
    return out
  }

  private tryHeld(): RawRecord[] {
    const text = this.held.map(line => line.text).join('\n')
    const split = splitCells(text, this.delimiter)
    if (split.state === 'open') return []
    if (split.state === 'stray') return this.giveUpFirst('unclosed_quote')
    if (this.columns !== null && split.cells.length !== this.columns) return this.giveUpFirst('unclosed_quote')
    if (this.swallowsRecords()) return this.giveUpFirst('unclosed_quote')
    const line = (this.held[0] as Line).line
    this.clear()
    return [{ ok: true, line, cells: split.cells, raw: text }]
  }

  /** Lines inside a quoted cell that are each a whole record by themselves were swallowed by a quotation mark too many. */
  private swallowsRecords(): boolean {
    const inside = this.held.slice(1, -1)
    const columns = this.columns
    if (columns === null || inside.length === 0 || (columns < 4 && inside.length < 3) || columns < 2) return false
    return inside.every(line => splitCells(line.text, this.delimiter).cells.length === columns)
  }

  /** The first held line is a row kept aside; the others are read anew. */
  private giveUpFirst(reason: KeptReason): RawRecord[] {
    const [first, ...others] = this.held
    this.clear()
    if (first === undefined) return []
    const out: RawRecord[] = [{ ok: false, line: first.line, reason, raw: first.text }]
    for (const line of others) out.push(...this.push(line))
    return out
  }

  private clear(): void {
    this.held = []
    this.heldChars = 0
  }
}
