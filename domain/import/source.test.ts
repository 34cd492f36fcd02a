import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { makePlan } from './plan.ts'
import { rowReader } from './row.ts'
import { openSource } from './source.ts'
import type { SourceRow } from './types.ts'

async function read(text: string | Buffer, size = 64) {
  const bytes = Buffer.from(text)
  const parts = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const source = await openSource(Readable.from(parts()))
  const rows: SourceRow[] = []
  for await (const batch of source.rows()) rows.push(...batch)
  return { source, rows, cells: rows.map(row => (row.ok ? row.cells : `${row.row}/${row.line} ${row.reason}`)) }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

describe('a file as rows', () => {
  it.each([
    ['comma', 'Email,Name\na@b.example,"x; y"\n', ',', 'x; y'],
    ['semicolon', 'Email;Betrag\na@b.example;1.234,50\n', ';', '1.234,50'],
    ['tab', 'Email\tName\na@b.example\tx, y\n', '\t', 'x, y'],
    ['pipe', 'Email|Name\na@b.example|x, y\n', '|', 'x, y'],
    ['what Excel declares', 'sep=;\nEmail;Name\na@b.example;x,y\n', ';', 'x,y'],
  ])('tells the delimiter: %s', async (_, text, delimiter, second) => {
    const { source, cells } = await read(text)
    expect([source.delimiter, source.headers[0]]).toEqual([delimiter, 'Email'])
    expect(cells).toEqual([['a@b.example', second]])
  })

  it('reads JSON lines, nested and with new keys on the way', async () => {
    const { source, cells } = await read(
      '{"email":"a@b.example","company":{"name":"A"}}\n\nnot json\n[1]\n{"email":"c@d.example","tags":["x","y"],"n":1.5}\n',
    )
    expect(source.format).toBe('jsonl')
    expect(source.headers).toEqual(['email', 'company.name', 'tags', 'n'])
    expect(cells).toEqual([['a@b.example', 'A'], '2/3 not_json', '3/4 not_json', ['c@d.example', '', 'x; y', '1.5']])
  })

  it('keeps a JSON line that no database can hold', async () => {
    const { cells } = await read('{"a":"\\ud800"}\n{"a":"\\u0000"}\n{"a":"\\ud83d\\ude00"}\n')
    expect(cells).toEqual(['1/1 not_json', '2/2 nul_byte', ['😀']])
  })

  it('keeps rows that do not fit, with number and line, and reads on', async () => {
    const { cells } = await read(
      'Email,Name,Note\na@b.example,A,x\nshort\n\nc@d.example,C,x,too,many\ne@f.example,E\0,x\ng@h.example,G,x,,\n',
    )
    expect(cells).toEqual([
      ['a@b.example', 'A', 'x'],
      '2/3 too_few_columns',
      '3/5 too_many_columns',
      '4/6 nul_byte',
      ['g@h.example', 'G', 'x', '', ''],
    ])
  })

  it('tells columns of one name apart and says so', async () => {
    const { source } = await read('Email,Email,,Name,Email (2)\na,b,c,d,e\n')
    expect(source.headers).toEqual(['Email', 'Email (3)', 'column 3', 'Name', 'Email (2)'])
    expect(source.warnings).toHaveLength(1)
  })

  it.each([
    ['an empty file', '', 'import_empty'],
    ['empty lines', '\n\n \n', 'import_empty'],
    ['a mark and nothing else', '\uFEFF', 'import_empty'],
    ['a file without header', 'ann@b.example,Ann\nbob@b.example,Bob\n', 'import_no_header'],
    ['a header that does not close', 'Email,"Name\na@b.example,x\n', 'import_no_header'],
    ['a JSON array', '[{"email":"a@b.example"}]', 'bad_input'],
    ['a zip archive', 'PK\u0003\u0004\u0014\u0000', 'import_not_text'],
  ])('refuses %s', async (_, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code })
  })

  it('a header alone is no error here: it has no rows', async () => {
    expect((await read('Email,Name\n')).rows).toEqual([])
  })

  it('numbers every row once, good or bad, whatever the file', async () => {
    const piece = fc.constantFrom('a', ',', '"', '\n', '\r\n', 'x@y.example', ' ', '""', '\0', ';')
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 80 }), fc.integer({ min: 1, max: 40 }), async (all, size) => {
        // More than a few NULs are a binary file.
        const pieces = all.filter((text, at) => text !== '\0' || all.indexOf('\0') === at)
        const { rows, source } = await read(`Email,Name,Note\n${pieces.join('')}`, size)
        expect(rows.map(row => row.row)).toEqual(rows.map((_, index) => index + 1))
        const plan = makePlan(source.headers, source.sample, { currency: 'EUR', as: 'leads' })
        const readRow = rowReader(plan, source.headers)
        for (const row of rows) if (row.ok) readRow(row)
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  it('streams a long file in bounded memory', async () => {
    const total = Number(process.env.IMPORT_STREAM_ROWS ?? 200_000)
    const lines = async function* () {
      yield Buffer.from('Email,First Name,Last Name,Company,Notes\n')
      for (let from = 0; from < total; from += 1000) {
        let text = ''
        for (let row = from; row < from + 1000; row++)
          text += `p${row}@firm${row % 5000}.example,Ann,Bell ${row},Firm ${row % 5000},"met, at a fair"\n`
        yield Buffer.from(text)
      }
    }
    const source = await openSource(lines())
    const readRow = rowReader(makePlan(source.headers, source.sample, { currency: 'EUR' }), source.headers)
    let good = 0
    let most = 0
    let batches = 0
    const before = heldBytes()
    for await (const batch of source.rows()) {
      for (const row of batch) if (row.ok && readRow(row).ok) good++
      if (++batches % 50 === 0) most = Math.max(most, heldBytes() - before)
    }
    expect(good).toBe(total)
    expect(batches).toBeGreaterThan(100)
    // Holding the rows would take several hundred bytes for each of them.
    expect(most).toBeLessThan(30 * 1024 * 1024)
  })
})

/** What is still held after a collection: how much garbage waits for one differs from one Node to the next. */
function heldBytes(): number {
  collect()
  return process.memoryUsage().heapUsed
}
