/** What agents propose, and the decisions of people on it. */
import { z } from '@hono/zod-openapi'
import { may } from '../../domain/access/may.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { mayDecide } from '../../domain/policy/approver.ts'
import { listActions, seenAction, type Action } from '../../db/stores/actions.ts'
import { decide } from '../../db/stores/decisions.ts'
import { type AppOptions, createGroup, type Env } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { editAndApprove, settleByPerson } from '../decisions.ts'
import { actionSchema, showAction, showWholeAction, wholeActionSchema } from '../show.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

export function actions({ db, privateKey, ports }: AppOptions) {
  return createGroup()
    .openapi(
      route('action.see', {
        method: 'get',
        path: '/api/actions',
        summary: 'Actions, newest first',
        request: { query: pageQuery.extend({ status: z.string().max(20).optional() }) },
        responses: json(pageSchema(actionSchema), 'A page of them'),
      }),
      async context => {
        const { items, next } = await listActions(db, context.var.viewer, context.req.valid('query'))
        return context.json({ items: items.map(showAction), next }, 200)
      },
    )
    .openapi(
      route('action.see', {
        method: 'get',
        path: '/api/actions/{id}',
        summary: 'One action, whole: content and message only for those who may read bodies',
        request: { params: idParams },
        responses: json(wholeActionSchema, 'The action'),
      }),
      async context => {
        const { viewer } = context.var
        const action = await seenAction(db, viewer, context.req.valid('param').id)
        return context.json(showWholeAction(action, may(viewer, 'message.see', action.ownerId)), 200)
      },
    )
    .openapi(
      route('action.decide', {
        method: 'post',
        path: '/api/actions/{id}/approve',
        summary: 'Approves it, exactly as it is or as edited here',
        request: {
          params: idParams,
          ...body(
            z.strictObject({
              hash: hash.optional(),
              edit: z
                .strictObject({ subject: z.string().max(300).optional(), body: z.string().max(20_000) })
                .optional(),
            }),
          ),
        },
        responses: json(actionSchema, 'The action as decided; an edit is a new one'),
      }),
      async context => {
        const { user } = context.var
        const given = context.req.valid('json')
        const action = await decidable(context.req.valid('param').id, context.var)
        const done = given.edit
          ? await editAndApprove(db, action, given.edit, user, ports.edit, privateKey, given.hash)
          : await db.tx(tx =>
              decide(
                tx,
                action.id,
                { decision: 'approve', by: `user:${user.id}`, reason: null },
                privateKey,
                given.hash,
              ),
            )
        return context.json(showAction(inTime(done)), 200)
      },
    )
    .openapi(
      route('action.decide', {
        method: 'post',
        path: '/api/actions/{id}/refuse',
        summary: 'Refuses it, with the reason',
        request: {
          params: idParams,
          ...body(z.strictObject({ why: z.string().min(1).max(1_000), hash: hash.optional() })),
        },
        responses: json(actionSchema, 'The action as decided'),
      }),
      async context => {
        const { user } = context.var
        const { why, hash } = context.req.valid('json')
        const action = await decidable(context.req.valid('param').id, context.var)
        const done = await db.tx(tx =>
          decide(tx, action.id, { decision: 'refuse', by: `user:${user.id}`, reason: why }, privateKey, hash),
        )
        return context.json(showAction(inTime(done)), 200)
      },
    )
    .openapi(
      route('action.decide', {
        method: 'post',
        path: '/api/actions/{id}/settle',
        summary: 'Says what became of a mail of uncertain fate',
        request: {
          params: idParams,
          ...body(z.strictObject({ sent: z.boolean(), why: z.string().max(1_000).optional() })),
        },
        responses: json(actionSchema, 'The action as settled'),
      }),
      async context => {
        const action = await decidable(context.req.valid('param').id, context.var)
        const done = await settleByPerson(db, action.id, context.req.valid('json'), context.var.user, ports.record)
        return context.json(showAction(done), 200)
      },
    )

  /** The action, if this person may decide it. */
  async function decidable(id: string, { user, viewer }: Env['Variables']): Promise<Action> {
    const action = await seenAction(db, viewer, id)
    if (may(viewer, 'action.decide', action.ownerId) && mayDecide(user, action)) return action
    throw new DealwrightError('forbidden', `Action ${action.id} is for its ${action.approver} or a manager to decide.`)
  }
}

/** A decision that came after its time has decided nothing: the action is stored as expired, and whoever decided is told. */
function inTime(action: Action): Action {
  if (action.status !== 'expired') return action
  throw new DealwrightError('action_not_open', `Action ${action.id} expired before you decided: nothing was done.`, {
    details: { id: action.id, status: action.status },
  })
}
