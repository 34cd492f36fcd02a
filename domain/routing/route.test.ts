import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTerritories, type Territories } from './parse.ts'
import { type Person, routeLead } from './route.ts'

const TEXT = `territories: 1
list:
  - { name: DACH packaging, countries: [DE, AT, CH], industries: [packaging], people: [anna@our.example] }
  - { name: Large, employees: { from: 1000 }, people: [bo@our.example] }
  - { name: Everywhere, people: everyone }
`
const territories = parseTerritories(TEXT, 't.yaml').territories as Territories
const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  email: `${id}@our.example`,
  capacity: null,
  open: 0,
  lastAssignedAt: null,
  ...more,
})
const lead = { country: 'DE', industry: 'packaging', employees: 240, source: 'form' }

describe('routing', () => {
  it('takes the first territory that the lead belongs to, and says why', () => {
    const routed = routeLead(territories, lead, [person('bo'), person('anna')])
    expect(routed.ownerId).toBe('anna')
    expect(routed.reason).toBe('Territory DACH packaging (country DE, industry packaging): the only one with room.')
  })

  it('does not take an unknown for a yes', () => {
    const routed = routeLead(territories, { ...lead, country: null, employees: null }, [
      person('anna'),
      person('bo', { lastAssignedAt: '2026-01-01T00:00:00Z' }),
    ])
    expect(routed.reason).toContain('Territory Everywhere')
  })

  it('passes on when everyone is at capacity, and says so', () => {
    const routed = routeLead(territories, lead, [person('anna', { capacity: 3, open: 3 }), person('bo')])
    expect(routed.ownerId).toBe('bo')
    expect(routed.reason).toContain('everyone in DACH packaging is at capacity')
    const none = routeLead(territories, lead, [person('anna', { capacity: 3, open: 3 })])
    expect(none.ownerId).toBeNull()
    expect(none.reason).toContain('Nobody is free')
  })

  it('never exceeds anyone’s capacity, and shares fairly among those with room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (capacities, leads) => {
          const people = capacities.map((capacity, index) => person(`p${index}`, { capacity }))
          for (let n = 0; n < leads; n++) {
            const { ownerId } = routeLead(territories, { ...lead, country: 'FR' }, people)
            const owner = people.find(one => one.id === ownerId)
            if (!owner) break
            owner.open += 1
            owner.lastAssignedAt = new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()
          }
          for (const one of people) expect(one.open).toBeLessThanOrEqual(one.capacity ?? 0)
          // With everyone at capacity there is nobody left to be fair to.
          const withRoom = people.filter(one => one.open < (one.capacity ?? 0)).map(one => one.open)
          const least = Math.min(...withRoom, Math.max(...people.map(one => one.open)))
          expect(Math.max(...people.map(one => one.open)) - least).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})

describe('the territories file', () => {
  it.each([
    ['a country that is none', 'countries: [DE, AT, CH]', 'countries: [Germany]', /two capital letters/],
    ['a range upside down', 'from: 1000', 'from: 1000, to: 10', /no company has/],
    ['two of one name', 'name: Large', 'name: Everywhere', /two territories/],
    ['nobody', 'people: everyone', 'people: []', /./],
  ])('names %s with its place', (_, from, to, message) => {
    const { territories: read, problems } = parseTerritories(TEXT.replace(from, to), 't.yaml')
    expect(read).toBeUndefined()
    expect(problems[0]?.message).toMatch(message)
    expect(problems[0]?.line).toBeGreaterThan(2)
  })
})
