/** Mail that comes in by hand. */
import { z } from '@hono/zod-openapi'
import { type AppOptions, createGroup } from '../api/api.ts'
import { MAIL_BODY } from '../api/body.ts'
import { json, route } from '../api/route.ts'
import { BY_MESSAGE_ID } from '../api/unversioned.ts'

export function intake({ ports }: AppOptions) {
  return createGroup().openapi(
    route(
      'message.create',
      {
        method: 'post',
        path: '/api/intake',
        summary: 'Takes in one mail as it is on disk (RFC 5322)',
        request: { body: { required: true, content: { 'message/rfc822': { schema: z.string() } } } },
        responses: json(z.object({ id: z.uuid(), made: z.boolean() }), 'The stored message; made: it was new'),
      },
      { bodyLimit: MAIL_BODY, creates: false, unversioned: BY_MESSAGE_ID },
    ),
    async context => {
      const { id, made } = await ports.receive(new Uint8Array(await context.req.arrayBuffer()))
      return context.json({ id, made }, 200)
    },
  )
}
