/** Whom an action waits for. */
import type { Role } from '../access/viewer.ts'

export interface WaitingFor {
  approver: string
  ownerId: string | null
  escalatedAt: Date | null
  escalateTo: string | null
}

/** Is this person whom the action waits for, or above? Its approver's role, the owner themselves, and whoever it was passed on to. */
export function mayDecide(user: { id: string; role: Role }, action: WaitingFor): boolean {
  if (user.role === 'admin') return true
  if (action.approver === 'ops') return user.role === 'ops'
  if (user.role === 'manager') return true
  if (action.escalatedAt && action.escalateTo === 'ops' && user.role === 'ops') return true
  return action.approver === 'owner' && user.role === 'rep' && (action.ownerId === null || action.ownerId === user.id)
}
