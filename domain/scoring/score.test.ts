import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseScoring, type Scoring } from './parse.ts'
import { scoreLead, type ScoredLead } from './score.ts'

const shipped = readFileSync(new URL('../../playbooks/scoring.yaml', import.meta.url), 'utf8')
const scoring = parseScoring(shipped, 'scoring.yaml').scoring as Scoring
const NOW = '2026-03-02T09:00:00Z'

const nobody: ScoredLead = {
  lead: { source: 'import', status: 'new', campaign: null },
  account: null,
  contact: null,
  facts: [],
  factors: [],
  engagement: { messages: [], wroteForm: false, lastAt: null },
}
const good: ScoredLead = {
  ...nobody,
  account: { industry: 'packaging', country: 'DE', employees: 240 },
  contact: { title: 'Operations Director', country: 'DE' },
  engagement: { messages: [], wroteForm: true, lastAt: null },
}

const anyLead = fc.record<ScoredLead>({
  lead: fc.record({
    source: fc.constantFrom('form', 'import'),
    status: fc.constant('new'),
    campaign: fc.constant(null),
  }),
  account: fc.option(
    fc.record({
      industry: fc.option(fc.constantFrom('packaging', 'beverages', 'banking')),
      country: fc.option(fc.constantFrom('DE', 'FR')),
      employees: fc.option(fc.integer({ min: 0, max: 20_000 })),
    }),
  ),
  contact: fc.option(
    fc.record({
      title: fc.option(fc.constantFrom('Managing Director', 'Planner', 'Intern')),
      country: fc.constant(null),
    }),
  ),
  facts: fc.array(
    fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('hiring', 'employees', 'news'),
      value: fc.constantFrom('about 250', '51-200', 'planner'),
    }),
    { maxLength: 6 },
  ),
  factors: fc.array(
    fc.record({
      factor: fc.constantFrom('need', 'budget', 'authority', 'timing'),
      status: fc.constantFrom('met', 'unmet', 'unknown'),
      factIds: fc.constant([]),
    }),
    { maxLength: 4 },
  ),
  engagement: fc.record({
    messages: fc.array(
      fc.record({
        label: fc.constantFrom('interested', 'out_of_office', 'not_now'),
        at: fc.constant('2026-02-20T09:00:00Z'),
      }),
      { maxLength: 3 },
    ),
    wroteForm: fc.boolean(),
    lastAt: fc.constant(null),
  }),
})

describe('a score', () => {
  it('lies between 0 and 100 and is the sum of its parts, group by group', () => {
    fc.assert(
      fc.property(anyLead, lead => {
        const { value, fit, engagement, parts } = scoreLead(scoring, lead, NOW)
        const sum = (of: typeof parts) => Math.round(of.reduce((total, part) => total + part.points * 10, 0)) / 10
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(100)
        expect(sum(parts)).toBeCloseTo(value, 9)
        expect(sum(parts.filter(part => part.group === 'fit'))).toBeCloseTo(fit, 9)
        expect(fit + engagement).toBeCloseTo(value, 9)
      }),
    )
  })

  it('shows what is unknown as unknown and takes no points off for it', () => {
    const known = scoreLead(scoring, good, NOW)
    const budget = known.parts.find(part => part.name === 'budget')
    expect(budget).toMatchObject({ status: 'unknown', points: 0 })
    const unmet = scoreLead(
      scoring,
      { ...good, factors: [{ factor: 'budget', status: 'unmet', factIds: ['f1'] }] },
      NOW,
    )
    expect(unmet.value).toBeLessThan(known.value)
    expect(unmet.parts.find(part => part.name === 'budget')).toMatchObject({
      status: 'known',
      points: 0,
      factIds: ['f1'],
    })
  })

  it('never rises when a factor turns from met to unmet, and never falls when one is met', () => {
    fc.assert(
      fc.property(
        anyLead,
        fc.constantFrom('need' as const, 'budget' as const, 'authority' as const, 'timing' as const),
        (lead, factor) => {
          const others = lead.factors.filter(one => one.factor !== factor)
          const at = (status: 'met' | 'unmet') =>
            scoreLead(scoring, { ...lead, factors: [...others, { factor, status, factIds: [] }] }, NOW).value
          expect(at('met')).toBeGreaterThanOrEqual(at('unmet'))
        },
      ),
    )
  })

  it('is held down while little is known, and held by a cap outside the market', () => {
    const onlyIndustry = scoreLead(
      scoring,
      { ...nobody, account: { industry: 'packaging', country: null, employees: null } },
      NOW,
    )
    expect(onlyIndustry.value).toBeLessThanOrEqual((100 * 20) / scoring.known_floor)
    const tiny = scoreLead(scoring, { ...good, account: { industry: 'packaging', country: 'DE', employees: 4 } }, NOW)
    expect(tiny.value).toBe(30)
    expect(tiny.parts.at(-1)).toMatchObject({
      name: 'company size: outside',
      reason: expect.stringContaining('4 employees'),
    })
    expect(tiny.parts.at(-1)?.points).toBeLessThan(0)
  })

  it('lets an answer fade by half in its half life', () => {
    const answered = (at: string) =>
      scoreLead(
        scoring,
        { ...good, engagement: { wroteForm: true, lastAt: at, messages: [{ label: 'interested', at }] } },
        NOW,
      ).parts.find(part => part.name === 'answers')?.points ?? 0
    const fresh = answered(NOW)
    const old = answered('2026-01-31T09:00:00Z')
    expect(old).toBeCloseTo(fresh / 2, 0)
  })
})

describe('the scoring file', () => {
  it('ships without a mistake', () => {
    expect(parseScoring(shipped, 'scoring.yaml').problems).toEqual([])
  })

  it.each([
    ['parts that do not make 100', 'max: 20\n    by: industry', 'max: 19\n    by: industry', /add up to 99/],
    ['more points than the max', 'packaging: 20', 'packaging: 21', /can give 21 points/],
    ['an unknown key', 'known_floor: 50', 'known_floor: 50\ncolour: red', /colour/i],
    ['an unknown factor', 'factor: need', 'factor: wish', /./],
    ['two parts of one name', 'name: role', 'name: industry', /two parts are called/],
  ])('names %s with line and column', (_, from, to, message) => {
    const { scoring: read, problems } = parseScoring(shipped.replace(from, to), 'scoring.yaml')
    expect(read).toBeUndefined()
    expect(problems[0]?.message).toMatch(message)
    expect(problems[0]?.line).toBeGreaterThan(0)
    expect(problems[0]?.file).toBe('scoring.yaml')
  })
})
