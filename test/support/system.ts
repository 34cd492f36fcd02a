/**
 * The whole system in one process, on real parts: its own database, the shared Temporal, an HTTP server, SMTP on loopback. Each part
 * starts when a test asks for it, so that a test of the gate needs no workflow and a test of the engine may stop a worker.
 */
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, type Worker } from '@temporalio/worker'
import { pino } from 'pino'
import type { ModelSettings } from '../../agents/gateway.ts'
import { type Activities, createActivities } from '../../activities/index.ts'
import type { Deps } from '../../activities/deps.ts'
import { catalogue } from '../../activities/registry.ts'
import { createMailSender } from '../../connectors/mail/smtp.ts'
import type { SentFolder } from '../../connectors/mail/sent.ts'
import { createFetcher } from '../../connectors/web/fetcher.ts'
import { parseHostMap } from '../../connectors/web/rules.ts'
import { type Db, openDb } from '../../db/sql.ts'
import { recordEvent } from '../../db/stores/events.ts'
import { receiveLead } from '../../db/stores/new-lead.ts'
import { createApiKey } from '../../db/stores/keys.ts'
import { ensureMailbox, ensureOrganisation, ensurePipeline, ensureUser } from '../../db/stores/people.ts'
import type { Role } from '../../domain/access/viewer.ts'
import { publish, publishDefinition } from '../../db/stores/playbooks.ts'
import { keyId } from '../../domain/gate/decision.ts'
import { parsePlaybook } from '../../domain/playbook/parse.ts'
import { bundleWorkflows, createWorkers } from '../../scripts/processes/temporal-workers.ts'
import { serverPorts } from '../../scripts/processes/ports.ts'
import { createApp } from '../../server/app.ts'
import { type Flow, startFlow } from '../../server/flow.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { recordingMail, type RecordingMail } from './smtp.ts'
import { testTemporal } from './temporal.ts'
import { serveOnLoopback } from './loopback.ts'

export interface SystemOptions {
  /** Where mail goes; a recording server of the system's own when not given. */
  smtpUrl?: string
  /** Sites on loopback, as DEALWRIGHT_HOST_MAP names them. */
  hostMap?: string
  model?: ModelSettings | null
  sent?: SentFolder | null
  /** Policy text; without one, everything waits for a person. */
  policy?: string
  /** The address of Temporal, when it is to be reached through something. */
  temporalAddress?: string
  reconcileEveryMs?: number
  /** The clock by which turns of runs happen. */
  now?: () => Promise<Date>
  /** The folder of the built web app: people sign in to it. */
  web?: string
}

export interface Person {
  id: string
  email: string
  apiKey: string
}

export interface Answer {
  status: number
  json: AnswerJson
}

/** What tests look for in answers; lists are read as lists by whoever asks for one. */
export interface AnswerJson {
  id: string
  hash: string
  status: string
  code: string
  detail: string
  [field: string]: unknown
}

export interface System {
  database: TestDatabase
  /** As the server logs in. */
  db: Db
  /** As the superuser: what an intruder in the database, or a clock, would do. */
  admin: Db
  deps: Deps
  activities: Activities
  privateKey: KeyObject
  client: Client
  /** Task queues are `<prefix>-runs` and so on. */
  prefix: string
  url: string
  mail: RecordingMail
  people: Record<'rep' | 'colleague' | 'manager' | 'ops', Person>
  call(who: Person | null, path: string, body?: object): Promise<Answer>
  publish(text: string): Promise<string>
  /** A lead that starts nothing by itself, with an owner. */
  lead(name: string, options?: LeadOptions): Promise<LeadIds>
  /** What happened to a lead: starts the playbooks that ask for it. */
  happen(name: string, of: Partial<LeadIds>, fields?: object, key?: string): Promise<string>
  startFlow(): Promise<Flow>
  stopFlow(): Promise<void>
  startWorkers(): Promise<void>
  stopWorkers(): Promise<void>
  close(): Promise<void>
}

