/** A file as a stream of rows: encoding, format and header told, malformed rows kept with their reason. Any size. */
import { DealwrightError } from '../errors.ts'
import { HEAD_BYTES, type Line, readLines, sniffEncoding } from './decode.ts'
import { parseJsonLine } from './json-lines.ts'
import { RecordReader, type RawRecord } from './records.ts'
import { type FileFormat, isSeparatorLine, sniffFormat } from './sniff.ts'
import type { GoodRow, SourceRow } from './types.ts'

/** Columns that an export of kept rows adds; they are read over when such a file comes back. */
export const KEPT_COLUMNS = ['import_row', 'import_reason', 'import_message', 'import_raw'] as const
/** The one of them with the text of a row that could not be split. */
export const RAW_COLUMN = 'import_raw'

/** How many rows, and how many characters of them, are looked at to guess the mapping and the forms of dates and numbers. */
const SAMPLE_ROWS = 5000
const SAMPLE_CHARS = 8 * 1024 * 1024

export interface ImportSource {
  format: FileFormat['format']
  delimiter: string | null
  encoding: string
  /** Unique names in file order. For JSON lines it grows while rows are read: a new key is a new column. */
  headers: string[]
  /** The first good rows, for guessing. They come again from `rows`. */
  sample: GoodRow[]
  /** What is odd about the file as a whole, in plain words. */
  warnings: string[]
  /** All rows, in batches as they are read. To be called once. */
  rows(): AsyncGenerator<SourceRow[]>
}

/**
 * Opens a stream of bytes.
 * @throws DealwrightError `import_empty`, `import_no_header`, `import_not_text`, `bad_input`
 */
export async function openSource(
  bytes: AsyncIterable<Uint8Array>,
  options: { encoding?: string } = {},
): Promise<ImportSource> {
  const { head, all } = await peek(bytes)
  if (head.length === 0) throw new DealwrightError('import_empty', 'The file is empty: there is nothing to import.')
  const encoding = sniffEncoding(head, options.encoding)
  const lines = readLines(all, encoding)
  const first = await firstLines(lines)
  if (first.length === 0)
    throw new DealwrightError('import_empty', 'The file holds only empty lines: there is nothing to import.')
  const format = sniffFormat(first.slice(0, 200).map(line => line.text))
  const reader = format.format === 'jsonl' ? jsonReader() : delimitedReader(format.delimiter)
  const rest = rowBatches(first, lines, reader)
  const { sample, batches } = await takeSample(rest)
  reader.checkHeader()
  return {
    format: format.format,
    delimiter: format.format === 'delimited' ? format.delimiter : null,
    encoding: encoding.kind === 'utf8' ? 'utf-8' : encoding.name,
    headers: reader.headers,
    sample,
    warnings: reader.warnings,
    rows: async function* () {
      while (batches.length > 0) yield batches.shift() as SourceRow[]
      yield* rest
    },
  }
}

async function peek(bytes: AsyncIterable<Uint8Array>): Promise<{ head: Buffer; all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  let size = 0
  while (size < HEAD_BYTES) {
    const next = await iterator.next()
    if (next.done === true) break
    chunks.push(next.value)
    size += next.value.byteLength
  }
  const head = Buffer.concat(chunks)
  return {
    head: head.subarray(0, HEAD_BYTES),
    all: (async function* () {
      yield head
      for (;;) {
        const next = await iterator.next()
        if (next.done === true) return
        yield next.value
      }
    })(),
  }
}

/** The first batch of lines that has any text, empty ones before it dropped. */
async function firstLines(lines: AsyncGenerator<Line[]>): Promise<Line[]> {
  for (;;) {
    const next = await lines.next()
    if (next.done === true) return []
    const from = next.value.findIndex(line => line.text.trim() !== '')
    if (from !== -1) return next.value.slice(from)
  }
}

/** What turns lines into rows, one for each format. */
interface Reader {
  headers: string[]
  warnings: string[]
  push(line: Line): SourceRow[]
  end(): SourceRow[]
  checkHeader(): void
}

async function* rowBatches(first: Line[], lines: AsyncGenerator<Line[]>, reader: Reader): AsyncGenerator<SourceRow[]> {
  const read = (batch: Line[]) => {
    const rows: SourceRow[] = []
    for (const line of batch) for (const row of reader.push(line)) rows.push(row)
    return rows
  }
  yield read(first)
  for await (const batch of lines) yield read(batch)
  yield reader.end()
}

