/** Whom nobody may write to, by our own word. What recipients asked for themselves is not taken back here. */
import { z } from '@hono/zod-openapi'
import { addNeverContact, listNeverContact, removeNeverContact } from '../../db/stores/never-contact.ts'
import { NEVER_KINDS } from '../../domain/policy/never.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS, STOPS } from '../api/unversioned.ts'

const reason = z.string().trim().min(1).max(500)

const entry = z
  .object({
    id: z.uuid(),
    kind: z.enum(NEVER_KINDS),
    value: z.string(),
    name: z.string().nullable(),
    reason: z.string(),
    addedBy: z.string(),
    addedAt: z.date(),
    removedBy: z.string().nullable(),
    removedAt: z.date().nullable(),
    removedWhy: z.string().nullable(),
  })
  .openapi('NeverContact')

export function neverContact({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('never_contact.see', {
        method: 'get',
        path: '/api/never-contact',
        summary: 'Whom nobody may write to, newest first',
        request: { query: pageQuery.extend({ all: z.enum(['true', 'false']).optional() }) },
        responses: json(pageSchema(entry), 'A page of them; all=true with what is no longer in force'),
      }),
      async context => {
        const { all, ...page } = context.req.valid('query')
        return context.json(await listNeverContact(db, { ...page, all: all === 'true' }), 200)
      },
    )
    .openapi(
      route(
        'never_contact.add',
        {
          method: 'post',
          path: '/api/never-contact',
          summary: 'Keeps an address, a domain (*.domain with all beneath) or an account from being written to',
          request: body(z.strictObject({ kind: z.enum(NEVER_KINDS), value: z.string().min(1).max(300), reason })),
          responses: json(z.object({ entry, made: z.boolean() }), 'The entry in force; made: it was not before'),
        },
        { unversioned: STOPS },
      ),
      async context => {
        const given = context.req.valid('json')
        return context.json(
          await db.tx(tx => addNeverContact(tx, { ...given, by: `user:${context.var.user.id}` })),
          200,
        )
      },
    )
    .openapi(
      route(
        'never_contact.remove',
        {
          method: 'post',
          path: '/api/never-contact/{id}/remove',
          summary: 'Takes an entry out of force; it stays on record',
          request: { params: idParams, ...body(z.strictObject({ reason })) },
          responses: json(entry, 'The entry, no longer in force'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const by = `user:${context.var.user.id}`
        return context.json(await db.tx(tx => removeNeverContact(tx, id, by, context.req.valid('json').reason)), 200)
      },
    )
}
