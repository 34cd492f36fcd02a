/** One embedded Postgres: made, started, stopped, and brought back after whatever happened to it. */
import { execFile } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { DealwrightError } from '../../domain/errors.ts'
import { freePort } from './ports.ts'
import { postgresPrograms, postgresUser } from './postgres-binaries.ts'
import type { PostgresPrograms, SystemUser } from './postgres-binaries.ts'
import { commandLine, identify, logSince, logSize, spawnService, stopProcess } from './process.ts'
import type { Exit, ProcessIdentity, Service } from './process.ts'

const run = promisify(execFile)

/** Written into a data folder once it is complete: a folder without it was never finished. */
const COMPLETE = 'dealwright-complete'
const START_TRIES = 5
/** A database that was killed replays its log first, which can take a while. */
const START_PATIENCE_MS = 120_000

export interface PostgresOptions {
  dataFolder: string
  logFile: string
  /** Of the superuser `postgres`; used when the folder is made. */
  password: string
  /** Taken if it is free. */
  port?: number | undefined
  /** No other port will do: others already use this address. */
  strictPort?: boolean
  /** For tests: nothing survives a crash of the machine, and everything is faster. */
  disposable?: boolean
  say: (line: string) => void
}

export interface Postgres {
  port: number
  identity: ProcessIdentity
  exited: Promise<Exit>
  /** Ends all connections and stops in order; safe to call twice. */
  stop: () => Promise<void>
}

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = postgresUser()
  const programs = postgresPrograms(user)
  await ensureDataFolder(options, programs, user)
  await stopOrphan(options)
  let preferred = options.port
  let failure = ''
  for (let attempt = 1; attempt <= START_TRIES; attempt++) {
    const port = await freePort(preferred)
    if (options.strictPort && port !== options.port) {
      throw new DealwrightError('postgres_failed', `port ${options.port} is taken by another program`)
    }
    if (preferred !== undefined && port !== preferred) options.say(`port ${preferred} is taken, Postgres uses ${port}`)
    const logFrom = logSize(options.logFile)
    const service = await launch(options, programs, user, port)
    failure = await untilReady(options, service, port, logFrom)
    if (failure === '') {
      const stop = () => stopProcess(service.identity, 'SIGINT', 20_000)
      return { port, identity: service.identity, exited: service.exited, stop }
    }
    await stopProcess(service.identity, 'SIGINT', 5000)
    if (/could not bind|Address already in use/i.test(failure)) preferred = undefined
    else if (/shared memory block/i.test(failure)) await sleep(500)
    else break
  }
  throw new DealwrightError(
    'postgres_failed',
    `Postgres did not start in ${options.dataFolder}: ${failure}. The whole log is ${options.logFile}`,
  )
}

async function launch(
  options: PostgresOptions,
  programs: PostgresPrograms,
  user: SystemUser | undefined,
  port: number,
): Promise<Service> {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    log_min_messages: 'warning',
    ...(options.disposable ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawnService({
    file: programs.postgres,
    args: ['-D', options.dataFolder, '-p', String(port), ...flags],
    logFile: options.logFile,
    env: { LC_MESSAGES: 'C' },
    stopSignal: 'SIGINT',
    ...(user ? { user } : {}),
  })
}

/** Waits until the server takes connections, as its own pid file says; else the reason why it ended. */
async function untilReady(options: PostgresOptions, service: Service, port: number, logFrom: number): Promise<string> {
  let ended = false
  void service.exited.then(() => {
    ended = true
  })
  const end = Date.now() + START_PATIENCE_MS
  while (Date.now() < end) {
    if (ended) return reasonIn(logSince(options.logFile, logFrom))
    const file = readPidFile(options.dataFolder)
    if (file && file.pid === service.identity.pid && file.port === port && file.status === 'ready') return ''
    await sleep(10)
  }
  return `not ready after ${START_PATIENCE_MS / 1000} s`
}

function reasonIn(log: string): string {
  const lines = log.split('\n').map(line => line.replace(/^\S+ \S+ \S+ \[\d+\] (LOG|FATAL|PANIC): +/, ''))
  const telling = lines.filter(line =>
    /could not|cannot|unrecognized|invalid|denied|error|terminated|panic/i.test(line),
  )
  const kept = telling.length > 0 ? telling : lines.filter(line => line.trim() !== '')
  return kept.slice(-2).join(' / ').replace(/\s+/g, ' ').trim() || 'it ended without a word'
}

interface PidFile {
  pid: number
  port: number
  status: string
}

/** postmaster.pid: pid, data folder, start, port, socket folder, address, shared memory, status; one a line. */
function readPidFile(folder: string): PidFile | null {
  try {
    const lines = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() }
  } catch {
    return null
  }
}

