/**
 * What `JSON.parse` lets pass and we do not: characters that cannot be stored, a key given twice (readers differ on which one counts, so what was checked may not be what
 * was done) and nesting deeper than any of our documents. The last two are seen in the text alone, so they are looked for before it is parsed.
 */
import { DealwrightError } from '../../domain/errors.ts'

/** Deeper than any document we take. */
const DEEPEST = 32

/** The value of a JSON text. @throws DealwrightError `bad_input`, saying where, and never repeating the text */
export function parseJson(text: string): unknown {
  checkStructure(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new DealwrightError('bad_input', 'The body is not JSON: its syntax is wrong.')
  }
  // Looked for in the value: escapes hide them in the text.
  if (/\\u(0000|[dD][89a-fA-F])/.test(text)) checkStorable(value)
  return value
}

/** A NUL, or half of a character: no database stores it, and no text means it. */
export const UNSTORABLE = /[\0\p{Cs}]/u

function checkStorable(value: unknown): void {
  if (typeof value === 'string' && UNSTORABLE.test(value))
    throw new DealwrightError('bad_input', 'The body holds a NUL or half a character (a lone surrogate).')
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) {
    checkStorable(key)
    checkStorable(one)
  }
}

/** One for each bracket that is open: an object's keys so far, or null for a list. */
type Open = Set<string> | null

function checkStructure(text: string): void {
  const open: Open[] = []
  let expectsKey = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      const end = endOfString(text, at)
      const keys = open.at(-1)
      if (expectsKey && keys) addKey(keys, text.slice(at, end + 1), at)
      expectsKey = false
      at = end
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null)
      if (open.length > DEEPEST)
        throw new DealwrightError(
          'bad_input',
          `The body is nested deeper than ${DEEPEST} levels, at character ${at + 1}.`,
        )
      expectsKey = char === '{'
    } else if (char === '}' || char === ']') {
      open.pop()
      expectsKey = false
    } else if (char === ',') expectsKey = open.at(-1) != null
  }
}

/** Where the string that begins at `from` ends; the text's end where it does not. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length
}

/** Two spellings of a key (`a` and `\u0061`) are one key. */
function addKey(keys: Set<string>, literal: string, at: number): void {
  let key: string
  try {
    key = JSON.parse(literal) as string
  } catch {
    return // said by JSON.parse
  }
  if (keys.has(key)) throw new DealwrightError('bad_input', `A key stands twice in one object, at character ${at + 1}.`)
  keys.add(key)
}
