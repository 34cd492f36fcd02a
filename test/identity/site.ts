/** A server on a real socket and database that people sign in to, and browsers that keep cookies. It can be stopped and started again. */
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import type { ServerType } from '@hono/node-server'
import { pino } from 'pino'
import { type Db, openDb } from '../../db/sql.ts'
import { invite } from '../../db/stores/invitations.ts'
import { ensureOrganisation, ensureUser } from '../../db/stores/people.ts'
import type { Role } from '../../domain/access/viewer.ts'
import { serverPorts } from '../../scripts/processes/ports.ts'
import { createApp } from '../../server/app.ts'
import type { Oidc, SignInOptions } from '../../server/auth/options.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { serveOnLoopback } from '../support/loopback.ts'

export const PASSWORD = 'a long enough password'
export const LOCAL_TOKEN = 'local-token-0123456789abcdef'
export const ROLES = ['rep', 'manager', 'ops', 'admin', 'viewer'] as const

export interface Answer {
  status: number
  headers: Headers
  text: string
  // What a test looks for differs from route to route.
  json: Record<string, unknown>
}

export interface Ask {
  method?: string
  body?: unknown
  headers?: Record<string, string>
}

export interface Browser {
  cookies: Map<string, string>
  ask(path: string, ask?: Ask): Promise<Answer>
  /** The token in the session's cookie; null: none. */
  token(): string | null
}

export interface Site {
  database: TestDatabase
  privateKey: KeyObject
  /** As the server logs in. */
  db: Db
  /** As the superuser. */
  admin: Db
  readonly url: string
  people: Record<Role, { id: string; email: string }>
  browser(): Browser
  /** A browser in which this person accepted an invitation just now. */
  signedIn(role: Role): Promise<Browser>
  byKey(key: string, path: string, ask?: Ask): Promise<Answer>
  restart(): Promise<void>
  close(): Promise<void>
}

export interface SiteOptions {
  oidc?: Oidc
  /** As if a proxy in front spoke TLS under this address. */
  publicUrl?: string
  requestsAMinute?: number
  trustedProxies?: string[]
}

export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const database = await createTestDatabase()
  const db = openDb(database.serverUrl, { name: 'test server', max: 20 })
  const admin = openDb(database.adminUrl, { name: 'test admin', max: 4 })
  const people = await organise(db)
  const secret = 'a sign-in secret of the test, long enough'
  const { privateKey } = generateKeyPairSync('ed25519')
  let server: ServerType
  let url = ''
  await start()
  const site: Site = {
    database,
    privateKey,
    db,
    admin,
    people,
    get url() {
      return url
    },
    browser: () => openBrowser(() => url, options.publicUrl),
    async signedIn(role) {
      const { token } = await db.tx(tx => invite(tx, { userId: people[role].id, role, hours: 1, by: 'server' }))
      const browser = site.browser()
      const body = { token, name: `Person ${role}`, password: PASSWORD }
      const answer = await browser.ask('/api/invitations/accept', { body })
      if (answer.status !== 200) throw new Error(`${role} could not accept: ${answer.text}`)
      return browser
    },
    byKey: (key, path, ask = {}) => send(url, path, ask, { authorization: `Bearer ${key}` }),
    async restart() {
      await stop()
      await start()
    },
    async close() {
      await stop()
      await Promise.all([db.close(), admin.close()])
      await database.drop()
    },
  }
  return site

  async function start(): Promise<void> {
    const signIn: SignInOptions = {
      secret,
      publicUrl: () => options.publicUrl ?? url,
      oidc: options.oidc ?? null,
      trustedProxies: options.trustedProxies ?? [],
      requestsAMinute: options.requestsAMinute ?? 10_000,
    }
    const app = createApp({
      db,
      privateKey,
      ports: serverPorts(db),
      localToken: LOCAL_TOKEN,
      signIn,
      temporalUi: null,
      log: pino({ level: process.env.DEALWRIGHT_LOG ?? 'silent' }),
    })
    const served = await serveOnLoopback(app.fetch)
    server = served.server
    url = served.url
  }

  async function stop(): Promise<void> {
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise<void>(resolve => server.close(() => resolve()))
  }
}

function openBrowser(url: () => string, publicUrl?: string): Browser {
  const cookies = new Map<string, string>()
  return {
    cookies,
    async ask(path, ask = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await send(url(), path, ask, { origin: publicUrl ?? url(), ...(cookie ? { cookie } : {}) })
      for (const set of answer.headers.getSetCookie()) {
        const [pair = ''] = set.split(';')
        const name = pair.slice(0, pair.indexOf('='))
        if (/max-age=0/i.test(set)) cookies.delete(name)
        else cookies.set(name, pair.slice(name.length + 1))
      }
      return answer
    },
    token() {
      const value = [...cookies].find(([name]) => name.endsWith('.session_token'))?.[1]
      return value === undefined ? null : (decodeURIComponent(value).split('.')[0] ?? null)
    },
  }
}

async function send(url: string, path: string, ask: Ask, more: Record<string, string>): Promise<Answer> {
  const method = ask.method ?? (ask.body === undefined ? 'GET' : 'POST')
  const response = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: {
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
      ...ask.headers,
    },
    ...(ask.body === undefined ? {} : { body: typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body) }),
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

async function organise(db: Db): Promise<Site['people']> {
  return db.tx(async tx => {
    await ensureOrganisation(tx, {
      name: 'Ledgerline', domain: 'ledgerline.example', currency: 'EUR', zone: 'UTC', country: null, address: null,
    }) // biome-ignore format: a record
    const made = {} as Site['people']
    for (const role of ROLES) {
      const email = `${role}@ledgerline.example`
      const id = await ensureUser(tx, { name: `The ${role}`, email, role, zone: 'UTC', team: null })
      made[role] = { id, email }
    }
    return made
  })
}

export const signIn = (browser: Browser, email: string, password: string, more: object = {}): Promise<Answer> =>
  browser.ask('/api/sign-in', { body: { email, password, ...more } })

/** Every value of every column of every table as text: what a thief of the database reads. */
export async function everythingStored(admin: Db): Promise<string> {
  const tables = await admin.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const dumps: string[] = []
  for (const { name } of tables) {
    const rows = await admin.rows<{ all: string }>(`select to_jsonb(t)::text as all from "${name}" t`)
    dumps.push(...rows.map(row => row.all))
  }
  return dumps.join('\n')
}
