/** The HTTP API: groups of routes under one set of rules. What needs the outside world comes in as `ports`. */
import { randomUUID } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import { DealwrightError } from '../domain/errors.ts'
import { ambient } from '../db/ambient.ts'
import type { AppOptions, Env, Frame } from './api/api.ts'
import { documentOf, type OpenApiDocument } from './api/document.ts'
import { sendSecurityHeaders } from './api/headers.ts'
import { answerKeeper } from './api/idempotency.ts'
import { elsewhere } from './api/methods.ts'
import { asProblem, problem } from './api/problem.ts'
import { RateLimiter } from './api/rate-limit.ts'
import { logRequest } from './api/request-log.ts'
import { signIn } from './api/sign-in.ts'
import { openSignIn, type SignIn } from './auth/index.ts'
import { absences } from './routes/absence.ts'
import { actions } from './routes/actions.ts'
import { approvals } from './routes/approvals.ts'
import { asks } from './routes/asks.ts'
import { auditRoutes } from './routes/audit.ts'
import { autonomy } from './routes/autonomy.ts'
import { docs } from './routes/docs.ts'
import { inbox } from './routes/inbox.ts'
import { intake } from './routes/intake.ts'
import { invitations } from './routes/invitations.ts'
import { keys } from './routes/keys.ts'
import { lists } from './routes/lists.ts'
import { live } from './routes/live.ts'
import { openapi } from './routes/openapi.ts'
import { mailboxes } from './routes/mailboxes.ts'
import { neverContact } from './routes/never-contact.ts'
import { pages } from './routes/pages.ts'
import { policy } from './routes/policy.ts'
import { accounts } from './routes/records/accounts.ts'
import { contacts } from './routes/records/contacts.ts'
import { deals } from './routes/records/deals.ts'
import { fields } from './routes/records/fields.ts'
import { leads } from './routes/records/leads.ts'
import { tasks } from './routes/records/tasks.ts'
import { recordViews } from './routes/records/view.ts'
import { privacy } from './routes/privacy.ts'
import { retentionRoutes } from './routes/retention.ts'
import { runs } from './routes/runs.ts'
import { signInPages } from './routes/sign-in-pages.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { stops } from './routes/stop.ts'
import { shape } from './routes/shape/shape.ts'
import { teamFiguresRoutes } from './routes/team-figures.ts'
import { teams } from './routes/teams.ts'
import { twoFactorRoutes } from './routes/two-factor.ts'
import { undoRoutes } from './routes/undo.ts'
import { users } from './routes/users.ts'
import { deepLink, web } from './routes/web.ts'
import { whyNotRoutes } from './routes/why-not.ts'
import { definitions } from './routes/definitions.ts'
import { evidence } from './routes/evidence.ts'
import { forms } from './routes/forms.ts'
import { imports } from './routes/import.ts'
import { knowledge } from './routes/knowledge.ts'
import { playbooks } from './routes/playbooks.ts'
import { healthRoutes } from './routes/health.ts'
import { meRoutes } from './routes/me.ts'
import { modelRoutes } from './routes/model.ts'
import { organisationRoutes } from './routes/organisation.ts'
import { webhooks } from './routes/webhooks.ts'
import { readWeb, type WebFiles } from './shell/files.ts'

export type { AppOptions, Inspected, ServerPorts } from './api/api.ts'

