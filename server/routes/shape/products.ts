/** Products. What one costs us is a sensitive field. */
import { z } from '@hono/zod-openapi'
import { listRecords } from '../../../db/stores/crm/read.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { pageQuery, pageSchema } from '../../api/list.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { created, customQuery, edited, shown } from '../records/handle.ts'
import { base, code, customSet, editOf, fields, line, minor, name } from '../records/schemas.ts'

const product = z
  .object({
    ...base,
    name: z.string(),
    series: z.string().nullable(),
    priceMinor: z.int().nullable(),
    /** Null for whoever may not see sensitive fields. */
    costMinor: z.int().nullable(),
    /** Of price and cost. */
    currency: z.string().nullable(),
    archivedAt: z.date().nullable(),
    ...fields,
  })
  .openapi('Product')
type Product = z.output<typeof product>

const set = z.strictObject({
  name: name.optional(),
  series: line(200).nullable().optional(),
  priceMinor: minor.nullable().optional(),
  costMinor: minor.nullable().optional(),
  currency: code(3).nullable().optional(),
  /** When it went out of use; null brings it back. */
  archivedAt: z.iso.datetime({ offset: true }).nullable().optional(),
  custom: customSet,
})

export function products({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('product.see', {
        method: 'get',
        path: '/api/products',
        summary: 'Products, newest first; q finds them by the beginnings of words',
        request: {
          query: pageQuery.extend({
            q: z.string().max(200).optional(),
            archived: z.enum(['true', 'false']).optional(),
            custom: customQuery,
          }),
        },
        responses: json(pageSchema(product), 'A page of them'),
      }),
      async context => {
        const { limit, cursor, q, custom, ...filters } = context.req.valid('query')
        const { viewer } = context.var
        return context.json(
          await listRecords<Product>(db, viewer, 'product', { limit, cursor, q, custom, filters }),
          200,
        )
      },
    )
    .openapi(
      route(
        'product.create',
        {
          method: 'post',
          path: '/api/products',
          summary: 'Makes a product',
          request: body(set.omit({ archivedAt: true }).required({ name: true })),
          responses: json(product, 'The product, with its ETag'),
        },
        { etag: true },
      ),
      async context => context.json(await created<Product>(db, context, 'product', context.req.valid('json')), 200),
    )
    .openapi(
      route(
        'product.see',
        {
          method: 'get',
          path: '/api/products/{id}',
          summary: 'One of them, with its ETag',
          request: { params: idParams },
          responses: json(product, 'The product'),
        },
        { etag: true },
      ),
      async context => context.json(await shown<Product>(db, context, 'product', context.req.valid('param').id), 200),
    )
    .openapi(
      route(
        'product.change',
        {
          method: 'patch',
          path: '/api/products/{id}',
          summary: 'Changes fields of one, archives it or brings it back; needs If-Match',
          request: { params: idParams, ...body(editOf(set)) },
          responses: json(product, 'The product as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await edited<Product>(db, context, 'product', id, context.req.valid('json')), 200)
      },
    )
}
