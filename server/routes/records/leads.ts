/** Leads, one by one; their list is in lists.ts. */
import { z } from '@hono/zod-openapi'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { created, edited, shown } from './handle.ts'
import { leadSchema, leadSet, editOf } from './schemas.ts'

type Lead = z.output<typeof leadSchema>

const newOne = leadSet
  .omit({ status: true, statusWhy: true })
  .extend({ contactId: z.uuid().optional(), accountId: z.uuid().optional() })
  .refine(
    ({ contactId, accountId }) => contactId !== undefined || accountId !== undefined,
    'needs a contact or an account',
  )

export function leads({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'lead.create',
        {
          method: 'post',
          path: '/api/leads',
          summary: 'Makes a lead; what is filled in is its maker’s',
          request: body(newOne),
          responses: json(leadSchema, 'The new record, with its ETag'),
        },
        { etag: true },
      ),
      async context => context.json(await created<Lead>(db, context, 'lead', context.req.valid('json')), 200),
    )
    .openapi(
      route(
        'lead.see',
        {
          method: 'get',
          path: '/api/leads/{id}',
          summary: 'One of them, with its ETag',
          request: { params: idParams },
          responses: json(leadSchema, 'The record'),
        },
        { etag: true },
      ),
      async context => context.json(await shown<Lead>(db, context, 'lead', context.req.valid('param').id), 200),
    )
    .openapi(
      route(
        'lead.change',
        {
          method: 'patch',
          path: '/api/leads/{id}',
          summary: 'Changes fields of one; needs If-Match',
          request: { params: idParams, ...body(editOf(leadSet)) },
          responses: json(leadSchema, 'The record as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await edited<Lead>(db, context, 'lead', id, context.req.valid('json')), 200)
      },
    )
}
