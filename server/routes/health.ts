/** What works and what does not, for a page of settings. (Whether the server answers at all: /healthz.) */
import { z } from '@hono/zod-openapi'
import { type AppOptions, createGroup } from '../api/api.ts'
import { json, route } from '../api/route.ts'
import { createHealth } from '../health.ts'

const check = z.object({
  name: z.string(),
  ok: z.boolean(),
  what: z.string(),
  since: z.date().nullable(),
  todo: z.string().nullable(),
})

export function healthRoutes({ db, ports }: AppOptions) {
  const health = createHealth(db, ports)
  return createGroup().openapi(
    route('health.see', {
      method: 'get',
      path: '/api/health',
      summary: 'Each part in plain words: whether it works, since when not, and what to do',
      responses: json(
        z.object({ ok: z.boolean(), at: z.date(), checks: z.array(check) }).openapi('Health'),
        'ok: all of them work',
      ),
    }),
    async context => context.json(await health(), 200),
  )
}
