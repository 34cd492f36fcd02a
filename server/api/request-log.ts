/** One line of JSON for each request: with its id, as the answer carries it, and nothing of it that could forge a line. */
import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Env } from './api.ts'
import { addressOf } from './caller.ts'
import { plainly } from './plainly.ts'

export function logRequest(log: Logger, context: Context<Env>, begun: number): void {
  const { method, path } = context.req
  log.info(
    {
      requestId: context.var.requestId,
      method: plainly(method, 20),
      // Without the query, which may hold names of people; tokens of links stand in the path behind its route.
      ...(context.var.route === undefined ? { path: plainly(path) } : { route: context.var.route }),
      status: context.res.status,
      ms: Math.round(performance.now() - begun),
      address: addressOf(context),
      ...(context.var.user ? { user: context.var.user.id } : {}),
      agent: plainly(context.req.header('user-agent') ?? '', 120),
    },
    'request',
  )
}
