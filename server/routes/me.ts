/** Oneself: what each person changes without asking an admin. One's sessions and keys: /api/sessions and /api/keys?mine=true. */
import { z } from '@hono/zod-openapi'
import { ROLES } from '../../domain/access/viewer.ts'
import { changeMe, lockedMe, me } from '../../db/stores/me.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { changedFrom, tagged } from '../api/etag.ts'
import { body, isChange, json, NO_CHANGE, route } from '../api/route.ts'
import { zone } from '../api/zone.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
const days = z.array(z.int().min(1).max(7)).min(1).max(7)
const hours = z.strictObject({ workingDays: days, from: time, to: time })
const shown = z.object({ workingDays: z.array(z.int()), from: z.string(), to: z.string() })

const myself = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    team: z.string().nullable(),
    zone: z.string(),
    /** One's own; null: the team's hold. */
    hours: shown.nullable(),
    hoursInForce: shown.extend({ daysOff: z.array(z.string()) }),
    /** Whether a task reminds one of what waits for one's decision. */
    reminders: z.boolean(),
  })
  .openapi('Myself')

const change = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    zone: zone.optional(),
    hours: hours.nullable().optional(),
    reminders: z.boolean().optional(),
  })
  .refine(isChange, NO_CHANGE)

export function meRoutes({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'me.see',
        {
          method: 'get',
          path: '/api/me',
          summary: 'Oneself: name, zone, working hours and whether one is reminded',
          responses: json(myself, 'Oneself'),
        },
        { etag: true },
      ),
      async context => context.json(tagged(context, await me(db, context.var.user.id)), 200),
    )
    .openapi(
      route(
        'me.change',
        {
          method: 'patch',
          path: '/api/me',
          summary: 'Changes one’s name, zone, working hours (null: the team’s again) or whether one is reminded',
          request: body(change),
          responses: json(myself, 'Oneself, as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(
          context,
          db,
          tx => lockedMe(tx, context.var.user.id),
          (tx, before) => changeMe(tx, before, context.req.valid('json')),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
}
