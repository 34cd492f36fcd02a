/** Which people hear of what waits: those whose decision it is, and those above them; never nobody where anybody here may decide. */
import type { Role } from '../access/viewer.ts'
import type { Approver } from './types.ts'

/** Somebody who works here. */
export interface Candidate {
  id: string
  role: Role
  /** Of the record. */
  owner: boolean
  /** Of the owner's team; where no team was made yet, every manager. */
  teamManager: boolean
}

export interface Whom<C extends Candidate> {
  people: C[]
  /** Told when these do not decide. */
  above: C[]
  /** Why it is not whom the action names; null: it is. */
  instead: string | null
}

type Level = 'owner' | 'manager' | 'ops' | 'admin' | 'any manager'

const HOLDS: Record<Level, (one: Candidate) => boolean> = {
  // Somebody of ops or who only looks may own a record, and cannot decide on it.
  owner: one => one.owner && (one.role === 'rep' || one.role === 'manager' || one.role === 'admin'),
  manager: one => one.teamManager && (one.role === 'manager' || one.role === 'admin'),
  ops: one => one.role === 'ops',
  admin: one => one.role === 'admin',
  'any manager': one => one.role === 'manager',
}

const LEVELS: Record<Approver, readonly Level[]> = {
  owner: ['owner', 'manager', 'admin', 'any manager'],
  manager: ['manager', 'admin', 'any manager'],
  ops: ['ops', 'admin'],
}

const MISSING: Partial<Record<Level, string>> = {
  owner: 'its owner cannot decide it: there is none, or they do not work here or do not decide',
  manager: 'its team has no manager here',
  ops: 'nobody of ops works here',
}

/**
 * The first level at which there is somebody, and the next one with somebody else.
 * @param passedTo the level above that a playbook names; left out: the next one
 */
export function whom<C extends Candidate>(
  candidates: readonly C[],
  approver: Approver,
  passedTo?: 'manager' | 'ops' | null,
): Whom<C> {
  const at = (level: Level) => candidates.filter(HOLDS[level])
  const levels = LEVELS[approver]
  const first = levels.findIndex(level => at(level).length > 0)
  if (first === -1) return { people: [], above: [], instead: 'nobody here may decide it' }
  const people = at(levels[first] as Level)
  const told = new Set(people.map(({ id }) => id))
  const higher = passedTo === 'ops' ? LEVELS.ops : passedTo === 'manager' ? LEVELS.manager : levels.slice(first + 1)
  const above = higher.map(level => at(level).filter(({ id }) => !told.has(id))).find(some => some.length > 0) ?? []
  return { people, above, instead: first === 0 ? null : (MISSING[levels[0] as Level] ?? null) }
}
