/** Fields that an organisation adds to its records. Definitions are for everybody to read; values as their permission says. */
import { z } from '@hono/zod-openapi'
import {
  addCustomField,
  changeCustomField,
  customField,
  listCustomFields,
  lockedCustomField,
} from '../../../db/stores/shape/custom-fields.ts'
import { CUSTOM_KEY, CUSTOM_KINDS, CUSTOM_TYPES, MOST_CHOICES } from '../../../domain/shape/custom-field.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { changedFrom, tagged } from '../../api/etag.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { actorOf } from '../../auth/session.ts'
import { line } from '../records/schemas.ts'

const kind = z.enum(CUSTOM_KINDS)
const type = z.enum(CUSTOM_TYPES)

const field = z
  .object({
    id: z.uuid(),
    kind,
    key: z.string(),
    label: z.string(),
    type,
    choices: z.array(z.string()),
    required: z.boolean(),
    searchable: z.boolean(),
    /** Read and written only by those who may see sensitive fields. */
    sensitive: z.boolean(),
    archivedAt: z.date().nullable(),
  })
  .openapi('CustomField')

const label = line(80).min(1)
const choices = z.array(line(120).min(1)).max(MOST_CHOICES)

const newField = z.strictObject({
  kind,
  /** Under this key values stand in a record’s `custom`; it never changes. */
  key: z.string().regex(CUSTOM_KEY),
  label,
  type,
  choices: choices.default([]),
  required: z.boolean().default(false),
  searchable: z.boolean().default(false),
  sensitive: z.boolean().default(false),
})

const change = z.strictObject({
  label: label.optional(),
  type: type.optional(),
  choices: choices.optional(),
  required: z.boolean().optional(),
  searchable: z.boolean().optional(),
  sensitive: z.boolean().optional(),
  archived: z.boolean().optional(),
})

export function customFields({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('settings.see', {
        method: 'get',
        path: '/api/custom-fields',
        summary: 'Custom fields by kind of record and label',
        request: { query: z.object({ kind: kind.optional(), archived: z.stringbool().default(false) }) },
        responses: json(z.object({ items: z.array(field) }), 'All of them'),
      }),
      async context => context.json({ items: await listCustomFields(db, context.req.valid('query')) }, 200),
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'post',
          path: '/api/custom-fields',
          summary: 'Makes a custom field',
          request: body(newField),
          responses: json(field, 'The field'),
        },
        { creates: true, etag: true },
      ),
      async context => {
        return context.json(
          tagged(context, await db.tx(tx => addCustomField(tx, context.req.valid('json'), actorOf(context)))),
          200,
        )
      },
    )
    .openapi(
      route(
        'settings.see',
        {
          method: 'get',
          path: '/api/custom-fields/{id}',
          summary: 'One custom field',
          request: { params: idParams },
          responses: json(field, 'The field'),
        },
        { etag: true },
      ),
      async context => {
        return context.json(tagged(context, await customField(db, context.req.valid('param').id)), 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'patch',
          path: '/api/custom-fields/{id}',
          summary: 'Changes it, archives it (values stay) or brings it back; another type only where every value fits',
          request: { params: idParams, ...body(change) },
          responses: json(field, 'As it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(
          context,
          db,
          tx => lockedCustomField(tx, context.req.valid('param').id),
          (tx, before) => changeCustomField(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
}
