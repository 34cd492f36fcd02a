/** How a route is declared: with who may call it. The declaration is the OpenAPI document's too (`x-access`). */
import { createRoute, z, type RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { requireRight } from '../../domain/access/may.ts'
import { rowOf, type Right } from '../../domain/access/table.ts'
import { DealwrightError, ERRORS } from '../../domain/errors.ts'
import type { Env } from './api.ts'
import { checkBody, limitBody, USUAL_BODY } from './body.ts'
import { addressOf, nameOf } from './caller.ts'
import { answerHeaders, headerParameters, operationId, securityOf, tagOf } from './describe.ts'
import { UNSTORABLE } from './json-text.ts'
import { problemSchema } from './problem.ts'
import type { LimitClass } from './rate-limit.ts'

/** A row of the access table; or anybody signed in; or anybody at all (health, sign-in, what a mail's recipient follows). */
export type Access = Right | 'signed_in' | 'anyone'

export interface RouteOptions {
  /** Largest body, in bytes; see server/api/body.ts. */
  bodyLimit?: number
  /** Makes a record: needs an Idempotency-Key, and sent again with the same one answers as the first time. */
  creates?: boolean
  /** Answers carry an ETag (`sendEtag`). */
  etag?: boolean
  /** A change that needs If-Match (`requireMatch`); `if_sent`: that heeds it where it is sent (`heedMatch`). */
  ifMatch?: boolean | 'if_sent'
  /** Why a change carries no If-Match: a sentence for the document. */
  unversioned?: string
  /** Which bucket requests are taken from; by the right's scope unless said. */
  rate?: LimitClass
}

const problems = (status: number, description: string) => ({
  [status]: { description, content: { 'application/problem+json': { schema: problemSchema } } },
})

/** What any route may answer besides its own: every status of the code table. */
const COMMON = {
  ...problems(400, 'The request is not understood: the detail says where.'),
  ...problems(401, 'Not signed in, or the key is not valid.'),
  ...problems(402, 'A budget is spent.'),
  ...problems(403, 'Signed in, and not allowed to do this.'),
  ...problems(404, 'There is no such record, or it is not yours to see.'),
  ...problems(409, 'The record is not in the state that this needs.'),
  ...problems(412, 'The record has changed since it was read.'),
  ...problems(413, 'The body is too large.'),
  ...problems(415, 'The body is of another type or encoding than this takes.'),
  ...problems(422, 'What was sent is understood and not valid.'),
  ...problems(428, 'A change needs If-Match, a creation Idempotency-Key.'),
  429: {
    ...problems(429, 'Too many requests: Retry-After says when.')[429],
    description: 'Too many requests: Retry-After says when.',
    headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' as const, minimum: 1 } } },
  },
  ...problems(500, 'Our fault: it is in the server’s log.'),
  ...problems(502, 'A part beyond us did not do what it should.'),
  ...problems(503, 'A part that this needs is away: try again later.'),
  ...problems(504, 'A part beyond us took too long.'),
}

/** Every code of the table, for the document. */
export const CODES = Object.entries(ERRORS).map(([code, { http, retry }]) => ({ code, http, retry }))

/**
 * @param access who may call it; checked before the handler, and again per record in the stores. A `post` under a right to create
 *   (`lead.create`) is a creation unless the options say otherwise.
 * @example const list = route('lead.see', { method: 'get', path: '/api/leads', summary: 'Leads', responses: json(leadPage, 'Leads') })
 */
export function route<const R extends RouteConfig>(access: Access, config: R, given: RouteOptions = {}) {
  const options = { creates: config.method === 'post' && access.endsWith('.create'), ...given }
  const of = { method: config.method, path: config.path }
  const answers = answerHeaders<R['responses']>(config.responses, options)
  return createRoute({
    ...config,
    ...descriptionOf(config, options),
    tags: config.tags ?? [tagOf(config.path)],
    operationId: config.operationId ?? operationId(of),
    security: securityOf(access),
    parameters: headerParameters(options),
    'x-access': access,
    responses: { ...COMMON, ...answers },
    middleware: chain(access, config, options),
  })
}

/** What a route says of itself, with why it needs no If-Match. */
function descriptionOf({ description }: RouteConfig, { unversioned }: RouteOptions): { description?: string } {
  const said = [description, unversioned && `No If-Match: ${unversioned}`].filter(Boolean)
  return said.length > 0 ? { description: said.join('\n\n') } : {}
}

/** An answer of one JSON document. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
})

/** A body of one JSON document, required. */
export const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

/** For bodies of which every field may be missing: whether one is there. */
export const isChange = (set: object): boolean => Object.values(set).some(value => value !== undefined)
export const NO_CHANGE = 'names no field to change'

export const idParams = z.object({ id: z.uuid() })

/** Everything before the handler, cheapest first; nothing of a body is read before its sender may send one. */
function chain(access: Access, config: RouteConfig, options: RouteOptions): MiddlewareHandler<Env>[] {
  const types = Object.keys(config.request?.body?.content ?? {})
  const required = config.request?.body?.required === true
  return [
    async (context, next) => {
      context.set('route', `${config.method.toUpperCase()} ${config.path}`)
      await next()
    },
    admit(access, config, options.rate),
    checkQuery(config),
    ...(types.length > 0 ? [limitBody(options.bodyLimit ?? USUAL_BODY)] : []),
    // Mails and files are what their bytes say, under whatever name they come.
    ...((required || types.length > 1) && types.includes('application/json') ? [checkBody(types)] : []),
    ...(options.creates === true ? [answerOnce] : []),
  ]
}

const answerOnce: MiddlewareHandler<Env> = (context, next) => context.var.frame.answers.once(context, next)

/** Signs in, checks the right, and counts the request. */
function admit(access: Access, { method }: RouteConfig, rate?: LimitClass): MiddlewareHandler<Env> {
  const kind = rate ?? classOf(access, method)
  return async (context, next) => {
    const { frame } = context.var
    const address = addressOf(context)
    frame.limiter.take('address', address)
    if (access === 'anyone') {
      frame.limiter.take(kind, address)
      context.set('caller', `address:${address}`)
      return next()
    }
    await context.var.signIn(context, async () => {})
    frame.limiter.take(kind, nameOf(context.var.credential))
    context.set('caller', `user:${context.var.user.id}`)
    if (access !== 'signed_in') requireRight(context.var.viewer, access)
    return next()
  }
}

function classOf(access: Access, method: string): LimitClass {
  if (access === 'anyone') return 'public'
  if (access === 'signed_in') return method === 'get' ? 'read' : 'write'
  return rowOf(access).scope
}

/** What a route does not know is refused: a filter with a slip of the pen would otherwise answer with everything. */
function checkQuery({ request }: RouteConfig): MiddlewareHandler<Env> {
  const shape = request?.query && 'shape' in request.query ? (request.query.shape as Record<string, z.ZodType>) : {}
  return async (context, next) => {
    for (const value of Object.values<string>(context.req.param()))
      if (UNSTORABLE.test(value)) throw new DealwrightError('bad_input', 'The path holds a NUL or half a character.')
    for (const [name, values] of Object.entries(context.req.queries())) {
      if (!Object.hasOwn(shape, name))
        throw new DealwrightError('bad_input', 'The query has a parameter that is not known here. See /docs.')
      if (values.some(value => UNSTORABLE.test(value)))
        throw new DealwrightError('bad_input', `${name}: holds a NUL or half a character.`)
      if (values.length > 1) throw new DealwrightError('bad_input', `${name}: stands twice in the query.`)
    }
    await next()
  }
}
