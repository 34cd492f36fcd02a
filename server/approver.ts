/** Whom an action waits for. */
import type { Role } from '../domain/access/viewer.ts'

/** Is this person whom the action waits for, or above? Its approver's role, the owner themselves, and whoever it was passed on to. */
export function mayDecide(
  user: { id: string; role: Role },
  action: { approver: string; ownerId: string | null; escalatedAt: Date | null; escalateTo: string | null },
): boolean {
  if (user.role === 'admin') return true
  if (action.approver === 'ops') return user.role === 'ops'
  if (user.role === 'manager') return true
  if (action.escalatedAt && action.escalateTo === 'ops' && user.role === 'ops') return true
  return action.approver === 'owner' && user.role === 'rep' && (action.ownerId === null || action.ownerId === user.id)
}
