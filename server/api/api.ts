/** What every group of routes is built of: the environment, the options, and an app that answers bad input as a problem. */
import type { KeyObject } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Viewer } from '../../domain/access/viewer.ts'
import type { ScoringTrial, TerritoriesTrial } from '../../domain/definition-trial.ts'
import type { Playbook } from '../../domain/playbook/model.ts'
import type { Catalogue, PlaybookProblem } from '../../domain/playbook/types.ts'
import type { Territories } from '../../domain/routing/parse.ts'
import type { Scoring } from '../../domain/scoring/parse.ts'
import type { Db } from '../../db/sql.ts'
import type { FoundFact } from '../../db/stores/evidence.ts'
import type { User } from '../../db/stores/people.ts'
import type { SignInOptions } from '../auth/options.ts'
import type { EditMail, RecordSent } from '../decisions.ts'
import type { WebhookPort } from '../webhooks/send.ts'
import type { AnswerKeeper } from './idempotency.ts'
import { invalid } from './problem.ts'
import type { Credential } from './sign-in.ts'
import type { Limits, RateLimiter } from './rate-limit.ts'

export interface ServerPorts {
  /** Stores a raw message that came in; see activities/intake.ts. */
  receive: (raw: Uint8Array) => Promise<{ id: string; made: boolean }>
  /** The HTML that a mail was written in; see connectors/mail/html.ts. */
  htmlOf: (raw: Uint8Array) => Promise<string | null>
  /** Renders an edited mail; see activities/steps/send-mail.ts. */
  edit: EditMail
  /** Keeps a mail that a person says has left as part of the conversation; see activities/steps/send-mail.ts. */
  record: RecordSent
  /** Kinds of action that there are, so that a policy with a misspelt one is refused; see activities/registry.ts. */
  kinds?: () => Promise<readonly string[]>
  /** Sends signed messages to other systems; see connectors/webhooks/post.ts. */
  webhooks: WebhookPort
  /** Reads a playbook's text against the catalogue of steps; see domain/playbook/parse.ts. */
  readPlaybook: (text: string) => Promise<{ playbook: Playbook | null; problems: PlaybookProblem[] }>
  /** What playbooks can speak of; see activities/registry.ts. */
  catalogue: () => Promise<Catalogue>
  /** What another text would change for the newest `most` current leads; see scripts/definitions/. */
  tryScoring: (scoring: Scoring, most: number) => Promise<ScoringTrial>
  tryTerritories: (territories: Territories, most: number) => Promise<TerritoriesTrial>
  /** Parts beyond the database, looked at now; none without it. See scripts/doctor/parts.ts. */
  parts?: () => Promise<{ name: string; ok: boolean; detail: string }[]>
  /** Asks for research on a company: its account, and the event that starts the run. `asked` tells one asking from the next. */
  askResearch: (domain: string, asked: string) => Promise<{ accountId: string; eventId: string }>
  /** What is known of a lead and its company, each with its quote. */
  brief: (leadId: string) => Promise<BriefDocument>
}

export interface BriefDocument {
  account: { id: string; name: string; domain: string | null } | null
  facts: FoundFact[]
  rejects: Record<string, number>
  unknown: { what: string; question: string }[]
  /** Markdown; null when nothing is known. */
  brief: string | null
}

export interface AppOptions {
  db: Db
  privateKey: KeyObject
  ports: ServerPorts
  /** What commands on this machine show; null: API keys only. */
  localToken: string | null
  /** Without it nobody signs in with a password or single sign-on: keys and commands alone. */
  signIn?: SignInOptions
  /** The folder of the built web app; null or missing: there is none. */
  web?: string | null
  /** Address of Temporal's own web interface, shown on the status page. */
  temporalUi: string | null
  /** Where its workflows are; Temporal's own default without it. */
  temporalNamespace?: string
  /** The file of the audit trail's signed checkpoints: server/audit/. */
  checkpoints?: string
  log: Logger
  /** How often whom; LIMITS of server/api/rate-limit.ts without it. */
  limits?: Limits
  /** Of live updates; 15 seconds without it. */
  heartbeatMs?: number
  /** Sees every answer with the route that gave it: tests hold it against the OpenAPI document. What it throws is our fault (500). */
  inspect?: (answer: Inspected) => void
}

export interface Inspected {
  /** As in the document, e.g. `GET /api/leads/{id}`. */
  route: string
  status: number
  contentType: string
  /** Of JSON answers; empty for others. */
  body: string
}

/** What routes need of the app around them. */
export interface Frame {
  limiter: RateLimiter
  answers: AnswerKeeper
  /** Proxies whose word on where a request comes from is taken. */
  trustedProxies: readonly string[]
}

/**
 * `user`, `viewer` and `credential` are there on every route that is not for anyone. `caller`: whom idempotency keys belong to. `route`: as in the
 * document; missing where no route answered.
 */
export type Env = {
  Variables: {
    user: User
    viewer: Viewer
    credential: Credential
    requestId: string
    caller: string
    route: string | undefined
    frame: Frame
    signIn: MiddlewareHandler<Env>
    /** Headers that this answer has instead of those that every answer has. */
    ownHeaders: Readonly<Record<string, string>> | undefined
  }
}

export function createGroup(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    strict: true,
    defaultHook: result => {
      if (!result.success) throw invalid(result.error)
    },
  })
}
