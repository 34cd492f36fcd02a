/** The parts of a route's declaration that the OpenAPI document has and a handler does not need. */
import type { RouteConfig } from '@hono/zod-openapi'
import type { Access, RouteOptions } from './route.ts'

/** The first part of the address behind /api: `leads`. */
export function tagOf(path: string): string {
  return /^\/api\/([\w-]+)/.exec(path)?.[1] ?? 'pages'
}

/** `GET /api/leads/{id}` is `getLeadsById`. */
export function operationId({ method, path }: { method: string; path: string }): string {
  const words = (path.startsWith('/api/') ? path.slice(4) : `/page${path}`)
    .split('/')
    .filter(Boolean)
    .map(part => part.replace(/^\{(.*)\}$/, 'by-$1'))
    .flatMap(part => part.split(/[^A-Za-z0-9]+/))
    .filter(Boolean)
  return method + words.map(word => word[0]?.toUpperCase() + word.slice(1)).join('')
}

/** Ways to sign in, as `components.securitySchemes`. */
export const SECURITY_SCHEMES = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key of one’s own: `Authorization: Bearer KEY`. It may be narrowed to the scopes read, write, decide, manage.',
  },
  session: { type: 'apiKey', in: 'cookie', name: 'dealwright.session_token', description: 'Set by signing in.' },
} as const

export function securityOf(access: Access): Record<string, string[]>[] {
  return access === 'anyone' ? [] : Object.keys(SECURITY_SCHEMES).map(name => ({ [name]: [] }))
}

export function headerParameters({ creates, ifMatch }: RouteOptions) {
  const header = (name: string, description: string, schema: object) => ({
    in: 'header' as const,
    name,
    required: true,
    description,
    schema: { type: 'string' as const, ...schema },
  })
  return [
    ...(creates === true
      ? [
          header('Idempotency-Key', 'New for each creation, the same when it is sent again. Known for 24 hours.', {
            minLength: 8,
            maxLength: 200,
            pattern: '^[\\x21-\\x7e]+$',
          }),
        ]
      : []),
    ...(ifMatch === true ? [header('If-Match', 'The ETag of the record that the change was made from.', {})] : []),
    ...(ifMatch === 'if_sent'
      ? [{ ...header('If-Match', 'Where it is sent: the ETag of what the change was made from.', {}), required: false }]
      : []),
  ]
}

/** A route's own answers, each with the headers that it carries. */
export function answerHeaders<R extends RouteConfig['responses']>(responses: R, options: RouteOptions): R {
  const headers = {
    'X-Request-Id': { description: 'As in the server’s log.', schema: { type: 'string' as const } },
    ...(options.etag === true
      ? {
          ETag: { description: 'Of this state of the record; If-Match takes it.', schema: { type: 'string' as const } },
        }
      : {}),
    ...(options.creates === true
      ? {
          'Idempotency-Replayed': {
            description: 'Present where this is the answer of an earlier request with the same key.',
            schema: { type: 'string' as const, enum: ['true'] },
          },
        }
      : {}),
  }
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      '$ref' in response
        ? response
        : { ...response, headers: { ...headers, ...(response.headers as object | undefined) } },
    ]),
  ) as R
}
