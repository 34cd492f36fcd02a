/**
 * The database and Temporal for a command: one's own servers if the environment names them, else those of a running `up`,
 * else embedded ones started for the command's own time.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { DealwrightError } from '../../domain/errors.ts'
import type { Config } from '../config.ts'
import { lockHome } from '../home-lock.ts'
import { readPorts, readRun, readSecrets, rememberPorts, writeRun } from '../home.ts'
import type { Home, RunNote, Secrets } from '../home.ts'
import { SERVER_LOGIN, WORKER_LOGIN, loginUrl, prepareDatabase } from './database.ts'
import type { DatabaseUrls } from './database.ts'
import { migrate } from './migrate.ts'
import { canEnter, openFolder, postgresUser } from './postgres-binaries.ts'
import { startPostgres } from './postgres.ts'
import type { Postgres } from './postgres.ts'
import { identify } from './process.ts'
import { OWNER, asAdmin, ensureRoles } from './roles.ts'
import { startTemporal } from './temporal.ts'
import type { Temporal } from './temporal.ts'

export const DATABASE = 'dealwright'

export interface OpenDatabase extends DatabaseUrls {
  stop: () => Promise<void>
}

export interface OpenTemporal {
  address: string
  namespace: string
  stop: () => Promise<void>
}

type Say = (line: string) => void
/** Gets the names of the migrations applied now. */
type OnMigrated = (names: string[]) => void

const nothing = async (): Promise<void> => {}

/** `what` is the command's name, for others who find the home in use. */
export async function openDatabase(
  home: Home,
  config: Config,
  what: string,
  say: Say,
  onMigrated: OnMigrated = names => sayMigrated(names, say),
): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) return { ...(await externalDatabase(home, config, onMigrated)), stop: nothing }
  const run = await readRun(home)
  if (run?.postgresPort !== undefined) return { ...embeddedUrls(home, run.postgresPort), stop: nothing }
  const unlock = await lockHome(home, what)
  try {
    const postgres = await startHomePostgres(home, say)
    const urls = await prepareEmbedded(home, postgres.port, say, onMigrated)
    const note: RunNote = { ...(await identify(process.pid)), what, since: new Date().toISOString() }
    writeRun(home, { ...note, postgresPort: postgres.port })
    const stop = async () => {
      await postgres.stop()
      unlock()
    }
    return { ...urls, stop }
  } catch (error) {
    unlock()
    throw error
  }
}

/** Needs a running `up` or TEMPORAL_ADDRESS: a command has no worker of its own that could answer. */
export async function openTemporal(home: Home, config: Config): Promise<OpenTemporal> {
  const namespace = config.temporalNamespace
  if (config.temporalAddress !== undefined) return { address: config.temporalAddress, namespace, stop: nothing }
  const run = await readRun(home)
  if (run?.temporalAddress !== undefined) return { address: run.temporalAddress, namespace, stop: nothing }
  throw new DealwrightError('unavailable', 'Dealwright is not running: start it with "npm start" in another terminal')
}

export async function startHomePostgres(home: Home, say: Say, strictPort = false): Promise<Postgres> {
  const postgres = await startPostgres({
    dataFolder: dataFolder(home, say),
    logFile: path.join(home.logs, 'postgres.log'),
    password: readSecrets(home).admin,
    port: readPorts(home).postgres,
    strictPort,
    say,
  })
  rememberPorts(home, { postgres: postgres.port })
  return postgres
}

/**
 * Where this home's database lies: in it, unless we are root and the home is in a folder that the database's user cannot
 * enter. It then lies outside, under this installation's mark, and a note in the home says where.
 */
function dataFolder(home: Home, say: Say): string {
  const note = path.join(home.folder, 'postgres.elsewhere')
  if (existsSync(note)) return readFileSync(note, 'utf8').trim()
  const user = postgresUser()
  if (user === undefined || canEnter(user, home.folder)) return home.postgres
  if (existsSync(home.postgres)) {
    throw new DealwrightError(
      'home_unusable',
      `the database's user can no longer enter ${home.folder}, where its data lies: allow it ("chmod o+x" on that folder and those above)`,
    )
  }
  const elsewhere = path.join(openFolder(user, path.join('homes', readSecrets(home).installation)), 'postgres')
  say(`the database's user cannot enter ${home.folder}: the database lies in ${elsewhere}`)
  writeFileSync(note, `${elsewhere}\n`)
  return elsewhere
}

