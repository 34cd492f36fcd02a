/** A part that is a Node process of ours: forked, ready when it says so, stopped by a word over the channel. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { DealwrightError } from '../../domain/errors.ts'
import type { ProcessSettings, ReadyMessage } from '../processes/child.ts'
import { exitOf, identify, logTail, stopProcess } from './process.ts'
import type { Running } from './supervise.ts'

const READY_PATIENCE_MS = 90_000
const STOP_PATIENCE_MS = 30_000

export interface NodePart extends Running {
  ready: ReadyMessage
}

/** `entry` is a file of `scripts/processes/` without its ending, run as TypeScript or compiled, as we are. */
export async function startNodePart(entry: string, settings: ProcessSettings, logFile: string): Promise<NodePart> {
  const ending = path.extname(import.meta.filename)
  const file = path.isAbsolute(entry)
    ? entry
    : path.resolve(import.meta.dirname, '..', 'processes', `${entry}${ending}`)
  const log = openSync(logFile, 'a')
  const child = fork(file, [], {
    // Settings may hold passwords: a process's environment is closed to other users, its arguments are not.
    env: { ...process.env, DEALWRIGHT_SETTINGS: JSON.stringify(settings) },
    execArgv: file.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const exited = exitOf(child)
  const ready = await untilReady(child, path.basename(entry), logFile)
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

function untilReady(child: ChildProcess, name: string, logFile: string): Promise<ReadyMessage> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      const why = lastWords(logFile)
      reject(new DealwrightError('unavailable', `the ${name} ${what}${why && `: ${why}`}. Its log is ${logFile}`))
    }
    const timer = setTimeout(() => fail(`was not ready after ${READY_PATIENCE_MS / 1000} s`), READY_PATIENCE_MS)
    child.on('message', message => {
      if (typeof message !== 'object' || message === null || !('ready' in message)) return
      clearTimeout(timer)
      resolve(message as ReadyMessage)
    })
    child.once('exit', (code, signal) => fail(`ended while starting (${signal ?? `exit ${code}`})`))
  })
}

function lastWords(logFile: string): string {
  const lines = logTail(logFile, 30).split('\n')
  return (lines.findLast(line => /error/i.test(line)) ?? lines.at(-1) ?? '').trim().slice(0, 300)
}
