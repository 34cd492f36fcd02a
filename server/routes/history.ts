/** The audit trail, and mail that comes in by hand. */
import { z } from '@hono/zod-openapi'
import { auditEvents } from '../../db/stores/audit.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { MAIL_BODY } from '../api/body.ts'
import { json, route } from '../api/route.ts'

const event = z
  .object({
    id: z.int(),
    at: z.date(),
    actor: z.string(),
    type: z.string(),
    target: z.string(),
    targetId: z.string(),
    runId: z.uuid().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('AuditEvent')

export function history({ db, ports }: AppOptions) {
  return createGroup()
    .openapi(
      route('audit.see', {
        method: 'get',
        path: '/api/audit',
        summary: 'Who did what to which record, newest first',
        request: {
          query: z.object({
            limit: z.coerce.number().int().min(1).max(200).default(200),
            before: z.coerce.number().int().positive().optional(),
          }),
        },
        responses: json(z.array(event), 'Events'),
      }),
      async context => {
        const { limit, before } = context.req.valid('query')
        return context.json(await auditEvents(db, limit, before), 200)
      },
    )
    .openapi(
      route(
        'message.create',
        {
          method: 'post',
          path: '/api/intake',
          summary: 'Takes in one mail as it is on disk (RFC 5322)',
          request: { body: { required: true, content: { 'message/rfc822': { schema: z.string() } } } },
          responses: json(z.object({ id: z.uuid(), made: z.boolean() }), 'The stored message; made: it was new'),
        },
        { bodyLimit: MAIL_BODY, creates: false },
      ), // its Message-ID says which mail it is
      async context => context.json(await ports.receive(new Uint8Array(await context.req.arrayBuffer())), 200),
    )
}
