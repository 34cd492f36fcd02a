/** One Temporal development server on this machine: found, started, stopped, and brought back after whatever happened to it. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DealwrightError } from '../../domain/errors.ts'
import { isServing } from './grpc-health.ts'
import { freePort } from './ports.ts'
import { commandLine, logSince, logSize, spawnService, stopProcess } from './process.ts'
import type { Exit, ProcessIdentity, Service } from './process.ts'
import { TEMPORAL_HELP, findTemporal } from './temporal-binary.mjs'

export const TEMPORAL_NAMESPACE = 'default'

const START_TRIES = 4
const START_PATIENCE_MS = 60_000

export interface TemporalOptions {
  /** Holds the database file and the note of the running server. */
  folder: string
  logFile: string
  /** Taken if they are free. */
  port?: number | undefined
  uiPort?: number | undefined
  /** No other port will do: others already use this address. */
  strictPort?: boolean
  /** Without its web page, as for tests. */
  headless?: boolean
  say: (line: string) => void
}

export interface Temporal {
  address: string
  port: number
  uiPort: number | null
  identity: ProcessIdentity
  exited: Promise<Exit>
  stop: () => Promise<void>
}

export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const program = findTemporal()
  if (program === null) throw new DealwrightError('temporal_missing', TEMPORAL_HELP)
  mkdirSync(options.folder, { recursive: true })
  const database = path.join(options.folder, 'temporal.db')
  await stopOrphan(options, database)
  setAsideIfNoDatabase(database, options.say)

  let { port, uiPort } = options
  let failure = ''
  for (let attempt = 1; attempt <= START_TRIES; attempt++) {
    const ports = { port: await freePort(port), uiPort: options.headless ? null : await freePort(uiPort) }
    if (options.strictPort && ports.port !== options.port) {
      throw new DealwrightError('temporal_failed', `port ${options.port} is taken by another program`)
    }
    if (port !== undefined && ports.port !== port) options.say(`port ${port} is taken, Temporal uses ${ports.port}`)
    const logFrom = logSize(options.logFile)
    const service = await launch(program, options, database, ports)
    writeFileSync(noteFile(options.folder), JSON.stringify(service.identity))
    failure = await untilServing(options, service, ports.port, logFrom)
    if (failure === '') return running(service, ports)
    await stopProcess(service.identity, 'SIGTERM', 3000)
    if (/address already in use|port .* in use/i.test(failure)) port = uiPort = undefined
    else if (/malformed|not a database|disk image/i.test(failure)) setAside(database, options.say)
    else if (/database is locked/i.test(failure)) await sleep(1000)
    else break
  }
  throw new DealwrightError(
    'temporal_failed',
    `the Temporal server did not start: ${failure}. The whole log is ${options.logFile}`,
  )
}

function running(service: Service, ports: { port: number; uiPort: number | null }): Temporal {
  return {
    address: `127.0.0.1:${ports.port}`,
    ...ports,
    identity: service.identity,
    exited: service.exited,
    stop: () => stopProcess(service.identity, 'SIGTERM', 10_000),
  }
}

function launch(
  program: string,
  options: TemporalOptions,
  database: string,
  ports: { port: number; uiPort: number | null },
): Promise<Service> {
  const flags: [string, string][] = [
    ['--ip', '127.0.0.1'],
    ['--port', String(ports.port)],
    ['--namespace', TEMPORAL_NAMESPACE],
    ['--db-filename', database],
    // Three times the throughput of the defaults; a crash of the machine may lose the last moments, which the reconciler mends.
    ['--sqlite-pragma', 'journal_mode=wal'],
    ['--sqlite-pragma', 'synchronous=normal'],
    ['--log-level', 'error'],
    ...(ports.uiPort === null ? [] : ([['--ui-port', String(ports.uiPort)]] as [string, string][])),
  ]
  return spawnService({
    file: program,
    args: ['server', 'start-dev', ...flags.flat(), ...(ports.uiPort === null ? ['--headless'] : [])],
    logFile: options.logFile,
    stopSignal: 'SIGTERM',
  })
}

/** Waits until the server serves; else the reason why it ended. */
async function untilServing(
  options: TemporalOptions,
  service: Service,
  port: number,
  logFrom: number,
): Promise<string> {
  let ended = false
  void service.exited.then(() => {
    ended = true
  })
  const end = Date.now() + START_PATIENCE_MS
  while (Date.now() < end) {
    if (ended) return reasonIn(logSince(options.logFile, logFrom))
    if (await isServing(`127.0.0.1:${port}`, 1000)) return ''
    await sleep(20)
  }
  return `not serving after ${START_PATIENCE_MS / 1000} s: ${reasonIn(logSince(options.logFile, logFrom))}`
}

function reasonIn(log: string): string {
  const lines = log.split('\n').filter(line => /error|fail|unable|cannot/i.test(line))
  return (lines.at(-1) ?? logTailOf(log)).replace(/\s+/g, ' ').trim().slice(0, 400) || 'it ended without a word'
}

function logTailOf(log: string): string {
  return log.trimEnd().split('\n').slice(-3).join(' / ')
}

function noteFile(folder: string): string {
  return path.join(folder, 'server.json')
}

/** Stops a server that a killed `up` left running on this database file; only one that is certainly ours. */
async function stopOrphan({ folder, say }: TemporalOptions, database: string): Promise<void> {
  let note: ProcessIdentity
  try {
    note = JSON.parse(readFileSync(noteFile(folder), 'utf8')) as ProcessIdentity
  } catch {
    return
  }
  if ((await commandLine(note.pid)).includes(database)) {
    say('stopping a Temporal server that an earlier start left running')
    await stopProcess(note, 'SIGTERM', 10_000)
  }
  rmSync(noteFile(folder), { force: true })
}

/** A file that does not begin like SQLite's is no database; the server would fail on it without saying so plainly. */
function setAsideIfNoDatabase(database: string, say: (line: string) => void): void {
  if (logSize(database) === 0) return
  const head = Buffer.alloc(15)
  const file = openSync(database, 'r')
  readSync(file, head, 0, head.length, 0)
  closeSync(file)
  if (head.toString('latin1') !== 'SQLite format 3') setAside(database, say)
}

/** What Temporal knew of running work is lost then; the record in Postgres is not, and the reconciler starts it again from there. */
function setAside(database: string, say: (line: string) => void): void {
  const aside = `${database}.broken-${Date.now()}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(database + suffix)) renameSync(database + suffix, aside + suffix)
  }
  say(
    `Temporal's database was damaged; it is kept as ${aside} and a new one is made. Work under way starts again from the record.`,
  )
}
