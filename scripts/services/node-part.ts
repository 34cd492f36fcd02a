/** A part that is a Node process of ours: forked, ready when it says so, stopped by a word over the channel. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { DealwrightError } from '../../domain/errors.ts'
import type { ProcessSettings, ReadyMessage, SettingsMessage } from '../processes/child.ts'
import { THRIFTY_ENV, THRIFTY_FLAGS } from '../boot/thrift.mjs'
import { programOf } from './program.ts'
import { exitOf, identify, logTail, stopProcess } from './process.ts'
import type { Running } from './supervise.ts'

const READY_PATIENCE_MS = 90_000
const STOP_PATIENCE_MS = 30_000

export interface NodePart extends Running {
  ready: ReadyMessage
}

/**
 * `entry` is `worker` or `server`, or the path of a module that runs as they do. It is begun at once and loads what it needs while the
 * settings are still being found out; when they cannot be, it is ended.
 */
export async function startNodePart(
  entry: string,
  settings: ProcessSettings | Promise<ProcessSettings>,
  logFile: string,
): Promise<NodePart> {
  const child = begunAhead(entry) ?? begin(entry, logFile)
  const exited = exitOf(child)
  const ready = await untilReady(child, settings, path.basename(entry), logFile)
  const identity = await identify(child.pid ?? 0)
  const stop = async () => {
    if (child.connected) child.send({ stop: true }, () => {})
    // The word is enough for a healthy process; the signal is for one that no longer listens.
    const timer = setTimeout(() => void stopProcess(identity, 'SIGTERM', 2000), STOP_PATIENCE_MS)
    await exited
    clearTimeout(timer)
  }
  return { pid: identity.pid, exited, stop, ready }
}

function begin(entry: string, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a')
  const { file, args, execArgv } = programOf(entry)
  const child = fork(file, args, {
    execArgv: [...execArgv, ...THRIFTY_FLAGS],
    env: { ...THRIFTY_ENV, ...process.env },
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  return child
}

/** What the boot of `up` has begun already (see boot/ahead.mjs), once. */
function begunAhead(entry: string): ChildProcess | null {
  const begun = (globalThis as Record<symbol, unknown>)[Symbol.for('dealwright.ahead')] as
    | Map<string, ChildProcess>
    | undefined
  const child = begun?.get(entry)
  begun?.delete(entry)
  return child && child.connected && child.exitCode === null && child.signalCode === null ? child : null
}

/** The time to become ready counts from when the process has its settings. */
function untilReady(
  child: ChildProcess,
  settings: ProcessSettings | Promise<ProcessSettings>,
  name: string,
  logFile: string,
): Promise<ReadyMessage> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const fail = (error: unknown) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(error)
    }
    const failed = (what: string) => {
      const why = lastWords(logFile)
      fail(new DealwrightError('unavailable', `the ${name} ${what}${why && `: ${why}`}. Its log is ${logFile}`))
    }
    child.on('message', message => {
      if (typeof message !== 'object' || message === null || !('ready' in message)) return
      clearTimeout(timer)
      resolve(message as ReadyMessage)
    })
    child.once('error', fail)
    child.once('exit', (code, signal) => failed(`ended while starting (${signal ?? `exit ${code}`})`))
    Promise.resolve(settings).then(known => {
      timer = setTimeout(() => failed(`was not ready after ${READY_PATIENCE_MS / 1000} s`), READY_PATIENCE_MS)
      // Over the channel: arguments can be read by other users. Our environment may have grown since the process began.
      if (child.connected) child.send({ settings: known, env: process.env } satisfies SettingsMessage, () => {})
    }, fail)
  })
}

function lastWords(logFile: string): string {
  const lines = logTail(logFile, 30).split('\n')
  return (lines.findLast(line => /error/i.test(line)) ?? lines.at(-1) ?? '').trim().slice(0, 300)
}
