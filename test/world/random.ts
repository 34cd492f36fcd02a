/**
 * Seeded randomness. Every part of the world forks its own stream by name, so that a change in one part moves no other.
 */

export interface Random {
  /** In [0, 1). */
  next(): number
  /** Whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** `count` different items, fewer when there are not as many. */
  sample<T>(items: readonly T[], count: number): T[]
  fork(name: string): Random
}

/** FNV-1a over UTF-16 units: spreads names over 32 bits. */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  return h >>> 0
}

/** Generator: mulberry32 (Tommy Ettinger, public domain). */
export function createRandom(seed: string): Random {
  let state = hash(seed)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error(`nothing to pick from (stream ${seed})`)
    return items[int(0, items.length - 1)] as T
  }
  const sample = <T>(items: readonly T[], count: number): T[] => {
    const rest = [...items]
    const out: T[] = []
    while (out.length < count && rest.length > 0) out.push(...rest.splice(int(0, rest.length - 1), 1))
    return out
  }
  return {
    next,
    int,
    pick,
    sample,
    chance: probability => next() < probability,
    fork: name => createRandom(`${seed}/${name}`),
  }
}
