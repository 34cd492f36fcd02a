/** The people who work here: roles, teams, grants, and who has left. */
import { z } from '@hono/zod-openapi'
import { GRANTS, ROLES } from '../../domain/access/viewer.ts'
import { addUser, changeUser, listUsers, lockedUser, userRow } from '../../db/stores/users.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { zone } from '../api/zone.ts'
import { actorOf } from '../auth/session.ts'
import { line } from './records/schemas.ts'

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

const newUser = z.strictObject({
  email: z.email().max(254),
  name: line(120).min(1),
  role: z.enum(ROLES),
  zone: zone.default('UTC'),
  /** By name; one that is not there yet is made. */
  team: line(80).min(1).nullable().default(null),
  capacity: z.int().min(0).max(100_000).nullable().default(null),
  /** Below their mails; their name unless given. */
  signature: z.string().trim().min(1).max(2_000).optional(),
})

/** What may be changed, and nothing else of the row. */
const change = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  role: z.enum(ROLES).optional(),
  teamId: z.uuid().nullable().optional(),
  zone: zone.optional(),
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
          method: 'post',
          path: '/api/users',
          summary: 'Adds a person, with the mailbox that their mail is sent from; an invitation lets them sign in',
          request: body(newUser),
          responses: json(user, 'The user'),
        },
        { creates: true, etag: true },
      ),
      async context => {
        const { capacity, signature, ...given } = context.req.valid('json')
        const person = { ...given, capacity, ...(signature === undefined ? {} : { signature }) }
        const made = await db.tx(async tx => userRow(tx, await addUser(tx, person, actorOf(context))))
        return context.json(tagged(context, made), 200)
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
