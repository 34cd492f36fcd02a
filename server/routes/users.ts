/** The people who work here: roles, teams, grants, and who has left. */
import { z } from '@hono/zod-openapi'
import { GRANTS, ROLES } from '../../domain/access/viewer.ts'
import { changeUser, listUsers, lockedUser, userRow } from '../../db/stores/users.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { actorOf } from '../auth/session.ts'

const user = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    teamId: z.uuid().nullable(),
    team: z.string().nullable(),
    zone: z.string(),
    active: z.boolean(),
    capacity: z.int().nullable(),
    grants: z.array(z.enum(GRANTS)),
    twoFactor: z.boolean(),
    canSignIn: z.boolean(),
    createdAt: z.date(),
  })
  .openapi('User')

/** What may be changed, and nothing else of the row. */
const change = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  role: z.enum(ROLES).optional(),
  teamId: z.uuid().nullable().optional(),
  zone: z.string().refine(isZone, 'is an IANA name, such as Europe/London').optional(),
  capacity: z.int().min(0).max(100_000).nullable().optional(),
  grants: z.array(z.enum(GRANTS)).max(GRANTS.length).optional(),
  active: z.boolean().optional(),
})

export function users({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('user.see', {
        method: 'get',
        path: '/api/users',
        summary: 'The people who work here, by name',
        request: { query: pageQuery },
        responses: json(pageSchema(user), 'A page of them'),
      }),
      async context => context.json(await listUsers(db, context.req.valid('query')), 200),
    )
    .openapi(
      route(
        'user.see',
        {
          method: 'get',
          path: '/api/users/{id}',
          summary: 'One of them',
          request: { params: idParams },
          responses: json(user, 'The user'),
        },
        { etag: true },
      ),
      async context => {
        return context.json(tagged(context, await userRow(db, context.req.valid('param').id)), 200)
      },
    )
    .openapi(
      route(
        'user.manage',
        {
          method: 'patch',
          path: '/api/users/{id}',
          summary: 'Changes role, team, grants or whether they are here; in force with the next request',
          request: { params: idParams, ...body(change) },
          responses: json(user, 'As it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(
          context,
          db,
          tx => lockedUser(tx, context.req.valid('param').id),
          (tx, before) => changeUser(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
}

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
