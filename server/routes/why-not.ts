/** Why agents did not do more for a lead, contact or deal. */
import { z } from '@hono/zod-openapi'
import { whyNot } from '../../db/stores/why-not.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { idParams, json, route } from '../api/route.ts'

const entry = z
  .object({
    code: z.string(),
    at: z.date(),
    source: z.string(),
    id: z.string().nullable(),
    subject: z.string(),
    reason: z.string().nullable(),
    who: z.string().nullable(),
    until: z.date().nullable(),
    sentence: z.string(),
  })
  .openapi('WhyNot')

export function whyNotRoutes({ db }: AppOptions) {
  const of = <K extends 'lead' | 'contact' | 'deal'>(kind: K) =>
    route(`${kind}.see`, {
      method: 'get',
      path: `/api/${kind}s/{id}/why-not` as const,
      summary: `What agents did not do for a ${kind}, and why, newest first`,
      request: { params: idParams },
      responses: json(z.array(entry), 'The ledger'),
    })
  return createGroup()
    .openapi(of('lead'), async context =>
      context.json(await whyNot(db, context.var.viewer, 'lead', context.req.valid('param').id), 200),
    )
    .openapi(of('contact'), async context =>
      context.json(await whyNot(db, context.var.viewer, 'contact', context.req.valid('param').id), 200),
    )
    .openapi(of('deal'), async context =>
      context.json(await whyNot(db, context.var.viewer, 'deal', context.req.valid('param').id), 200),
    )
}
