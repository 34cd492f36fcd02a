import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { openInput } from './import-file.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'import-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const TEXT = `Email,Name\n${Array.from({ length: 50_000 }, (_, row) => `p${row}@acme.example,Ann ${row}`).join('\n')}\n`
const file = (name: string, bytes: string | Buffer) => {
  const at = path.join(folder, name)
  writeFileSync(at, bytes)
  return at
}

async function textOf(at: string): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of (await openInput(at)).stream()) parts.push(part)
  return Buffer.concat(parts).toString()
}

it('gives a plain file and a gzipped one, whatever it is called', async () => {
  expect(await textOf(file('plain.csv', TEXT))).toBe(TEXT)
  expect(await textOf(file('packed.csv', gzipSync(TEXT)))).toBe(TEXT)
})

it('knows a file by its contents', async () => {
  const [a, b, c] = [
    await openInput(file('a', TEXT)),
    await openInput(file('b', TEXT)),
    await openInput(file('c', `${TEXT} `)),
  ]
  expect(a.hash).toBe(b.hash)
  expect(a.hash).not.toBe(c.hash)
})

it('tells how much of it has been read', async () => {
  const input = await openInput(file('d', TEXT))
  const seen: number[] = []
  for await (const part of input.stream(bytes => seen.push(bytes))) expect(part.length).toBeGreaterThan(0)
  expect(seen.at(-1)).toBe(input.size)
  expect(seen.toSorted((x, y) => x - y)).toEqual(seen)
})

it.each([
  ['that does not exist', () => path.join(folder, 'none.csv'), 'bad_input', /does not exist/],
  ['that is a folder', () => folder, 'bad_input', /folder/],
  ['that is cut off', () => file('cut.gz', gzipSync(TEXT).subarray(0, 5000)), 'import_not_text', /damaged/],
  [
    'that is no archive behind its mark',
    () => file('odd.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3])),
    'import_not_text',
    /damaged/,
  ],
])('says what is wrong with a file %s', async (_, at, code, message) => {
  await expect(textOf(at())).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string })
})
