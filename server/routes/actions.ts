/** What agents propose, and the decisions of people on it. */
import { z } from '@hono/zod-openapi'
import { may } from '../../domain/access/may.ts'
import { listActions } from '../../db/stores/actions.ts'
import { deciding } from '../../db/stores/authority.ts'
import { answer, ask, delegate } from '../../db/stores/questions.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { APPENDS, BY_HASH, ENDS } from '../api/unversioned.ts'
import { approve, editAndApprove, refuse, settleByPerson } from '../decisions.ts'
import { inTime, signerFor } from '../deciding.ts'
import { actionSchema, showAction, showWholeAction, wholeActionSchema } from '../show.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const words = z.string().trim().min(1).max(2_000)

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
        const { user, viewer } = context.var
        const { action, eyes } = await deciding(db, user, viewer, context.req.valid('param').id)
        return context.json(showWholeAction(action, may(eyes, 'message.see', action.ownerId)), 200)
      },
    )
    .openapi(
      route(
        'action.decide',
        {
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
        },
        { unversioned: BY_HASH },
      ),
      async context => {
        const given = context.req.valid('json')
        const { action, signer } = await signerFor(db, context.req.valid('param').id, context.var)
        const done = given.edit
          ? await editAndApprove(db, action, given.edit, signer, ports.edit, privateKey, given.hash)
          : await approve(db, action, signer, privateKey, given.hash)
        return context.json(showAction(inTime(done)), 200)
      },
    )
    .openapi(
      route(
        'action.decide',
        {
          method: 'post',
          path: '/api/actions/{id}/refuse',
          summary: 'Refuses it, with the reason',
          request: {
            params: idParams,
            ...body(z.strictObject({ why: z.string().min(1).max(1_000), hash: hash.optional() })),
          },
          responses: json(actionSchema, 'The action as decided'),
        },
        { unversioned: BY_HASH },
      ),
      async context => {
        const { why, hash } = context.req.valid('json')
        const { action, signer } = await signerFor(db, context.req.valid('param').id, context.var)
        const done = await refuse(db, action, signer, why, privateKey, hash)
        return context.json(showAction(inTime(done)), 200)
      },
    )
    .openapi(
      route(
        'action.decide',
        {
          method: 'post',
          path: '/api/actions/{id}/settle',
          summary: 'Says what became of a mail of uncertain fate',
          request: {
            params: idParams,
            ...body(z.strictObject({ sent: z.boolean(), why: z.string().max(1_000).optional() })),
          },
          responses: json(actionSchema, 'The action as settled'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { action } = await signerFor(db, context.req.valid('param').id, context.var)
        const done = await settleByPerson(db, action.id, context.req.valid('json'), context.var.user, ports.record)
        return context.json(showAction(done), 200)
      },
    )
    .openapi(
      route(
        'action.decide',
        {
          method: 'post',
          path: '/api/actions/{id}/ask',
          summary: 'Asks whoever made it, or its owner, a question; it goes on waiting',
          request: { params: idParams, ...body(z.strictObject({ question: words })) },
          responses: json(z.object({ question: z.uuid() }), 'Asked'),
        },
        { unversioned: APPENDS },
      ),
      async context => {
        const { action } = await signerFor(db, context.req.valid('param').id, context.var)
        const { question } = context.req.valid('json')
        return context.json({ question: await db.tx(tx => ask(tx, action, question, context.var.user.id)) }, 200)
      },
    )
    .openapi(
      route(
        'action.answer',
        {
          method: 'post',
          path: '/api/actions/{id}/answer',
          summary: 'Answers a question that one was asked about it',
          request: { params: idParams, ...body(z.strictObject({ question: z.uuid(), answer: words })) },
          responses: json(z.object({ question: z.uuid() }), 'Answered'),
        },
        { unversioned: APPENDS },
      ),
      async context => {
        const { user, viewer } = context.var
        const { action } = await deciding(db, user, viewer, context.req.valid('param').id)
        const { question, answer: text } = context.req.valid('json')
        await db.tx(tx => answer(tx, action, question, text, user.id))
        return context.json({ question }, 200)
      },
    )
    .openapi(
      route(
        'action.decide',
        {
          method: 'post',
          path: '/api/actions/{id}/delegate',
          summary: 'Hands the decision to somebody whose word is enough for it',
          request: { params: idParams, ...body(z.strictObject({ to: z.uuid() })) },
          responses: json(z.object({ to: z.uuid() }), 'Handed on'),
        },
        { unversioned: APPENDS },
      ),
      async context => {
        const { action, signer } = await signerFor(db, context.req.valid('param').id, context.var)
        const { to } = context.req.valid('json')
        await db.tx(tx => delegate(tx, action, to, context.var.user.id, signer.forUser))
        return context.json({ to }, 200)
      },
    )
}
