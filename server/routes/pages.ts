/** What has no sign-in: health, the status page, and the link in every mail. */
import { z } from '@hono/zod-openapi'
import { type AppOptions, createGroup } from '../api/api.ts'
import { json, route } from '../api/route.ts'
import { counts, statusPage } from '../status.ts'
import { unsubscribe, unsubscribePage } from '../unsubscribe.ts'

const html = (description: string) => ({ 200: { description, content: { 'text/html': { schema: z.string() } } } })
const link = z.object({ run: z.uuid(), token: z.string().max(200) })

export function pages({ db, temporalUi }: AppOptions) {
  return createGroup()
    .openapi(
      route('anyone', {
        method: 'get',
        path: '/healthz',
        summary: 'Whether server and database answer',
        responses: json(z.object({ ok: z.literal(true) }), 'They do'),
      }),
      async context => {
        await db.row('select 1')
        return context.json({ ok: true } as const, 200)
      },
    )
    .openapi(
      route('anyone', {
        method: 'get',
        path: '/status',
        summary: 'Status page: counts, nobody’s data',
        responses: html('The page'),
      }),
      async context => context.html(statusPage(await counts(db), temporalUi), 200),
    )
    .openapi(
      route('anyone', {
        method: 'get',
        path: '/unsubscribe/{run}/{token}',
        summary: 'Asks whether to unsubscribe (link scanners click too)',
        request: { params: link },
        responses: html('A page with a button'),
      }),
      context => context.html(unsubscribePage(), 200),
    )
    .openapi(
      route('anyone', {
        method: 'post',
        path: '/unsubscribe/{run}/{token}',
        summary: 'Unsubscribes, also by the one click of RFC 8058',
        request: { params: link },
        responses: html('Done'),
      }),
      async context => {
        const { run, token } = context.req.valid('param')
        await unsubscribe(db, run, token)
        return context.html(unsubscribePage('done'), 200)
      },
    )
}
