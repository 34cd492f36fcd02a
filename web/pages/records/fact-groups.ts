/** Facts by what they are about, and where sources disagree. */
import type { Fact } from './record.ts'

export interface FactValue {
  value: string
  /** Newest first: all that say so. */
  facts: Fact[]
}

export interface FactGroup {
  kind: string
  values: FactValue[]
  /** There can be only one, and sources give several. */
  disagree: boolean
}

/** Of these there is one at a time. */
const SINGLE: ReadonlySet<string> = new Set([
  'founded',
  'employees',
  'headquarters',
  'industry',
  'revenue',
  'budget',
  'timing',
])

/** What they are told in before a call: who they are, what moves them, whom they work with. */
const ORDER = [
  'description',
  'need',
  'budget',
  'authority',
  'timing',
  'industry',
  'employees',
  'founded',
  'headquarters',
  'office',
  'revenue',
  'funding',
  'leader',
  'hiring',
  'expansion',
  'acquisition',
  'launch',
  'news',
  'offering',
  'customer',
  'partner',
  'technology',
]

export function groupFacts(facts: readonly Fact[]): FactGroup[] {
  const kinds = new Map<string, Map<string, FactValue>>()
  for (const fact of facts) {
    const values = kinds.get(fact.kind) ?? new Map<string, FactValue>()
    kinds.set(fact.kind, values)
    const key = sameness(fact)
    const known = values.get(key)
    if (known) known.facts.push(fact)
    else values.set(key, { value: fact.value, facts: [fact] })
  }
  const rank = (kind: string) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length)
  return [...kinds]
    .map(([kind, values]) => ({
      kind,
      values: [...values.values()],
      disagree: SINGLE.has(kind) && values.size > 1,
    }))
    .toSorted((a, b) => Number(b.disagree) - Number(a.disagree) || rank(a.kind) - rank(b.kind) || 0)
}

/** Two facts with the same are one value: "about 250" and "250 people" are; "51-200" and "250" are not. */
function sameness({ kind, value }: Fact): string {
  const numbers = value.replaceAll(/(?<=\d)[.,\s](?=\d{3}\b)/g, '').match(/\d+(?:[.,]\d+)?/g)
  if ((kind === 'employees' || kind === 'founded') && numbers) return numbers.join('-')
  return value
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
