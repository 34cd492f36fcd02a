/** Tells a file's format and delimiter from its first lines. */
import { DealwrightError } from '../errors.ts'
import { splitCells } from './records.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]
export type FileFormat = { format: 'delimited'; delimiter: Delimiter } | { format: 'jsonl' }

/**
 * @param lines the first lines, as many as are at hand; at least one is not empty
 * @throws DealwrightError `bad_input` for a JSON array, which cannot be read as a stream of lines
 */
export function sniffFormat(lines: string[]): FileFormat {
  const full = lines.filter(line => line.trim() !== '').slice(0, 50)
  const first = full[0]?.trimStart() ?? ''
  if (first.startsWith('{')) return { format: 'jsonl' }
  if (first === '[' || first.startsWith('[{'))
    throw new DealwrightError(
      'bad_input',
      'The file is one JSON array. Write one object a line (jq -c ".[]" FILE > FILE.jsonl) and import that.',
    )
  const declared = /^"?sep=([,;\t|])"?$/i.exec(first)
  if (declared) return { format: 'delimited', delimiter: declared[1] as Delimiter }
  return { format: 'delimited', delimiter: sniffDelimiter(full) }
}

/** Excel's first line `sep=;`: tells the delimiter and is no header. */
export function isSeparatorLine(text: string): boolean {
  return /^"?sep=[,;\t|]"?$/i.test(text.trim())
}

/** The delimiter under which most lines have the first line's number of columns; more columns win a draw. */
function sniffDelimiter(lines: string[]): Delimiter {
  let best: Delimiter = ','
  let bestScore = 0
  for (const delimiter of DELIMITERS) {
    const columns = splitCells(lines[0] ?? '', delimiter).cells.length
    if (columns < 2) continue
    const agreeing = lines.filter(line => splitCells(line, delimiter).cells.length === columns).length
    const score = (agreeing / lines.length) * 100 + Math.min(columns, 50) / 50
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}
