/** The HTTP API: groups of routes under one set of rules. What needs the outside world comes in as `ports`. */
import { randomUUID } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { DealwrightError } from '../domain/errors.ts'
import type { AppOptions, Env } from './api/api.ts'
import { asProblem, problem } from './api/problem.ts'
import { signIn } from './api/sign-in.ts'
import { actions } from './routes/actions.ts'
import { history } from './routes/history.ts'
import { lists } from './routes/lists.ts'
import { pages } from './routes/pages.ts'
import { accounts } from './routes/records/accounts.ts'
import { contacts } from './routes/records/contacts.ts'
import { deals } from './routes/records/deals.ts'
import { fields } from './routes/records/fields.ts'
import { leads } from './routes/records/leads.ts'
import { tasks } from './routes/records/tasks.ts'
import { runs } from './routes/runs.ts'

export type { AppOptions, ServerPorts } from './api/api.ts'

const LARGEST_BODY = 30 * 1024 * 1024
const DOCUMENT = '/openapi.json'

/** All routes, and the type that the typed client is made of. */
function routes(options: AppOptions) {
  return new OpenAPIHono<Env>()
    .route('/', pages(options))
    .route('/', lists(options))
    .route('/', accounts(options))
    .route('/', contacts(options))
    .route('/', leads(options))
    .route('/', deals(options))
    .route('/', tasks(options))
    .route('/', fields(options))
    .route('/', actions(options))
    .route('/', runs(options))
    .route('/', history(options))
}

export type Api = ReturnType<typeof routes>

export function createApp(options: AppOptions): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>()
  const signedIn = signIn(options)
  app.use('*', async (context, next) => {
    context.set('requestId', randomUUID())
    context.set('signIn', signedIn)
    await next()
    context.header('X-Request-Id', context.var.requestId)
    context.header('X-Content-Type-Options', 'nosniff')
    context.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    )
    context.header('Referrer-Policy', 'no-referrer')
    context.header('Cache-Control', 'no-store')
  })
  app.use('*', bodyLimit({ maxSize: LARGEST_BODY }))
  app.onError((error, context) => problem(context, asProblem(error, options.log)))
  app.notFound(context => problem(context, new DealwrightError('not_found', 'There is nothing at this address.')))
  app.route('/', routes(options))
  app.doc31(DOCUMENT, { openapi: '3.1.0', info: { title: 'Dealwright', version: '1' } })
  requireRules(app)
  return app
}

/** A route that does not say who may call it is not served: the server does not start. */
function requireRules(app: OpenAPIHono<Env>): void {
  const declared = new Set(
    app.openAPIRegistry.definitions.flatMap(definition =>
      definition.type === 'route' && 'x-access' in definition.route
        ? [`${definition.route.method.toUpperCase()} ${definition.route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`]
        : [],
    ),
  )
  declared.add(`GET ${DOCUMENT}`)
  const without = app.routes.filter(({ method, path }) => method !== 'ALL' && !declared.has(`${method} ${path}`))
  if (without.length > 0)
    throw new DealwrightError(
      'internal',
      `No rule says who may call ${without.map(({ method, path }) => `${method} ${path}`).join(', ')}: declare it with route().`,
    )
}