async function takeSample(rows: AsyncGenerator<SourceRow[]>): Promise<{ sample: GoodRow[]; batches: SourceRow[][] }> {
  const batches: SourceRow[][] = []
  const sample: GoodRow[] = []
  let chars = 0
  while (sample.length < SAMPLE_ROWS && chars < SAMPLE_CHARS) {
    const next = await rows.next()
    if (next.done === true) break
    batches.push(next.value)
    for (const row of next.value) {
      if (row.ok) for (const cell of row.cells) chars += cell.length
      else chars += row.raw.length
      if (row.ok && sample.length < SAMPLE_ROWS) sample.push(row)
    }
  }
  return { sample, batches }
}

function delimitedReader(delimiter: string): Reader {
  const reader = new RecordReader(delimiter)
  const headers: string[] = []
  const warnings: string[] = []
  let row = 0
  let last = 0
  const take = (record: RawRecord): SourceRow[] => {
    if (headers.length === 0) {
      if (record.ok && isSeparatorLine(record.raw)) return []
      headers.push(...readHeader(record, warnings))
      last = lastNamed(record.ok ? record.cells : [])
      reader.expectColumns(headers.length)
      return []
    }
    if (record.ok && record.raw.trim() === '') return []
    return [toRow(record, ++row, headers, last)]
  }
  return {
    headers,
    warnings,
    push: line => reader.push(line).flatMap(take),
    end: () => reader.end().flatMap(take),
    checkHeader() {
      if (headers.length === 0) throw new DealwrightError('import_no_header', 'The file has no header line. Add one.')
    },
  }
}

/** Header names, trimmed and unique. An empty name becomes `column N`. */
function readHeader(record: RawRecord, warnings: string[]): string[] {
  if (!record.ok)
    throw new DealwrightError(
      'import_no_header',
      `The header (line ${record.line}) has a quotation mark that does not close. Correct that line and import again.`,
    )
  const cells = record.cells.map(cell => cell.trim())
  const filled = cells.filter(cell => cell !== '')
  const numbers = filled.filter(cell => /^[+-]?\d+([.,]\d+)?$/.test(cell)).length
  if (filled.some(cell => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(cell)) || numbers > filled.length / 2)
    throw new DealwrightError(
      'import_no_header',
      'The first line looks like data, not like column names. Add a line with column names above it.',
    )
  return uniqueNames(cells, warnings)
}

function uniqueNames(cells: string[], warnings: string[]): string[] {
  const taken = new Set(cells)
  const seen = new Set<string>()
  return cells.map((cell, index) => {
    const name = cell === '' ? `column ${index + 1}` : cell
    if (!seen.has(name)) {
      seen.add(name)
      return name
    }
    let count = 2
    while (taken.has(`${name} (${count})`)) count++
    const renamed = `${name} (${count})`
    taken.add(renamed)
    seen.add(renamed)
    warnings.push(`Column "${name}" occurs more than once: column ${index + 1} is read as "${renamed}".`)
    return renamed
  })
}

function lastNamed(cells: string[]): number {
  for (let at = cells.length; at > 0; at--) if ((cells[at - 1] as string).trim() !== '') return at
  return 0
}

const WHY: Partial<Record<string, string>> = {
  unclosed_quote: 'A quotation mark opens in this row and does not close.',
  stray_quote: 'Text follows a closing quotation mark. Double the quotation marks that belong to the text.',
}

/** @param last how many columns the header names: cells behind them may be missing or empty, not more */
function toRow(record: RawRecord, row: number, headers: string[], last: number): SourceRow {
  const { line, raw } = record
  const bad = (reason: (SourceRow & { ok: false })['reason'], message: string): SourceRow => ({
    ok: false,
    row,
    line,
    reason,
    message,
    raw,
  })
  if (!record.ok) return bad(record.reason, WHY[record.reason] ?? record.reason)
  const { cells } = record
  if (raw.includes('\0')) return bad('nul_byte', 'The row holds a NUL byte. Remove it.')
  if (cells.length < last) return bad('too_few_columns', `The row has ${cells.length} of the header's ${last} columns.`)
  if (cells.length > headers.length && cells.slice(headers.length).some(cell => cell.trim() !== ''))
    return bad('too_many_columns', `The row has ${cells.length} columns, the header ${headers.length}.`)
  return { ok: true, row, line, cells }
}

function jsonReader(): Reader {
  const headers: string[] = []
  const index = new Map<string, number>()
  let row = 0
  return {
    headers,
    warnings: [],
    push({ line, text }) {
      if (text.trim() === '') return []
      const parsed = parseJsonLine(text)
      row++
      if (!parsed.ok) return [{ ok: false, row, line, reason: parsed.reason, message: parsed.message, raw: text }]
      const cells: string[] = headers.map(() => '')
      for (const [key, value] of parsed.cells) {
        let at = index.get(key)
        if (at === undefined) {
          at = headers.push(key) - 1
          index.set(key, at)
        }
        cells[at] = value
      }
      return [{ ok: true, row, line, cells }]
    },
    end: () => [],
    checkHeader() {},
  }
}
