import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../access/viewer.ts'
import { mayDecide } from './approver.ts'
import { APPROVERS } from './types.ts'
import { type Candidate, whom } from './whom.ts'

const rep: Candidate = { id: 'rep', role: 'rep', owner: true, teamManager: false }
const boss: Candidate = { id: 'boss', role: 'manager', owner: false, teamManager: true }
const other: Candidate = { id: 'other', role: 'manager', owner: false, teamManager: false }
const ops: Candidate = { id: 'ops', role: 'ops', owner: false, teamManager: false }
const admin: Candidate = { id: 'admin', role: 'admin', owner: false, teamManager: false }
const ids = (some: readonly Candidate[]) => some.map(({ id }) => id)

describe('whom', () => {
  it('tells the owner, then their manager; a manager, then admins; ops, then admins', () => {
    const all = [rep, boss, other, ops, admin]
    const told = (approver: (typeof APPROVERS)[number]) => {
      const { people, above, instead } = whom(all, approver)
      return [ids(people), ids(above), instead]
    }
    expect(told('owner')).toEqual([['rep'], ['boss'], null])
    expect(told('manager')).toEqual([['boss'], ['admin'], null])
    expect(told('ops')).toEqual([['ops'], ['admin'], null])
  })

  it('without an owner who decides the manager, without that admins, without those any manager, and says why', () => {
    expect(whom([boss, ops, admin], 'owner')).toMatchObject({ people: [boss], above: [admin] })
    expect(whom([{ ...ops, owner: true }, boss], 'owner').people).toEqual([boss])
    expect(whom([other, ops, admin], 'owner')).toMatchObject({
      people: [admin],
      above: [other],
      instead: expect.stringContaining('owner cannot decide'),
    })
    expect(whom([other, ops], 'manager')).toMatchObject({
      people: [other],
      above: [],
      instead: 'its team has no manager here',
    })
    expect(whom([admin], 'ops')).toMatchObject({ people: [admin], instead: 'nobody of ops works here' })
  })

  it('passes on to whom a playbook names; who owns it and manages the team is not their own next', () => {
    expect(ids(whom([rep, boss, ops, admin], 'owner', 'ops').above)).toEqual(['ops'])
    expect(ids(whom([rep, boss, admin], 'owner', 'ops').above)).toEqual(['admin'])
    const both = { ...boss, owner: true }
    expect(whom([both, admin], 'owner')).toMatchObject({ people: [both], above: [admin] })
  })

  it('reaches somebody who may decide wherever there is somebody', () => {
    const person = fc.record({ role: fc.constantFrom(...ROLES), owner: fc.boolean(), teamManager: fc.boolean() })
    fc.assert(
      fc.property(fc.array(person, { maxLength: 6 }), fc.constantFrom(...APPROVERS), (some, approver) => {
        // A record has one owner.
        const people = some.map((one, n) => ({
          ...one,
          id: String(n),
          owner: one.owner && some.findIndex(x => x.owner) === n,
        }))
        const ownerId = people.find(({ owner }) => owner)?.id ?? 'gone'
        const action = { approver, ownerId, escalatedAt: null, escalateTo: null }
        const able = people.filter(one => mayDecide(one, action) && (one.role !== 'manager' || approver !== 'ops'))
        const told = whom(people, approver).people
        expect(told.length > 0).toBe(able.length > 0)
        for (const one of told) expect(mayDecide(one, action)).toBe(true)
      }),
    )
  })
})
