import { describe, expect, it } from 'vitest'
import { gradeDealUpdates, gradeFacts, gradeLabels, gradeQualification, generateWorld, replySamples } from './index.ts'
import type { FoundFact, PlantedFact } from './index.ts'
import { numbersOf } from './values.ts'

const world = generateWorld({ seed: 'grade', leads: 80, now: new Date('2026-03-10T09:00:00Z') })
const plain = world.truth.facts.filter(f => f.plain)
const asFound = (f: PlantedFact): FoundFact => ({ ...f, quote: f.sentence, url: f.pageUrl })

describe('gradeFacts', () => {
  it('gives full marks to a reader who finds everything, once', () => {
    const grade = gradeFacts(world, [...plain, ...plain].map(asFound))
    expect(grade.found).toBe(grade.planted)
    expect([grade.precision, grade.recall]).toEqual([1, 1])
    expect(grade.missed).toEqual([])
  })

  it('counts what is missed, and only on the pages that count', () => {
    const companyPages = (url: string): boolean => url.startsWith(plain[0]?.pageUrl ?? '')
    const grade = gradeFacts(world, [], { pages: companyPages })
    expect(grade.planted).toBeGreaterThan(0)
    expect(grade.planted).toBeLessThan(gradeFacts(world, []).planted)
    expect(grade.missed).toHaveLength(grade.planted)
    expect(grade.recall).toBe(0)
  })

  it('catches every trap taken as a fact', () => {
    const grade = gradeFacts(world, world.truth.traps.map(asFound))
    const caught = new Set(grade.trapped.map(t => `${t.trap.sentence} ${t.trap.companyDomain}`))
    const missed = world.truth.traps.filter(t => !caught.has(`${t.sentence} ${t.companyDomain}`))
    expect(missed).toEqual([])
    expect(grade.precision).toBe(0)
  })

  it('lets pass what is old and said to be so', () => {
    const old = world.truth.traps.filter(t => t.trap === 'out_of_date')
    const grade = gradeFacts(
      world,
      old.map(t => ({ ...asFound(t), when: '2019-01-01' })),
    )
    expect(grade.trapped).toEqual([])
  })

  it('takes no date as an excuse for other traps', () => {
    const others = world.truth.traps.filter(t => t.trap !== 'out_of_date')
    const dated = others.map(t => ({ ...asFound(t), when: '2019-01-01' }))
    expect(gradeFacts(world, dated).trapped).toHaveLength(others.length)
  })

  it('knows a value in other spelling, and a wrong one', () => {
    const revenue = plain.find(f => f.kind === 'revenue') as PlantedFact
    const amount = numbersOf(revenue.parts[0] as string)[0] as number
    const spelt = { ...asFound(revenue), value: `about ${amount / 1e6} million a year` }
    const written = { ...asFound(revenue), value: `EUR ${amount.toLocaleString('en')}` }
    const wrong = { ...asFound(revenue), value: `EUR ${amount + 1}` }
    expect(gradeFacts(world, [spelt], { kinds: ['revenue'] }).found).toBe(1)
    expect(gradeFacts(world, [written], { kinds: ['revenue'] }).found).toBe(1)
    expect(gradeFacts(world, [wrong], { kinds: ['revenue'] })).toMatchObject({
      found: 0,
      precision: 0,
      unplanted: [wrong],
    })
  })
})

it('numbers are read with their separators and scale', () => {
  expect(numbersOf('4,5 Millionen Euro')).toEqual([4_500_000])
  expect(numbersOf('€1.2 million of 12,400')).toEqual([1_200_000, 12_400])
  expect(numbersOf('400\u00a0000 euros en 2025')).toEqual([400_000, 2025])
})

describe('graders of conversations', () => {
  it('grade labels', () => {
    const samples = replySamples(world)
    expect(gradeLabels(world, samples).accuracy).toBe(1)
    const all = gradeLabels(
      world,
      samples.map(s => ({ ...s, label: 'interested' as const })),
    )
    expect(all.accuracy).toBeLessThan(0.6)
    expect(all.wrong.length).toBe(all.total - all.right)
    expect(() => gradeLabels(world, [{ answerId: 'nobody#0', label: 'other' }])).toThrow(/no answer/)
  })

  it('grade qualification, silence counted as unknown', () => {
    const { factors } = world.truth
    expect(gradeQualification(world, factors).accuracy).toBe(1)
    const none = gradeQualification(
      world,
      [],
      factors.map(f => f.sourceId),
    )
    expect(none.invented).toEqual([])
    expect(none.missed).toEqual(factors.filter(f => f.status !== 'unknown'))
    const eager = gradeQualification(
      world,
      factors.map(f => ({ ...f, status: 'met' as const })),
    )
    expect(eager.invented).toEqual(factors.filter(f => f.status !== 'met'))
  })

  it('grade deal updates', () => {
    const { dealUpdates } = world.truth
    expect(gradeDealUpdates(world, dealUpdates)).toMatchObject({ precision: 1, recall: 1 })
    const amount = dealUpdates.filter(u => u.field === 'amount')
    expect(
      gradeDealUpdates(
        world,
        amount.map(u => ({ ...u, value: `${u.value}0`.replace('EUR0', 'USD') })),
      ).found,
    ).toBe(0)
  })
})
