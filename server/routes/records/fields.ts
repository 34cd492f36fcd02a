/** What agents suggest for fields that a person owns, and the history of a record's fields. */
import { z } from '@hono/zod-openapi'
import { decideSuggestion, fieldHistory, listSuggestions } from '../../../db/stores/crm/suggestions.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { pageQuery, pageSchema } from '../../api/list.ts'
import { idParams, json, route } from '../../api/route.ts'
import { BY_STATE } from '../../api/unversioned.ts'
import { recordKind, suggestionSchema } from './schemas.ts'

const change = z
  .object({
    id: z.uuid(),
    field: z.string(),
    old: z.unknown(),
    new: z.unknown(),
    by: z.string(),
    why: z.string().nullable(),
    runId: z.uuid().nullable(),
    at: z.date(),
    revertedAt: z.date().nullable(),
  })
  .openapi('FieldChange')

const WORDS = {
  accept: 'Takes over the suggested value; the field stays the person’s',
  refuse: 'Leaves the field as it is',
} as const

export function fields({ db }: AppOptions) {
  const decision = <W extends keyof typeof WORDS>(word: W) =>
    route(
      'lead.change',
      {
        method: 'post',
        path: `/api/suggestions/{id}/${word}` as const,
        summary: WORDS[word],
        request: { params: idParams },
        responses: json(suggestionSchema, 'The suggestion as decided'),
      },
      { unversioned: BY_STATE },
    )

  return createGroup()
    .openapi(
      route('lead.see', {
        method: 'get',
        path: '/api/suggestions',
        summary: 'Values that agents read for fields that a person owns, newest first',
        request: {
          query: pageQuery.extend({
            status: z.enum(['open', 'accepted', 'refused']).default('open'),
            record: z.uuid().optional(),
          }),
        },
        responses: json(pageSchema(suggestionSchema), 'A page of them'),
      }),
      async context => context.json(await listSuggestions(db, context.var.viewer, context.req.valid('query')), 200),
    )
    .openapi(decision('accept'), async context => {
      const { id } = context.req.valid('param')
      return context.json(await db.tx(tx => decideSuggestion(tx, context.var.viewer, id, true)), 200)
    })
    .openapi(decision('refuse'), async context => {
      const { id } = context.req.valid('param')
      return context.json(await db.tx(tx => decideSuggestion(tx, context.var.viewer, id, false)), 200)
    })
    .openapi(
      route('lead.see', {
        method: 'get',
        path: '/api/records/{kind}/{id}/history',
        summary: 'What became of a record’s fields: old and new value, who, why; newest first',
        request: { params: idParams.extend({ kind: recordKind }) },
        responses: json(z.array(change), 'Changes'),
      }),
      async context => {
        const { kind, id } = context.req.valid('param')
        return context.json(await fieldHistory(db, context.var.viewer, kind, id), 200)
      },
    )
}
