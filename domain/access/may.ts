/** Reads the access table for one viewer. */
import { DealwrightError } from '../errors.ts'
import { type Relation, type Right, rowOf } from './table.ts'
import type { Viewer } from './viewer.ts'

/** The relations under which this viewer has this right; none: not at all. A key lacks what its scopes leave out. */
export function relationsFor(viewer: Viewer, right: Right): readonly Relation[] {
  const row = rowOf(right)
  if (!viewer.scopes.includes(row.scope)) return []
  if (row.grant !== undefined && viewer.grants.includes(row.grant)) return ['any']
  return row.roles[viewer.role] ?? []
}

/** Has this viewer this right with a record of this owner (null: nobody's)? */
export function may(viewer: Viewer, right: Right, ownerId: string | null): boolean {
  return relationsFor(viewer, right).some(relation => holds(relation, viewer, ownerId))
}

function holds(relation: Relation, viewer: Viewer, ownerId: string | null): boolean {
  if (relation === 'any') return true
  if (relation === 'unowned') return ownerId === null
  if (ownerId === null) return false
  return relation === 'own' ? ownerId === viewer.userId : viewer.team.includes(ownerId)
}

/** @throws DealwrightError `forbidden` when the viewer has this right with no record at all */
export function requireRight(viewer: Viewer, right: Right): void {
  if (relationsFor(viewer, right).length > 0) return
  const { scope, roles } = rowOf(right)
  if (scope === 'decide' && viewer.needsSecondFactor)
    throw new DealwrightError(
      'forbidden',
      'Deciding needs a second factor here: turn on two-factor sign-in and sign in with its code. A key made in such a session decides too.',
    )
  throw new DealwrightError(
    'forbidden',
    viewer.scopes.includes(scope)
      ? `A ${viewer.role} may not do this; it takes a ${Object.keys(roles).join(' or ')}.`
      : `This key may not do this: it lacks the scope "${scope}".`,
  )
}

/** @throws DealwrightError `forbidden` when the viewer has not this right with this record, which they may see */
export function requireFor(
  viewer: Viewer,
  right: Right,
  record: { what: string; id: string; ownerId: string | null },
): void {
  requireRight(viewer, right)
  if (may(viewer, right, record.ownerId)) return
  throw new DealwrightError(
    'forbidden',
    `${record.what} ${record.id} is not yours to change: ask its owner or their manager.`,
  )
}
