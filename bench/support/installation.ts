/**
 * An installation as `up` makes it, in a temporary home: embedded Postgres, Temporal's development server, server and worker as
 * processes of their own. Around it a sample world on loopback and a stand-in for the model, both in this process.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { openDb, type Db } from '../../db/sql.ts'
import { publishDefinition } from '../../db/stores/playbooks.ts'
import { readConfig } from '../../scripts/config.ts'
import { openHome, readPorts, rememberPorts, type Home } from '../../scripts/home.ts'
import { removeHome } from '../../scripts/services/open.ts'
import { freePort } from '../../scripts/services/ports.ts'
import { startAll, type Up } from '../../scripts/up.ts'
import { loadWorld } from '../../scripts/world/load.ts'
import { startModelServer, type ModelServer } from '../../test/model-server/index.ts'
import { generateWorld, hostMapOf, serveMail, serveSites, type MailServer, type World } from '../../test/world/index.ts'

export interface InstallationOptions {
  leads: number
  seed: number
  /** Milliseconds a model answer takes. Default 0. */
  modelMs?: number
  /** Model answers worked on at once; the others wait in line. Default: any number. */
  modelAtOnce?: number
  /** Prospects answer as in life; by default they are silent, so that runs rest at the wait after their first mail. */
  answers?: boolean
  /** Mails wait for people; by default the policy allows them, so that no person's pace is measured. */
  people?: boolean
  say: (line: string) => void
}

export interface Installation {
  home: Home
  up: Up
  db: Db
  temporal: Client
  world: World
  mail: MailServer
  model: ModelServer
  close(): Promise<void>
}

const ALLOW = `policy: 1
rules:
  - name: everything, for measuring
    decide: allow
`

export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const stops: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop()
  }
  try {
    const home = openHome({ DEALWRIGHT_HOME: mkdtempSync(path.join(tmpdir(), 'dealwright-bench-')) })
    stops.push(async () => removeHome(home))
    const outside = await startOutside(home, options, stops)
    const { model, ...config } = readConfig({
      ...process.env,
      DATABASE_URL: '',
      TEMPORAL_ADDRESS: '',
      SMTP_URL: '',
      IMAP_URL: '',
    })
    const up = await startAll({
      home,
      config: { ...config, model },
      what: 'bench',
      say: () => {},
      sandboxSmtpUrl: outside.mail.smtpUrl,
    })
    stops.push(() => up.stop())
    const db = openDb(up.urls.ownerUrl, { max: 5, name: 'dealwright bench' })
    stops.push(() => db.close())
    const connection = await Connection.connect({ address: up.temporalAddress })
    stops.push(() => connection.close())
    await loadQuietly(db, outside.world, options)
    return { home, up, db, temporal: new Client({ connection }), ...outside, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Outside = Pick<Installation, 'world' | 'mail' | 'model'>

/** Sites, mail and model on loopback, and the environment that leads the processes there. */
async function startOutside(
  home: Home,
  options: InstallationOptions,
  stops: (() => Promise<unknown>)[],
): Promise<Outside> {
  const world = generateWorld({ seed: options.seed, leads: options.leads, now: new Date() })
  if (!options.answers) world.truth.behaviours = []
  const mailbox = await freePort(readPorts(home).mailbox)
  rememberPorts(home, { mailbox })
  // Slow pages are the site's time, not ours: here they answer at once like the others.
  const sites = await serveSites(world, { slowMs: 0 })
  stops.push(() => sites.close())
  const mail = await serveMail(world, { deliverTo: { host: '127.0.0.1', port: mailbox } })
  stops.push(() => mail.close())
  const model = await startModelServer({
    latencyMs: options.modelMs ?? 0,
    ...(options.modelAtOnce === undefined ? {} : { maxConcurrent: options.modelAtOnce }),
  })
  stops.push(() => model.close())
  Object.assign(process.env, {
    DEALWRIGHT_HOST_MAP: hostMapOf(world, sites.port),
    DEALWRIGHT_PACE_MS: '0',
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_API_KEY: 'stand-in',
    DEALWRIGHT_LOG: process.env.DEALWRIGHT_LOG ?? 'warn',
  })
  return { world, mail, model }
}

/** The world's records, with nothing happening yet: leads come in later, when `arrive` says so. */
async function loadQuietly(db: Db, world: World, options: InstallationOptions): Promise<void> {
  options.say(`loading a world of ${world.leads.length} leads`)
  const resting: World = {
    ...world,
    leads: world.leads.map(lead => (lead.status === 'new' ? { ...lead, status: 'nurture' } : lead)),
  }
  await loadWorld(db, resting)
  // A small team takes all of it: caps are people's choice and not measured here.
  await db.run('update mailbox set daily_cap = 1000000')
  if (!options.people) await db.tx(tx => publishDefinition(tx, 'policy', ALLOW, 'bench'))
}
