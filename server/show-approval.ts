/** What waits for somebody, as the API shows it: reason, risk, evidence, and what changed since the version before. */
import { z } from '@hono/zod-openapi'
import { diffLines } from 'diff'
import { RISK_LEVELS, riskOf } from '../domain/autonomy/risk.ts'
import type { Sql } from '../db/sql.ts'
import { actionById, type Action } from '../db/stores/actions.ts'
import type { InboxItem } from '../db/stores/approvals.ts'
import { reasonFor } from './reason.ts'
import { wholeActionSchema } from './show.ts'

const riskPart = z.object({
  name: z.enum(['money', 'first_contact', 'by_rules', 'claims', 'recipients', 'external']),
  level: z.enum(RISK_LEVELS),
  words: z.string(),
})
const risk = z.object({ level: z.enum(RISK_LEVELS), parts: z.array(riskPart) }).openapi('Risk')

export const waitingSchema = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    playbook: z.string().nullable(),
    summary: z.string(),
    hash: z.string(),
    target: z.string().nullable(),
    owner: z.string().nullable(),
    by: z.string(),
    createdAt: z.date(),
    expiresAt: z.date().nullable(),
    /** What becomes of it when nobody decides. */
    undecided: z.string(),
    capacity: z.enum(['owner', 'manager', 'ops', 'escalated', 'second', 'delegated', 'deputy', 'above']),
    for: z.string().nullable(),
    rule: z.string().nullable(),
    reason: z.string(),
    people: z.number().int(),
    approved: z.number().int(),
    evidence: z.number().int(),
    questions: z.number().int(),
    risk: risk.nullable(),
  })
  .openapi('WaitingAction')

export async function showWaiting(sql: Sql, item: InboxItem): Promise<z.infer<typeof waitingSchema>> {
  const { forUser, subject, recipients, policyVersion, draftId: _d, supersedesId: _s, ...shown } = item
  return {
    ...shown,
    for: forUser,
    undecided: item.expiresAt ? 'It expires then, and is not carried out.' : 'It goes on waiting.',
    reason: await reasonFor(sql, policyVersion, item.rule),
    risk: subject ? riskOf(subject, { recipients, external: item.kind === 'send_mail' }) : null,
  }
}

const quote = z.object({ id: z.string(), quote: z.string(), sourceId: z.string(), url: z.string().nullable() })
export const approvalSchema = z
  .object({
    ...wholeActionSchema.shape,
    reason: z.string(),
    risk: risk.nullable(),
    /** May the viewer decide it, and in whose place? */
    mayDecide: z.boolean(),
    for: z.string().nullable(),
    /** What each sentence of a mail rests on; null where the viewer may not read bodies. */
    sentences: z.array(z.object({ text: z.string(), by: z.string(), quotes: z.array(quote) })).nullable(),
    /** Against the version that it takes the place of; null: there is none, or the viewer may not read bodies. */
    diff: z.array(z.object({ change: z.enum(['same', 'added', 'removed']), text: z.string() })).nullable(),
    questions: z.array(
      z.object({
        id: z.uuid(),
        askedBy: z.string(),
        askedOf: z.string(),
        question: z.unknown(),
        at: z.date(),
        answer: z.unknown(),
        answeredAt: z.date().nullable(),
      }),
    ),
    approvals: z.array(
      z.object({
        decision: z.string(),
        by: z.string(),
        forUser: z.string().nullable(),
        reason: z.string().nullable(),
        at: z.date(),
      }),
    ),
  })
  .openapi('WholeApproval')

/** Line by line, as people read it. */
export async function diffFromBefore(
  sql: Sql,
  action: Action,
): Promise<{ change: 'same' | 'added' | 'removed'; text: string }[] | null> {
  if (action.supersedesId === null) return null
  const before = await actionById(sql, action.supersedesId)
  return diffLines(readable(before), readable(action)).map(({ added, removed, value }) => ({
    change: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

function readable({ content }: Action): string {
  const { subject, text } = content
  return typeof text === 'string'
    ? `${typeof subject === 'string' ? `Subject: ${subject}\n\n` : ''}${text}`
    : JSON.stringify(content, null, 2)
}