/** All routes, and the type that the typed client is made of. */
function routes(options: AppOptions, sessions: SignIn, document: () => OpenApiDocument, files: WebFiles | null) {
  return new OpenAPIHono<Env>()
    .route('/', pages(options))
    .route('/', openapi(document))
    .route('/', docs(document))
    .route('/', lists(options))
    .route('/', accounts(options))
    .route('/', contacts(options))
    .route('/', leads(options))
    .route('/', deals(options))
    .route('/', tasks(options))
    .route('/', fields(options))
    .route('/', recordViews(options))
    .route('/', actions(options))
    .route('/', approvals(options))
    .route('/', absences(options))
    .route('/', asks(options))
    .route('/', autonomy(options))
    .route('/', runs(options))
    .route('/', inbox(options))
    .route('/', intake(options))
    .route('/', auditRoutes(options))
    .route('/', undoRoutes(options))
    .route('/', whyNotRoutes(options))
    .route('/', privacy(options))
    .route('/', retentionRoutes(options))
    .route('/', live(options))
    .route('/', definitions(options))
    .route('/', evidence(options))
    .route('/', forms(options))
    .route('/', imports(options))
    .route('/', knowledge(options))
    .route('/', playbooks(options))
    .route('/', webhooks(options))
    .route('/', signInRoutes(options, sessions))
    .route('/', signInPages(options, sessions))
    .route('/', twoFactorRoutes(options, sessions))
    .route('/', invitations(options, sessions))
    .route('/', users(options))
    .route('/', teams(options))
    .route('/', teamFiguresRoutes(options))
    .route('/', shape(options))
    .route('/', keys(options))
    .route('/', policy(options))
    .route('/', stops(options))
    .route('/', neverContact(options))
    .route('/', mailboxes(options))
    .route('/', meRoutes(options))
    .route('/', organisationRoutes(options))
    .route('/', healthRoutes(options))
    .route('/', modelRoutes(options))
    .route('/', web(files))
}

export type Api = ReturnType<typeof routes>

export function createApp(given: AppOptions): OpenAPIHono<Env> {
  const db = ambient(given.db)
  const options: AppOptions = { ...given, db }
  const app = new OpenAPIHono<Env>()
  const frame: Frame = {
    limiter: new RateLimiter(options.limits),
    answers: answerKeeper(db, options.privateKey),
    trustedProxies: options.signIn?.trustedProxies ?? [],
  }
  const sessions = openSignIn(db, options.signIn, options.log)
  surround(app, options, frame, sessions)
  const files = options.web ? readWeb(options.web) : null
  let made: OpenApiDocument | undefined
  app.route(
    '/',
    routes(options, sessions, () => (made ??= documentOf(app)), files),
  )
  app.notFound(deepLink(files, elsewhere(requireRules(app))))
  return app
}

/** What happens around every request, whichever route answers it. */
function surround(app: OpenAPIHono<Env>, options: AppOptions, frame: Frame, sessions: SignIn): void {
  const signedIn = signIn(options, sessions)
  app.use('*', async (context, next) => {
    const begun = performance.now()
    context.set('requestId', randomUUID())
    context.set('signIn', signedIn)
    context.set('frame', frame)
    await next()
    if (options.inspect) await inspected(context, options)
    sendSecurityHeaders(context)
    logRequest(options.log, context, begun)
  })
  app.onError((error, context) => problem(context, asProblem(error, options.log, context.get('requestId'))))
}

async function inspected(context: Parameters<typeof logRequest>[1], options: AppOptions): Promise<void> {
  const contentType = context.res.headers.get('content-type') ?? ''
  const { route } = context.var
  if (route === undefined) return
  const body = /\bjson\b/.test(contentType) ? await context.res.clone().text() : ''
  try {
    options.inspect?.({ route, status: context.res.status, contentType, body })
  } catch (error) {
    context.res = problem(context, asProblem(error, options.log, context.var.requestId))
  }
}

/** A route that does not say who may call it is not served: the server does not start. Returns those there are. */
function requireRules(app: OpenAPIHono<Env>): { method: string; path: string }[] {
  const declared = app.openAPIRegistry.definitions.flatMap(definition =>
    definition.type === 'route' && 'x-access' in definition.route
      ? [{ method: definition.route.method.toUpperCase(), path: definition.route.path }]
      : [],
  )
  const known = new Set(declared.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`))
  const without = app.routes.filter(({ method, path }) => method !== 'ALL' && !known.has(`${method} ${path}`))
  if (without.length > 0)
    throw new DealwrightError(
      'internal',
      `No rule says who may call ${without.map(({ method, path }) => `${method} ${path}`).join(', ')}: declare it with route().`,
    )
  return declared
}
