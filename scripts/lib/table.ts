/** Tables that fit a terminal: columns as wide as their text, and where that is too wide, the long ones are cut. */
import { printable } from './printable.ts'

export interface Column<R> {
  head: string
  /** Null and undefined are shown as a dash. */
  get: (row: R) => string | number | null | undefined
  /** Numbers to the right. */
  right?: boolean
  /** May be cut to this width when space is short; a column without it keeps its full width. */
  shrinkTo?: number
}

const GAP = 2
/** In a pipe there is no width; lines stay readable in a mail or a log. */
const PIPE_WIDTH = 140

export function terminalWidth(out: NodeJS.WriteStream = process.stdout): number {
  return out.isTTY && out.columns > 0 ? out.columns : PIPE_WIDTH
}

/** No line is wider than `width`, unless the columns that may not shrink alone are. Empty columns are left out. */
export function table<R>(columns: readonly Column<R>[], rows: readonly R[], width: number = terminalWidth()): string {
  const cells = rows.map(row => columns.map(column => cellOf(column.get(row))))
  const shown = columns
    .map((column, index) => ({ column, index, wide: Math.max(...cells.map(row => widthOf(row[index] ?? ''))) }))
    .filter(({ index }) => cells.some(row => row[index] !== NONE))
    .map(one => ({ ...one, wide: Math.max(one.wide, widthOf(one.column.head)) }))
  shrink(shown, width)
  const line = (texts: readonly string[]) =>
    shown
      .map(({ column, index, wide }, at) => {
        const text = cut(texts[index] ?? '', wide)
        const space = ' '.repeat(Math.max(0, wide - widthOf(text)))
        if (column.right) return space + text
        return at === shown.length - 1 ? text : text + space
      })
      .join(' '.repeat(GAP))
      .trimEnd()
  return [line(columns.map(column => column.head)), ...cells.map(line)].join('\n')
}

interface Shown {
  column: { shrinkTo?: number }
  wide: number
}

/** Takes from the widest column that may still give, until the line fits. */
function shrink(shown: Shown[], width: number): void {
  let over = shown.reduce((sum, one) => sum + one.wide + GAP, -GAP) - width
  while (over > 0) {
    const [widest] = shown
      .filter(one => one.column.shrinkTo !== undefined && one.wide > one.column.shrinkTo)
      .toSorted((a, b) => b.wide - a.wide)
    if (!widest) return
    widest.wide -= 1
    over -= 1
  }
}

const NONE = '-'

function cellOf(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : printable(String(value)).replace(/\s+/g, ' ').trim()
  return text === '' ? NONE : text
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

/** Columns on the screen: East Asian letters and emoji take two. */
export function widthOf(text: string): number {
  let width = 0
  for (const { segment } of letters.segment(text)) width += WIDE.test(segment) ? 2 : 1
  return width
}

export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let out = ''
  let used = 0
  for (const { segment } of letters.segment(text)) {
    used += widthOf(segment)
    if (used > width - 1) break
    out += segment
  }
  return `${out.trimEnd()}…`
}
