import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_RECORD_LINES, RecordReader, type RawRecord } from './records.ts'

function readAll(text: string, columns?: number, delimiter = ','): RawRecord[] {
  const reader = new RecordReader(delimiter)
  if (columns !== undefined) reader.expectColumns(columns)
  const out: RawRecord[] = []
  for (const [index, line] of text.split('\n').entries()) out.push(...reader.push({ line: index + 1, text: line }))
  return [...out, ...reader.end()]
}
const cells = (records: RawRecord[]) =>
  records.map(record => (record.ok ? record.cells : `${record.reason}: ${record.raw}`))

describe('records', () => {
  it('reads what csv-parse reads, whatever stands in the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ' ', ',', ';', '"', '\n', "'", '1') })
    const quote = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain(width => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }))
    fc.assert(
      fc.property(table, rows => {
        const text = rows.map(row => row.map(quote).join(',')).join('\n')
        const expected = parse(text, { relax_column_count: true })
        expect(cells(readAll(text))).toEqual(expected)
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  it('takes a quotation mark inside an unquoted cell as a character', () => {
    expect(cells(readAll('1,5" screen,x\n2,"say ""hi""",y'))).toEqual([
      ['1', '5" screen', 'x'],
      ['2', 'say "hi"', 'y'],
    ])
  })

  it('loses one row, not the rest of the file, to a quotation mark that never closes', () => {
    const text = 'a,b,c\n1,"open,x\n2,"fine, with comma",y\n3,z,z'
    expect(cells(readAll(text, 3))).toEqual([
      ['a', 'b', 'c'],
      'unclosed_quote: 1,"open,x',
      ['2', 'fine, with comma', 'y'],
      ['3', 'z', 'z'],
    ])
  })

  it('loses one row when nothing after it has a quotation mark', () => {
    const rows = Array.from({ length: MAX_RECORD_LINES + 500 }, (_, index) => `${index},x,y`)
    rows[3] = '3,"x,y'
    const records = readAll(rows.join('\n'), 3)
    expect(records).toHaveLength(rows.length)
    expect(records.filter(record => !record.ok)).toMatchObject([{ line: 4, reason: 'unclosed_quote' }])
  })

  it('does not swallow whole records into a cell that closes by chance', () => {
    const text = '1,"x,a,b\n2,y,a,b\n3,y,a,b\n4,z",a,b'
    expect(cells(readAll(text, 4)).slice(1, 3)).toEqual([
      ['2', 'y', 'a', 'b'],
      ['3', 'y', 'a', 'b'],
    ])
  })

  it('keeps a cell of several lines together, and tells where it began', () => {
    const records = readAll('1,"line one\nline two, with comma\nline three",x\n2,y,z', 3)
    expect(cells(records)).toEqual([
      ['1', 'line one\nline two, with comma\nline three', 'x'],
      ['2', 'y', 'z'],
    ])
    expect(records.map(record => record.line)).toEqual([1, 4])
  })

  it('keeps text behind a closing quotation mark aside', () => {
    expect(cells(readAll('1,"a"b,c\n2,x,y', 3))).toEqual(['stray_quote: 1,"a"b,c', ['2', 'x', 'y']])
  })

  it('gives back every line of any text, in a record or aside', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ', '""') })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), lines => {
        const raws = readAll(lines.join('\n'), 3).map(record => record.raw)
        expect(raws.join('\n')).toBe(lines.join('\n'))
      }),
      { seed: 12, numRuns: 1000 },
    )
  })
})
