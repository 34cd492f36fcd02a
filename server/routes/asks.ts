/** Questions in plain words over what one may see: asked, followed as they are answered, cancelled. One's own alone. */
import { z } from '@hono/zod-openapi'
import { ask, cancelAsk, listAsks, seenAsk } from '../../db/stores/asks.ts'
import { savedQuery } from '../../domain/ask/saved.ts'
import { ASK_KINDS } from '../../domain/ask/types.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS } from '../api/unversioned.ts'

const text = z.string().nullable()
const askRow = z
  .object({
    id: z.uuid(),
    question: z.string(),
    status: z.enum(['asked', 'answering', 'answered', 'offered', 'failed', 'cancelled']),
    /** `rules`: answered by code, from a saved query. */
    by: z.enum(['model', 'rules']).nullable(),
    /** Why no model answered, what was left out, or what went wrong. */
    why: text,
    createdAt: z.date(),
    endedAt: z.date().nullable(),
  })
  .openapi('AskRow')

const wholeAsk = askRow
  .extend({
    /** Saved queries that need no model: ask again with one as `saved`. */
    offers: z.array(z.object({ name: z.string(), title: z.string() })),
    /** What was looked at, in order. */
    looks: z.array(z.object({ tool: z.string(), told: z.string(), at: z.date() })),
    sentences: z.array(
      z.object({
        text: z.string(),
        records: z.array(z.object({ kind: z.enum(ASK_KINDS), id: z.uuid(), name: z.string() })),
        /** Numbers and dates in it that do not stand in the records, as written. */
        unsupported: z.array(z.string()),
      }),
    ),
  })
  .openapi('Ask')

const question = z.strictObject({
  question: z.string().trim().min(1).max(1_000),
  /** A saved query to answer it by, as offered. */
  saved: z.string().max(60).nullable().default(null),
})

export function asks({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('ask.create', {
        method: 'post',
        path: '/api/asks',
        summary: 'Asks a question in plain words; its answer comes step by step, told as changes of the ask',
        request: body(question),
        responses: json(wholeAsk, 'The question, not yet answered'),
      }),
      async context => {
        const given = context.req.valid('json')
        if (given.saved !== null && savedQuery(given.saved) === undefined)
          throw new DealwrightError('bad_input', `saved: there is no saved query "${given.saved}".`)
        return context.json(await db.tx(tx => ask(tx, context.var.viewer, given)), 200)
      },
    )
    .openapi(
      route('ask.see', {
        method: 'get',
        path: '/api/asks',
        summary: 'What one has asked, newest first',
        request: { query: pageQuery },
        responses: json(pageSchema(askRow), 'A page of them'),
      }),
      async context => context.json(await listAsks(db, context.var.viewer, context.req.valid('query')), 200),
    )
    .openapi(
      route('ask.see', {
        method: 'get',
        path: '/api/asks/{id}',
        summary: 'One question with what was looked at and said so far',
        request: { params: idParams },
        responses: json(wholeAsk, 'The question and its answer'),
      }),
      async context => context.json(await seenAsk(db, context.var.viewer, context.req.valid('param').id), 200),
    )
    .openapi(
      route(
        'ask.create',
        {
          method: 'post',
          path: '/api/asks/{id}/cancel',
          summary: 'Ends it: nothing more is looked at or said',
          request: { params: idParams },
          responses: json(wholeAsk, 'The question as it ended'),
        },
        { creates: false, unversioned: ENDS },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await db.tx(tx => cancelAsk(tx, context.var.viewer, id)), 200)
      },
    )
}
