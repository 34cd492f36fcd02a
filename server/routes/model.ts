/** The language model, as a page of settings shows it: whether it answers, what it was asked and what that cost. */
import { z } from '@hono/zod-openapi'
import { modelUse } from '../../db/stores/model-use.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { json, route } from '../api/route.ts'

const DAYS = 14
const n = z.int()
/** Cost in millionths of a US dollar. */
const figures = { calls: n, tokens: n, micros: n, byRules: n }

const use = z
  .object({
    model: z.string().nullable(),
    answeredAt: z.date().nullable(),
    failedAt: z.date().nullable(),
    failedCode: z.string().nullable(),
    days: z.array(z.object({ day: z.iso.date(), ...figures })),
    agents: z.array(z.object({ agent: z.string(), ...figures, medianMs: n.nullable() })),
  })
  .openapi('ModelUse')

export function modelRoutes({ db }: AppOptions) {
  return createGroup().openapi(
    route('health.see', {
      method: 'get',
      path: '/api/model',
      summary: `What the language model was asked in the last ${DAYS} days, and what that cost, by day and by agent`,
      responses: json(use, 'Newest day first, most asked agent first'),
    }),
    async context => context.json(await modelUse(db, DAYS), 200),
  )
}
