/** Rows as a file for spreadsheets: as RFC 4180 says, with nothing in it that a spreadsheet would run. */
import { withoutFormula } from '../../domain/formula.ts'

type Cell = string | number | null | undefined

export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [head, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'number' ? String(value) : withoutFormula(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
