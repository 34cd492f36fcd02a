/** The language: order, terms and their lattice, unknowns, mistakes with their places, words. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASKS, termsOf } from './asks.ts'
import { decideByPolicy } from './decide.ts'
import { describePolicy, policyChanges, policyInWords } from './describe.ts'
import type { SeenBasis, SeenOrigin } from '../privacy/basis.ts'
import { parsePolicy, readPolicy, type Policy } from './parse.ts'
import { subject } from './subject.fixture.ts'
import { atLeast, LOOSEST, tighten, tightest, type PolicyVerdict, type Terms, VERDICTS } from './types.ts'

const KINDS = ['send_mail', 'create_task', 'open_deal']
const file = (rules: string) => `policy: 1\nrules:\n${rules}`
const policyOf = (rules: string): Policy => {
  const { policy, problems } = parsePolicy(file(rules), 'p.yaml', KINDS)
  expect(problems).toEqual([])
  return policy as Policy
}
const problemsOf = (rules: string) => parsePolicy(file(rules), 'p.yaml', KINDS).problems

const terms: fc.Arbitrary<Terms> = fc.record({
  approver: fc.constantFrom('owner', 'manager', 'ops'),
  people: fc.constantFrom(1 as const, 2 as const),
  notByMaker: fc.boolean(),
})
const verdicts: fc.Arbitrary<PolicyVerdict> = fc
  .tuple(terms, fc.constantFrom(...VERDICTS), fc.constantFrom('a', 'b', 'c'))
  .map(([one, verdict, rule]) => ({ ...one, verdict, rule }))

describe('tightening', () => {
  it('is a lattice: the order does not matter, twice is once, and nothing is ever loosened', () => {
    fc.assert(
      fc.property(terms, terms, terms, (a, b, c) => {
        expect(tightest(a, b)).toEqual(tightest(b, a))
        expect(tightest(tightest(a, b), c)).toEqual(tightest(a, tightest(b, c)))
        expect(tightest(a, a)).toEqual(a)
        expect(tightest(a, LOOSEST)).toEqual(a)
      }),
    )
    fc.assert(
      fc.property(verdicts, verdicts, (a, b) => {
        const both = tighten(a, b)
        expect(atLeast(both, a) && atLeast(both, b)).toBe(true)
        expect(atLeast(a, b) && atLeast(b, a)).toBe(
          JSON.stringify({ ...a, rule: '' }) === JSON.stringify({ ...b, rule: '' }),
        )
      }),
    )
  })

  it('a playbook never loosens what any policy says', () => {
    const rule = fc.record({
      decide: fc.constantFrom(...VERDICTS),
      ask: fc.constantFrom(...ASKS),
      maker: fc.boolean(),
      when: fc.option(fc.constantFrom('lead.score > 50.0', 'deal.amount > 1.0', 'recipient.first_contact')),
    })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), terms, fc.boolean(), (rules, playbook, mustAsk) => {
        const text = rules.map((one, n) => {
          const asked = one.decide === 'ask' ? `, ask: ${one.ask}${one.maker ? ', not_by: maker' : ''}` : ''
          return `  - { name: r${n}, decide: ${one.decide}${asked}${one.when ? `, when: '${one.when}'` : ''} }\n`
        })
        const { policy } = readPolicy(rules.length === 0 ? 'policy: 1\nrules: []\n' : file(text.join('')), 'p.yaml')
        const alone = decideByPolicy(policy as Policy, subject())
        const both = decideByPolicy(policy as Policy, subject(), { ...playbook, mustAsk })
        expect(atLeast(both, alone)).toBe(true)
        expect(atLeast(both, { ...playbook, verdict: mustAsk ? 'ask' : 'allow' })).toBe(true)
      }),
    )
  })
})

describe('the first match', () => {
  it('decides, whatever stands behind it; without one a person is asked', () => {
    const rule = fc.record({ matches: fc.boolean(), decide: fc.constantFrom(...VERDICTS) })
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 8 }), rules => {
        const text = rules
          .map(
            ({ matches, decide }, n) =>
              `  - { name: r${n}, decide: ${decide}, when: 'lead.score ${matches ? '>' : '<'} ${n}.5' }\n`,
          )
          .join('')
        const { policy } = readPolicy(file(text), 'p.yaml', KINDS)
        const first = rules.findIndex(({ matches }) => matches)
        expect(decideByPolicy(policy as Policy, subject())).toMatchObject(
          first < 0 ? { verdict: 'ask', rule: 'default' } : { verdict: rules[first]?.decide, rule: `r${first}` },
        )
      }),
    )
  })

  it('may look at the ground on which the recipient’s data is held; what nobody has said is a word, not unknown', () => {
    const text =
      `  - { name: no ground, when: 'recipient.basis == "unknown"', decide: refuse }\n` +
      `  - { name: they agreed, when: 'recipient.basis == "consent" && recipient.origin != "import"', decide: allow }\n`
    const policy = policyOf(text)
    const of = (basis: SeenBasis | null, origin: SeenOrigin = 'form') =>
      decideByPolicy(policy, subject({}, { recipient: { basis, origin } })).verdict
    expect([of('unknown'), of('consent'), of('consent', 'import'), of('contract'), of(null)]).toEqual([
      'refuse',
      'allow',
      'ask',
      'ask',
      'ask',
    ])
    // As written down before there was such a word.
    const before = subject()
    delete (before.recipient as Partial<typeof before.recipient>).basis
    expect(decideByPolicy(policy, before).verdict).toBe('ask')
    expect(readPolicy(file(text.replace('consent', 'consnt')), 'p.yaml', KINDS).problems).toMatchObject([
      { line: 4, message: expect.stringContaining('consnt') },
    ])
  })

  it('of an unknown condition only makes the answer stricter', () => {
    const policy = policyOf(
      `  - { name: dear, when: 'money.amount > 100', decide: ask, ask: two managers }\n  - { name: rest, decide: refuse }\n`,
    )
    expect(decideByPolicy(policy, subject())).toMatchObject({ verdict: 'refuse', people: 2, approver: 'manager' })
    const allowed = policyOf(
      `  - { name: proven, when: 'agent.lower_bound >= 0.9', decide: allow }\n  - { name: rest, decide: ask, ask: manager }\n`,
    )
    expect(decideByPolicy(allowed, subject())).toMatchObject({ verdict: 'ask', approver: 'manager' })
    const proven = subject({}, { agent: { cases: 80, unchanged: 79, lower_bound: 0.93 } })
    expect(decideByPolicy(allowed, proven).verdict).toBe('allow')
  })

  it.each([
    ['recipient.free_mail', { recipient: { free_mail: true } }],
    ['recipient.first_contact && recipient.country == "FR"', { recipient: { first_contact: true, country: 'FR' } }],
    [
      'recipient.hour >= 18 || recipient.weekday in ["Saturday", "Sunday"]',
      { recipient: { weekday: 'Sunday' as const } },
    ],
    ['!claims.quoted', { claims: { quoted: false } }],
    ['claims.oldest_days > 365', { claims: { oldest_days: 400 } }],
    ['claims.count == 0', { claims: { count: 0 } }],
    ['money.discount > 10', { money: { discount: 12.5 } }],
    [
      'account.employees > 1000 && deal.stage_kind == "open"',
      { account: { employees: 2000 }, deal: { stage_kind: 'open' } },
    ],
  ])('reads %s', (when, differs) => {
    const policy = policyOf(`  - { name: a, when: '${when}', decide: refuse }\n  - { name: b, decide: allow }\n`)
    expect(decideByPolicy(policy, subject({}, differs)).verdict).toBe('refuse')
    const known = { money: { discount: 5 }, deal: { stage_kind: 'won' } }
    expect(decideByPolicy(policy, subject({}, known)).verdict).toBe('allow')
  })
})

describe('mistakes', () => {
  it.each([
    [`  - { name: a, actions: [send_mial], decide: ask }\n`, 3, 26, /no action 'send_mial'; did you mean 'send_mail'/],
    [`  - { name: a, when: 'action.kind == "send_mial"', decide: ask }\n`, 3, 38, /never 'send_mial'/],
    [`  - { name: a, when: 'recipient.contry == "DE"', decide: ask }\n`, 3, 33, /did you mean 'country'/],
    [`  - { name: a, when: 'recipient.weekday == "Sonntag"', decide: ask }\n`, 3, 44, /never 'Sonntag'/],
    [`  - { name: a, when: 'claims.count', decide: ask }\n`, 3, 23, /true or false/],
    [`  - { name: a, when: 'lead.status.matches("x")', decide: ask }\n`, 3, 23, /matches\(\) is refused/],
    [`  - { name: a, decide: ask, wehn: 'true' }\n`, 3, 29, /unknown key 'wehn'; did you mean 'when'/],
    [`  - { name: a, decide: ask, ask: three people }\n`, 3, 34, /two people/],
    [`  - { name: a, decide: ask, not_by: owner }\n`, 3, 37, /maker/],
    [`  - { name: a, decide: allow, not_by: maker }\n`, 3, 39, /only a rule that decides/],
    [
      `  - { name: a, decide: ask }\n  - { name: b, decide: allow }\n`,
      4,
      13,
      /“b” can never decide: “a” decides before it/,
    ],
    [
      `  - { name: a, actions: [send_mail], decide: ask }\n  - { name: c, actions: [create_task, open_deal], decide: ask }\n  - { name: b, when: 'lead.score > 1', decide: allow }\n`,
      5,
      13,
      /“b” can never decide/,
    ],
    [
      `  - { name: a, when: 'lead.score > 1', decide: ask }\n  - { name: b, actions: [send_mail], when: 'lead.score  > 1', decide: allow }\n`,
      4,
      13,
      /“b” can never decide: “a”/,
    ],
    [`  - { name: a, when: 'false', decide: ask }\n`, 3, 13, /its condition is false/],
  ])('%s', (rules, line, column, message) => {
    const problems = problemsOf(rules)
    expect(problems).toHaveLength(1)
    expect(problems[0]?.message).toMatch(message)
    expect([problems[0]?.line, problems[0]?.column]).toEqual([line, column])
  })

  it('are named at their place in a folded condition too', () => {
    const [problem] = problemsOf(
      `  - name: a\n    decide: ask\n    when: >-\n      lead.score > 1 &&\n      lead.scor < 9\n`,
    )
    expect([problem?.line, problem?.column]).toEqual([7, 12])
  })

  it('a rule that can never decide does not keep a published policy from being followed', () => {
    const text = file(`  - { name: a, decide: refuse }\n  - { name: b, decide: allow }\n`)
    const { policy, problems } = readPolicy(text, 'p.yaml')
    expect(problems).toHaveLength(1)
    expect(decideByPolicy(policy as Policy, subject()).rule).toBe('a')
    expect(parsePolicy(text, 'p.yaml').policy).toBeUndefined()
  })
})

describe('in plain words', () => {
  const text = `  - { name: a, actions: [send_mail], when: 'recipient.first_contact && !(claims.quoted) && (money.amount >= 50000 || lead.source in ["form", "referral"])', decide: ask, ask: two managers, not_by: maker }
  - { name: b, actions: [create_task, open_deal], when: 'has(deal.amount)', decide: allow }
  - { name: c, decide: refuse }
limits:
  caps: [{ name: d, at_most: 1, per: recipient_domain, in: hour, of: ['*.x.example'] }]
  quiet_hours: [{ name: e, countries: [DE, AT], outside: { from: '08:00', to: '18:00' } }]
`
  it('says each rule and each limit', () => {
    expect(policyInWords(policyOf(text))).toEqual([
      '1. a: for send_mail, when (the recipient was never written to before and not every claim has its quote) and (the amount at stake is at least 50000 or where the lead came from is one of “form”, “referral”): two different managers, and not who made it must say yes.',
      '2. b: for create_task or open_deal, when the deal’s amount is known: it is allowed.',
      '3. c: for every action: it is refused.',
      '4. Anything else: a person is asked.',
      'Above all: d: at most 1 mail to one domain (*.x.example) in any hour.',
      'Above all: e: mail to recipients in DE or AT leaves only between 08:00 and 18:00 by their clock on working days of their country.',
    ])
  })

  it('says what differs: added, removed, changed and moved', () => {
    const before = policyOf(
      `  - { name: a, actions: [send_mail], when: 'lead.score > 1', decide: ask }\n  - { name: b, actions: [send_mail], decide: ask }\n  - { name: c, actions: [create_task], decide: allow }\n`,
    )
    const after = policyOf(
      `  - { name: c, actions: [create_task], decide: allow }\n  - { name: a, actions: [send_mail], when: 'lead.score > 2', decide: ask }\n  - { name: d, actions: [open_deal], decide: ask }\n`,
    )
    const changes = policyChanges(before, after).map(({ name, change }) => [name, change])
    expect(changes).toContainEqual(['b', 'removed'])
    expect(changes).toContainEqual(['a', 'changed'])
    expect(changes).toContainEqual(['d', 'added'])
    expect(policyChanges(before, before)).toEqual([])
    const [one, two] = [
      `  - { name: a, when: 'lead.score > 1', decide: ask }\n`,
      `  - { name: b, actions: [send_mail], decide: allow }\n`,
    ]
    expect(policyChanges(policyOf(one + two), policyOf(two + one))).toMatchObject([{ change: 'moved' }])
    expect(describePolicy(after).rules).toHaveLength(3)
  })

  it('every way of asking has its terms and its words', () => {
    for (const ask of ASKS)
      expect(describePolicy(policyOf(`  - { name: a, decide: ask, ask: ${ask} }\n`)).rules[0]?.words).toMatch(
        termsOf(ask, undefined).people === 2 ? /two different/ : /owner|manager|ops/,
      )
  })
})
