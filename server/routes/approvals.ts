/** What waits for whoever looks, one of them whole, many decided at once, and what was learnt from decisions. */
import { z } from '@hono/zod-openapi'
import { may, relationsFor } from '../../domain/access/may.ts'
import { riskOf } from '../../domain/autonomy/risk.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { PolicySubject } from '../../domain/policy/types.ts'
import { inbox } from '../../db/stores/approvals.ts'
import { askedAnewWhy } from '../../db/stores/asked-anew.ts'
import { deciding } from '../../db/stores/authority.ts'
import { decidersOf } from '../../db/stores/deciders.ts'
import { approvalsOf } from '../../db/stores/decisions.ts'
import { listLessons } from '../../db/stores/lessons.ts'
import { questionsOf } from '../../db/stores/questions.ts'
import { boundFields, claimsIn } from '../../db/stores/sentences.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { asProblem } from '../api/problem.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { BY_HASH } from '../api/unversioned.ts'
import { decideMany } from '../decide-many.ts'
import { reasonFor } from '../reason.ts'
import { diffsOf } from '../diff-versions.ts'
import { approvalSchema, othersThan, showWaiting, undecidedInWords, waitingSchema } from '../show-approval.ts'
import { showWholeAction } from '../show.ts'

const flag = z.enum(['true', 'false']).optional()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

const lesson = z
  .object({
    id: z.uuid(),
    actionId: z.uuid(),
    kind: z.enum(['edit', 'refusal']),
    playbook: z.string(),
    actionKind: z.string(),
    segment: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.unknown(),
    distance: z.number().int().nullable(),
    length: z.number().int().nullable(),
    by: z.string(),
    at: z.date(),
  })
  .openapi('Lesson')

export function approvals({ db, privateKey, log }: AppOptions) {
  return createGroup()
    .openapi(
      route('action.decide', {
        method: 'get',
        path: '/api/approvals',
        summary: 'What waits for you, soonest expiry first',
        request: {
          query: pageQuery.extend({
            all: flag,
            kind: z.string().max(60).optional(),
            playbook: z.string().max(120).optional(),
          }),
        },
        responses: json(
          pageSchema(waitingSchema),
          'A page of it; with all=true also what waits for somebody else first',
        ),
      }),
      async context => {
        const { user, viewer } = context.var
        const { all, ...query } = context.req.valid('query')
        const { items, next } = await inbox(db, user, viewer, { ...query, all: all === 'true' })
        return context.json({ items: await showWaiting(db, items, viewer), next }, 200)
      },
    )
    .openapi(
      route('action.see', {
        method: 'get',
        path: '/api/actions/{id}/approval',
        summary:
          'One action as who decides it needs it: reason, risk, evidence of each sentence, what changed, what it is bound to, who else may decide',
        request: { params: idParams },
        responses: json(approvalSchema, 'The action'),
      }),
      async context => {
        const { user, viewer } = context.var
        const { action, authority, eyes } = await deciding(db, user, viewer, context.req.valid('param').id)
        const bodies = may(eyes, 'message.see', action.ownerId)
        const verdict = await db.row<{ version: number | null; rule: string; subject: PolicySubject; hours: number }>(
          `select v.version, v.rule, v.subject, g.escalate_after_hours as hours from organisation g left join policy_verdict v on v.action_id = $1`,
          [action.id],
        )
        const open = ['proposed', 'waiting'].includes(action.status)
        const diffs = bodies ? await diffsOf(db, action) : { diff: null, diffFromFirst: null }
        const external = action.kind === 'send_mail'
        const facts = { recipients: external ? 1 : 0, external }
        return context.json(
          {
            ...showWholeAction(action, bodies),
            reason: await reasonFor(db, verdict?.version ?? null, verdict?.rule ?? null),
            risk: verdict?.subject ? riskOf(verdict.subject, facts) : null,
            askedAnew: await askedAnewWhy(db, action),
            undecided: open ? undecidedInWords(action, verdict?.hours ?? 0) : 'Nothing is left to decide.',
            bound: bodies ? await boundFields(db, action) : null,
            others: open ? othersThan(viewer, (await decidersOf(db, [action])).get(action.id)) : [],
            mayDecide: action.status === 'waiting' && authority !== null,
            for: authority?.principal?.user.name ?? null,
            sentences: bodies ? await claimsIn(db, action) : null,
            ...diffs,
            questions: await questionsOf(db, action.id, bodies),
            approvals: (await approvalsOf(db, action.id)).map(({ decision, by, byName, forUser, reason, at }) => ({
              decision,
              by,
              byName,
              forUser,
              reason,
              at,
            })),
          },
          200,
        )
      },
    )
    .openapi(
      route(
        'action.decide',
        {
          method: 'post',
          path: '/api/approvals/decide',
          summary:
            'Decides several of one class (kind and playbook), each by itself and with the hash of what was looked at',
          request: body(
            z.strictObject({
              decisions: z
                .array(
                  z.strictObject({
                    id: z.uuid(),
                    hash,
                    decision: z.enum(['approve', 'refuse']),
                    why: z.string().trim().min(1).max(1_000).optional(),
                  }),
                )
                .min(1)
                .max(200),
            }),
          ),
          responses: json(
            z.object({
              done: z.array(z.object({ id: z.uuid(), status: z.string() })),
              failed: z.array(z.object({ id: z.uuid(), code: z.string(), detail: z.string() })),
            }),
            'What was decided and what was not, and why not',
          ),
        },
        { unversioned: BY_HASH },
      ),
      async context => {
        const { decisions } = context.req.valid('json')
        if (new Set(decisions.map(one => one.id)).size < decisions.length)
          throw new DealwrightError('bad_input', 'decisions: the same action stands twice among them.')
        const mistake = (error: unknown) => asProblem(error, log, context.var.requestId)
        return context.json(await decideMany(db, decisions, context.var, privateKey, mistake), 200)
      },
    )
    .openapi(
      route('autonomy.see', {
        method: 'get',
        path: '/api/lessons',
        summary: 'What people edited and refused, newest first',
        request: { query: pageQuery.extend({ playbook: z.string().max(120).optional() }) },
        responses: json(pageSchema(lesson), 'A page of it; texts only for those who may read every body'),
      }),
      async context => {
        const bodies = relationsFor(context.var.viewer, 'message.see').includes('any')
        return context.json(await listLessons(db, context.req.valid('query'), bodies), 200)
      },
    )
}
