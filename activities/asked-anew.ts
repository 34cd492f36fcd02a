/** Proposes once more what was approved and may not be carried out by that approval: made of the records as they are now. */
import { DealwrightError } from '../domain/errors.ts'
import type { Action } from '../db/stores/actions.ts'
import { askAnew, endRefused, keyAnew } from '../db/stores/asked-anew.ts'
import type { ClaimRefusal } from '../db/stores/claims.ts'
import type { Deps } from './deps.ts'
import type { Proposal, ProposeKind } from './kinds.ts'
import { contextOf } from './step.ts'

/**
 * The new proposal takes the old one's place in one transaction. Lost before that, the old one stands as it did and its next claim comes
 * here again; after it, the old one is settled and is not claimed any more. What cannot be made anew ends as its claim was refused.
 */
export async function proposeAnew(
  deps: Deps,
  kind: ProposeKind,
  action: Action,
  stepKey: string,
  refusal: ClaimRefusal & { settle: 'failed' | 'expired' },
): Promise<void> {
  const made = await remake(deps, kind, action, stepKey)
  await deps.db.tx(async tx => {
    if (typeof made === 'string') await endRefused(tx, action.id, { ...refusal, why: `${refusal.why}; ${made}` })
    else await askAnew(tx, action.id, refusal, made)
  })
}

/** Or why it cannot be. */
async function remake(deps: Deps, kind: ProposeKind, action: Action, stepKey: string): Promise<Proposal | string> {
  const context = await contextOf(deps, action.runId ?? '', stepKey)
  const now = { ...context, key: keyAnew(action), step: { ...context.step, startedAt: new Date() } }
  try {
    return await (kind.again ? kind.again(now, action) : kind.propose(now))
  } catch (error) {
    const hopeless = error instanceof DealwrightError && ['bad_input', 'not_found'].includes(error.code)
    if (!hopeless) throw error
    return `it cannot be proposed again: ${error.message}`
  }
}
