/**
 * Processes we started: how to recognise them later, stop them, and make sure they do not outlive us.
 * A process id alone proves nothing, since ids are reused; with the moment the process started it does.
 */
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface ProcessIdentity {
  pid: number
  /** An opaque mark of the moment it started, as the operating system tells it. */
  started: string
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** The start mark of a running process; null when there is none with that id. */
export async function startMark(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    try {
      // Field 22 of /proc/<pid>/stat; the second field, the name in brackets, may itself hold spaces and brackets.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? null : (fields[19] ?? null)
    } catch {
      return null
    }
  }
  const text = await ps('lstart=', pid)
  return text === '' ? null : text
}

/** The command line of a running process, arguments separated by spaces; empty when there is none. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ps('command=', pid)
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

export async function identify(pid: number): Promise<ProcessIdentity> {
  return { pid, started: (await startMark(pid)) ?? '' }
}

export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  return started !== '' && (await startMark(pid)) === started
}

/** Sends `signal`, waits, and ends the process by force when it has not gone after `patience` milliseconds. */
export async function stopProcess(target: ProcessIdentity, signal: NodeJS.Signals, patience: number): Promise<void> {
  if (!(await isRunning(target))) return
  signalIfThere(target.pid, signal)
  if (await gone(target, patience)) return
  signalIfThere(target.pid, 'SIGKILL')
  await gone(target, 5000)
}

export interface Service {
  identity: ProcessIdentity
  exited: Promise<Exit>
}

export interface ServiceSpawn {
  file: string
  args: string[]
  logFile: string
  env?: NodeJS.ProcessEnv
  /** What ends it in an orderly way. */
  stopSignal: NodeJS.Signals
  user?: { uid: number; gid: number }
}

/**
 * Starts a foreign server. It runs in a process group of its own, so that Ctrl-C in a terminal reaches us first and we stop
 * the parts in order. Should we die without doing so, a guard notices its closed pipe and sends the stop signal.
 */
export async function spawnService(options: ServiceSpawn): Promise<Service> {
  const log = openSync(options.logFile, 'a')
  const settings: SpawnOptions = {
    detached: true,
    cwd: '/',
    stdio: ['ignore', log, log],
    env: { ...process.env, ...options.env },
    ...options.user,
  }
  const child = spawn(options.file, options.args, settings)
  closeSync(log)
  const exited = exitOf(child)
  const pid = child.pid
  if (pid === undefined) return { identity: { pid: 0, started: '' }, exited }
  child.unref()
  const guard = startGuard(pid, options.stopSignal)
  void exited.then(() => guard.kill('SIGKILL'))
  return { identity: await identify(pid), exited }
}

/** A shell that waits for the end of its input, which is a pipe from us, and then stops the process. */
function startGuard(pid: number, signal: NodeJS.Signals): ChildProcess {
  const guard = spawn(
    '/bin/sh',
    ['-c', 'read -r _; kill -s "$2" "$1"', 'guard', String(pid), signal.replace('SIG', '')],
    {
      detached: true,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  )
  guard.on('error', () => {}) // no shell here: the next start finds and stops an orphan all the same
  guard.unref()
  const pipe = guard.stdin as (NodeJS.WritableStream & { unref?: () => void }) | null
  pipe?.on('error', () => {})
  pipe?.unref?.()
  return guard
}

export function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: 127, signal: null }))
  })
}

/** Polls until the process is gone; false when it is still there after `patience` milliseconds. */
async function gone(target: ProcessIdentity, patience: number): Promise<boolean> {
  const end = Date.now() + patience
  while (await isRunning(target)) {
    if (Date.now() > end) return false
    await sleep(20)
  }
  return true
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function ps(column: string, pid: number): Promise<string> {
  try {
    return (await run('ps', ['-o', column, '-p', String(pid)])).stdout.trim()
  } catch {
    return ''
  }
}

/** The last lines of a log, for a message about why a server did not start. */
export function logTail(file: string, lines: number): string {
  try {
    return logSince(file, 0).trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return ''
  }
}

export function logSize(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

/** What was logged since the file had that size; at most the last 64 KB. */
export function logSince(file: string, offset: number): string {
  const end = logSize(file)
  const start = Math.max(offset, end - 65_536)
  if (end <= start) return ''
  const bytes = Buffer.alloc(end - start)
  const open = openSync(file, 'r')
  try {
    readSync(open, bytes, 0, bytes.length, start)
  } finally {
    closeSync(open)
  }
  return bytes.toString('utf8')
}
