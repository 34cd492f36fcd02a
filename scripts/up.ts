/** Everything on one machine: database, Temporal, server and worker, started in order and kept running. */
import path from 'node:path'
import type { Config } from './config.ts'
import { lockHome } from './home-lock.ts'
import { ensureKeys, readPorts, rememberPorts, writeRun } from './home.ts'
import type { Home } from './home.ts'
import type { ProcessSettings } from './processes/child.ts'
import { serverSettings, workerSettings } from './processes/settings.ts'
import type { Place } from './processes/settings.ts'
import type { DatabaseUrls } from './services/database.ts'
import { isFull, needRoom, roomFor, roomWarning, watchRoom } from './services/disk.ts'
import { startNodePart } from './services/node-part.ts'
import { openDatabase, prepareEmbedded, startHomePostgres, startHomeTemporal } from './services/open.ts'
import { freePort } from './services/ports.ts'
import { identify } from './services/process.ts'
import { supervise } from './services/supervise.ts'
import type { Supervisor } from './services/supervise.ts'

export interface Up {
  serverUrl: string
  temporalAddress: string
  /** Null when Temporal is one's own. */
  temporalUi: string | null
  mailboxPort: number
  urls: DatabaseUrls
  /** Settles when a part cannot be kept running. */
  broken: Promise<Error>
  stop: () => Promise<void>
}

export interface UpOptions {
  home: Home
  config: Config
  /** The command's name, for others who find the home in use. */
  what: string
  say: (line: string) => void
  workers?: number
  /** Where mail goes when SMTP_URL names no server: the sample world's own. */
  sandboxSmtpUrl?: string
}

/** Starts all parts and resolves when server and worker are ready. On any failure everything is stopped again. */
export async function startAll(options: UpOptions): Promise<Up> {
  const { home, what, say } = options
  needRoom(home)
  const unlock = await lockHome(home, what)
  let note = () => {}
  const supervisor = supervise({ say, onChange: () => note(), obstacle: () => obstacleOf(home) })
  const unwatch = watchRoom(home, say, () => note())
  const stop = async () => {
    unwatch()
    await supervisor.stop()
    unlock()
  }
  try {
    ensureKeys(home)
    // Server and worker load their code while database and Temporal start; both are waited for whatever fails.
    const known = Promise.all([startServices(options, supervisor), serverPorts(options)])
    const [began, ran] = await Promise.allSettled([known, startProcesses(options, supervisor, known)])
    if (began.status === 'rejected') throw began.reason
    if (ran.status === 'rejected') throw ran.reason
    const [services] = began.value
    const processes = ran.value
    const started = { ...(await identify(process.pid)), what, since: new Date().toISOString() }
    const write = () =>
      writeRun(home, {
        ...started,
        temporalAddress: services.temporalAddress,
        ...processes,
        parts: supervisor.pids(),
        ...(services.postgresPort === null ? {} : { postgresPort: services.postgresPort }),
        ...(services.temporalUi === null ? {} : { temporalUi: services.temporalUi }),
      })
    write()
    note = () => {
      try {
        write()
      } catch (error) {
        // The note of before stands: addresses stay the same, only process ids are old. It is written when there is room.
        say(`the note of what runs could not be written: ${(error as Error).message}`)
      }
    }
    return { ...services, ...processes, broken: supervisor.broken, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function obstacleOf(home: Home): string | null {
  const room = roomFor(home)
  return isFull(room) ? roomWarning(room) : null
}

interface Services {
  urls: DatabaseUrls
  postgresPort: number | null
  temporalAddress: string
  temporalUi: string | null
}

async function startServices(options: UpOptions, supervisor: Supervisor): Promise<Services> {
  // Both are waited for even when one fails, so that the stop finds what the other started.
  const [database, temporal] = await Promise.allSettled([
    startDatabase(options, supervisor),
    startTemporal(options, supervisor),
  ])
  if (database.status === 'rejected') throw database.reason
  if (temporal.status === 'rejected') throw temporal.reason
  return { ...database.value, ...temporal.value }
}

async function startDatabase(
  options: UpOptions,
  supervisor: Supervisor,
): Promise<Pick<Services, 'urls' | 'postgresPort'>> {
  const { home, config, what, say } = options
  if (config.databaseUrl !== undefined) return { urls: await openDatabase(home, config, what, say), postgresPort: null }
  const postgres = await supervisor.run({
    name: 'Postgres',
    start: async again => {
      const { port, identity, exited, stop } = await startHomePostgres(home, say, again)
      return { port, pid: identity.pid, exited, stop }
    },
  })
  return { urls: await prepareEmbedded(home, postgres.port, say), postgresPort: postgres.port }
}

async function startTemporal(
  { home, config, say }: UpOptions,
  supervisor: Supervisor,
): Promise<Pick<Services, 'temporalAddress' | 'temporalUi'>> {
  if (config.temporalAddress !== undefined) return { temporalAddress: config.temporalAddress, temporalUi: null }
  const temporal = await supervisor.run({
    name: 'Temporal',
    start: async again => {
      const { address, uiPort, identity, exited, stop } = await startHomeTemporal(home, say, again)
      return { address, uiPort, pid: identity.pid, exited, stop }
    },
  })
  return {
    temporalAddress: temporal.address,
    temporalUi: temporal.uiPort === null ? null : `http://127.0.0.1:${temporal.uiPort}`,
  }
}

/** Chosen before the server starts, so that they are the same after a restart. */
async function serverPorts({ home, config, say }: UpOptions): Promise<{ server: number; mailbox: number }> {
  const remembered = readPorts(home)
  const wanted = config.listen.port ?? remembered.server
  const server = await freePort(wanted)
  if (wanted !== undefined && server !== wanted) say(`port ${wanted} is taken, the server uses ${server}`)
  const ports = { server, mailbox: await freePort(remembered.mailbox) }
  rememberPorts(home, ports)
  return ports
}

async function startProcesses(
  options: UpOptions,
  supervisor: Supervisor,
  known: Promise<[Services, { server: number; mailbox: number }]>,
): Promise<{ serverUrl: string; mailboxPort: number }> {
  const { home, config, workers = 1 } = options
  const place = known.then(([services, ports]) => placeOf(options, services, ports))
  const start = (name: string, entry: string, settings: Promise<ProcessSettings>) =>
    supervisor.run({ name, start: () => startNodePart(entry, settings, path.join(home.logs, `${name}.log`)) })
  const parts = [start('server', 'server', place.then(serverSettings))]
  for (let n = 1; n <= workers; n++)
    parts.push(start(n === 1 ? 'worker' : `worker-${n}`, 'worker', place.then(workerSettings)))
  const settled = await Promise.allSettled(parts)
  for (const part of settled) if (part.status === 'rejected') throw part.reason
  const { listen, mailboxPort } = await place
  return { serverUrl: `http://${config.listen.host}:${listen.port}`, mailboxPort }
}

function placeOf(options: UpOptions, services: Services, ports: { server: number; mailbox: number }) {
  const { home, config, sandboxSmtpUrl } = options
  return {
    home,
    config,
    urls: services.urls,
    temporal: { address: services.temporalAddress, ui: services.temporalUi },
    listen: { host: config.listen.host, port: ports.server },
    mailboxPort: ports.mailbox,
    makeCurrent: true,
    ...(sandboxSmtpUrl === undefined ? {} : { sandboxSmtpUrl }),
  } satisfies Place
}
