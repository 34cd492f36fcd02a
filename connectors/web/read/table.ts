/** Follows the grid of one table, so that each cell knows the heads of its column and row. */
import type { Range } from './sink.ts'

/** Spans wider than any real table would only cost time. */
const MAX_COLUMNS = 1_000

interface HeadCell {
  column: number
  span: number
  range: Range
}

export class TableGrid {
  private readonly columnHeads = new Map<number, Range[]>()
  /** Rows that a cell above still reaches into, by column. */
  private readonly reaching: number[] = []
  private column = 0
  private rowHeads: Range[] = []
  private rowTh: HeadCell[] = []
  private plainCells = 0
  /** True once any head is known: then paragraphs in cells are cells too. */
  headed = false

  startRow(): void {
    this.endRow()
    this.column = 0
  }

  /** A row of heads alone names the columns below it. */
  endRow(): void {
    if (this.plainCells === 0) for (const head of this.rowTh) this.headColumns(head)
    this.rowTh = []
    this.rowHeads = []
    this.plainCells = 0
  }

  /** Takes the next free place in the row and returns the heads that hold for it. */
  startCell(isHead: boolean, colspan: number, rowspan: number): { column: number; span: number; heads: Range[] } {
    while ((this.reaching[this.column] ?? 0) > 0 && this.column < MAX_COLUMNS) {
      this.reaching[this.column] = (this.reaching[this.column] ?? 0) - 1
      this.column += 1
    }
    const column = this.column
    const span = Math.max(1, Math.min(colspan, MAX_COLUMNS - column))
    for (let at = column; at < column + span; at += 1) this.reaching[at] = Math.max(0, rowspan - 1)
    this.column = Math.min(column + span, MAX_COLUMNS)
    if (!isHead) this.plainCells += 1
    const heads = isHead ? [] : [...(this.columnHeads.get(column) ?? []), ...this.rowHeads]
    return { column, span, heads }
  }

  /** Remembers a head once its text is known. `scope` and `inHead` say which way it reaches. */
  endHead(column: number, span: number, range: Range, scope: string | undefined, inHead: boolean): void {
    if (range.end <= range.start) return
    this.headed = true
    const head = { column, span, range }
    if (inHead || scope === 'col' || scope === 'colgroup') this.headColumns(head)
    else {
      this.rowTh.push(head)
      if (this.rowHeads.length < 4) this.rowHeads.push(range)
    }
  }

  private headColumns({ column, span, range }: HeadCell): void {
    for (let at = column; at < column + span; at += 1) {
      const heads = this.columnHeads.get(at)
      if (heads === undefined) this.columnHeads.set(at, [range])
      else if (heads.length < 4) heads.push(range)
    }
  }
}
