/** What waits for somebody, as the API shows it: reason, risk, evidence, what changed, what it is bound to, when it ends and who else may decide. */
import { z } from '@hono/zod-openapi'
import { may } from '../domain/access/may.ts'
import type { Viewer } from '../domain/access/viewer.ts'
import { RISK_LEVELS, riskOf } from '../domain/autonomy/risk.ts'
import { formatDuration } from '../domain/calendar/duration.ts'
import type { Sql } from '../db/sql.ts'
import { type Action, actionsById } from '../db/stores/actions.ts'
import { CAPACITIES, type InboxItem } from '../db/stores/approvals.ts'
import { type Decider, decidersOf } from '../db/stores/deciders.ts'
import { boundFields, claimsIn } from '../db/stores/sentences.ts'
import { reasonFor } from './reason.ts'
import { wholeActionSchema } from './show.ts'

const riskPart = z.object({
  name: z.enum(['money', 'first_contact', 'by_rules', 'claims', 'recipients', 'external']),
  level: z.enum(RISK_LEVELS),
  words: z.string(),
})
const risk = z.object({ level: z.enum(RISK_LEVELS), parts: z.array(riskPart) }).openapi('Risk')

const quote = z.object({ id: z.string(), quote: z.string(), sourceId: z.string(), url: z.string().nullable() })
const sentence = z.object({ text: z.string(), by: z.string(), quotes: z.array(quote) })

/** What the list and the whole of it both show. */
const shared = {
  /** Why it is before people again: what an approval of it no longer held for. Null: it is for the first time. */
  askedAnew: z.string().nullable(),
  reason: z.string(),
  risk: risk.nullable(),
  /** What it says, sentence by sentence or field by field, with what each rests on; null where the viewer may not read bodies. */
  sentences: z.array(sentence).nullable(),
  /** The fields that its approval is bound to: if one changes, it is asked anew. Null where the viewer may not read bodies. */
  bound: z
    .array(
      z.object({
        record: z.string(),
        id: z.string(),
        field: z.string(),
        value: z.unknown(),
        now: z.unknown(),
        holds: z.boolean(),
        words: z.string(),
      }),
    )
    .nullable(),
  /** What becomes of it when nobody decides, and when. */
  undecided: z.string(),
  /** Who may decide it too: not the viewer themselves. */
  others: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      role: z.string(),
      /** In whose place. */
      for: z.string().nullable(),
    }),
  ),
}

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
    capacity: z.enum(CAPACITIES),
    for: z.string().nullable(),
    rule: z.string().nullable(),
    people: z.number().int(),
    approved: z.number().int(),
    evidence: z.number().int(),
    questions: z.number().int(),
    /** It takes the place of an earlier version: the whole of it shows what changed. */
    changed: z.boolean(),
    ...shared,
  })
  .openapi('WaitingAction')

/** A page of them, each with what one has to know to decide. */
export async function showWaiting(
  sql: Sql,
  items: readonly InboxItem[],
  viewer: Viewer,
): Promise<z.infer<typeof waitingSchema>[]> {
  const actions = await actionsById(
    sql,
    items.map(({ id }) => id),
  )
  const deciders = await decidersOf(sql, actions)
  return Promise.all(
    items.map(async item => {
      const action = actions.find(({ id }) => id === item.id)
      const bodies = action !== undefined && may(viewer, 'message.see', item.ownerId)
      return {
        id: item.id,
        kind: item.kind,
        playbook: item.playbook,
        summary: item.summary,
        hash: item.hash,
        target: item.target,
        owner: item.owner,
        by: item.by,
        createdAt: item.createdAt,
        expiresAt: item.expiresAt,
        capacity: item.capacity,
        for: item.forUser,
        rule: item.rule,
        people: item.people,
        approved: item.approved,
        evidence: item.evidence,
        questions: item.questions,
        changed: item.supersedesId !== null,
        askedAnew: item.askedAnew,
        reason: await reasonFor(sql, item.policyVersion, item.rule),
        risk: item.subject
          ? riskOf(item.subject, { recipients: item.recipients, external: item.kind === 'send_mail' })
          : null,
        sentences: bodies ? await claimsIn(sql, action) : null,
        bound: bodies ? await boundFields(sql, action) : null,
        undecided: undecidedInWords(item, item.escalateAfterHours),
        others: othersThan(viewer, deciders.get(item.id)),
      }
    }),
  )
}

export const othersThan = (viewer: Viewer, deciders: readonly Decider[] = []): Decider[] =>
  deciders.filter(({ id }) => id !== viewer.userId)

type Ends = Pick<Action, 'expiresAt' | 'escalatedAt' | 'escalateAfter' | 'escalateAt' | 'escalateTo'>

/** @param hours working hours without a decision until those above are told, where no playbook says otherwise */
export function undecidedInWords(ends: Ends, hours: number): string {
  const { expiresAt, escalatedAt, escalateAfter, escalateAt, escalateTo } = ends
  const to = escalateTo === null ? 'those above' : escalateTo === 'ops' ? 'ops' : 'a manager'
  const after = escalateAfter ?? (escalateAt === null ? { amount: hours, unit: 'working hour' as const } : null)
  const passed =
    escalatedAt !== null
      ? `It was passed on to ${to} at ${minute(escalatedAt)}`
      : after === null
        ? `It is passed on to ${to} at ${minute(escalateAt as Date)}`
        : `After ${formatDuration(after)} of whoever decides it is passed on to ${to}`
  return expiresAt === null
    ? `${passed}; it goes on waiting until somebody decides.`
    : `${passed}; at ${minute(expiresAt)} it expires and is not carried out.`
}

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const diff = z.array(z.object({ change: z.enum(['same', 'added', 'removed']), text: z.string() })).nullable()

export const approvalSchema = z
  .object({
    ...wholeActionSchema.shape,
    ...shared,
    /** May the viewer decide it, and in whose place? */
    mayDecide: z.boolean(),
    for: z.string().nullable(),
    /** Against the version that it takes the place of; null: there is none, or the viewer may not read bodies. */
    diff,
    /** Against what the agent proposed at first; null also where that is the version before. */
    diffFromFirst: diff,
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
        /** What people call them; null for the policy. */
        byName: z.string().nullable(),
        forUser: z.string().nullable(),
        reason: z.string().nullable(),
        at: z.date(),
      }),
    ),
  })
  .openapi('WholeApproval')
