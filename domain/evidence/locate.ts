/**
 * Where a quote stands in its source. Forgiven: white space (amount and kind), the shape of quotation marks, marks around
 * the quote, punctuation at its end, and characters that show nothing. Not forgiven: anything else, letter case included.
 * A quote must begin and end at token bounds: "2 million" does not stand in "12 million", "1.2 million" or "2 millionaires".
 */
import type { Span } from './text.ts'

/** A text in the form in which quotes are compared, with the way back to its own offsets. */
export interface CanonicalText {
  text: string
  /** For each character of `text` the offset in the original, plus one entry for the end. */
  offsets: Int32Array
  /** End offset in the original of each character (a run of spaces is one character). */
  ends: Int32Array
  /** Places of spaces that stand for a line break or tab: those join no digits. */
  breaks: ReadonlySet<number>
}

const SPACE = /\s/u
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/
const QUOTE_MARK = /["'`´‘’‚‛“”„‟«»‹›′″＂＇]/
const COMBINING = /\p{M}/u

export function canonical(source: string): CanonicalText {
  const offsets = new Int32Array(source.length + 1)
  const ends = new Int32Array(source.length + 1)
  const parts: string[] = []
  const breaks = new Set<number>()
  let length = 0
  const put = (piece: string, start: number, end: number) => {
    for (let index = 0; index < piece.length; index++) {
      // A piece of more than one unit can only be sliced as a whole: inner units point at its start and end.
      offsets[length] = start
      ends[length] = end
      length++
    }
    parts.push(piece)
  }
  let at = 0
  while (at < source.length) {
    const plain = plainRun(source, at)
    if (plain > at) {
      for (let index = at; index < plain; index++) {
        offsets[length] = index
        ends[length] = index + 1
        length++
      }
      parts.push(source.slice(at, plain))
      at = plain
      continue
    }
    const code = source.charCodeAt(at)
    if (isSpaceAt(source, at)) {
      const start = at
      while (at < source.length && (isSpaceAt(source, at) || INVISIBLE.test(source[at]!))) at++
      if (/[\n\t]/.test(source.slice(start, at))) breaks.add(length)
      put(' ', start, at)
    } else if (code > 127 && INVISIBLE.test(source[at]!)) at++
    else {
      const start = at
      at += code >= 0xd800 && code < 0xdc00 && at + 1 < source.length ? 2 : 1
      while (at < source.length && source.charCodeAt(at) > 767 && COMBINING.test(source[at]!)) at++
      let piece = source.slice(start, at)
      if (piece.length === 1) piece = QUOTE_MARK.test(piece) ? "'" : piece
      else piece = piece.normalize('NFC')
      put(piece, start, at)
    }
  }
  offsets[length] = source.length
  return { text: parts.join(''), offsets: offsets.subarray(0, length + 1), ends: ends.subarray(0, length), breaks }
}

/** End of the run of ASCII letters, digits and marks from `at` on, which stand for themselves: most of all text. */
function plainRun(source: string, at: number): number {
  let end = at
  while (end < source.length) {
    const code = source.charCodeAt(end)
    // 34, 39 and 96 are quotation marks.
    if (code <= 32 || code > 126 || code === 34 || code === 39 || code === 96) break
    end++
  }
  // The last one may carry a combining mark.
  return end < source.length && source.charCodeAt(end) > 767 && end > at ? end - 1 : end
}

function isSpaceAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13)
  return code >= 160 && SPACE.test(text[at]!)
}

const LEADING = /^[\s'([{]+/
const TRAILING = /[\s'.,;:!?…)\]}]+$/
const WORD_CHAR = /[\p{L}\p{N}\p{M}]/u
const DIGIT = /\p{Nd}/u
const LOWER_OR_DIGIT = /[\p{Ll}\p{Nd}]/u

/**
 * All places where the quote stands, in order, at most `limit`.
 * `slice(start, end)` of the source is the quote as it stands there. Linear in the source.
 */
export function locate(source: CanonicalText, quote: string, limit = 64): Span[] {
  const whole = canonical(quote).text.trim()
  const core = whole.replace(LEADING, '').replace(TRAILING, '')
  if (!WORD_CHAR.test(core)) return []
  const lead = whole.indexOf(core)
  const found: Span[] = []
  let at = source.text.indexOf(core)
  while (at !== -1 && found.length < limit) {
    const end = at + core.length
    if (isTokenBound(source.text, at, source.breaks) && isTokenBound(source.text, end, source.breaks)) {
      // Take in the marks that the quote itself carries, where the source has the same ones.
      const before = lead > 0 && source.text.startsWith(whole.slice(0, lead), at - lead) ? at - lead : at
      const tail = whole.slice(lead + core.length)
      const after = tail && source.text.startsWith(tail, end) ? end + tail.length : end
      found.push({ start: source.offsets[before]!, end: source.ends[after - 1]! })
    }
    at = source.text.indexOf(core, at + 1)
  }
  return found
}

const NO_BREAKS: ReadonlySet<number> = new Set()

/** Whether a token may begin or end before the character at `at`: false inside a word, a number, a range or an address. */
export function isTokenBound(text: string, at: number, breaks: ReadonlySet<number> = NO_BREAKS): boolean {
  if (at <= 0 || at >= text.length) return true
  const before = charBefore(text, at)
  const after = charAt(text, at)
  if (WORD_CHAR.test(before)) return WORD_CHAR.test(after) ? false : breaks.has(at) || !joins(text, at)
  if (WORD_CHAR.test(after))
    return (breaks.has(at - before.length) || !joins(text, at - before.length)) && !isSigned(text, at)
  return true
}

/** Whether the one character at `at` binds what stands left and right of it into one token. */
function joins(text: string, at: number): boolean {
  const mark = charAt(text, at)
  const left = at > 0 ? charBefore(text, at) : ''
  const right = charAt(text, at + mark.length)
  if (!WORD_CHAR.test(left) || !WORD_CHAR.test(right)) return false
  const digits = DIGIT.test(left) && DIGIT.test(right)
  if (mark === ' ') return digits && isGroupSpace(text, at)
  if (mark === '.') return LOWER_OR_DIGIT.test(right)
  if (mark === ',' || mark === ':' || mark === '/' || mark === '–' || mark === '—' || mark === '−') return digits
  return mark === "'" || mark === '-' || mark === '‑' || mark === '@' || mark === '&' || mark === '_' || mark === '+'
}

/** "12 000": a space between a group of one to three digits and a group of exactly three. */
function isGroupSpace(text: string, at: number): boolean {
  let left = 0
  while (left < 4 && DIGIT.test(text[at - 1 - left] ?? '')) left++
  let right = 0
  while (right < 4 && DIGIT.test(text[at + 1 + right] ?? '')) right++
  if (right !== 3 || left > 3) return false
  // A bare group in the middle ("12 000 000") must itself follow a group; a first group stands alone.
  return !/[.,/:-]/.test(text[at - 1 - left] ?? '')
}

/** A minus sign glued to a number belongs to it: "-5 %" is not "5 %". */
function isSigned(text: string, at: number): boolean {
  if (!DIGIT.test(text[at]!) || !/[-−]/.test(text[at - 1]!)) return false
  return at < 2 || /[\s('[]/.test(text[at - 2]!)
}

function charAt(text: string, at: number): string {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

function charBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1)
  return low >= 0xdc00 && low < 0xe000 && at > 1 ? text.slice(at - 2, at) : text[at - 1]!
}
