/** Graders: what the agents found, held against what the world was made from. */
import type { FactKind } from '../../domain/evidence/types.ts'
import type { PlantedFact, World } from './types.ts'
import { coverage, fold, numbersOf, overlaps } from './values.ts'

export interface FoundFact {
  companyDomain: string
  kind: FactKind
  value: string
  quote: string
  url?: string
  /** ISO date the fact is said to hold for; what is old and dated so is no mistake. */
  when?: string | null
}

export interface FactGrade {
  /** Facts stated plainly on the pages that count, each once. */
  planted: number
  found: number
  missed: PlantedFact[]
  /** Found facts that stand on a trap, with it. */
  trapped: { found: FoundFact; trap: PlantedFact }[]
  /** Neither planted nor otherwise true, as far as the world knows. */
  unplanted: FoundFact[]
  /** right / (right + trapped + unplanted), repeats of one fact counted once. */
  precision: number
  /** found / planted. */
  recall: number
  byKind: Partial<Record<FactKind, { planted: number; found: number }>>
}

export interface FactGradeOptions {
  /** Count only facts that stand on these pages, for example those within the page limit. Default: all. */
  pages?: (url: string) => boolean
  kinds?: readonly FactKind[]
}

/** Kinds under which a planted fact may also be told without being wrong; it does not count as found then. */
const ALSO: Partial<Record<FactKind, FactKind[]>> = {
  offering: ['launch'],
  launch: ['offering'],
  office: ['expansion'],
  expansion: ['office'],
  leader: ['authority'],
  authority: ['leader'],
  news: ['launch', 'funding', 'expansion', 'acquisition', 'award', 'closure', 'timing'],
  description: ['industry', 'offering'],
  industry: ['description'],
}

export function gradeFacts(world: World, found: readonly FoundFact[], options: FactGradeOptions = {}): FactGrade {
  const ofKind = (kind: FactKind): boolean => options.kinds?.includes(kind) ?? true
  const counts = (fact: PlantedFact): boolean => ofKind(fact.kind) && (options.pages?.(fact.pageUrl) ?? true)
  const planted = distinct(world.truth.facts.filter(fact => fact.plain && counts(fact)))
  const facts = byDomain(world.truth.facts)
  const traps = byDomain(world.truth.traps)
  const hits = new Set<string>()
  const right = new Set<string>()
  const grade: FactGrade = {
    planted: planted.length,
    found: 0,
    missed: [],
    trapped: [],
    unplanted: [],
    precision: 1,
    recall: 1,
    byKind: {},
  }
  for (const item of distinctFound(found).filter(f => ofKind(f.kind))) {
    const trap = (traps.get(item.companyDomain) ?? []).find(t => isTrapped(item, t))
    if (trap) {
      // Rightly dated, the old is history and no mistake; it counts neither way.
      if (!(trap.trap === 'out_of_date' && item.when)) grade.trapped.push({ found: item, trap })
      continue
    }
    if (tellsOfAnEnd(item, traps.get(item.companyDomain) ?? [])) continue
    const about = facts.get(item.companyDomain) ?? []
    const same = about.filter(fact => fact.kind === item.kind && saysTheSame(item, fact))
    for (const fact of same) hits.add(keyOf(fact))
    const alsoTrue = about.some(fact => ALSO[item.kind]?.includes(fact.kind) && saysTheSame(item, fact))
    if (same.length > 0 || alsoTrue || isInTheirWords(item, about) || isOnRecord(world, item))
      right.add(`${item.companyDomain} ${item.kind} ${fold(item.value)}`)
    else grade.unplanted.push(item)
  }
  for (const fact of planted) {
    const count = (grade.byKind[fact.kind] ??= { planted: 0, found: 0 })
    count.planted++
    if (hits.has(keyOf(fact))) count.found++
    else grade.missed.push(fact)
  }
  grade.found = planted.length - grade.missed.length
  grade.recall = planted.length === 0 ? 1 : grade.found / planted.length
  const wrong = grade.trapped.length + grade.unplanted.length
  grade.precision = right.size + wrong === 0 ? 1 : right.size / (right.size + wrong)
  return grade
}

