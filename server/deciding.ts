/** Who decides an action through the API, and whether their word came in time. */
import { DealwrightError } from '../domain/errors.ts'
import type { Db } from '../db/sql.ts'
import type { Action, ActionRow } from '../db/stores/actions.ts'
import { decidable } from '../db/stores/authority.ts'
import type { Env } from './api/api.ts'
import type { Signer } from './decisions.ts'

type Caller = Pick<Env['Variables'], 'user' | 'viewer' | 'credential'>

/** @throws DealwrightError `not_found`, or `forbidden` for who may see it and not decide it */
export async function signerFor(
  db: Db,
  id: string,
  { user, viewer, credential }: Caller,
): Promise<{ action: ActionRow; signer: Signer }> {
  const { action, forUser } = await decidable(db, user, viewer, id)
  return { action, signer: { user, forUser, apiKey: credential.kind === 'key' ? credential.keyId : null } }
}

/** A decision that came after its time has decided nothing: the action is stored as expired, and whoever decided is told. */
export function inTime(action: Action): Action {
  if (action.status !== 'expired') return action
  throw new DealwrightError('action_not_open', `Action ${action.id} expired before you decided: nothing was done.`, {
    details: { id: action.id, status: action.status },
  })
}
