/** What changes, as it changes: server-sent events. */
import { z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { DealwrightError } from '../../domain/errors.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { LiveHub } from '../api/live/hub.ts'
import { positionFrom, sendLive } from '../api/live/stream.ts'
import { route } from '../api/route.ts'

const HEARTBEAT_MS = 15_000
/** Connections of one person: tabs, and what is left of those that broke. */
const AT_ONCE = 20

const TEXT = `Events with name \`change\` and data \`{at, type, target, id}\`: what happened to which record of those that one may see. Ids alone: read
the record. \`hello\` begins; \`reset\` begins where the connection was away for too long: read everything anew; \`beat\` comes when nothing
else does; \`end\` with \`{code}\` ends. Every event has an id: connect again with it as Last-Event-ID and nothing is missed or told twice.`

export function live(options: AppOptions) {
  const hub = new LiveHub(options.db)
  const open = new Map<string, number>()
  const count = (userId: string, by: number) => {
    const now = (open.get(userId) ?? 0) + by
    if (now > 0) open.set(userId, now)
    else open.delete(userId)
    return now
  }
  return createGroup().openapi(
    route('signed_in', {
      method: 'get',
      path: '/api/live',
      summary: 'What changes, as it changes (server-sent events)',
      description: TEXT,
      request: { headers: z.object({ 'last-event-id': z.string().max(40).optional() }) },
      responses: {
        200: { description: 'Events without end', content: { 'text/event-stream': { schema: z.string() } } },
      },
    }),
    async context => {
      const after = positionFrom(context.req.valid('header')['last-event-id'])
      if (context.req.method === 'HEAD') return context.body(null, 200, { 'content-type': 'text/event-stream' })
      const userId = context.var.user.id
      if (count(userId, 1) > AT_ONCE) {
        count(userId, -1)
        throw new DealwrightError('too_many_requests', `Close some: you have ${AT_ONCE} live connections already.`, {
          details: { retryAfter: 5 },
        })
      }
      // Proxies that gather answers would keep events back.
      context.header('X-Accel-Buffering', 'no')
      return streamSSE(context, async stream => {
        try {
          await sendLive(stream, {
            db: options.db,
            hub,
            after,
            heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
            viewer: async () => {
              await context.var.signIn(context, async () => {})
              return context.var.viewer
            },
          })
        } catch {
          // The other side went away while we spoke.
        } finally {
          count(userId, -1)
        }
      })
    },
  )
}
