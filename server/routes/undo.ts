/** Taking back a run, an action or one change of a field. A GET shows what a POST would do, by the same code. */
import { z } from '@hono/zod-openapi'
import { type AppOptions, createGroup } from '../api/api.ts'
import { idParams, json, route } from '../api/route.ts'
import { SPARES } from '../api/unversioned.ts'
import { undo } from '../undo.ts'

const item = z.object({
  what: z.string(),
  kind: z.string(),
  id: z.uuid(),
  field: z.string().nullable(),
  from: z.unknown(),
  to: z.unknown(),
  /** In plain words, with the names that people know. */
  words: z.string(),
})

const report = z
  .object({
    preview: z.boolean(),
    reverted: z.int(),
    sparedBecauseEdited: z.int(),
    cannotBeUndone: z.array(z.string()),
    /** One line for all of it. */
    summary: z.string(),
    items: z.array(item),
    spared: z.array(item.omit({ to: true }).extend({ why: z.string() })),
  })
  .openapi('Undo')

const PATHS = { run: '/api/runs/{id}/undo', action: '/api/actions/{id}/undo', field: '/api/changes/{id}/undo' } as const
const NAMES = { run: 'a run', action: 'an action', field: 'one change of a field' } as const

export function undoRoutes({ db }: AppOptions) {
  const preview = <K extends keyof typeof PATHS>(kind: K) =>
    route('run.undo', {
      method: 'get',
      path: PATHS[kind],
      summary: `What undoing ${NAMES[kind]} would take back, spare and have to leave`,
      request: { params: idParams },
      responses: json(report, 'What would be; nothing was changed'),
    })
  const doIt = <K extends keyof typeof PATHS>(kind: K) =>
    route(
      'run.undo',
      {
        method: 'post',
        path: PATHS[kind],
        summary: `Takes back ${NAMES[kind]}, sparing what people edited since`,
        request: { params: idParams },
        responses: json(report, 'What was taken back, what was spared and what cannot be'),
      },
      { unversioned: SPARES },
    )
  return createGroup()
    .openapi(preview('run'), async context =>
      context.json(await undo(db, { kind: 'run', ...context.req.valid('param') }, context.var.viewer, true), 200),
    )
    .openapi(doIt('run'), async context =>
      context.json(await undo(db, { kind: 'run', ...context.req.valid('param') }, context.var.viewer, false), 200),
    )
    .openapi(preview('action'), async context =>
      context.json(await undo(db, { kind: 'action', ...context.req.valid('param') }, context.var.viewer, true), 200),
    )
    .openapi(doIt('action'), async context =>
      context.json(await undo(db, { kind: 'action', ...context.req.valid('param') }, context.var.viewer, false), 200),
    )
    .openapi(preview('field'), async context =>
      context.json(await undo(db, { kind: 'field', ...context.req.valid('param') }, context.var.viewer, true), 200),
    )
    .openapi(doIt('field'), async context =>
      context.json(await undo(db, { kind: 'field', ...context.req.valid('param') }, context.var.viewer, false), 200),
    )
}
