/** One line of a JSON lines file to named cells. Nested objects become dotted names, lists are joined by semicolons. */
import type { KeptReason } from './types.ts'

/** Deeper nesting is kept as JSON text. */
const MAX_DEPTH = 4

/** JSON can spell one half of a character beyond the first 65,536; no database text can hold it. */
const HALF = /\p{Surrogate}/u

export type JsonLine = { ok: true; cells: Map<string, string> } | { ok: false; reason: KeptReason; message: string }

export function parseJsonLine(text: string): JsonLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'not_json', message: 'The line is not valid JSON.' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, reason: 'not_json', message: 'The line is JSON but no object.' }
  const cells = new Map<string, string>()
  flatten(value as Record<string, unknown>, '', 1, cells)
  for (const [key, cell] of cells)
    if (key.includes('\0') || cell.includes('\0'))
      return { ok: false, reason: 'nul_byte', message: 'The line holds a NUL character. Remove it.' }
  for (const [key, cell] of cells)
    if (HALF.test(key) || HALF.test(cell))
      return { ok: false, reason: 'not_json', message: 'The line holds half a character (an unpaired surrogate).' }
  return { ok: true, cells }
}

function flatten(object: Record<string, unknown>, prefix: string, depth: number, cells: Map<string, string>): void {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix + key
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MAX_DEPTH)
      flatten(value as Record<string, unknown>, `${name}.`, depth + 1, cells)
    else cells.set(name, asText(value))
  }
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every(item => typeof item !== 'object' || item === null))
    return value.map(asText).join('; ')
  return JSON.stringify(value)
}
