/** Deals, one by one; their list is in lists.ts. */
import { z } from '@hono/zod-openapi'
import { wayOf } from '../../../db/stores/shape/deal-move.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { created, edited, shown } from './handle.ts'
import { dealSchema, dealSet, editOf } from './schemas.ts'

type Deal = z.output<typeof dealSchema>

const newOne = dealSet.required({ name: true }).extend({ leadId: z.uuid().optional() })

const way = z
  .object({
    unmet: z.array(z.object({ message: z.string() })),
    /** Fields of which these rules speak, as conditions name them: `amount`, `next_step`, `has_contact`, `custom.region`. */
    asks: z.array(z.string()),
  })
  .openapi('Way')

export function deals({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'deal.create',
        {
          method: 'post',
          path: '/api/deals',
          summary: 'Makes a deal; what is filled in is its maker’s',
          request: body(newOne),
          responses: json(dealSchema, 'The new record, with its ETag'),
        },
        { etag: true },
      ),
      async context => context.json(await created<Deal>(db, context, 'deal', context.req.valid('json')), 200),
    )
    .openapi(
      route(
        'deal.see',
        {
          method: 'get',
          path: '/api/deals/{id}',
          summary: 'One of them, with its ETag',
          request: { params: idParams },
          responses: json(dealSchema, 'The record'),
        },
        { etag: true },
      ),
      async context => context.json(await shown<Deal>(db, context, 'deal', context.req.valid('param').id), 200),
    )
    .openapi(
      route(
        'deal.change',
        {
          method: 'patch',
          path: '/api/deals/{id}',
          summary: 'Changes fields of one; needs If-Match',
          request: { params: idParams, ...body(editOf(dealSet)) },
          responses: json(dealSchema, 'The record as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await edited<Deal>(db, context, 'deal', id, context.req.valid('json')), 200)
      },
    )
    .openapi(
      route('deal.see', {
        method: 'get',
        path: '/api/deals/{id}/way',
        summary: 'Whether it could move to a stage as it is, and what the stage it leaves still asks for',
        request: { params: idParams, query: z.object({ to: z.uuid().optional() }) },
        responses: json(way, 'The rules that are not met; none: the way is free'),
      }),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await wayOf(db, context.var.viewer, id, context.req.valid('query').to), 200)
      },
    )
}
