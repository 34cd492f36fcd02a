/**
 * Cells that a spreadsheet would run: a text that begins like a formula is kept from it by an apostrophe, as OWASP advises. Numbers and
 * telephone numbers begin so too and do no harm: they stay as they are.
 */
const FORMULA = /^[=+\-@\t\r]/
const HARMLESS = /^[+-]?[\d\s().,/-]*$/

export function withoutFormula(cell: string): string {
  return FORMULA.test(cell) && !HARMLESS.test(cell) ? `'${cell}` : cell
}

/** The cell as it was, where `withoutFormula` wrote it. */
export function withFormula(cell: string): string {
  return cell.startsWith("'") && withoutFormula(cell.slice(1)) === cell ? cell.slice(1) : cell
}
