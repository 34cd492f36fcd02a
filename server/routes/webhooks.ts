/** Webhooks: which addresses are told of what, what was sent to them, and what came of it. */
import { z } from '@hono/zod-openapi'
import { AUDIT } from '../../domain/audit/events.ts'
import {
  addDelivery,
  changeEndpoint,
  deleteEndpoint,
  deliveries,
  deliveryWithLog,
  endpointById,
  endpoints,
  type Endpoint,
  lockEndpoint,
  makeEndpoint,
  sendAgain,
} from '../../db/stores/webhooks.ts'
import { type AppOptions, createGroup } from '../api/api.ts'
import { requireMatch, sendEtag, tagged } from '../api/etag.ts'
import { pageQuery, pageSchema } from '../api/list.ts'
import { body, idParams, json, route } from '../api/route.ts'
import { SENDS } from '../api/unversioned.ts'
import { secretText } from '../webhooks/send.ts'

/** Of the audit trail: what is told is what is recorded. */
const TYPES = [...new Set([...Object.keys(AUDIT), ...Object.keys(AUDIT).map(type => `${type.split('.')[0]}.*`), '*'])]

const fields = {
  url: z.string().max(2_000).openapi({ example: 'https://example.com/hooks/dealwright' }),
  description: z.string().max(200),
  events: z
    .array(z.string().refine(type => TYPES.includes(type), 'is no type of event: see /api/webhooks/event-types'))
    .min(1)
    .max(50),
}

const endpoint = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()),
    /** Attempts in a row that failed; at 20 the webhook is switched off. */
    failures: z.int(),
    active: z.boolean(),
    disabledAt: z.date().nullable(),
    disabledWhy: z.string().nullable(),
    createdAt: z.date(),
  })
  .openapi('Webhook')

const withSecret = endpoint
  .extend({ secret: z.string().openapi({ description: 'To check signatures with. Shown this once.' }) })
  .openapi('WebhookWithSecret')

const delivery = z
  .object({
    id: z.uuid(),
    type: z.string(),
    status: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.int(),
    nextAt: z.date().nullable(),
    createdAt: z.date(),
    settledAt: z.date().nullable(),
    httpStatus: z.int().nullable(),
    errorCode: z.string().nullable(),
  })
  .openapi('WebhookDelivery')

const wholeDelivery = delivery
  .extend({
    body: z.string().openapi({ description: 'As sent: ids, no texts.' }),
    log: z.array(
      z.object({ at: z.date(), httpStatus: z.int().nullable(), errorCode: z.string().nullable(), ms: z.int() }),
    ),
  })
  .openapi('WebhookDeliveryWithLog')

function shown(of: Endpoint) {
  const { secretVersion: _version, ...rest } = of
  return { ...rest, active: of.disabledAt === null }
}
const deliveryParams = idParams.extend({ delivery: z.uuid() })

export function webhooks(options: AppOptions) {
  return createGroup().route('/', endpointRoutes(options)).route('/', deliveryRoutes(options))
}