/**
 * A server that a killed `up` left running in our folder is stopped. If the pid in the file belongs to some other program
 * (ids are reused after a restart of the machine) the file is stale and Postgres would wrongly refuse to start: it is removed.
 */
async function stopOrphan({ dataFolder, say }: PostgresOptions): Promise<void> {
  const file = readPidFile(dataFolder)
  if (!file || !Number.isInteger(file.pid) || file.pid <= 0) return
  const command = await commandLine(file.pid)
  if (command.includes('postgres') && command.includes(dataFolder)) {
    say('stopping a Postgres that an earlier start left running')
    await stopProcess(await identify(file.pid), 'SIGINT', 15_000)
  }
  rmSync(path.join(dataFolder, 'postmaster.pid'), { force: true })
}

async function ensureDataFolder(
  options: PostgresOptions,
  programs: PostgresPrograms,
  user: SystemUser | undefined,
): Promise<void> {
  const { dataFolder, say } = options
  const parent = path.dirname(dataFolder)
  mkdirSync(parent, { recursive: true, ...(user ? { mode: 0o755 } : {}) })
  sweepDrafts(dataFolder)
  if (existsSync(path.join(dataFolder, COMPLETE))) return
  if (existsSync(dataFolder)) {
    const aside = `${dataFolder}.unfinished-${Date.now()}`
    renameSync(dataFolder, aside)
    say(`the data folder was never finished; it is kept as ${aside} and a new one is made`)
  }
  say('making the database')
  await initialise(options, programs, user)
}

/** Makes the folder beside its place and renames it when it is complete, so that a kill in between leaves only a draft. */
async function initialise(
  options: PostgresOptions,
  programs: PostgresPrograms,
  user: SystemUser | undefined,
): Promise<void> {
  const draft = `${options.dataFolder}.draft-${process.pid}`
  const passwordFile = `${options.dataFolder}.password-${process.pid}`
  try {
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 })
    if (user) for (const file of [draft, passwordFile]) chownSync(file, user.uid, user.gid)
    const flags = [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(options.disposable ? ['--no-sync'] : []),
    ]
    await run(programs.initdb, flags, {
      ...user,
      cwd: '/',
      timeout: 120_000,
      env: { ...process.env, LC_MESSAGES: 'C' },
    })
    writeFileSync(path.join(draft, COMPLETE), '')
    renameSync(draft, options.dataFolder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    const { stderr = '', message } = error as { stderr?: string; message: string }
    throw new DealwrightError(
      'postgres_failed',
      `the database could not be made in ${options.dataFolder}: ${reasonIn(stderr || message)}`,
      { cause: error },
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function sweepDrafts(dataFolder: string): void {
  const parent = path.dirname(dataFolder)
  const marks = [`${path.basename(dataFolder)}.draft-`, `${path.basename(dataFolder)}.password-`]
  for (const name of readdirSync(parent)) {
    if (marks.some(mark => name.startsWith(mark))) rmSync(path.join(parent, name), { recursive: true, force: true })
  }
}