/** Removes a home and its database, wherever that lies. For temporary homes. */
export function removeHome(home: Home): void {
  const note = path.join(home.folder, 'postgres.elsewhere')
  if (existsSync(note)) rmSync(path.dirname(readFileSync(note, 'utf8').trim()), { recursive: true, force: true })
  rmSync(home.folder, { recursive: true, force: true })
}

export async function startHomeTemporal(home: Home, say: Say, strictPort = false): Promise<Temporal> {
  const ports = readPorts(home)
  const temporal = await startTemporal({
    folder: home.temporal,
    logFile: path.join(home.logs, 'temporal.log'),
    port: ports.temporal,
    uiPort: ports.temporalUi,
    strictPort,
    say,
  })
  rememberPorts(home, {
    temporal: temporal.port,
    ...(temporal.uiPort === null ? {} : { temporalUi: temporal.uiPort }),
  })
  return temporal
}

/** Roles, database and migrations in the embedded Postgres that listens on `port`. */
export async function prepareEmbedded(
  home: Home,
  port: number,
  say: Say,
  onMigrated: OnMigrated = names => sayMigrated(names, say),
): Promise<DatabaseUrls> {
  const secrets = readSecrets(home)
  return prepareDatabase(adminUrl(secrets, port), DATABASE, secrets, { onMigrated })
}

function adminUrl(secrets: Secrets, port: number): string {
  return `postgresql://postgres:${secrets.admin}@127.0.0.1:${port}/postgres`
}

/** Addresses in the embedded Postgres that listens on `port`. */
export function embeddedUrls(home: Home, port: number): DatabaseUrls {
  const secrets = readSecrets(home)
  const base = adminUrl(secrets, port)
  return {
    ownerUrl: loginUrl(base, { name: OWNER, password: secrets.owner }, DATABASE),
    serverUrl: loginUrl(base, { name: SERVER_LOGIN, password: secrets.server }, DATABASE),
    workerUrl: loginUrl(base, { name: WORKER_LOGIN, password: secrets.worker }, DATABASE),
  }
}

/**
 * A database of one's own: its user owns the schema. The logins of server and worker are given, or made under names that
 * carry this installation's mark, since roles belong to the whole server.
 */
async function externalDatabase(home: Home, config: Config, onMigrated: OnMigrated): Promise<DatabaseUrls> {
  const url = config.databaseUrl ?? ''
  await checkReachable(url)
  const secrets = readSecrets(home)
  const login = (kind: 'server' | 'worker', given: string | undefined) =>
    given === undefined
      ? { name: `dealwright_${kind}_${secrets.installation}`, password: secrets[kind] }
      : { name: decodeURIComponent(new URL(given).username), password: decodeURIComponent(new URL(given).password) }
  const server = login('server', config.serverDatabaseUrl)
  const worker = login('worker', config.workerDatabaseUrl)
  await asAdmin(url, client => ensureRoles(client, { server, worker }))
  onMigrated(await migrate(url))
  return {
    ownerUrl: url,
    serverUrl: config.serverDatabaseUrl ?? loginUrl(url, server),
    workerUrl: config.workerDatabaseUrl ?? loginUrl(url, worker),
  }
}

async function checkReachable(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.end()
  } catch (error) {
    const { host, pathname } = new URL(url)
    throw new DealwrightError(
      'unavailable',
      `the database at ${host}${pathname} (DATABASE_URL) does not let us in: ${(error as Error).message || (error as NodeJS.ErrnoException).code}`,
      { cause: error },
    )
  }
}

function sayMigrated(names: string[], say: Say): void {
  if (names.length > 0) say(`database brought up to date (${names.length} migration${names.length === 1 ? '' : 's'})`)
}