export interface LeadOptions {
  /** Null: a company of which no site is known. */
  domain?: string | null
  email?: string
  message?: string
}

export interface LeadIds {
  leadId: string
  contactId: string
  accountId: string
}

const log = pino({ level: process.env.DEALWRIGHT_LOG ?? 'silent' })

if (!process.env.DEALWRIGHT_LOG)
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  })

let bundled: Promise<string> | undefined
/** Workflow code, bundled once a test file. */
export const workflowBundle = (): Promise<string> => (bundled ??= bundleWorkflows())

export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const temporal = testTemporal()
  const [database, mail, connection] = await Promise.all([
    createTestDatabase(),
    recordingMail(),
    Connection.connect({ address: options.temporalAddress ?? temporal.address }),
  ])
  const db = openDb(database.serverUrl, { name: 'test server', max: 20 })
  const admin = openDb(database.adminUrl, { name: 'test admin', max: 4 })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const client = new Client({ connection, namespace: temporal.namespace })
  const prefix = temporal.queue('system')
  const http = await listen(db, privateKey, options.web ?? null)
  const deps: Deps = {
    db: openDb(database.workerUrl, { name: 'test worker', max: 20 }),
    fetcher: createFetcher({ hostMap: parseHostMap(options.hostMap ?? ''), minDelayMs: 0 }),
    model: options.model ?? null,
    mail: createMailSender(options.smtpUrl ?? mail.url, {
      limits: { connectMs: 2_000, silenceMs: 5_000, wholeMs: 10_000 },
    }),
    sent: options.sent ?? null,
    publicKeys: new Map([[keyId(publicKey), publicKey]]),
    publicUrl: http.url,
    dayBudget: { micros: null, tokens: null },
    log,
    ...(options.now ? { now: options.now } : {}),
  }
  const people = await organise(db, options.policy)
  const parts = new Parts({ db, client, prefix, privateKey, deps, options })
  return {
    database,
    db,
    admin,
    deps,
    activities: createActivities(deps),
    privateKey,
    client,
    prefix,
    url: http.url,
    mail,
    people,
    call: (who, path, body) => call(http.url, who, path, body),
    publish: text => publishText(db, text),
    lead: (name, more = {}) => makeLead(db, people.rep.id, name, more),
    happen: (name, of, fields = {}, key = `test:${name}:${Math.random()}`) =>
      db.tx(tx => recordEvent(tx, { key, name, fields: fields as never, ...of })),
    startFlow: () => parts.startFlow(),
    stopFlow: () => parts.stopFlow(),
    startWorkers: () => parts.startWorkers(),
    stopWorkers: () => parts.stopWorkers(),
    async close() {
      await parts.stopFlow()
      await parts.stopWorkers()
      await http.close()
      await connection.close()
      await Promise.all([db.close(), admin.close(), deps.db.close(), mail.close()])
      await database.drop()
    },
  }
}

interface PartsOptions {
  db: Db
  client: Client
  prefix: string
  privateKey: KeyObject
  deps: Deps
  options: SystemOptions
}

/** What may be started and stopped again during a test. */
class Parts {
  #of: PartsOptions
  #flow: Flow | null = null
  #workers: { all: Worker[]; running: Promise<unknown>; connection: NativeConnection } | null = null

  constructor(of: PartsOptions) {
    this.#of = of
  }

  async startFlow(): Promise<Flow> {
    const { db, client, prefix, privateKey, options } = this.#of
    this.#flow ??= await startFlow({
      db,
      client,
      taskQueue: `${prefix}-runs`,
      privateKey,
      log,
      reconcileEveryMs: options.reconcileEveryMs ?? 1_000,
    })
    return this.#flow
  }

  async stopFlow(): Promise<void> {
    await this.#flow?.stop()
    this.#flow = null
  }

  async startWorkers(): Promise<void> {
    if (this.#workers) return
    const { prefix, deps, options } = this.#of
    const { address, namespace } = testTemporal()
    const connection = await NativeConnection.connect({ address: options.temporalAddress ?? address })
    const all = await createWorkers({ connection, namespace, prefix, deps, bundle: await workflowBundle() })
    this.#workers = { all, running: Promise.allSettled(all.map(worker => worker.run())), connection }
  }

  async stopWorkers(): Promise<void> {
    const workers = this.#workers
    if (!workers) return
    this.#workers = null
    for (const worker of workers.all) if (worker.getState() === 'RUNNING') worker.shutdown()
    await workers.running
    await workers.connection.close()
  }
}

