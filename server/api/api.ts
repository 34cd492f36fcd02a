/** What every group of routes is built of: the environment, the options, and an app that answers bad input as a problem. */
import type { KeyObject } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Viewer } from '../../domain/access/viewer.ts'
import type { Db } from '../../db/sql.ts'
import type { User } from '../../db/stores/people.ts'
import type { EditMail, RecordSent } from '../decisions.ts'
import { invalid } from './problem.ts'

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

/** `user` and `viewer` are there on every route that is not for anyone. */
export type Env = { Variables: { user: User; viewer: Viewer; requestId: string; signIn: MiddlewareHandler<Env> } }

export function createGroup(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    strict: true,
    defaultHook: result => {
      if (!result.success) throw invalid(result.error as never)
    },
  })
}
