/** A worker process of its own that is killed at a chosen moment: between claim and mail server, and between mail server and record. */
import { spawn } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { exitOf } from '../../scripts/services/process.ts'
import type { System } from '../support/system.ts'
import type { Proposed } from './mails.ts'

export interface Doom {
  databaseUrl: string
  smtpUrl: string
  /** PEM. */
  publicKey: string
  at: Proposed
}

const WORKER = fileURLToPath(new URL('doomed-worker.ts', import.meta.url))

/** Has the mail sent by a process that is killed (SIGKILL) as soon as `moment` has come. Throws if it ended before. */
export async function killedWhile(system: System, mail: Proposed, moment: () => Promise<unknown>): Promise<void> {
  const doom: Doom = {
    databaseUrl: system.database.workerUrl,
    smtpUrl: system.mail.url,
    publicKey: createPublicKey(system.privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    at: mail,
  }
  const command = ['--import', import.meta.resolve('tsx'), WORKER, JSON.stringify(doom)]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = exitOf(child)
  const alone = ended.then(() => {
    throw new Error('the worker came to its end before it could be killed')
  })
  try {
    await Promise.race([moment(), alone])
  } finally {
    alone.catch(() => {})
    child.kill('SIGKILL')
    await ended
  }
}
