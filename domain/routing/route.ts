/** Who gets a lead: the first territory it belongs to, its people with room, and of these whoever has waited longest. */
import type { Territories, Territory } from './parse.ts'

/** Null is unknown: a territory that asks for it does not take the lead. */
export interface RoutedLead {
  country: string | null
  industry: string | null
  employees: number | null
  source: string
}

export interface Person {
  id: string
  email: string
  /** Open leads at most; null: no limit. */
  capacity: number | null
  open: number
  /** ISO instant; null: never. */
  lastAssignedAt: string | null
}

export interface Routed {
  ownerId: string | null
  reason: string
}

export function routeLead(territories: Territories, lead: RoutedLead, people: readonly Person[]): Routed {
  const full: string[] = []
  for (const territory of territories.list) {
    if (!takes(territory, lead)) continue
    const members = people.filter(person => territory.people === 'everyone' || territory.people.includes(person.email))
    const free = members.filter(person => person.capacity === null || person.open < person.capacity)
    const [next] = free.toSorted(byWaiting)
    if (next) return { ownerId: next.id, reason: reasonOf(territory, lead, members, free, full) }
    full.push(members.length === 0 ? `${territory.name} has nobody` : `everyone in ${territory.name} is at capacity`)
  }
  return {
    ownerId: null,
    reason:
      full.length > 0
        ? `Nobody is free: ${full.join('; ')}.`
        : 'No territory takes this lead: add one that does to the territories file.',
  }
}

function takes(territory: Territory, lead: RoutedLead): boolean {
  const { countries, industries, sources, employees } = territory
  if (countries && !(lead.country !== null && countries.includes(lead.country.toUpperCase()))) return false
  if (industries && !industries.some(industry => industry.toLowerCase() === lead.industry?.toLowerCase())) return false
  if (sources && !sources.includes(lead.source)) return false
  if (!employees) return true
  return (
    lead.employees !== null && lead.employees >= (employees.from ?? 0) && lead.employees <= (employees.to ?? Infinity)
  )
}

/** Round robin: never assigned first, then longest ago; equal ones by id, so that the order is the same everywhere. */
function byWaiting(a: Person, b: Person): number {
  return (a.lastAssignedAt ?? '').localeCompare(b.lastAssignedAt ?? '') || a.id.localeCompare(b.id)
}

function reasonOf(
  territory: Territory,
  lead: RoutedLead,
  members: readonly Person[],
  free: readonly Person[],
  full: readonly string[],
): string {
  const why = [
    territory.countries ? `country ${lead.country}` : null,
    territory.industries ? `industry ${lead.industry}` : null,
    territory.employees ? `${lead.employees} employees` : null,
    territory.sources ? `source ${lead.source}` : null,
  ].filter(part => part !== null)
  const turn = free.length > 1 ? `next in turn of ${free.length}` : 'the only one with room'
  const passed = members.length > free.length ? `; ${members.length - free.length} at capacity` : ''
  const before = full.length > 0 ? `; before that, ${full.join(', ')}` : ''
  return `Territory ${territory.name}${why.length > 0 ? ` (${why.join(', ')})` : ''}: ${turn}${passed}${before}.`
}
