/** The HTTP API. Routes read and decide through the stores; what needs the outside world comes in as `ports`. */
import type { KeyObject } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Logger } from 'pino'
import { z } from 'zod'
import { DealwrightError } from '../domain/errors.ts'
import type { Db } from '../db/sql.ts'
import { type Action, actionById, actionsBy } from '../db/stores/actions.ts'
import { decide } from '../db/stores/decisions.ts'
import { auditEvents } from '../db/stores/audit.ts'
import { listDeals, listLeads, today } from '../db/stores/lists.ts'
import type { User } from '../db/stores/people.ts'
import { DECIDERS, type Env, may, mayDecide, type Rule, RUNNERS } from './access.ts'
import { editAndApprove, settleByPerson, type EditMail, type RecordSent } from './decisions.ts'
import { controlRun, listRuns, showRun, undoRun } from './runs.ts'
import { counts, statusPage } from './status.ts'
import { showAction } from './show.ts'
import { unsubscribe, unsubscribePage } from './unsubscribe.ts'

export interface ServerPorts {
  /** Stores a raw message that came in; see activities/intake.ts. */
  receive: (raw: Uint8Array) => Promise<{ id: string; made: boolean }>
  /** Renders an edited mail; see activities/steps/send-mail.ts. */
  edit: EditMail
  /** Keeps a mail that a person says has left as part of the conversation; see activities/steps/send-mail.ts. */
  record: RecordSent
}

export interface AppOptions {
  db: Db
  privateKey: KeyObject
  ports: ServerPorts
  /** What commands on this machine show; null: API keys only. */
  localToken: string | null
  /** Address of Temporal's own web interface, shown on the status page. */
  temporalUi: string | null
  log: Logger
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const approveBody = z.strictObject({
  hash: hash.optional(),
  edit: z.strictObject({ subject: z.string().max(300).optional(), body: z.string().max(20_000) }).optional(),
})
const refuseBody = z.strictObject({ why: z.string().min(1).max(1_000), hash: hash.optional() })
const settleBody = z.strictObject({ sent: z.boolean(), why: z.string().max(1_000).optional() })
const controlBody = z.strictObject({ why: z.string().max(1_000).default('') })
const id = z.uuid()

export function createApp(options: AppOptions): Hono<Env> {
  const { db, privateKey, ports } = options
  const rule = (who: Rule) => may(who, options)
  const app = new Hono<Env>()
  app.use('*', async (context, next) => {
    await next()
    context.header('X-Content-Type-Options', 'nosniff')
    context.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    )
    context.header('Referrer-Policy', 'no-referrer')
    context.header('Cache-Control', 'no-store')
  })
  app.use('*', bodyLimit({ maxSize: 30 * 1024 * 1024 }))
  app.onError((error, context) => answerError(error, context, options.log))
  app.notFound(context =>
    context.json({ error: { code: 'not_found', message: 'There is nothing at this address.' } }, 404),
  )

  app.get('/healthz', rule('anyone'), async context => {
    await db.row('select 1')
    return context.json({ ok: true })
  })
  app.get('/', rule('anyone'), async context => context.html(statusPage(await counts(db), options.temporalUi)))
  app.get('/unsubscribe/:run/:token', rule('anyone'), context => context.html(unsubscribePage()))
  app.post('/unsubscribe/:run/:token', rule('anyone'), async context => {
    await unsubscribe(db, id.parse(context.req.param('run')), context.req.param('token'))
    return context.html(unsubscribePage('done'))
  })

  app.get('/api/status', rule('signed_in'), async context => context.json(await counts(db)))
  app.get('/api/leads', rule('signed_in'), async context => context.json(await listLeads(db)))
  app.get('/api/deals', rule('signed_in'), async context => context.json(await listDeals(db)))
  app.get('/api/today', rule('signed_in'), async context =>
    context.json(await today(db, { userId: context.var.user.role === 'rep' ? context.var.user.id : null })),
  )
  app.get('/api/audit', rule(RUNNERS), async context => context.json(await auditEvents(db, 200)))

