/** Folding and tokens: the ground that every rule of the evidence check stands on. */

export interface Span {
  start: number
  end: number
}

export interface Token extends Span {
  text: string
  /** Lower case, without accents, `ß` as `ss`: how words are compared. */
  fold: string
  /** Begins with a capital letter. */
  capital: boolean
}

const WORD = /[\p{L}\p{N}]+(?:['’&][\p{L}\p{N}]+)*/gu
const MARKS = /\p{M}+/gu

/** Lower case, accents removed, typographic apostrophes made plain. The result may differ in length from the input. */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return text.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('’', "'")
}

/** Most of all text is, and is folded faster. */
export function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
  return /^[\x00-\x7F]*$/.test(text)
}

/** The words and numbers of `text` between `start` and `end`, hyphens apart, apostrophes and `&` inside. */
export function tokens(text: string, start = 0, end = text.length): Token[] {
  const found: Token[] = []
  for (const match of text.slice(start, end).matchAll(WORD)) {
    const word = match[0]
    const at = start + match.index
    found.push({ text: word, fold: fold(word), start: at, end: at + word.length, capital: /^\p{Lu}/u.test(word) })
  }
  return found
}

/** Whether two stretches share at least one character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

/** The element of a sorted, non-overlapping list that holds `at`, or undefined. Binary search. */
export function spanAt<T extends Span>(list: readonly T[], at: number): T | undefined {
  const index = lastStartingBy(list, at)
  const span = list[index]
  return span && at < span.end ? span : undefined
}

/** Index of the last element that starts at or before `at` in a list sorted by start; -1 when there is none. */
export function lastStartingBy(list: readonly Span[], at: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]!.start <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
