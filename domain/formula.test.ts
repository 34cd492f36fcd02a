import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withFormula, withoutFormula } from './formula.ts'

describe('cells of an export', () => {
  it.each([
    '=1+1',
    '=HYPERLINK("http://x","y")',
    "+cmd|' /C calc'!A0",
    '-2+3+cmd|x!A1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＠SUM(A1)',
    '-x',
  ])('that a spreadsheet would run are kept from it: %j', cell => expect(withoutFormula(cell)).toBe(`'${cell}`))

  it.each(['-5', '+49 (30) 123-45', '-1.234,50', 'Acme = best', '', "'quoted"])('others stay: %j', cell => {
    expect(withoutFormula(cell)).toBe(cell)
  })

  it('come back as they were, and none that is run gets out', () => {
    const cells = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', "'"), fc.string())
        .map(([a, b]) => a + b),
    )
    fc.assert(
      fc.property(cells, cell => {
        const safe = withoutFormula(cell)
        expect(withFormula(safe)).toBe(cell)
        expect(/^[=+\-@\t\r\n＝＋－＠]/.test(safe) && /[a-z=@|!]/i.test(safe)).toBe(false)
      }),
    )
  })
})
