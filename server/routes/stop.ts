/** The stop switch, and what waits because of it or of a limit. */
import { z } from '@hono/zod-openapi'
import {
  engageStop,
  heldActions,
  listStops,
  previewStop,
  releaseStop,
  STOP_SCOPES,
  stopTarget,
} from '../../db/stores/stops.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS, STOPS } from '../api/unversioned.ts'

const reason = z.string().trim().min(1).max(500)

const name = z.string().trim().min(1).max(254).optional()
const count = z.int()

const preview = z
  .object({
    /** Being carried out this moment: stopped too, unless its first word was heard. */
    underWay: count,
    /** Allowed or approved: it waits until the stop is released. */
    ready: count,
    /** Of these, mails. */
    mails: count,
    /** Not decided yet: people may go on deciding, and it is not carried out. */
    undecided: count,
    /** Held by another stop already. */
    stoppedAlready: count,
    /** The stop of just this that is engaged. */
    engaged: z.boolean(),
  })
  .openapi('StopPreview')

const stop = z
  .object({
    id: z.uuid(),
    scope: z.enum(STOP_SCOPES),
    target: z.string(),
    name: z.string().nullable(),
    reason: z.string(),
    engagedBy: z.string(),
    engagedAt: z.date(),
    releasedBy: z.string().nullable(),
    releasedAt: z.date().nullable(),
    releaseReason: z.string().nullable(),
  })
  .openapi('Stop')

const held = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    summary: z.string(),
    code: z.string(),
    why: z.string(),
    until: z.date().nullable(),
  })
  .openapi('HeldAction')

export function stops({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('stop.see', {
        method: 'get',
        path: '/api/stops',
        summary: 'What is stopped, and what was; newest first',
        responses: json(z.object({ items: z.array(stop) }), 'Engaged ones first'),
      }),
      async context => context.json({ items: await listStops(db) }, 200),
    )
    .openapi(
      route('action.see', {
        method: 'get',
        path: '/api/held',
        summary: 'Actions that may be carried out and wait all the same, with the reason; oldest first',
        request: {
          query: z.object({
            code: z.string().max(40).optional(),
            limit: z.coerce.number().int().min(1).max(200).default(200),
          }),
        },
        responses: json(z.object({ items: z.array(held) }), 'At most as many as asked for'),
      }),
      async context =>
        context.json({ items: await heldActions(db, context.var.viewer, context.req.valid('query')) }, 200),
    )
    .openapi(
      route('stop.engage', {
        method: 'get',
        path: '/api/stops/preview',
        summary: 'What a stop would hold, before it is engaged',
        request: { query: z.object({ scope: z.enum(STOP_SCOPES), name }) },
        responses: json(preview, 'How many actions; nothing was changed'),
      }),
      async context => {
        const { scope, name: of } = context.req.valid('query')
        return context.json(await previewStop(db, scope, await stopTarget(db, scope, of ?? null)), 200)
      },
    )
    .openapi(
      // No creation that is answered once: engaging must be in force before anything is answered, and twice is once.
      route(
        'stop.engage',
        {
          method: 'post',
          path: '/api/stops',
          summary: 'Stops: once this has answered, nothing that it covers leaves any more',
          request: body(z.strictObject({ scope: z.enum(STOP_SCOPES), name, reason })),
          responses: json(stop, 'The stop; the one that stands where it was stopped already'),
        },
        { unversioned: STOPS },
      ),
      async context => {
        const { scope, name, reason: why } = context.req.valid('json')
        const target = await stopTarget(db, scope, name ?? null)
        return context.json(
          await engageStop(db, { scope, target, reason: why, by: `user:${context.var.user.id}` }),
          200,
        )
      },
    )
    .openapi(
      route(
        'stop.release',
        {
          method: 'post',
          path: '/api/stops/{id}/release',
          summary: 'Lets go on what it stopped',
          request: { params: idParams, ...body(z.strictObject({ reason })) },
          responses: json(stop, 'The stop as released'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const released = await releaseStop(db, id, `user:${context.var.user.id}`, context.req.valid('json').reason)
        return context.json(released, 200)
      },
    )
}
