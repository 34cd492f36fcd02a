/** API keys of one’s own: made by somebody who signed in, shown once, narrowed by scopes, with an end. */
import { z } from '@hono/zod-openapi'
import { SCOPES } from '../../domain/access/viewer.ts'
import { createKey, listKeys, LONGEST_KEY_DAYS, revokeKey } from '../../db/stores/keys.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS } from '../api/unversioned.ts'
import { actorOf } from '../auth/session.ts'

const key = z
  .object({
    id: z.uuid(),
    name: z.string(),
    owner: z.string(),
    userId: z.uuid(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: z.date(),
    expiresAt: z.date().nullable(),
    revokedAt: z.date().nullable(),
    lastUsedAt: z.date().nullable(),
  })
  .openapi('Key')

const asked = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  days: z.int().min(1).max(LONGEST_KEY_DAYS).default(90),
})

const DAY_MS = 86_400_000

export function keys({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('key.see', {
        method: 'get',
        path: '/api/keys',
        summary: 'Keys: one’s own; an admin sees everybody’s, unless mine=true',
        request: { query: pageQuery.extend({ mine: z.enum(['true', 'false']).optional() }) },
        responses: json(pageSchema(key), 'Newest first, without their secrets'),
      }),
      async context => {
        const { mine, ...page } = context.req.valid('query')
        return context.json(await listKeys(db, context.var.viewer, { ...page, mine: mine === 'true' }), 200)
      },
    )
    .openapi(
      route(
        'key.manage',
        {
          method: 'post',
          path: '/api/keys',
          summary: 'Makes a key of one’s own; a key cannot make another',
          request: body(asked),
          responses: json(
            z.object({ id: z.uuid(), key: z.string(), expiresAt: z.date() }).openapi('NewKey'),
            'The key, shown this once',
          ),
        },
        { creates: true },
      ),
      async context => {
        const { credential, user } = context.var
        if (credential.kind === 'key')
          throw new DealwrightError('forbidden', 'A key cannot make another key: sign in, or use the command.')
        const { name, scopes, days } = context.req.valid('json')
        const expiresAt = new Date(Date.now() + days * DAY_MS)
        const secondFactor = credential.kind === 'session' && credential.secondFactor
        const { id, secret } = await db.tx(tx =>
          createKey(tx, {
            userId: user.id,
            name,
            scopes: [...new Set(scopes)],
            expiresAt,
            secondFactor,
            by: actorOf(context),
          }),
        )
        return context.json({ id, key: secret, expiresAt }, 200)
      },
    )
    .openapi(
      route(
        'key.manage',
        {
          method: 'delete',
          path: '/api/keys/{id}',
          summary: 'Ends a key at once',
          request: { params: idParams },
          responses: json(key, 'The key as it is now'),
        },
        { unversioned: ENDS },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await db.tx(tx => revokeKey(tx, context.var.viewer, id, actorOf(context))), 200)
      },
    )
}
