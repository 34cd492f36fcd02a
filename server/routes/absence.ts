/** When people are away, and who decides for them meanwhile. */
import { z } from '@hono/zod-openapi'
import { addAbsence, endAbsence, listAbsences } from '../../db/stores/absence.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { ENDS } from '../api/unversioned.ts'

const absence = z
  .object({
    id: z.uuid(),
    userId: z.uuid(),
    user: z.string(),
    deputyId: z.uuid(),
    deputy: z.string(),
    fromAt: z.date(),
    toAt: z.date(),
    endedAt: z.date().nullable(),
    away: z.boolean(),
  })
  .openapi('Absence')

const instant = z.iso.datetime({ offset: true })

export function absences({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('absence.see', {
        method: 'get',
        path: '/api/absences',
        summary: 'Who is away now or will be, and who decides for them; soonest first',
        responses: json(z.object({ items: z.array(absence) }), 'Those that are not over'),
      }),
      async context => context.json({ items: await listAbsences(db) }, 200),
    )
    .openapi(
      route(
        'absence.change',
        {
          method: 'post',
          path: '/api/absences',
          summary: 'Says that somebody, oneself unless named, is away, and who decides for them',
          request: body(z.strictObject({ user: z.uuid().optional(), deputy: z.uuid(), from: instant, to: instant })),
          responses: json(absence, 'The absence'),
        },
        { creates: true },
      ),
      async context => {
        const { user, viewer } = context.var
        const { user: whose = user.id, deputy, from, to } = context.req.valid('json')
        const made = { userId: whose, deputyId: deputy, fromAt: new Date(from), toAt: new Date(to) }
        return context.json(await db.tx(tx => addAbsence(tx, viewer, made)), 200)
      },
    )
    .openapi(
      route(
        'absence.change',
        {
          method: 'post',
          path: '/api/absences/{id}/end',
          summary: 'Back earlier than said',
          request: { params: idParams },
          responses: json(absence, 'The absence as ended'),
        },
        { unversioned: ENDS },
      ),
      async context =>
        context.json(await db.tx(tx => endAbsence(tx, context.var.viewer, context.req.valid('param').id)), 200),
    )
}
