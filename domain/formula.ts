/**
 * Cells that a spreadsheet would run: a text that begins like a formula is kept from it by an apostrophe, as OWASP advises; so are
 * the wide forms of its signs, which some take for the narrow ones. Numbers and telephone numbers begin so too and do no harm: they stay.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
const HARMLESS = /^[+-]?[\d\s().,/-]*$/

/** Behind apostrophes too: one that was written is told from ours by its number. */
function runs(cell: string): boolean {
  const text = cell.replace(/^'+/, '')
  return FORMULA.test(text) && !HARMLESS.test(text)
}

export function withoutFormula(cell: string): string {
  return runs(cell) ? `'${cell}` : cell
}

/** The cell as it was, where `withoutFormula` wrote it. */
export function withFormula(cell: string): string {
  return cell.startsWith("'") && runs(cell) ? cell.slice(1) : cell
}
