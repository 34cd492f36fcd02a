/**
 * Bytes to lines, as a stream: byte order marks, UTF-8, UTF-16 and, line by line where bytes are no UTF-8, windows-1252.
 * Falling back per line reads files right that were glued together from exports of two encodings.
 */
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { DealwrightError } from '../errors.ts'

/** How a file's bytes are read. `utf8` falls back to windows-1252 line by line; `other` is any name iconv-lite knows. */
export type Encoding = { kind: 'utf8'; skip: number } | { kind: 'other'; name: string; skip: number }

/** A line without its end. `line` counts from 1. */
export interface Line {
  line: number
  text: string
}

/** A line that grows beyond this is given out in pieces of it, so that no file can fill the memory. 4 MiB of characters. */
export const MAX_LINE = 4 * 1024 * 1024
/** How much is looked at to tell encoding and format. */
export const HEAD_BYTES = 64 * 1024

const MAGIC: { bytes: number[]; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive or spreadsheet (.xlsx, .ods)' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old office document (.xls)' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'an image' },
  { bytes: [0xff, 0xd8, 0xff], what: 'an image' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a program' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a SQLite database' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file' },
]

/**
 * Tells the encoding from a file's first bytes. `wanted` overrides it by name.
 * @throws DealwrightError `import_not_text` for binary files, `bad_input` for an encoding nobody knows
 */
export function sniffEncoding(head: Uint8Array, wanted?: string): Encoding {
  for (const { bytes, what } of MAGIC)
    if (bytes.every((byte, i) => head[i] === byte))
      throw new DealwrightError('import_not_text', `The file is ${what}, not text. Export it as CSV and import that.`)
  if (wanted !== undefined) return namedEncoding(head, wanted)
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { kind: 'utf8', skip: 3 }
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff]))
    return { kind: 'other', name: head[0] === 0 ? 'utf-32be' : 'utf-32le', skip: 4 }
  if (startsWith(head, [0xff, 0xfe])) return { kind: 'other', name: 'utf-16le', skip: 2 }
  if (startsWith(head, [0xfe, 0xff])) return { kind: 'other', name: 'utf-16be', skip: 2 }
  const utf16 = unmarkedUtf16(head)
  if (utf16 !== null) return { kind: 'other', name: utf16, skip: 0 }
  refuseBinary(head)
  return { kind: 'utf8', skip: 0 }
}

function namedEncoding(head: Uint8Array, wanted: string): Encoding {
  const exists: boolean = iconv.encodingExists(wanted)
  if (!exists)
    throw new DealwrightError('bad_input', `Encoding "${wanted}" is not known; try utf-8, utf-16le or windows-1252.`)
  const name = wanted.toLowerCase()
  const skip = startsWith(head, [0xef, 0xbb, 0xbf])
    ? 3
    : startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])
      ? 2
      : 0
  return name === 'utf-8' || name === 'utf8' ? { kind: 'utf8', skip } : { kind: 'other', name, skip }
}

function startsWith(head: Uint8Array, bytes: number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, i) => head[i] === byte)
}

/** Western text in UTF-16 has a zero in every other byte: tells which one without a mark. */
function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(head.length / 2)
  if (pairs < 2) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) even++
    if (head[i + 1] === 0) odd++
  }
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'utf-16le'
  if (even > pairs * 0.7 && odd < pairs * 0.05) return 'utf-16be'
  return null
}

/** A few stray NUL bytes damage single rows; more than one control character in twenty is no text at all. */
function refuseBinary(head: Uint8Array): void {
  let controls = 0
  for (const byte of head)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls++
  if (controls > 4 + head.length / 20)
    throw new DealwrightError('import_not_text', 'The file is binary, not text. Export it as CSV and import that.')
}

/** Decodes one stretch of whole lines. */
export function decodeUtf8OrLatin(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let text = ''
  let from = 0
  while (from < bytes.length) {
    const end = bytes.indexOf(0x0a, from)
    const to = end === -1 ? bytes.length : end + 1
    const line = bytes.subarray(from, to)
    text += isUtf8(line) ? line.toString('utf8') : iconv.decode(line, 'windows-1252')
    from = to
  }
  return text
}

/** Chunks of bytes to chunks of text that end at line ends, but for the last. */
async function* textChunks(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  let skip = encoding.skip
  const decoder = encoding.kind === 'other' ? iconv.getDecoder(encoding.name, { stripBOM: true }) : null
  let pending: Buffer[] = []
  let pendingBytes = 0
  for await (const chunk of bytes) {
    let buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (skip > 0) {
      const cut = Math.min(skip, buffer.length)
      buffer = buffer.subarray(cut)
      skip -= cut
    }
    if (decoder !== null) {
      yield decoder.write(buffer)
      continue
    }
    // Lines may end in a lone carriage return: a file without any line feed must not pile up.
    const end = Math.max(buffer.lastIndexOf(0x0a), buffer.lastIndexOf(0x0d))
    if (end === -1 && pendingBytes + buffer.length < MAX_LINE) {
      pending.push(Buffer.from(buffer))
      pendingBytes += buffer.length
      continue
    }
    const cut = end === -1 ? buffer.length : end + 1
    yield decodeUtf8OrLatin(
      pending.length === 0 ? buffer.subarray(0, cut) : Buffer.concat([...pending, buffer.subarray(0, cut)]),
    )
    const rest = buffer.subarray(cut)
    pending = rest.length === 0 ? [] : [Buffer.from(rest)]
    pendingBytes = rest.length
  }
  if (pending.length > 0) yield decodeUtf8OrLatin(Buffer.concat(pending))
  const tail = decoder?.end()
  if (tail) yield tail
}

/**
 * The lines of a file, in batches as they arrive. Line ends are LF, CRLF or a lone CR. An empty last line is none.
 * Memory: one chunk and one line, a line being cut at MAX_LINE characters.
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Line[]> {
  let rest = ''
  let line = 0
  // A damaged UTF-16 file may hold halves of characters.
  const clean = (text: string) => (encoding.kind === 'other' ? text.replace(/\p{Surrogate}/gu, '\uFFFD') : text)
  for await (const chunk of textChunks(bytes, encoding)) {
    const text = rest + chunk
    const lines: Line[] = []
    let from = 0
    let cr = text.indexOf('\r')
    for (;;) {
      if (cr !== -1 && cr < from) cr = text.indexOf('\r', from)
      const lf = text.indexOf('\n', from)
      if (cr !== -1 && (lf === -1 || cr < lf)) {
        // A CR as the very last character may be half of a CRLF.
        if (cr === text.length - 1) break
        lines.push({ line: ++line, text: clean(text.slice(from, cr)) })
        from = text[cr + 1] === '\n' ? cr + 2 : cr + 1
      } else if (lf !== -1) {
        lines.push({ line: ++line, text: clean(text.slice(from, lf)) })
        from = lf + 1
      } else break
    }
    rest = text.slice(from)
    while (rest.length > MAX_LINE) {
      lines.push({ line: ++line, text: rest.slice(0, MAX_LINE) })
      rest = rest.slice(MAX_LINE)
    }
    if (lines.length > 0) yield lines
  }
  const ended = rest.endsWith('\r')
  if (ended || rest !== '') yield [{ line: line + 1, text: clean(ended ? rest.slice(0, -1) : rest) }]
}
