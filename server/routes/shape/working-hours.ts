/** When people work, and which days are off beyond the public holidays. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  listWorkingHours,
  lockedWorkingHours,
  setWorkingHours,
  workingHours,
} from '../../../db/stores/shape/working-hours.ts'
import { teamRow } from '../../../db/stores/users.ts'
import type { Hours } from '../../../domain/calendar/hours.ts'
import { type AppOptions, createGroup, type Env } from '../../api/api.ts'
import { changedFrom, sendEtag, tagged } from '../../api/etag.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { actorOf } from '../../auth/session.ts'
import { day } from '../records/schemas.ts'

const hours = z
  .object({
    teamId: z.uuid().nullable(),
    team: z.string().nullable(),
    /** 1 Monday to 7 Sunday. */
    workingDays: z.array(z.int()),
    from: z.string(),
    to: z.string(),
    daysOff: z.array(day),
  })
  .openapi('WorkingHours')

const clock = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/)
const newHours = z.strictObject({
  workingDays: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: clock,
  to: clock,
  daysOff: z.array(day).max(500).default([]),
})

export function workingHoursRoutes({ db }: AppOptions) {
  const set = async (context: Context<Env>, teamId: string | null, to: Hours | null) =>
    tagged(
      context,
      await changedFrom(
        context,
        db,
        tx => lockedWorkingHours(tx, teamId),
        (tx, before) => setWorkingHours(tx, before, to, actorOf(context)),
      ),
    )
  return createGroup()
    .openapi(
      route('settings.see', {
        method: 'get',
        path: '/api/working-hours',
        summary: 'The organisation’s working hours, and those of teams that keep others',
        responses: json(z.object({ items: z.array(hours) }), 'All of them'),
      }),
      async context => {
        const items = await listWorkingHours(db)
        sendEtag(context, items[0])
        return context.json({ items }, 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'put',
          path: '/api/working-hours',
          summary: 'Sets the organisation’s; If-Match is the ETag of the list',
          request: body(newHours),
          responses: json(hours, 'As they are now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => context.json(await set(context, null, context.req.valid('json')), 200),
    )
    .openapi(
      route(
        'settings.see',
        {
          method: 'get',
          path: '/api/working-hours/{id}',
          summary: 'The hours of a team, by its id: its own, else the organisation’s',
          request: { params: idParams },
          responses: json(hours, 'The hours'),
        },
        { etag: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(tagged(context, await workingHours(db, (await teamRow(db, id)).id)), 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'put',
          path: '/api/working-hours/{id}',
          summary: 'Sets the hours of a team',
          request: { params: idParams, ...body(newHours) },
          responses: json(hours, 'As they are now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const team = await teamRow(db, context.req.valid('param').id)
        return context.json(await set(context, team.id, context.req.valid('json')), 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'delete',
          path: '/api/working-hours/{id}',
          summary: 'Gives up a team’s own: the organisation’s hold again',
          request: { params: idParams },
          responses: json(hours, 'As they are now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const team = await teamRow(db, context.req.valid('param').id)
        return context.json(await set(context, team.id, null), 200)
      },
    )
}
