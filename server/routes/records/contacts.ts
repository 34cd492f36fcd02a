/** People at companies. */
import { z } from '@hono/zod-openapi'
import { listRecords } from '../../../db/stores/crm/read.ts'
import { SEEN_BASES, SEEN_ORIGINS } from '../../../domain/privacy/basis.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { pageSchema } from '../../api/list.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { created, edited, listQuery, shown } from './handle.ts'
import { contactSchema, contactSet, editOf } from './schemas.ts'

type Contact = z.output<typeof contactSchema>

const asked = listQuery.extend({
  account: z.uuid().optional(),
  basis: z.enum(SEEN_BASES).optional(),
  origin: z.enum(SEEN_ORIGINS).optional(),
})
const newOne = contactSet.required({ name: true })

export function contacts({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('contact.see', {
        method: 'get',
        path: '/api/contacts',
        summary: 'People at companies, newest first; q finds them by the beginnings of words',
        request: { query: asked },
        responses: json(pageSchema(contactSchema), 'A page of them'),
      }),
      async context => {
        const { limit, cursor, q, custom, ...filters } = context.req.valid('query')
        return context.json(
          await listRecords<Contact>(db, context.var.viewer, 'contact', { limit, cursor, q, custom, filters }),
          200,
        )
      },
    )
    .openapi(
      route(
        'contact.create',
        {
          method: 'post',
          path: '/api/contacts',
          summary: 'Makes a contact; what is filled in is its maker’s',
          request: body(newOne),
          responses: json(contactSchema, 'The new record, with its ETag'),
        },
        { etag: true },
      ),
      async context => context.json(await created<Contact>(db, context, 'contact', context.req.valid('json')), 200),
    )
    .openapi(
      route(
        'contact.see',
        {
          method: 'get',
          path: '/api/contacts/{id}',
          summary: 'One of them, with its ETag',
          request: { params: idParams },
          responses: json(contactSchema, 'The record'),
        },
        { etag: true },
      ),
      async context => context.json(await shown<Contact>(db, context, 'contact', context.req.valid('param').id), 200),
    )
    .openapi(
      route(
        'contact.change',
        {
          method: 'patch',
          path: '/api/contacts/{id}',
          summary: 'Changes fields of one; needs If-Match',
          request: { params: idParams, ...body(editOf(contactSet)) },
          responses: json(contactSchema, 'The record as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await edited<Contact>(db, context, 'contact', id, context.req.valid('json')), 200)
      },
    )
}
