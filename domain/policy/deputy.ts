/** Who may decide in somebody's place: only people of the same or a higher right. */
import type { Role } from '../access/viewer.ts'
import type { Approver } from './types.ts'

const DEPUTIES: Record<Role, readonly Role[]> = {
  rep: ['rep', 'manager', 'admin'],
  manager: ['manager', 'admin'],
  ops: ['ops', 'admin'],
  admin: ['admin'],
  viewer: [],
}

/** For everything that somebody of role `away` decides. */
export const mayBeDeputy = (role: Role, away: Role): boolean => DEPUTIES[away].includes(role)

const WEIGHT: Record<Approver, readonly Role[]> = {
  owner: ['rep', 'manager', 'admin'],
  manager: ['manager', 'admin'],
  ops: ['ops', 'admin'],
}

/** For one action: the word of this role is enough for whom it waits for. */
export const hasWeight = (role: Role, approver: Approver): boolean => WEIGHT[approver].includes(role)