function endpointRoutes({ db, privateKey, ports }: AppOptions) {
  const secret = ({ id, secretVersion }: Endpoint) => secretText(privateKey, id, secretVersion)
  return createGroup()
    .openapi(
      route('webhook.see', {
        method: 'get',
        path: '/api/webhooks',
        summary: 'Addresses that are told of changes',
        responses: json(z.array(endpoint), 'All of them'),
      }),
      async context => context.json((await endpoints(db)).map(shown), 200),
    )
    .openapi(
      route('webhook.see', {
        method: 'get',
        path: '/api/webhooks/event-types',
        summary: 'What one can be told of',
        responses: json(z.array(z.string()), 'Types, and patterns for several'),
      }),
      context => context.json(TYPES, 200),
    )
    .openapi(
      route(
        'webhook.manage',
        {
          method: 'post',
          path: '/api/webhooks',
          summary: 'Adds an address; its secret is shown this once',
          request: body(z.strictObject({ ...fields, description: fields.description.default('') })),
          responses: json(withSecret, 'The webhook with its secret'),
        },
        { creates: true, etag: true },
      ),
      async context => {
        const given = context.req.valid('json')
        ports.webhooks.check(given.url)
        const made = await db.tx(tx => makeEndpoint(tx, given, context.var.user.id))
        sendEtag(context, shown(made))
        return context.json({ ...shown(made), secret: secret(made) }, 200)
      },
    )
    .openapi(
      route(
        'webhook.see',
        {
          method: 'get',
          path: '/api/webhooks/{id}',
          summary: 'One of them, with its ETag',
          request: { params: idParams },
          responses: json(endpoint, 'The webhook'),
        },
        { etag: true },
      ),
      async context => {
        const found = shown(await endpointById(db, context.req.valid('param').id))
        return context.json(tagged(context, found), 200)
      },
    )
    .openapi(
      route(
        'webhook.manage',
        {
          method: 'patch',
          path: '/api/webhooks/{id}',
          summary: 'Changes it, or switches it off and on',
          request: { params: idParams, ...body(z.strictObject({ ...fields, active: z.boolean() }).partial()) },
          responses: json(endpoint, 'The webhook as it is now'),
        },
        { etag: true, ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        const change = context.req.valid('json')
        if (change.url !== undefined) ports.webhooks.check(change.url)
        const changed = await db.tx(async tx => {
          requireMatch(context, shown(await lockEndpoint(tx, id)))
          return shown(await changeEndpoint(tx, id, definite(change), context.var.user.id))
        })
        return context.json(tagged(context, changed), 200)
      },
    )
    .openapi(
      route(
        'webhook.manage',
        {
          method: 'post',
          path: '/api/webhooks/{id}/secret',
          summary: 'Makes a new secret; the old one signs nothing any more',
          request: { params: idParams },
          responses: json(withSecret, 'The webhook with its secret'),
        },
        { creates: true, etag: true },
      ),
      async context => {
        const changed = await db.tx(async tx => {
          const { id } = await lockEndpoint(tx, context.req.valid('param').id)
          return changeEndpoint(tx, id, { newSecret: true }, context.var.user.id)
        })
        sendEtag(context, shown(changed))
        return context.json({ ...shown(changed), secret: secret(changed) }, 200)
      },
    )
    .openapi(
      route(
        'webhook.manage',
        {
          method: 'delete',
          path: '/api/webhooks/{id}',
          summary: 'Removes it; what waits to be sent to it is dropped',
          request: { params: idParams },
          responses: json(z.object({ id: z.uuid() }), 'It is gone'),
        },
        { ifMatch: true },
      ),
      async context => {
        const { id } = context.req.valid('param')
        await db.tx(async tx => {
          requireMatch(context, shown(await lockEndpoint(tx, id)))
          await deleteEndpoint(tx, id, context.var.user.id)
        })
        return context.json({ id }, 200)
      },
    )
}

function deliveryRoutes({ db }: AppOptions) {
  return createGroup()
    .openapi(
      route(
        'webhook.manage',
        {
          method: 'post',
          path: '/api/webhooks/{id}/test',
          summary: 'Sends a message of the type webhook.test; its delivery says what came of it',
          request: { params: idParams },
          responses: json(z.object({ id: z.uuid() }), 'The delivery'),
        },
        { creates: true },
      ),
      async context => {
        const { id: endpointId } = await endpointById(db, context.req.valid('param').id)
        const text = JSON.stringify({ type: 'webhook.test', timestamp: new Date().toISOString(), data: {} })
        return context.json({ id: await db.tx(tx => addDelivery(tx, endpointId, 'webhook.test', text)) }, 200)
      },
    )
    .openapi(
      route('webhook.see', {
        method: 'get',
        path: '/api/webhooks/{id}/deliveries',
        summary: 'What was sent, newest first',
        request: {
          params: idParams,
          query: pageQuery.extend({ status: z.enum(['pending', 'delivered', 'failed']).optional() }),
        },
        responses: json(pageSchema(delivery), 'A page of them'),
      }),
      async context => {
        const { id } = await endpointById(db, context.req.valid('param').id)
        return context.json(await deliveries(db, id, context.req.valid('query')), 200)
      },
    )
    .openapi(
      route('webhook.see', {
        method: 'get',
        path: '/api/webhooks/{id}/deliveries/{delivery}',
        summary: 'One delivery with every attempt',
        request: { params: deliveryParams },
        responses: json(wholeDelivery, 'The delivery'),
      }),
      async context => {
        const { id, delivery } = context.req.valid('param')
        await endpointById(db, id)
        return context.json(await deliveryWithLog(db, id, delivery), 200)
      },
    )
    .openapi(
      route(
        'webhook.manage',
        {
          method: 'post',
          path: '/api/webhooks/{id}/deliveries/{delivery}/again',
          summary: 'Sends it again, under the same id',
          request: { params: deliveryParams },
          responses: json(wholeDelivery, 'The delivery'),
        },
        { unversioned: SENDS },
      ),
      async context => {
        const { id, delivery } = context.req.valid('param')
        await endpointById(db, id)
        await db.tx(tx => sendAgain(tx, id, delivery))
        return context.json(await deliveryWithLog(db, id, delivery), 200)
      },
    )
}

/** Fields that were given. */
function definite<T extends object>(of: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never
}
