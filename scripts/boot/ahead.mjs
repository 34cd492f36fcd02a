/**
 * Server and worker of `up`, begun before `up` itself is loaded: their code is most of what a start has to read. They wait for their
 * settings, and end by themselves when `up` ends without sending any.
 */
import { fork } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { PROJECT } from './programs.mjs'
import { THRIFTY_ENV, THRIFTY_FLAGS } from './thrift.mjs'

/** Where the launcher finds them, by name of the program. */
const AHEAD = Symbol.for('dealwright.ahead')

/** On a home that has run before; a new one is made in order. */
export function beginAhead(folder) {
  const logs = path.join(path.resolve(process.env.DEALWRIGHT_HOME || path.join(PROJECT, '.dealwright')), 'logs')
  const begun = new Map()
  for (const name of ['worker', 'server']) {
    try {
      const log = openSync(path.join(logs, `${name}.log`), 'a')
      const file = path.join(import.meta.dirname, 'part.mjs')
      begun.set(
        name,
        fork(file, [name, folder], {
          execArgv: THRIFTY_FLAGS,
          env: { ...THRIFTY_ENV, ...process.env },
          stdio: ['ignore', log, log, 'ipc'],
        }),
      )
      closeSync(log)
    } catch {
      // no such home yet
    }
  }
  for (const child of begun.values()) child.on('error', () => {})
  globalThis[AHEAD] = begun
}