const keyOf = (fact: PlantedFact): string => `${fact.companyDomain} ${fact.kind} ${fact.value}`

function distinct(facts: PlantedFact[]): PlantedFact[] {
  return [...new Map(facts.map(fact => [keyOf(fact), fact])).values()]
}

/** One found fact often stands on several pages, as an address in every footer does. */
function distinctFound(found: readonly FoundFact[]): FoundFact[] {
  const key = (f: FoundFact): string => [f.companyDomain, f.kind, fold(f.value), fold(f.quote), f.when ?? ''].join('\n')
  return [...new Map(found.map(f => [key(f), f])).values()]
}

function byDomain(facts: PlantedFact[]): Map<string, PlantedFact[]> {
  const out = new Map<string, PlantedFact[]>()
  for (const fact of facts) {
    const list = out.get(fact.companyDomain)
    if (list) list.push(fact)
    else out.set(fact.companyDomain, [fact])
  }
  return out
}

/** The quote must lie in the trap's sentence and the value be the trap's: a true neighbour in the quote is no mistake. */
function isTrapped(found: FoundFact, trap: PlantedFact): boolean {
  const sameKind = found.kind === trap.kind || trap.trap === 'hidden' || trap.trap === 'injection'
  return (
    sameKind && overlaps(found.quote, trap.sentence) && trap.parts.every(part => holds(found.value, part, trap.kind))
  )
}

function saysTheSame(found: FoundFact, fact: PlantedFact): boolean {
  if (fact.parts.length === 0) return overlaps(found.quote, fact.sentence)
  return fact.parts.every(part => holds(found.value, part, fact.kind))
}

/** An office that is no more is a trap for who takes it for an office; to say that it was closed is neither asked nor wrong. */
function tellsOfAnEnd(found: FoundFact, traps: readonly PlantedFact[]): boolean {
  return (
    found.kind === 'closure' &&
    traps.some(
      ({ trap, kind, sentence }) => trap === 'out_of_date' && kind === 'office' && overlaps(found.quote, sentence),
    )
  )
}

/** What a company provides, told as its offering: the value is the phrase that its description was made from, or most of it. */
function isInTheirWords(found: FoundFact, about: readonly PlantedFact[]): boolean {
  if (found.kind !== 'offering' || found.value === '') return false
  return about.some(
    ({ kind, value, sentence }) =>
      kind === 'description' &&
      overlaps(found.quote, sentence) &&
      fold(value).includes(fold(found.value)) &&
      coverage(value, found.value) >= 0.6,
  )
}

const NUMERIC: readonly FactKind[] = ['founded', 'employees', 'revenue', 'funding', 'budget']

/** Whether a value holds a part: figures by their amount, names by their words, longer phrases by most of them. */
function holds(value: string, part: string, kind: FactKind): boolean {
  if (kind === 'phone') return value.replace(/\D/g, '').endsWith(part.replace(/\D/g, '').slice(-8))
  if (NUMERIC.includes(kind)) {
    const numbers = numbersOf(value)
    return numbersOf(part).every(number => numbers.includes(number))
  }
  if (fold(value).includes(fold(part))) return true
  const loose = kind === 'hiring' || kind === 'industry' || kind === 'leader' || kind === 'timing'
  return coverage(part, value) >= (loose ? 0.6 : 1)
}

/** What stands in every footer and data block, planted in a sentence or not. */
function isOnRecord(world: World, found: FoundFact): boolean {
  const company = world.companies.find(c => c.domain === found.companyDomain)
  if (!company) return false
  if (found.kind === 'headquarters') return holds(found.value, company.city, found.kind)
  if (found.kind === 'employees') return numbersOf(found.value).includes(company.employees)
  if (found.kind === 'email') return fold(found.value) === company.email
  return found.kind === 'phone' && holds(found.value, company.phone, 'phone')
}
