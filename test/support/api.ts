/** The HTTP API over a real socket and database, with two teams and everybody's keys: for tests of who may see and do what. */
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import { pino } from 'pino'
import { type Db, openDb } from '../../db/sql.ts'
import { createApiKey } from '../../db/stores/keys.ts'
import { ensureOrganisation, ensurePipeline, ensureUser } from '../../db/stores/people.ts'
import type { Role } from '../../domain/access/viewer.ts'
import type { WebhookOptions } from '../../connectors/webhooks/post.ts'
import { serverPorts } from '../../scripts/processes/ports.ts'
import { type AppOptions, createApp } from '../../server/app.ts'
import { checkAnswers } from './answers.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { serveOnLoopback } from './loopback.ts'

const PEOPLE = {
  rep: ['rep', 'North'],
  colleague: ['rep', 'North'],
  manager: ['manager', 'North'],
  stranger: ['rep', 'South'],
  strangeManager: ['manager', 'South'],
  ops: ['ops', null],
  admin: ['admin', null],
  viewer: ['viewer', null],
} as const satisfies Record<string, readonly [Role, string | null]>

export type Who = keyof typeof PEOPLE

export interface ApiPerson {
  id: string
  email: string
  apiKey: string
}

export interface ApiAnswer {
  status: number
  headers: Headers
  // What a test looks for differs from route to route.
  json: Record<string, unknown>
  text: string
}

export interface ApiCall {
  method?: string
  body?: unknown
  headers?: Record<string, string>
}

export type StartOptions = Partial<Pick<AppOptions, 'limits' | 'heartbeatMs' | 'localToken' | 'checkpoints'>> & {
  log?: Writable
  webhooks?: WebhookOptions
}

export interface TestApi {
  url: string
  database: TestDatabase
  /** As the server logs in. */
  db: Db
  /** As the superuser. */
  admin: Db
  people: Record<Who, ApiPerson>
  privateKey: KeyObject
  call(who: Who | null, path: string, call?: ApiCall): Promise<ApiAnswer>
  close(): Promise<void>
}

/** `log` gets the server's log, a line of JSON each. Every answer is held against the document: `close` throws where one was outside. */
export async function startApi({ log, webhooks, ...given }: StartOptions = {}): Promise<TestApi> {
  const database = await createTestDatabase()
  const db = openDb(database.serverUrl, { name: 'test server', max: 20 })
  const admin = openDb(database.adminUrl, { name: 'test admin', max: 4 })
  const { privateKey } = generateKeyPairSync('ed25519')
  const people = await organise(db)
  const answers = checkAnswers()
  let url = ''
  const app = createApp({
    db,
    privateKey,
    ports: serverPorts(db, webhooks),
    localToken: null,
    signIn: { secret: 'a secret of the test, long enough', publicUrl: () => url, oidc: null, trustedProxies: [] },
    temporalUi: null,
    ...given,
    log: log ? pino(log) : pino({ level: process.env.DEALWRIGHT_LOG ?? 'silent' }),
    inspect: answers.inspect,
  })
  const served = await serveOnLoopback(app.fetch)
  const { server } = served
  url = served.url
  answers.document((await (await fetch(`${url}/openapi.json`)).json()) as Record<string, unknown>)
  return {
    url,
    database,
    db,
    admin,
    people,
    privateKey,
    call: (who, path, call = {}) => ask(url, who === null ? null : people[who], path, call),
    async close() {
      await new Promise<void>(resolve => server.close(() => resolve()))
      await db.close()
      await admin.close()
      await database.drop()
      if (answers.wrong.length > 0) throw new Error(`answers outside the document:\n${answers.wrong.join('\n')}`)
    },
  }
}

async function ask(url: string, who: ApiPerson | null, path: string, call: ApiCall): Promise<ApiAnswer> {
  const method = call.method ?? (call.body === undefined ? 'GET' : 'POST')
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(who ? { authorization: `Bearer ${who.apiKey}` } : {}),
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { body: typeof call.body === 'string' ? call.body : JSON.stringify(call.body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parsed(text) }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

async function organise(db: Db): Promise<Record<Who, ApiPerson>> {
  return db.tx(async tx => {
    await ensureOrganisation(tx, {
      name: 'Ledgerline',
      domain: 'ledgerline.example',
      currency: 'EUR',
      zone: 'UTC',
      country: null,
      address: '1 Quay Street, Dublin',
    })
    await ensurePipeline(tx, 'Sales', [
      { name: 'discovery', kind: 'open', probability: 0.1 },
      { name: 'proposal', kind: 'open', probability: 0.5 },
      { name: 'won', kind: 'won', probability: 1 },
    ])
    const made: Partial<Record<Who, ApiPerson>> = {}
    for (const [name, [role, team]] of Object.entries(PEOPLE) as [Who, (typeof PEOPLE)[Who]][]) {
      const email = `${name.toLowerCase()}@ledgerline.example`
      const id = await ensureUser(tx, { name, email, role, zone: 'UTC', team })
      made[name] = { id, email, apiKey: await createApiKey(tx, id, 'test', new Date(Date.now() + 3_600_000)) }
    }
    return made as Record<Who, ApiPerson>
  })
}
