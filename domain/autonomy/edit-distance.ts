/** How much of a text was changed, in words: V. I. Levenshtein's distance over words, each put in, taken out or replaced counting one. */

export interface EditDistance {
  distance: number
  /** Words of the longer text. */
  length: number
}

export function editDistance(before: string, after: string): EditDistance {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const distance = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return { distance, length: Math.max(a.length, b.length) }
}

/** Share of the words that was changed, 0 to 1; of two empty texts none. */
export const changedShare = ({ distance, length }: EditDistance): number => (length === 0 ? 0 : distance / length)

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(word => word !== '')

/** One row at a time: memory in the length of one text. */
function between(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (const [i, word] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (word === other ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}
