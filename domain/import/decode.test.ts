import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readLines, sniffEncoding } from './decode.ts'

async function* chunked(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function linesOf(bytes: Buffer, size = 7, wanted?: string): Promise<string[]> {
  const lines: string[] = []
  for await (const batch of readLines(chunked(bytes, size), sniffEncoding(bytes, wanted)))
    for (const { text } of batch) lines.push(text)
  return lines
}

const TEXT = 'Name,Ort\nJürgen Größe,Köln\nChloé Dœuf,Besançon\n'
const LINES = ['Name,Ort', 'Jürgen Größe,Köln', 'Chloé Dœuf,Besançon']

describe('decoding', () => {
  it.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8 with mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['utf-16le with mark', iconv.encode(`\uFEFF${TEXT}`, 'utf-16le')],
    ['utf-16be with mark', iconv.encode(`\uFEFF${TEXT}`, 'utf-16be')],
    ['utf-16le without', iconv.encode(TEXT, 'utf-16le')],
    ['utf-16be without', iconv.encode(TEXT, 'utf-16be')],
    ['utf-32le with mark', iconv.encode(TEXT, 'utf-32le', { addBOM: true })],
    ['windows-1252', iconv.encode(TEXT, 'windows-1252')],
  ])('%s', async (_, bytes) => {
    for (const size of [1, 2, 3, 7, 1000]) expect(await linesOf(bytes, size)).toEqual(LINES)
  })

  it('reads a file glued together from two encodings, line by line', async () => {
    const bytes = Buffer.concat([Buffer.from('a,Müller\n'), iconv.encode('b,Müller\nc,€\n', 'windows-1252')])
    expect(await linesOf(bytes)).toEqual(['a,Müller', 'b,Müller', 'c,€'])
  })

  it('mends a half character in a damaged UTF-16 file and leaves whole ones', async () => {
    const bytes = Buffer.concat([
      iconv.encode('\uFEFFa😀\n', 'utf-16le'),
      Buffer.from([0x3d, 0xd8]),
      iconv.encode('b\n', 'utf-16le'),
    ])
    for (const size of [1, 2, 3, 100]) expect(await linesOf(bytes, size)).toEqual(['a😀', '\uFFFDb'])
  })

  it('takes an encoding that is named', async () => {
    expect(await linesOf(iconv.encode('Łódź\n', 'windows-1250'), 3, 'windows-1250')).toEqual(['Łódź'])
    expect(() => sniffEncoding(Buffer.from('a'), 'klingon')).toThrow(/not known/)
  })

  it('gives the same lines however the bytes are cut, for all line ends', async () => {
    const part = fc.constantFrom('a', 'é', '漢', '😀', '\n', '\r\n', '\r', ',', 'long text')
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (parts, size) => {
        const text = `x${parts.join('')}`
        const expected = text.split(/\r\n|\r|\n/)
        if (expected.at(-1) === '') expected.pop()
        expect(await linesOf(Buffer.from(text), size)).toEqual(expected)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it.each([
    ['a spreadsheet', Buffer.from('PK\u0003\u0004rest'), /spreadsheet/],
    ['bytes', Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 37) % 256)), /binary/],
    ['a PDF', Buffer.from('%PDF-1.7'), /PDF/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => sniffEncoding(bytes)).toThrow(message)
  })

  it('cuts a line that never ends instead of filling the memory', async () => {
    let most = 0
    let lines = 0
    const endless = async function* () {
      const chunk = Buffer.alloc(1024 * 1024, 'x')
      for (let at = 0; at < 20; at++) yield chunk
    }
    for await (const batch of readLines(endless(), { kind: 'utf8', skip: 0 }))
      for (const { text } of batch) {
        most = Math.max(most, text.length)
        lines++
      }
    expect(lines).toBeGreaterThan(3)
    expect(most).toBeLessThanOrEqual(4 * 1024 * 1024)
  })
})
