/** Pipelines, their stages, and what has to be true of a deal before it moves on. */
import { z } from '@hono/zod-openapi'
import {
  addPipeline,
  addStage,
  archiveStage,
  changePipeline,
  changeStage,
  listPipelines,
  lockedPipeline,
  lockedStage,
  pipelineRow,
  stageRow,
} from '../../../db/stores/shape/pipelines.ts'
import { MOST_RULES } from '../../../domain/shape/exit-rules.ts'
import { type AppOptions, createGroup } from '../../api/api.ts'
import { changedFrom, tagged } from '../../api/etag.ts'
import { body, idParams, json, route } from '../../api/route.ts'
import { actorOf } from '../../auth/session.ts'
import { line } from '../records/schemas.ts'

const exitRule = z.object({ rule: z.string(), message: z.string() }).openapi('ExitRule')
const newExitRule = z.strictObject({
  /** A condition over `deal`, as playbooks write them: `has(deal.amount)`, `deal.custom.region == "EMEA"`. */
  rule: z.string().min(1).max(2_000),
  message: line(300).min(1),
})

const kind = z.enum(['open', 'won', 'lost'])
const stage = z
  .object({
    id: z.uuid(),
    pipelineId: z.uuid(),
    name: z.string(),
    position: z.int(),
    kind,
    probability: z.number(),
    exitRules: z.array(exitRule),
  })
  .openapi('Stage')

const pipeline = z
  .object({ id: z.uuid(), name: z.string(), archivedAt: z.date().nullable(), stages: z.array(stage) })
  .openapi('Pipeline')

const name = line(80).min(1)
const probability = z.number().min(0).max(1)
const exitRules = z.array(newExitRule).max(MOST_RULES)
const newStage = z.strictObject({
  name,
  kind: kind.default('open'),
  probability: probability.default(0),
  exitRules: exitRules.default([]),
})

export function pipelines({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route('settings.see', {
        method: 'get',
        path: '/api/pipelines',
        summary: 'Pipelines by name, each with its stages in order',
        request: { query: z.object({ archived: z.stringbool().default(false) }) },
        responses: json(z.object({ items: z.array(pipeline) }), 'All of them'),
      }),
      async context => context.json({ items: await listPipelines(db, context.req.valid('query').archived) }, 200),
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'post',
          path: '/api/pipelines',
          summary: 'Makes a pipeline with its stages, in this order',
          request: body(z.strictObject({ name, stages: z.array(newStage).min(1).max(50) })),
          responses: json(pipeline, 'The pipeline'),
        },
        { creates: true, etag: true },
      ),
      async context => {
        return context.json(
          tagged(context, await db.tx(tx => addPipeline(tx, context.req.valid('json'), actorOf(context)))),
          200,
        )
      },
    )
    .openapi(
      route(
        'settings.see',
        {
          method: 'get',
          path: '/api/pipelines/{id}',
          summary: 'One pipeline',
          request: { params: idParams },
          responses: json(pipeline, 'The pipeline'),
        },
        { etag: true },
      ),
      async context => {
        return context.json(tagged(context, await pipelineRow(db, context.req.valid('param').id)), 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'patch',
          path: '/api/pipelines/{id}',
          summary: 'Renames it, puts its stages in another order, archives it or brings it back',
          request: {
            params: idParams,
            ...body(
              z.strictObject({
                name: name.optional(),
                order: z.array(z.uuid()).max(50).optional(),
                archived: z.boolean().optional(),
              }),
            ),
          },
          responses: json(pipeline, 'As it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(
          context,
          db,
          tx => lockedPipeline(tx, context.req.valid('param').id),
          (tx, before) => changePipeline(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
    .route('/', stages(db))
}

function stages(db: AppOptions['db']) {
  return createGroup()
    .openapi(
      route(
        'settings.change',
        {
          method: 'post',
          path: '/api/pipelines/{id}/stages',
          summary: 'Adds a stage behind the others',
          request: { params: idParams, ...body(newStage) },
          responses: json(stage, 'The stage'),
        },
        { creates: true, etag: true },
      ),
      async context => {
        const made = await db.tx(async tx => {
          const pipeline = await lockedPipeline(tx, context.req.valid('param').id)
          return addStage(tx, pipeline, context.req.valid('json'), actorOf(context))
        })
        return context.json(tagged(context, made), 200)
      },
    )
    .openapi(
      route(
        'settings.see',
        {
          method: 'get',
          path: '/api/stages/{id}',
          summary: 'One stage in use',
          request: { params: idParams },
          responses: json(stage, 'The stage'),
        },
        { etag: true },
      ),
      async context => {
        return context.json(tagged(context, await stageRow(db, context.req.valid('param').id)), 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'patch',
          path: '/api/stages/{id}',
          summary: 'Renames it, sets its probability or its exit rules',
          request: {
            params: idParams,
            ...body(
              z.strictObject({
                name: name.optional(),
                probability: probability.optional(),
                exitRules: exitRules.optional(),
              }),
            ),
          },
          responses: json(stage, 'As it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const changed = await changedFrom(
          context,
          db,
          tx => lockedStage(tx, context.req.valid('param').id),
          (tx, before) => changeStage(tx, before, context.req.valid('json'), actorOf(context)),
        )
        return context.json(tagged(context, changed), 200)
      },
    )
    .openapi(
      route(
        'settings.change',
        {
          method: 'post',
          path: '/api/stages/{id}/archive',
          summary: 'Takes it out of use; deals in it move to another stage, each with its history',
          request: { params: idParams, ...body(z.strictObject({ moveTo: z.uuid().nullable().default(null) })) },
          responses: json(z.object({ moved: z.int() }), 'How many deals were moved'),
        },
        { ifMatch: true },
      ),
      async context => {
        const moved = await changedFrom(
          context,
          db,
          tx => lockedStage(tx, context.req.valid('param').id),
          (tx, before) => archiveStage(tx, before, context.req.valid('json').moveTo, actorOf(context)),
        )
        return context.json({ moved }, 200)
      },
    )
}
