import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences } from '../definitions/try-scoring.ts'
import { parseMailEdit } from './mail-edit.ts'
import { printable } from './printable.ts'
import { table, widthOf, type Column } from './table.ts'
import { money, wrap } from './words.ts'

describe('printable', () => {
  it('never lets a control character or a turn of direction through', () => {
    expect(printable('a\u001b[2Jb\u202ec\u0007\r\nd\te\u009b1m')).toBe('a\uFFFD[2Jb\uFFFDc\uFFFD\nd\te\uFFFD1m')
  })
})

describe('table', () => {
  const columns: Column<[string, string]>[] = [
    { head: 'ID', get: row => row[0] },
    { head: 'NAME', get: row => row[1], shrinkTo: 6 },
  ]
  it('cuts the long column to the width and keeps the ids whole', () => {
    const text = table(columns, [['abcdef12', 'a very long name indeed']], 20)
    expect(text).toBe('ID        NAME\nabcdef12  a very lo…')
  })
  it('fits any text, also of two columns a letter, and one line a row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constant('abcdef12'), fc.string({ unit: 'grapheme' })), { minLength: 1 }),
        rows => {
          const lines = table(columns, rows, 30).split('\n')
          expect(lines).toHaveLength(rows.length + 1)
          expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(30)
        },
      ),
    )
  })
  it('leaves out columns in which nothing stands', () => {
    expect(table(columns, [['abcdef12', '']], 30)).toBe('ID\nabcdef12')
  })
})

describe('words', () => {
  it('writes amounts in the currency’s own units', () => {
    expect([money(1_234_500, 'EUR'), money(5_000, 'JPY'), money(null, 'EUR')]).toEqual([
      'EUR 12,345.00',
      'JPY 5,000',
      null,
    ])
  })
  it('wraps at words and indents what is carried over', () => {
    expect(wrap('- one two three four five six', 30, '  ', '    ')).toBe('  - one two three four five\n    six')
  })
})

describe('an edited mail', () => {
  it('gives subject and text, or the text alone', () => {
    expect(parseMailEdit('Subject: Hi\r\n\r\nLine\r\n\r\nMore\r\n', 'f')).toEqual({
      subject: 'Hi',
      body: 'Line\n\nMore',
    })
    expect(parseMailEdit('Hello: there\n', 'f')).toEqual({ body: 'Hello: there' })
  })
  it.each(['', 'Subject: Hi\n\n \n', 'Subject:\n\nx'])('is refused when nothing is left to send: %j', text => {
    expect(() => parseMailEdit(text, 'mail.txt')).toThrow(/mail\.txt/)
  })
})

describe('differences of two scores', () => {
  const score = (points: Record<string, number>) => ({
    value: 0,
    fit: 0,
    engagement: 0,
    parts: Object.entries(points).map(([name, n]) => ({
      name,
      group: 'fit' as const,
      points: n,
      max: 10,
      status: 'known' as const,
      reason: 'r',
      factIds: [],
    })),
  })
  it('names each part that changed, came or went, and no other', () => {
    expect(differences(score({ a: 1, b: 2, c: 3 }), score({ a: 1, b: 5, d: 4 }))).toEqual([
      'b 2 → 5 (r)',
      'c gone: was 3 (r)',
      'd new: 4 (r)',
    ])
  })
})
