/** The audit trail: looking at it, taking it out as JSON lines, and whether it stands as it was written. */
import { createPublicKey } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { keyId } from '../../domain/gate/decision.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { audit, auditEvents, auditTrail, type AuditEvent, type AuditFilter } from '../../db/stores/audit.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { json, route } from '../api/route.ts'
import { verifyAudit } from '../audit/verify.ts'

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

const word = z.string().min(1).max(200).optional()
const instant = z.iso.datetime({ offset: true }).optional()
const filter = z.object({
  actor: word,
  /** `action.approved`, or all of a room: `action.*` */
  type: word,
  target: word,
  targetId: word,
  from: instant,
  to: instant,
})

const verification = z
  .object({
    ok: z.boolean(),
    events: z.int(),
    broken: z.array(z.object({ kind: z.string(), id: z.int().nullable(), seal: z.int().nullable(), why: z.string() })),
    checkpoint: z.object({ seal: z.int(), lastId: z.int(), events: z.int(), at: z.string() }).nullable(),
    unsealed: z.int(),
  })
  .openapi('AuditVerification')

export function auditRoutes({ db, privateKey, checkpoints }: AppOptions) {
  return createGroup()
    .openapi(
      route('audit.see', {
        method: 'get',
        path: '/api/audit',
        summary: 'Who did what to which record, newest first',
        request: { query: pageQuery.extend(filter.shape) },
        responses: json(pageSchema(event), 'A page of them'),
      }),
      async context => {
        const { limit, cursor, ...of } = context.req.valid('query')
        const items = await auditEvents(db, limit + 1, cursor === undefined ? undefined : idOf(cursor), timed(of))
        const next = items.length > limit ? String(items[limit - 1]?.id) : null
        return context.json({ items: items.slice(0, limit), next }, 200)
      },
    )
    .openapi(
      route('audit.export', {
        method: 'get',
        path: '/api/audit/export',
        summary: 'The trail as JSON lines, oldest first; the export is an event of it',
        request: { query: filter },
        responses: {
          200: { description: 'One event a line', content: { 'application/x-ndjson': { schema: z.string() } } },
        },
      }),
      async context => {
        const of = context.req.valid('query')
        await audit(db, {
          actor: `user:${context.var.user.id}`,
          type: 'audit.exported',
          target: 'audit',
          targetId: 'trail',
          data: of,
        })
        return context.body(asLines(auditTrail(db, timed(of))), 200, { 'content-type': 'application/x-ndjson' })
      },
    )
    .openapi(
      route('audit.see', {
        method: 'get',
        path: '/api/audit/verification',
        summary: 'Whether the trail stands as it was written, up to the last signed checkpoint',
        responses: json(verification, 'What was found'),
      }),
      async context => {
        if (checkpoints === undefined)
          throw new DealwrightError('unavailable', 'This server keeps no checkpoints of the audit trail.')
        const key = createPublicKey(privateKey)
        return context.json(await verifyAudit(db, checkpoints, new Map([[keyId(key), key]])), 200)
      },
    )
}

const timed = ({ from, to, ...rest }: z.infer<typeof filter>): AuditFilter => ({
  ...rest,
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
})

function idOf(cursor: string): number {
  const id = Number(cursor)
  if (Number.isSafeInteger(id) && id > 0) return id
  throw new DealwrightError('bad_input', 'cursor: is not one of this list. Begin again without it.')
}

/** A page is read when the reader has taken the one before. */
function asLines(pages: AsyncGenerator<AuditEvent[]>): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const page = await pages.next()
      if (page.done) controller.close()
      else controller.enqueue(text.encode(page.value.map(event => `${JSON.stringify(event)}\n`).join('')))
    },
    async cancel() {
      await pages.return(undefined)
    },
  })
}
