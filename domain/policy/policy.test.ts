import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideByPolicy } from './decide.ts'
import { parsePolicy, type Policy } from './parse.ts'
import { subject } from './subject.fixture.ts'

const shipped = readFileSync(new URL('../../playbooks/policy.yaml', import.meta.url), 'utf8')
const policyOf = (rules: string): Policy => {
  const { policy, problems } = parsePolicy(`policy: 1\nrules:\n${rules}`, 'p.yaml')
  expect(problems).toEqual([])
  return policy as Policy
}
describe('the policy', () => {
  it('lets the first rule that matches decide', () => {
    const policy = policyOf(
      `  - { name: a, actions: [send_mail], when: 'lead.score > 60', decide: refuse }\n  - { name: b, decide: allow }\n`,
    )
    expect(decideByPolicy(policy, subject())).toMatchObject({ verdict: 'refuse', rule: 'a' })
    expect(decideByPolicy(policy, subject({}, { lead: { status: 'new', score: 10 } }))).toMatchObject({
      verdict: 'allow',
      rule: 'b',
    })
  })

  it('asks a person by default', () => {
    expect(
      decideByPolicy(policyOf(`  - { name: a, actions: [create_task], decide: allow }\n`), subject()),
    ).toMatchObject({
      verdict: 'ask',
      rule: 'default',
    })
  })

  it('never allows on something unknown, and asks where a stricter rule hangs on it', () => {
    const unknown = subject({}, { lead: { status: null, score: null } })
    expect(decideByPolicy(policyOf(`  - { name: a, when: 'lead.score > 10', decide: allow }\n`), unknown).verdict).toBe(
      'ask',
    )
    const strict = policyOf(
      `  - { name: a, when: 'lead.score < 10', decide: refuse }\n  - { name: b, decide: allow }\n`,
    )
    expect(decideByPolicy(strict, unknown)).toMatchObject({ verdict: 'ask', rule: 'a (unknown)' })
  })

  it('no file lets a mail out that was drafted without a model', () => {
    const rule = fc.record({
      decide: fc.constantFrom('allow', 'ask', 'refuse'),
      when: fc.option(fc.constantFrom('lead.score > 1.0', 'action.by == "rules"', 'true', '1.0 / 0.0 > 1.0')),
      actions: fc.option(fc.constantFrom('[send_mail]', '[create_task]')),
    })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), fc.option(fc.double({ noNaN: true })), (rules, score) => {
        const text = rules
          .map(
            (one, index) =>
              `  - { name: r${index}, decide: ${one.decide}${one.when ? `, when: '${one.when}'` : ''}${one.actions ? `, actions: ${one.actions}` : ''} }\n`,
          )
          .join('')
        const { policy } = parsePolicy(
          rules.length > 0 ? `policy: 1\nrules:\n${text}` : 'policy: 1\nrules: []\n',
          'p.yaml',
        )
        if (!policy) return
        expect(decideByPolicy(policy, subject({ by: 'rules' }, { lead: { status: null, score } })).verdict).not.toBe(
          'allow',
        )
      }),
    )
  })

  it('ships without a mistake, asks before mail, and lets tasks be made', () => {
    const { policy, problems } = parsePolicy(shipped, 'policy.yaml')
    expect(problems).toEqual([])
    expect(decideByPolicy(policy as Policy, subject()).verdict).toBe('ask')
    expect(decideByPolicy(policy as Policy, subject({ kind: 'create_task', by: 'code' })).verdict).toBe('allow')
    expect(decideByPolicy(policy as Policy, subject({ kind: 'open_deal', by: 'code' })).verdict).toBe('ask')
  })

  it.each([
    ['an unknown field', `{ name: a, when: 'lead.scor > 1.0', decide: allow }`, /scor/],
    ['a condition that is not true or false', `{ name: a, when: 'lead.score', decide: allow }`, /true or false/],
    ['matches()', `{ name: a, when: 'lead.status.matches("x+")', decide: allow }`, /matches/],
    ['an unknown decision', `{ name: a, decide: maybe }`, /./],
    ['asking whom without asking', `{ name: a, decide: allow, ask: manager }`, /only a rule that decides/],
    ['two rules of one name', `{ name: a, decide: allow }\n  - { name: a, decide: ask }`, /two rules/],
  ])('names %s with line and column', (_, rule, message) => {
    const { policy, problems } = parsePolicy(`policy: 1\nrules:\n  - ${rule}\n`, 'p.yaml')
    expect(policy).toBeUndefined()
    expect(problems[0]?.message).toMatch(message)
    expect(problems[0]?.line).toBeGreaterThanOrEqual(3)
  })
})
