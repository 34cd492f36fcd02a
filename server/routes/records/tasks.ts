/** Tasks of people. */
import { z } from '@hono/zod-openapi'
import { listRecords } from '../../../db/stores/crm/read.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { pageSchema } from '../../api/list.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { created, edited, listQuery, shown } from './handle.ts'
import { taskSchema, taskSet, editOf } from './schemas.ts'

type Task = z.output<typeof taskSchema>

const newOne = taskSet
  .omit({ status: true })
  .required({ title: true })
  .extend({ leadId: z.uuid().optional(), dealId: z.uuid().optional(), contactId: z.uuid().optional() })

export function tasks({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('task.see', {
        method: 'get',
        path: '/api/tasks',
        summary: 'What people have to do, newest first; q finds them by the beginnings of words',
        request: {
          query: listQuery.omit({ custom: true }).extend({
            status: z.enum(['open', 'done', 'cancelled']).optional(),
            lead: z.uuid().optional(),
            deal: z.uuid().optional(),
          }),
        },
        responses: json(pageSchema(taskSchema), 'A page of them'),
      }),
      async context => {
        const { limit, cursor, q, ...filters } = context.req.valid('query')
        return context.json(await listRecords<Task>(db, context.var.viewer, 'task', { limit, cursor, q, filters }), 200)
      },
    )
    .openapi(
      route(
        'task.create',
        {
          method: 'post',
          path: '/api/tasks',
          summary: 'Makes a task; what is filled in is its maker’s',
          request: body(newOne),
          responses: json(taskSchema, 'The new record, with its ETag'),
        },
        { etag: true },
      ),
      async context => context.json(await created<Task>(db, context, 'task', context.req.valid('json')), 200),
    )
    .openapi(
      route(
        'task.see',
        {
          method: 'get',
          path: '/api/tasks/{id}',
          summary: 'One of them, with its ETag',
          request: { params: idParams },
          responses: json(taskSchema, 'The record'),
        },
        { etag: true },
      ),
      async context => context.json(await shown<Task>(db, context, 'task', context.req.valid('param').id), 200),
    )
    .openapi(
      route(
        'task.change',
        {
          method: 'patch',
          path: '/api/tasks/{id}',
          summary: 'Changes fields of one; needs If-Match',
          request: { params: idParams, ...body(editOf(taskSet)) },
          responses: json(taskSchema, 'The record as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        return context.json(await edited<Task>(db, context, 'task', id, context.req.valid('json')), 200)
      },
    )
}