  app.get('/api/actions', rule('signed_in'), async context => {
    const status = context.req.query('status')
    const rows = await actionsBy(db, status === undefined ? {} : { status })
    return context.json(rows.map(row => showAction(row)))
  })
  app.get('/api/actions/:id', rule('signed_in'), async context =>
    context.json(showAction(await actionById(db, id.parse(context.req.param('id'))), 'whole')),
  )
  app.post('/api/actions/:id/approve', rule(DECIDERS), async context => {
    const { user } = context.var
    const body = approveBody.parse(await bodyOf(context.req))
    const action = await decidable(context.req.param('id'), user)
    const done = body.edit
      ? await editAndApprove(db, action, body.edit, user, ports.edit, privateKey, body.hash)
      : await db.tx(tx =>
          decide(tx, action.id, { decision: 'approve', by: `user:${user.id}`, reason: null }, privateKey, body.hash),
        )
    return context.json(showAction(inTime(done)))
  })
  app.post('/api/actions/:id/refuse', rule(DECIDERS), async context => {
    const { user } = context.var
    const body = refuseBody.parse(await bodyOf(context.req))
    const action = await decidable(context.req.param('id'), user)
    const done = await db.tx(tx =>
      decide(tx, action.id, { decision: 'refuse', by: `user:${user.id}`, reason: body.why }, privateKey, body.hash),
    )
    return context.json(showAction(inTime(done)))
  })
  app.post('/api/actions/:id/settle', rule(DECIDERS), async context => {
    const { user } = context.var
    const body = settleBody.parse(await bodyOf(context.req))
    const action = await decidable(context.req.param('id'), user)
    return context.json(showAction(await settleByPerson(db, action.id, body, user, ports.record)))
  })

  app.post('/api/intake', rule(DECIDERS), async context =>
    context.json(await ports.receive(new Uint8Array(await context.req.arrayBuffer()))),
  )

  app.get('/api/runs', rule('signed_in'), async context => context.json(await listRuns(db)))
  app.get('/api/runs/:id', rule('signed_in'), async context =>
    context.json(await showRun(db, id.parse(context.req.param('id')))),
  )
  app.post('/api/runs/:id/undo', rule(RUNNERS), async context =>
    context.json(await undoRun(db, id.parse(context.req.param('id')), context.var.user)),
  )
  for (const word of ['resume', 'skip', 'cancel'] as const) {
    app.post(`/api/runs/:id/${word}`, rule(RUNNERS), async context => {
      const { why } = controlBody.parse(await bodyOf(context.req))
      return context.json(await controlRun(db, id.parse(context.req.param('id')), word, why, context.var.user))
    })
  }
  return app

  /** The action, if this person may decide it. */
  async function decidable(given: string, user: User): Promise<Action> {
    const action = await actionById(db, id.parse(given))
    if (mayDecide(user, action)) return action
    throw new DealwrightError('forbidden', `Action ${action.id} is for its ${action.approver} or a manager to decide.`)
  }
}

/** A decision that came after its time has decided nothing: the action is stored as expired, and whoever decided is told. */
function inTime(action: Action): Action {
  if (action.status !== 'expired') return action
  throw new DealwrightError('action_not_open', `Action ${action.id} expired before you decided: nothing was done.`, {
    details: { id: action.id, status: action.status },
  })
}

async function bodyOf(request: {
  json: () => Promise<unknown>
  header: (name: string) => string | undefined
}): Promise<unknown> {
  if (request.header('content-length') === '0' || !request.header('content-type')) return {}
  try {
    return await request.json()
  } catch {
    throw new DealwrightError('bad_input', 'The body is not JSON.')
  }
}

function answerError(
  error: Error,
  context: { json: (body: unknown, status: never) => Response },
  log: Logger,
): Response {
  if (error instanceof DealwrightError) {
    return context.json(
      { error: { code: error.code, message: error.message, details: error.details } },
      error.http as never,
    )
  }
  if (error instanceof z.ZodError) {
    const first = error.issues[0]
    return context.json(
      { error: { code: 'bad_input', message: `${first?.path.join('.') || 'request'}: ${first?.message}` } },
      400 as never,
    )
  }
  log.error({ error: error.message, stack: error.stack }, 'request failed')
  return context.json(
    { error: { code: 'internal', message: 'Something went wrong here. It is in the server’s log.' } },
    500 as never,
  )
}