async function listen(
  db: Db,
  privateKey: KeyObject,
  web: string | null,
): Promise<{ url: string; close: () => Promise<void> }> {
  let url = ''
  const app = createApp({
    db,
    privateKey,
    ports: serverPorts(db),
    localToken: null,
    signIn: { secret: 'a secret of the test, long enough', publicUrl: () => url, oidc: null, trustedProxies: [] },
    web,
    temporalUi: null,
    log,
  })
  const served = await serveOnLoopback(app.fetch)
  const { server } = served
  url = served.url
  return {
    url,
    close: async () => {
      // Live updates are connections without end.
      if (web !== null && 'closeAllConnections' in server) server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

async function call(url: string, who: Person | null, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      'content-type': 'application/json',
      ...(body ? { 'idempotency-key': randomUUID() } : {}),
      ...(who ? { authorization: `Bearer ${who.apiKey}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: response.status, json: (await response.json()) as AnswerJson }
}

async function organise(db: Db, policy: string | undefined): Promise<System['people']> {
  const made = await db.tx(async tx => {
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
    const person = async (name: string, role: Role): Promise<Person> => {
      const email = `${name.toLowerCase()}@ledgerline.example`
      const id = await ensureUser(tx, { name, email, role, zone: 'UTC', team: role === 'ops' ? null : 'Sales' })
      await ensureMailbox(tx, { userId: id, address: email, name, signature: `${name}, Ledgerline`, dailyCap: 500 })
      return { id, email, apiKey: await createApiKey(tx, id, 'test', new Date(Date.now() + 3_600_000)) }
    }
    return {
      rep: await person('Riva', 'rep'),
      colleague: await person('Cole', 'rep'),
      manager: await person('Mira', 'manager'),
      ops: await person('Otto', 'ops'),
    }
  })
  if (policy) await db.tx(tx => publishDefinition(tx, 'policy', policy, 'test'))
  return made
}

async function publishText(db: Db, text: string): Promise<string> {
  const { playbook, problems } = parsePlaybook(text, 'test.yaml', catalogue)
  if (!playbook) throw new Error(problems.map(one => `${one.line}:${one.column} ${one.message}`).join('\n'))
  return (await db.tx(tx => publish(tx, playbook, text, 'test'))).id
}

async function makeLead(db: Db, ownerId: string, name: string, more: LeadOptions): Promise<LeadIds> {
  const slug = name.toLowerCase().replaceAll(/\W+/g, '-')
  const domain = more.domain === undefined ? `${slug}.example` : more.domain
  return db.tx(async tx => {
    const { id: leadId } = await receiveLead(tx, {
      key: `test:${slug}`,
      source: 'form',
      name,
      firstName: name.split(' ')[0] ?? name,
      email: more.email ?? `${slug}@${domain ?? 'mail.example'}`,
      zone: 'UTC',
      quiet: true,
      message: more.message ?? null,
      company: { name: `${name} Works`, domain },
    })
    await tx.run('update lead set owner_id = $2, assigned_at = now() where id = $1', [leadId, ownerId])
    const ids = await tx.row<LeadIds>('select id as lead_id, contact_id, account_id from lead where id = $1', [leadId])
    return ids as LeadIds
  })
}

/** Resolves with the first value that is neither null, undefined nor false; throws, saying for what it waited, when none came in time. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  limitMs = 90_000,
): Promise<T> {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain: ${what}`)
    await sleep(40)
  }
}
