/** What agents may say of ourselves. */
import { z } from '@hono/zod-openapi'
import { sha256 } from '../../domain/gate/canonical.ts'
import { approvedKnowledge, approveKnowledge } from '../../db/stores/people.ts'
import { audit } from '../../db/stores/audit.ts'
import { must } from '../../db/sql.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { requireMatch, tagged } from '../api/etag.ts'
import { body, json, route } from '../api/route.ts'

const fields = {
  kind: z.enum(['offering', 'proof_point', 'case_study', 'price', 'voice']),
  title: z.string().min(1).max(300),
  text: z.string().min(1).max(50_000),
  lang: z.string().regex(/^[a-z]{2}$/),
}

const item = z.object({ id: z.string(), ...fields, lang: z.string(), sourceId: z.uuid() }).openapi('KnowledgeItem')

const params = z.object({ id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/) })

export function knowledge({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('knowledge.see', {
        method: 'get',
        path: '/api/knowledge',
        summary: 'The approved items',
        responses: json(z.array(item), 'All of them'),
      }),
      async context => context.json(await approvedKnowledge(db), 200),
    )
    .openapi(
      route(
        'knowledge.see',
        {
          method: 'get',
          path: '/api/knowledge/{id}',
          summary: 'One item, with its ETag',
          request: { params },
          responses: json(item, 'The item'),
        },
        { etag: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const found = (await approvedKnowledge(db)).find(one => one.id === id) ?? null
        return context.json(tagged(context, await must('knowledge item', id, Promise.resolve(found))), 200)
      },
    )
    .openapi(
      route(
        'knowledge.publish',
        {
          method: 'put',
          path: '/api/knowledge/{id}',
          summary:
            'Approves an item; a changed one takes the place of the earlier. If-Match: its ETag, or * for a new one',
          request: { params, ...body(z.strictObject({ ...fields, lang: fields.lang.default('en') })) },
          responses: json(item, 'The item as approved'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const given = context.req.valid('json')
        const by = `user:${context.var.user.id}`
        const hash = sha256(given.text)
        const done = await db.tx(async tx => {
          await tx.run('select pg_advisory_xact_lock(hashtext($1))', [`knowledge:${id}`])
          requireMatch(context, (await approvedKnowledge(tx)).find(one => one.id === id) ?? null)
          await approveKnowledge(tx, { id, ...given, hash }, by)
          await audit(tx, { actor: by, type: 'knowledge.approved', target: 'knowledge', targetId: id, data: { hash } })
          const found = (await approvedKnowledge(tx)).find(one => one.id === id) ?? null
          return must('knowledge item', id, Promise.resolve(found))
        })
        return context.json(tagged(context, done), 200)
      },
    )
}
