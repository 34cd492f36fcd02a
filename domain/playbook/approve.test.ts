import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.fixture.ts'
import { describePlaybook } from './describe.ts'
import { parsePlaybook } from './parse.ts'

const parse = (approve: string) =>
  parsePlaybook(
    `playbook: p\nlanguage: 1\non: { event: lead.created }\nsteps:\n  - { id: a, propose: open_deal, approve: ${approve} }\n  - end: over\n`,
    'p.yaml',
    catalogue,
  )

describe('what a playbook asks for', () => {
  it.each([
    ['{ by: two managers }', { by: 'manager', people: 2 }, 'approved by two managers'],
    [
      '{ by: two people, not_by: maker }',
      { by: 'owner', people: 2, notByMaker: true },
      'approved by two people and not who made it',
    ],
    ['{ by: ops, always: true }', { by: 'ops', always: true }, 'always approved by ops'],
    ['{ by: owner, always: false }', { by: 'owner' }, 'approved by owner'],
  ])('%s', (text, terms, words) => {
    const { playbook, problems } = parse(text)
    expect(problems).toEqual([])
    expect(playbook?.steps[0]).toMatchObject({ approve: { ...terms, escalate: null, expires: null } })
    expect(playbook && describePlaybook(playbook).lines[0]?.text).toContain(words)
  })

  it.each([
    ['{ by: two }', /'by' must be one of/],
    ['{ not_by: owner }', /'not_by' must be one of maker/],
    ['{ always: yes please }', /'always' must be true or false/],
    ['{ allow: true }', /unknown key 'allow'/],
  ])('%s is a mistake', (text, message) => {
    const { playbook, problems } = parse(text)
    expect(playbook).toBeUndefined()
    expect(problems[0]?.message).toMatch(message)
    expect(problems[0]?.line).toBe(5)
  })
})
