/** How a route is declared: with who may call it. The declaration is the OpenAPI document's too (`x-access`). */
import { createRoute, z, type RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { requireRight } from '../../domain/access/may.ts'
import type { Right } from '../../domain/access/table.ts'
import type { Env } from './api.ts'
import { problemSchema } from './problem.ts'

/** A row of the access table; or anybody signed in; or anybody at all (health, sign-in, what a mail's recipient follows). */
export type Access = Right | 'signed_in' | 'anyone'

const problems = <const S extends number>(status: S, description: string) => ({
  [status as number]: { description, content: { 'application/problem+json': { schema: problemSchema } } },
})

/** What any route may answer besides its own. */
const COMMON = {
  ...problems(400, 'The request is not understood: the detail says where.'),
  ...problems(401, 'Not signed in, or the key is not valid.'),
  ...problems(403, 'Signed in, and not allowed to do this.'),
  ...problems(404, 'There is no such record, or it is not yours to see.'),
  ...problems(409, 'The record is not in the state that this needs.'),
  ...problems(412, 'The record has changed since it was read.'),
  ...problems(413, 'The body is too large.'),
  ...problems(422, 'What was sent is understood and not valid.'),
  ...problems(428, 'A change needs If-Match, a creation Idempotency-Key.'),
  ...problems(429, 'Too many requests: Retry-After says when.'),
  ...problems(500, 'Our fault: it is in the server’s log.'),
  ...problems(503, 'A part that this needs is away: try again later.'),
}

/**
 * @param access who may call it; checked before the handler, and again per record in the stores
 * @example const list = route('lead.see', { method: 'get', path: '/api/leads', summary: 'Leads', responses: json(leadPage, 'Leads') })
 */
export function route<const R extends RouteConfig>(access: Access, config: R) {
  return createRoute({
    ...config,
    'x-access': access,
    responses: { ...COMMON, ...config.responses } as typeof COMMON & R['responses'],
    middleware: checkRight(access),
  })
}

/** An answer of one JSON document. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
})

/** A body of one JSON document, required. */
export const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

export const idParams = z.object({ id: z.uuid() })

/** Signs in and checks the right. Which way of signing in there is, createApp puts into the context. */
function checkRight(access: Access): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (access === 'anyone') return next()
    await context.var.signIn(context, async () => {})
    if (access !== 'signed_in') requireRight(context.var.viewer, access)
    return next()
  }
}
