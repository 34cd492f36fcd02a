/** Teams, each with whoever leads it. Who is in one is said at the user. */
import { z } from '@hono/zod-openapi'
import { addTeam, changeTeam, listTeams, lockedTeam, teamRow } from '../../db/stores/users.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { actorOf } from '../auth/session.ts'

const team = z
  .object({
    id: z.uuid(),
    name: z.string(),
    managerId: z.uuid().nullable(),
    manager: z.string().nullable(),
    members: z.int(),
    createdAt: z.date(),
  })
  .openapi('Team')

const name = z.string().trim().min(1).max(80)

export function teams({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('team.see', {
        method: 'get',
        path: '/api/teams',
        summary: 'Teams, by name',
        responses: json(z.object({ items: z.array(team) }), 'All of them'),
      }),
      async context => context.json({ items: await listTeams(db) }, 200),
    )
    .openapi(
      route(
        'team.see',
        {
          method: 'get',
          path: '/api/teams/{id}',
          summary: 'One team',
          request: { params: idParams },
          responses: json(team, 'The team'),
        },
        { etag: true },
      ),
      async context => {
        return context.json(tagged(context, await teamRow(db, context.req.valid('param').id)), 200)
      },
    )
    .openapi(
      route(
        'team.manage',
        {
          method: 'post',
          path: '/api/teams',
          summary: 'Makes a team',
          request: body(z.strictObject({ name, managerId: z.uuid().nullable().default(null) })),
          responses: json(team, 'The team'),
        },
        { creates: true },
      ),
      async context => {
        const made = await db.tx(tx => addTeam(tx, context.req.valid('json'), actorOf(context)))
        return context.json(made, 200)
      },
    )
    .openapi(
      route(
        'team.manage',
        {
          method: 'patch',
          path: '/api/teams/{id}',
          summary: 'Renames it, or says who leads it',
          request: {
            params: idParams,
            ...body(z.strictObject({ name: name.optional(), managerId: z.uuid().nullable().optional() })),
          },
          responses: json(team, 'As it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(
          context,
          db,
          tx => lockedTeam(tx, context.req.valid('param').id),
          (tx, before) => changeTeam(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
}
