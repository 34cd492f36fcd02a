/** One slip of the keyboard (a letter left out, added, changed or swapped with its neighbour) in a long word. */

/** Shorter words differ by one letter too often to be the same. */
const MIN_LENGTH = 7

/** The only known word within one slip; null when there is none or when there are several. */
export function nearest(word: string, known: Iterable<string>): string | null {
  if (word.length < MIN_LENGTH) return null
  let found: string | null = null
  for (const candidate of known) {
    if (candidate === found || candidate.length < MIN_LENGTH || !oneSlip(word, candidate)) continue
    if (found !== null) return null
    found = candidate
  }
  return found
}

function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  const restA = a.slice(at)
  const restB = b.slice(at)
  if (a.length === b.length)
    return (
      restA.slice(1) === restB.slice(1) ||
      (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
    )
  return a.length > b.length ? restA.slice(1) === restB : restA === restB.slice(1)
}
