/**
 * What a process started by `up` shares with it. Settings, readiness, stop and the parent's death go over the channel that fork gives:
 * the process is begun early and loads what it needs while database and Temporal start; the settings come when they are known. In
 * production, where a process runs by itself, it stops on SIGTERM.
 */
import { DealwrightError } from '../../domain/errors.ts'
import type { SignInOptions } from '../../server/auth/options.ts'

export interface ProcessSettings {
  home: string
  /** The address for this process's own database role. */
  databaseUrl: string
  temporal: { address: string; namespace: string; apiKey?: string }
  /** Task queues are `<prefix>-runs`, `-records`, `-web`, `-model`, `-effects`. */
  queuePrefix: string
  /** This worker's workflow code becomes the current one, whatever was. */
  makeCurrent?: boolean
  /** Address of Temporal's web interface, for the status page. */
  temporalUi?: string
  /** The server's address as mail recipients reach it. */
  publicUrl: string
  /** Where mail goes when SMTP_URL names no server: the sample world's own. */
  sandboxSmtpUrl?: string
  /** The server's: takes mail for the sandbox mailbox on this loopback port (0: any). */
  mailboxPort?: number
  publicKeyFile: string
  /** The server's alone. */
  privateKeyFile?: string
  /** Server: the audit trail's signed checkpoints. */
  checkpointsFile?: string
  /** Where the server listens. */
  listen?: { host: string; port?: number }
  /** What the command on this machine shows the server. */
  token?: string
  /** The server's: how people sign in. */
  signIn?: Omit<SignInOptions, 'publicUrl'>
  erasureKey: string
}

export interface ReadyMessage {
  ready: true
  /** Where it can be reached, if anywhere. */
  url?: string
  mailboxPort?: number
}

export interface SettingsMessage {
  settings: ProcessSettings
  /** The parent's environment: what it holds now is what the process would have begun with. */
  env: NodeJS.ProcessEnv
}

/** A part that does not end by itself this long after it was told to is ended by force. */
const STOP_LIMIT_MS = 25_000

/** The settings that our parent sends us. A parent that ends before it did ends us too: nothing then keeps us alive. */
export function settingsFromParent(): Promise<ProcessSettings> {
  if (process.send === undefined)
    throw new DealwrightError(
      'bad_input',
      'this process is started by "dealwright up"; see "dealwright worker" and "server"',
    )
  return new Promise(resolve => {
    const take = (message: unknown) => {
      if (typeof message !== 'object' || message === null || !('settings' in message)) return
      process.off('message', take)
      const { settings, env } = message as SettingsMessage
      for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
      Object.assign(process.env, env)
      resolve(settings)
    }
    process.on('message', take)
  })
}

export function sayReady(more: Omit<ReadyMessage, 'ready'> = {}): void {
  process.send?.({ ready: true, ...more } satisfies ReadyMessage)
}

/**
 * Runs `stop` once when this process is to end: on the parent's word, on SIGTERM, or because the parent is gone. Ctrl-C
 * reaches the whole process group; with a parent, it is left to the parent to stop the parts in order.
 */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false
  const end = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', () => {
    if (!process.connected) end()
  })
  process.on('disconnect', end)
  process.on('message', message => {
    if (typeof message === 'object' && message !== null && 'stop' in message) end()
  })
}

/** Said in the log, of which the parent quotes the end. */
export function endOnFailure(error: unknown): never {
  console.error(error)
  process.exit(1)
}
