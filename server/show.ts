/** An action as the API shows it: what people need to decide, without bytes and inner keys. */
import { z } from '@hono/zod-openapi'
import type { Action, ActionRow } from '../db/stores/actions.ts'

export const actionSchema = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    status: z.string(),
    hash: z.string(),
    target: z.string().nullable(),
    summary: z.string(),
    by: z.string(),
    owner: z.string().nullable(),
    approver: z.string(),
    rule: z.string().nullable(),
    expiresAt: z.date().nullable(),
    failure: z.string().nullable(),
    run: z.uuid().nullable(),
    lead: z.uuid().nullable(),
    createdAt: z.date(),
  })
  .openapi('Action')

export const wholeActionSchema = z
  .object({
    ...actionSchema.shape,
    /** Null where the viewer may not read bodies. */
    content: z.record(z.string(), z.unknown()).nullable(),
    reliedOn: z
      .array(z.object({ table: z.string(), id: z.string(), field: z.string(), value: z.unknown() }))
      .nullable(),
    /** The mail byte for byte as it will leave; null for other kinds. */
    message: z.string().nullable(),
  })
  .openapi('WholeAction')

export function showAction(
  action: Action & Partial<Pick<ActionRow, 'ownerName' | 'target'>>,
): z.infer<typeof actionSchema> {
  return {
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
}

export function showWholeAction(action: ActionRow, bodies: boolean): z.infer<typeof wholeActionSchema> {
  return {
    ...showAction(action),
    content: bodies ? action.content : null,
    reliedOn: bodies ? action.reliedOn : null,
    message: bodies ? (action.rendered?.toString('utf8') ?? null) : null,
  }
}
