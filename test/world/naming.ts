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
  /**
   * Repeats `make` until it gives something new. From the tenth try on it is asked for a double name, since the single
   * ones of a culture run out at a few hundred; in the end a numeral is added, so that it always ends.
   */
  const fresh = (make: (double: boolean) => string): string => {
    for (let attempt = 0; attempt < 40; attempt++) {
      const candidate = make(attempt >= 10)
      if (!taken.has(candidate)) {
        taken.add(candidate)
        return candidate
      }
    }
    const base = make(true)
    let n = 2
    while (taken.has(`${base} ${n}`)) n++
    taken.add(`${base} ${n}`)
    return `${base} ${n}`
  }
  const lastName = (random: Random, culture: Culture, double: boolean): string =>
    random.sample(LAST_NAMES[culture], double ? 2 : 1).join('-')
  const stem = (random: Random, culture: Culture): string =>
    fresh(double => {
      const [heads, tails] = STEM_PARTS[culture]
      const single = random.pick(heads) + random.pick(tails)
      return double ? `${single}-${random.pick(LAST_NAMES[culture])}` : single
    })
  return {
    stem,
    person: (random, culture, only) => {
      const firsts = FIRST_NAMES[culture].filter(first => only === undefined || !isWoman(first))
      const name = fresh(double => `${random.pick(firsts)} ${lastName(random, culture, double)}`)
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
