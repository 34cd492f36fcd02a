/** An action as the API shows it: what people need to decide, without bytes and inner keys. */
import type { Action } from '../db/stores/actions.ts'

export function showAction(
  action: Action & { ownerName?: string | null; target?: string | null },
  how: 'short' | 'whole' = 'short',
): object {
  const short = {
    id: action.id,
    kind: action.kind,
    status: action.status,
    hash: action.contentHash,
    target: action.target ?? null,
    summary: action.summary,
    by: action.by,
    owner: action.ownerName ?? action.ownerId,
    approver: action.approver,
    rule: action.policyRule,
    expiresAt: action.expiresAt,
    failure: action.failureWhy,
    run: action.runId,
    lead: action.leadId,
    createdAt: action.createdAt,
  }
  if (how === 'short') return short
  return {
    ...short,
    content: action.content,
    reliedOn: action.reliedOn,
    message: action.rendered?.toString('utf8') ?? null,
  }
}
