/** Names of people and companies, none used twice in one world. */
import type { Culture, Mention } from './data/names.ts'
import { FIRST_NAMES, isWoman, LAST_NAMES, MENTIONED, STEM_PARTS } from './data/names.ts'
import { slug } from './format.ts'
import type { Random } from './random.ts'

export interface Naming {
  stem(random: Random, culture: Culture): string
  person(random: Random, culture: Culture, only?: 'men'): { name: string; firstName: string }
  /** A company that is only mentioned. */
  mention(random: Random, culture: Culture, role: Mention): string
  domain(name: string): string
  /** True the first time it is asked for a name: so that one person is not two contacts. */
  claim(name: string): boolean
}

export function createNaming(): Naming {
  const taken = new Set<string>()
  const claimed = new Set<string>()
  /** Repeats `make` until it gives something new; after many tries a numeral is added, so that it always ends. */
  const fresh = (make: () => string): string => {
    for (let i = 0; i < 40; i++) {
      const candidate = make()
      if (!taken.has(candidate)) {
        taken.add(candidate)
        return candidate
      }
    }
    let n = 2
    const base = make()
    while (taken.has(`${base} ${n}`)) n++
    taken.add(`${base} ${n}`)
    return `${base} ${n}`
  }
  const stem = (random: Random, culture: Culture): string =>
    fresh(() => {
      const [heads, tails] = STEM_PARTS[culture]
      // One in three stems of a large world is a double name: the single ones run out at a few hundred a culture.
      const first = random.pick(heads) + random.pick(tails)
      return taken.size > 900 && random.chance(0.5) ? `${first}-${random.pick(LAST_NAMES[culture])}` : first
    })
  return {
    stem,
    person: (random, culture, only) => {
      const firsts = FIRST_NAMES[culture].filter(first => only === undefined || !isWoman(first))
      const name = fresh(() => {
        const last = random.pick(LAST_NAMES[culture])
        const double = taken.size > 900 ? `-${random.pick(LAST_NAMES[culture])}` : ''
        return `${random.pick(firsts)} ${last}${double}`
      })
      return { name, firstName: name.split(' ')[0] as string }
    },
    mention: (random, culture, role) => `${stem(random, culture)} ${random.pick(MENTIONED[culture][role])}`,
    claim: name => {
      const first = !claimed.has(name)
      claimed.add(name)
      return first
    },
    domain: name => `${fresh(() => slug(name))}.example`.replaceAll(' ', '-'),
  }
}
