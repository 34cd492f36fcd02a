/**
 * The home: the one folder that holds an installation's data, secrets and logs. `DEALWRIGHT_HOME`, or `.dealwright/` beside
 * package.json. Secrets are made once, at random, and readable by us alone.
 */
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { DealwrightError } from '../domain/errors.ts'
import { isRunning } from './services/process.ts'
import type { ProcessIdentity } from './services/process.ts'

export interface Home {
  folder: string
  logs: string
  postgres: string
  temporal: string
  /** Signs approvals; only the server process reads it. */
  privateKey: string
  publicKey: string
  /** Signed checkpoints of the audit trail, one a line. */
  checkpoints: string
}

export interface Secrets {
  /** Tells installations apart where they share a database server. */
  installation: string
  /** Passwords of the database roles. */
  admin: string
  owner: string
  server: string
  worker: string
  /** Key of the hashes that outlive an erasure of personal data. */
  erasure: string
  /** With it the command on this machine speaks to the server. */
  token: string
}

/** What a running `up` (or a command that started parts for its own time) leaves for others to find. */
export interface RunNote extends ProcessIdentity {
  what: string
  since: string
  postgresPort?: number
  temporalAddress?: string
  temporalUi?: string
  serverUrl?: string
  /** Mail for the sandbox mailbox is taken on this loopback port. */
  mailboxPort?: number
  parts?: Record<string, number>
}

/** Ports are remembered, so that addresses stay the same from one start to the next. */
export interface Ports {
  postgres?: number
  temporal?: number
  temporalUi?: number
  server?: number
  mailbox?: number
}

export const PROJECT = projectFolder()

export function openHome(env: NodeJS.ProcessEnv = process.env): Home {
  const folder = path.resolve(env.DEALWRIGHT_HOME || path.join(PROJECT, '.dealwright'))
  const home: Home = {
    folder,
    logs: path.join(folder, 'logs'),
    postgres: path.join(folder, 'postgres'),
    temporal: path.join(folder, 'temporal'),
    privateKey: path.join(folder, 'keys', 'server-private.pem'),
    publicKey: path.join(folder, 'keys', 'server-public.pem'),
    checkpoints: path.join(folder, 'audit-checkpoints.jsonl'),
  }
  try {
    const root = process.getuid?.() === 0
    mkdirSync(folder, { recursive: true, mode: root ? 0o711 : 0o700 })
    // Root's database runs as another user, who has to pass through; what is secret in here is shut file by file.
    if (root && readdirSync(folder).length === 0) chmodSync(folder, 0o711)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    for (const inner of [home.logs, path.dirname(home.privateKey)]) mkdirSync(inner, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new DealwrightError(
      'home_unusable',
      `the folder ${folder} cannot be used (${(error as NodeJS.ErrnoException).code}): make it writable, or name another with DEALWRIGHT_HOME`,
      { cause: error },
    )
  }
  return home
}

/** Reads the secrets, made on first use. Two processes that both find none end up with the same ones. */
export function readSecrets(home: Home): Secrets {
  const file = path.join(home.folder, 'secrets.json')
  if (!existsSync(file)) {
    const word = (bytes: number) => randomBytes(bytes).toString('hex')
    const secrets: Secrets = {
      installation: word(4),
      admin: word(24),
      owner: word(24),
      server: word(24),
      worker: word(24),
      erasure: word(32),
      token: word(32),
    }
    writeOnce(file, JSON.stringify(secrets, null, 2))
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  } catch (error) {
    throw new DealwrightError(
      'home_unusable',
      `${file} cannot be read: restore it from a backup, since without it the database in this folder cannot be opened`,
      { cause: error },
    )
  }
}

/** Signs session cookies and shuts second factors away: made once, in a file of its own, since older homes lack it. */
export function readSignInSecret(home: Home): string {
  const file = path.join(home.folder, 'keys', 'sign-in-secret')
  if (!existsSync(file)) writeOnce(file, randomBytes(48).toString('base64url'))
  return readFileSync(file, 'utf8').trim()
}

/** The Ed25519 pair: approvals are signed with the private key, which only the server is given, and checked with the public one. */
export function ensureKeys(home: Home): void {
  if (existsSync(home.privateKey)) {
    if (!existsSync(home.publicKey)) writeOnce(home.publicKey, publicHalf(readFileSync(home.privateKey, 'utf8')))
    return
  }
  if (existsSync(home.publicKey)) {
    throw new DealwrightError(
      'home_unusable',
      `${home.privateKey} is missing: restore it, or remove ${home.publicKey} too to make a new pair (approvals not yet carried out must then be given again)`,
    )
  }
  writeOnce(
    home.privateKey,
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
  // Read back: another process may have been faster.
  writeOnce(home.publicKey, publicHalf(readFileSync(home.privateKey, 'utf8')))
}

function publicHalf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
}

export function readPorts(home: Home): Ports {
  try {
    return JSON.parse(readFileSync(path.join(home.folder, 'ports.json'), 'utf8')) as Ports
  } catch {
    return {}
  }
}

/** Writes nothing where nothing changed: a part that starts again needs no room on the disk for it. */
export function rememberPorts(home: Home, ports: Ports): void {
  const known = readPorts(home)
  if (Object.entries(ports).every(([name, port]) => known[name as keyof Ports] === port)) return
  replace(path.join(home.folder, 'ports.json'), JSON.stringify({ ...known, ...ports }))
}

/** Who holds this home now; null when nobody does, or when the holder was killed. */
export async function readRun(home: Home): Promise<RunNote | null> {
  try {
    const note = JSON.parse(readFileSync(noteFile(home), 'utf8')) as RunNote
    return (await isRunning(note)) ? note : null
  } catch {
    return null
  }
}

export function writeRun(home: Home, note: RunNote): void {
  replace(noteFile(home), JSON.stringify(note, null, 2))
}

export function removeRun(home: Home): void {
  rmSync(noteFile(home), { force: true })
}

function noteFile(home: Home): string {
  return path.join(home.folder, 'run.json')
}

/** Writes a private file unless it is there already; complete or not at all. */
function writeOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  chmodSync(draft, 0o600)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function replace(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, text, { mode: 0o600 })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** The folder of package.json: two levels up when this runs compiled, one when it runs as TypeScript. */
function projectFolder(): string {
  const parent = path.resolve(import.meta.dirname, '..')
  return existsSync(path.join(parent, 'package.json')) ? parent : path.dirname(parent)
}
