/** Companies. */
import { z } from '@hono/zod-openapi'
import { listRecords } from '../../../db/stores/crm/read.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { pageSchema } from '../../api/list.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { created, edited, listQuery, shown } from './handle.ts'
import { accountSchema, accountSet, editOf } from './schemas.ts'

type Account = z.output<typeof accountSchema>

const newOne = accountSet.required({ name: true })

export function accounts({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('account.see', {
        method: 'get',
        path: '/api/accounts',
        summary: 'Companies, newest first; q finds them by the beginnings of words',
        request: {
          query: listQuery.extend({ industry: z.string().max(200).optional(), country: z.string().max(2).optional() }),
        },
        responses: json(pageSchema(accountSchema), 'A page of them'),
      }),
      async context => {
        const { limit, cursor, q, custom, ...filters } = context.req.valid('query')
        return context.json(
          await listRecords<Account>(db, context.var.viewer, 'account', { limit, cursor, q, custom, filters }),
          200,
        )
      },
    )
    .openapi(
      route(
        'account.create',
        {
          method: 'post',
          path: '/api/accounts',
          summary: 'Makes an account; what is filled in is its maker’s',
          request: body(newOne),
          responses: json(accountSchema, 'The new record, with its ETag'),
        },
        { etag: true },
      ),
      async context => context.json(await created<Account>(db, context, 'account', context.req.valid('json')), 200),
    )
    .openapi(
      route(
        'account.see',
        {
          method: 'get',
          path: '/api/accounts/{id}',
          summary: 'One of them, with its ETag',
          request: { params: idParams },
          responses: json(accountSchema, 'The record'),
        },
        { etag: true },
      ),
      async context => context.json(await shown<Account>(db, context, 'account', context.req.valid('param').id), 200),
    )
    .openapi(
      route(
        'account.change',
        {
          method: 'patch',
          path: '/api/accounts/{id}',
          summary: 'Changes fields of one; needs If-Match',
          request: { params: idParams, ...body(editOf(accountSet)) },
          responses: json(accountSchema, 'The record as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await edited<Account>(db, context, 'account', id, context.req.valid('json')), 200)
      },
    )
}
