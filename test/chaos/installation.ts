/** A whole installation in a temporary home, as `dealwright demo` starts it, with the sample world around it and its parts in reach. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../db/sql.ts'
import { readConfig } from '../../scripts/config.ts'
import { openHome, readRun, type Home } from '../../scripts/home.ts'
import { removeHome } from '../../scripts/services/open.ts'
import { startAll, type Up } from '../../scripts/up.ts'
import { loadWorld } from '../../scripts/world/load.ts'
import { staffDesk, type Desk } from '../../scripts/world/people-at-work.ts'
import {
  hideOwnServers,
  openServerDb,
  sampleKeys,
  startSample,
  type SampleOptions,
  type SampleWorld,
} from '../../scripts/world/sample.ts'
import type { Lead } from '../world/index.ts'

export interface InstallationOptions {
  seed: string
  leads: number
  mail?: SampleOptions['mail']
  /** Leaves the home in place at the end. */
  keep?: boolean
  say: (line: string) => void
}

export interface Installation {
  home: Home
  up: Up
  sample: SampleWorld
  /** As the schema's owner: for looking, and for what comes in by other doors. */
  db: Db
  desk: Desk
  /** API keys by the world's user id. */
  keys: Map<string, string>
  /** Process ids of the parts as they are now, by name. */
  parts(): Promise<Record<string, number>>
  /** Lets leads come in. Repeats, which a database that was away makes necessary, change nothing. */
  feed(leads: Lead[]): Promise<void>
  stop(): Promise<void>
}

/** Its environment is this process's: one installation at a time. */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-chaos-'))
  const home = openHome({ ...process.env, DEALWRIGHT_HOME: folder })
  const stops: (() => Promise<void>)[] = [
    async () => {
      if (options.keep) options.say(`The home is kept: DEALWRIGHT_HOME=${folder}`)
      else removeHome(home)
    },
  ]
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one()
  }
  try {
    const { seed, leads, say } = options
    const mail = options.mail ?? {}
    const sample = await startSample({ home, seed, leads, now: new Date(), mail })
    stops.push(() => sample.close())
    stops.push(withEnvironment({ ...sample.env, OPENAI_API_KEY: '', OPENAI_BASE_URL: '' }))
    const config = readConfig()
    const up = await startAll({ home, config, what: 'chaos', say, sandboxSmtpUrl: sample.mail.smtpUrl })
    stops.push(() => up.stop())
    const db = openServerDb(up.urls.ownerUrl)
    stops.push(() => db.close())
    await loadWorld(db, { ...sample.world, leads: [] })
    const keys = await sampleKeys(db, sample.world)
    const desk = staffDesk(sample.world, up.serverUrl, keys)
    stops.push(() => desk.stop())
    return {
      home,
      up,
      sample,
      db,
      desk,
      keys,
      stop,
      parts: async () => (await readRun(home))?.parts ?? {},
      feed: more => persistently(() => loadWorld(db, { ...sample.world, leads: more })),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Rules do the work and no server of one's own is reached. Returns what puts the environment back. */
function withEnvironment(changes: Record<string, string>): () => Promise<void> {
  const before = { ...process.env }
  hideOwnServers(process.env)
  Object.assign(process.env, changes)
  return async () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

const PATIENCE_MS = 120_000

/** Tries again while the database is away. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'database_away' || Date.now() > end) throw error
      await sleep(200)
    }
  }
}
