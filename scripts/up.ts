/** Everything on one machine: database, Temporal, server and worker, started in order and kept running. */
import path from 'node:path'
import type { Config } from './config.ts'
import { lockHome } from './home-lock.ts'
import { ensureKeys, readPorts, readSecrets, rememberPorts, writeRun } from './home.ts'
import type { Home } from './home.ts'
import type { ProcessSettings } from './processes/child.ts'
import type { DatabaseUrls } from './services/database.ts'
import { startNodePart } from './services/node-part.ts'
import type { NodePart } from './services/node-part.ts'
import { openDatabase, prepareEmbedded, startHomePostgres, startHomeTemporal } from './services/open.ts'
import { freePort } from './services/ports.ts'
import { identify } from './services/process.ts'
import { supervise } from './services/supervise.ts'
import type { Running, Supervisor } from './services/supervise.ts'

export interface Up {
  serverUrl: string
  temporalAddress: string
  /** Null when Temporal is one's own. */
  temporalUi: string | null
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
}

/** Starts all parts and resolves when server and worker are ready. On any failure everything is stopped again. */
export async function startAll(options: UpOptions): Promise<Up> {
  const { home, what, say } = options
  const unlock = await lockHome(home, what)
  let note = () => {}
  const supervisor = supervise({ say, onChange: () => note() })
  const stop = async () => {
    await supervisor.stop()
    unlock()
  }
  try {
    ensureKeys(home)
    const [services, port] = await Promise.all([startServices(options, supervisor), serverPort(options)])
    const processes = await startProcesses(options, supervisor, services, port)
    const started = { ...(await identify(process.pid)), what, since: new Date().toISOString() }
    note = () =>
      writeRun(home, {
        ...started,
        temporalAddress: services.temporalAddress,
        serverUrl: processes.serverUrl,
        parts: supervisor.pids(),
        ...(services.postgresPort === null ? {} : { postgresPort: services.postgresPort }),
        ...(services.temporalUi === null ? {} : { temporalUi: services.temporalUi }),
      })
    note()
    return { ...services, ...processes, broken: supervisor.broken, stop }
  } catch (error) {
    await stop()
    throw error
  }
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

/** Chosen before the server starts, so that it is the same after a restart. */
async function serverPort({ home, config, say }: UpOptions): Promise<number> {
  const wanted = config.listen.port ?? readPorts(home).server
  const port = await freePort(wanted)
  if (wanted !== undefined && port !== wanted) say(`port ${wanted} is taken, the server uses ${port}`)
  rememberPorts(home, { server: port })
  return port
}

async function startProcesses(
  options: UpOptions,
  supervisor: Supervisor,
  { urls, temporalAddress }: Services,
  port: number,
): Promise<{ serverUrl: string }> {
  const { home, config, workers = 1 } = options
  const secrets = readSecrets(home)
  const shared = {
    home: home.folder,
    temporal: {
      address: temporalAddress,
      namespace: config.temporalNamespace,
      ...(config.temporalApiKey === undefined ? {} : { apiKey: config.temporalApiKey }),
    },
    publicKeyFile: home.publicKey,
    erasureKey: secrets.erasure,
  }
  const server: ProcessSettings = {
    ...shared,
    databaseUrl: urls.serverUrl,
    privateKeyFile: home.privateKey,
    listen: { host: config.listen.host, port },
    token: secrets.token,
  }
  const worker: ProcessSettings = { ...shared, databaseUrl: urls.workerUrl }
  const start = (name: string, entry: string, settings: ProcessSettings) =>
    supervisor.run({ name, start: () => startNodePart(entry, settings, path.join(home.logs, `${name}.log`)) })
  const parts: Promise<NodePart | Running>[] = [start('server', 'server', server)]
  for (let n = 1; n <= workers; n++) parts.push(start(n === 1 ? 'worker' : `worker-${n}`, 'worker', worker))
  const settled = await Promise.allSettled(parts)
  for (const part of settled) if (part.status === 'rejected') throw part.reason
  return { serverUrl: `http://${config.listen.host}:${port}` }
}
