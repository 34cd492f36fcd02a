/** Rows kept aside as a CSV file: the file's own columns first, then why; corrected, it is imported again. */
import { withoutFormula } from '../formula.ts'
import { KEPT_COLUMNS } from './source.ts'
import type { KeptRow } from './types.ts'

/** The header line, with its end. */
export function keptHeader(headers: readonly string[]): string {
  return csvLine([...headers, ...KEPT_COLUMNS])
}

/** One row: its cells under the file's headers, or the text that could not be split in the last column. */
export function keptLine(headers: readonly string[], { row, reason, message, raw }: KeptRow): string {
  const cells = 'cells' in raw ? headers.map(header => raw.cells[header] ?? '') : headers.map(() => '')
  return csvLine([...cells, String(row), reason, message, 'text' in raw ? raw.text : ''])
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell => quote(withoutFormula(cell))).join(',')}\r\n`
}

function quote(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
