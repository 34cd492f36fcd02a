/** Readings of texts that are asked for again: a sentence is read for every claim on it, and by several rules. */

/** More than the sentences that the claims on one company touch; few, since each may hold the page it was cut from. */
const MOST = 300

/** `read`, with what it made of the last texts kept. Whoever is given a reading must not change it. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return text => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = read(text)
    if (known.size >= MOST) known.clear()
    known.set(text, made)
    return made
  }
}
