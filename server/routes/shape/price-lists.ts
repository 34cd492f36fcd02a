/** Price lists, one in force per currency and day. */
import { z } from '@hono/zod-openapi'
import {
  addPriceList,
  changePriceList,
  listPriceLists,
  lockedPriceList,
  priceList,
} from '../../../db/stores/shape/price-lists.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { changedFrom, tagged } from '../../api/etag.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { actorOf } from '../../auth/session.ts'
import { code, day, line, minor } from '../records/schemas.ts'

const list = z
  .object({
    id: z.uuid(),
    name: z.string(),
    currency: z.string(),
    validFrom: day,
    validTo: day.nullable(),
    archivedAt: z.date().nullable(),
    prices: z.array(z.object({ productId: z.uuid(), product: z.string(), amountMinor: z.int() })),
  })
  .openapi('PriceList')

const name = line(120).min(1)
const prices = z.array(z.strictObject({ productId: z.uuid(), amountMinor: minor })).max(2_000)

export function priceLists({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('settings.see', {
        method: 'get',
        path: '/api/price-lists',
        summary: 'Price lists by currency, newest first; `on` leaves those in force on that day',
        request: {
          query: z.object({
            currency: code(3).optional(),
            on: day.optional(),
            archived: z.stringbool().default(false),
          }),
        },
        responses: json(z.object({ items: z.array(list) }), 'All of them'),
      }),
      async context => context.json({ items: await listPriceLists(db, context.req.valid('query')) }, 200),
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'post',
          path: '/api/price-lists',
          summary: 'Makes a price list',
          request: body(
            z.strictObject({
              name,
              currency: code(3),
              validFrom: day,
              validTo: day.nullable().default(null),
              prices: prices.default([]),
            }),
          ),
          responses: json(list, 'The list'),
        },
        { creates: true, etag: true },
      ),
      async context => {
        return context.json(
          tagged(context, await db.tx(tx => addPriceList(tx, context.req.valid('json'), actorOf(context)))),
          200,
        )
      },
    )
    .openapi(
      route(
        'settings.see',
        {
          method: 'get',
          path: '/api/price-lists/{id}',
          summary: 'One price list',
          request: { params: idParams },
          responses: json(list, 'The list'),
        },
        { etag: true },
      ),
      async context => {
        return context.json(tagged(context, await priceList(db, context.req.valid('param').id)), 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'patch',
          path: '/api/price-lists/{id}',
          summary: 'Changes its name, days or prices, archives it or brings it back',
          request: {
            params: idParams,
            ...body(
              z.strictObject({
                name: name.optional(),
                validFrom: day.optional(),
                validTo: day.nullable().optional(),
                prices: prices.optional(),
                archived: z.boolean().optional(),
              }),
            ),
          },
          responses: json(list, 'As it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(
          context,
          db,
          tx => lockedPriceList(tx, context.req.valid('param').id),
          (tx, before) => changePriceList(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
}
