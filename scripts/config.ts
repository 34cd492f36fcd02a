/** What the environment says. Read once, checked at once: a wrong value is named by its variable, and never printed if it may hold a secret. */
import { readFileSync } from 'node:fs'
import { PASSAGE_CHARS } from '../agents/passages.ts'
import { DealwrightError } from '../domain/errors.ts'
import type { SignInOptions } from '../server/auth/options.ts'
import { signInConfig } from './sign-in-config.ts'

export interface Config {
  /** A Postgres of one's own instead of the embedded one; the user owns the database. */
  databaseUrl?: string
  /** Logins made by an administrator; without them they are made through `databaseUrl`. */
  serverDatabaseUrl?: string
  workerDatabaseUrl?: string
  temporalAddress?: string
  temporalNamespace: string
  temporalApiKey?: string
  /**
   * `timeoutMs` bounds one answer; `dayMicros` and `dayTokens` bound what all model calls of a day may spend (millionths of a US
   * dollar, tokens).
   */
  model: {
    apiKey?: string
    baseUrl?: string
    name?: string
    timeoutMs?: number
    /** Characters of pages that one research call is shown. */
    passageChars?: number
    dayMicros?: number
    dayTokens?: number
  }
  smtpUrl?: string
  imapUrl?: string
  /** host:port pairs that the fetcher may reach although they are private. */
  allowHosts: string[]
  /** Name → host:port, for tests. */
  hostMap: Record<string, string>
  /** Of the HTTP server. */
  listen: { host: string; port?: number }
  /** The server as people and mail recipients reach it. */
  publicUrl?: string
  /** Where the parts run apart, each is given the files and words that it needs; on one machine they lie in the home. */
  publicKeyFile?: string
  privateKeyFile?: string
  token?: string
  erasureKey?: string
  /** Without a secret the one in the home. */
  signIn: { secret?: string } & Pick<SignInOptions, 'oidc' | 'trustedProxies'>
  /** The audit trail's signed checkpoints: not where the database lies. */
  checkpointsFile?: string
}

type Env = Record<string, string | undefined>

/** What may come as NAME_FILE instead, a file that holds the value, as container secrets do. */
const FROM_FILE = [
  'DATABASE_URL',
  'DATABASE_SERVER_URL',
  'DATABASE_WORKER_URL',
  'DEALWRIGHT_ERASURE_KEY',
  'DEALWRIGHT_OIDC_CLIENT_SECRET',
  'DEALWRIGHT_SIGN_IN_SECRET',
  'DEALWRIGHT_TOKEN',
  'IMAP_URL',
  'OPENAI_API_KEY',
  'SMTP_URL',
  'TEMPORAL_API_KEY',
]

export function readConfig(given: Env = process.env): Config {
  const env = withFiles(given)
  const config: Config = {
    temporalNamespace: env.TEMPORAL_NAMESPACE || 'default',
    model: {},
    allowHosts: list(env.DEALWRIGHT_ALLOW_HOSTS).map(entry => hostPort('DEALWRIGHT_ALLOW_HOSTS', entry)),
    hostMap: hostMap(env.DEALWRIGHT_HOST_MAP),
    listen: { host: env.DEALWRIGHT_HOST || '127.0.0.1' },
    signIn: signInConfig(env),
  }
  const databaseUrl = url(env, 'DATABASE_URL', ['postgres:', 'postgresql:'])
  if (databaseUrl !== undefined) config.databaseUrl = databaseUrl
  const serverUrl = url(env, 'DATABASE_SERVER_URL', ['postgres:', 'postgresql:'])
  if (serverUrl !== undefined) config.serverDatabaseUrl = serverUrl
  const workerUrl = url(env, 'DATABASE_WORKER_URL', ['postgres:', 'postgresql:'])
  if (workerUrl !== undefined) config.workerDatabaseUrl = workerUrl
  if (env.TEMPORAL_ADDRESS) config.temporalAddress = hostPort('TEMPORAL_ADDRESS', env.TEMPORAL_ADDRESS)
  if (env.TEMPORAL_API_KEY) config.temporalApiKey = env.TEMPORAL_API_KEY
  if (env.OPENAI_API_KEY) config.model.apiKey = env.OPENAI_API_KEY
  if (env.OPENAI_MODEL) config.model.name = env.OPENAI_MODEL
  const seconds = amount(env, 'DEALWRIGHT_MODEL_TIMEOUT')
  if (seconds !== undefined) config.model.timeoutMs = timeout(seconds)
  const chars = amount(env, 'DEALWRIGHT_MODEL_PASSAGES')
  if (chars !== undefined) config.model.passageChars = passages(chars)
  const dollars = amount(env, 'DEALWRIGHT_DAY_DOLLARS')
  if (dollars !== undefined) config.model.dayMicros = Math.round(dollars * 1_000_000)
  const tokens = amount(env, 'DEALWRIGHT_DAY_TOKENS')
  if (tokens !== undefined) config.model.dayTokens = Math.round(tokens)
  const baseUrl = url(env, 'OPENAI_BASE_URL', ['http:', 'https:'])
  if (baseUrl !== undefined) config.model.baseUrl = baseUrl
  const smtpUrl = url(env, 'SMTP_URL', ['smtp:', 'smtps:'])
  if (smtpUrl !== undefined) config.smtpUrl = smtpUrl
  const imapUrl = url(env, 'IMAP_URL', ['imap:', 'imaps:'])
  if (imapUrl !== undefined) config.imapUrl = imapUrl
  const publicUrl = url(env, 'DEALWRIGHT_PUBLIC_URL', ['http:', 'https:'])
  if (publicUrl !== undefined) config.publicUrl = publicUrl
  if (env.DEALWRIGHT_PUBLIC_KEY_FILE) config.publicKeyFile = env.DEALWRIGHT_PUBLIC_KEY_FILE
  if (env.DEALWRIGHT_PRIVATE_KEY_FILE) config.privateKeyFile = env.DEALWRIGHT_PRIVATE_KEY_FILE
  if (env.DEALWRIGHT_TOKEN) config.token = env.DEALWRIGHT_TOKEN
  if (env.DEALWRIGHT_AUDIT_CHECKPOINTS) config.checkpointsFile = env.DEALWRIGHT_AUDIT_CHECKPOINTS
  if (env.DEALWRIGHT_ERASURE_KEY) config.erasureKey = env.DEALWRIGHT_ERASURE_KEY
  if (env.DEALWRIGHT_PORT) config.listen.port = port('DEALWRIGHT_PORT', env.DEALWRIGHT_PORT)
  return config
}

function withFiles(given: Env): Env {
  const env = { ...given }
  for (const name of FROM_FILE) {
    const file = env[`${name}_FILE`]
    if (!file || env[name]) continue
    try {
      env[name] = readFileSync(file, 'utf8').trim()
    } catch (error) {
      throw new DealwrightError('bad_input', `${name}_FILE: ${file} cannot be read`, { cause: error })
    }
  }
  return env
}

function url(env: Env, name: string, protocols: string[]): string | undefined {
  const value = env[name]?.trim()
  if (!value) return undefined
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value
  throw new DealwrightError(
    'bad_input',
    `${name} must be an address that begins with ${protocols.map(p => `${p}//`).join(' or ')}`,
  )
}

function amount(env: Env, name: string): number | undefined {
  const text = env[name]?.trim()
  if (!text) return undefined
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new DealwrightError('bad_input', `${name}: "${text}" must be a number that is not negative`)
}

/** Workers wait for an answer and its repair no longer than twice the longest that may be set here (workflows/queues.ts). */
function timeout(seconds: number): number {
  if (seconds >= 1 && seconds <= 3600) return seconds * 1000
  throw new DealwrightError(
    'bad_input',
    `DEALWRIGHT_MODEL_TIMEOUT: ${seconds} must be a number of seconds from 1 to 3600`,
  )
}

function passages(chars: number): number {
  if (chars >= 2_000 && chars <= PASSAGE_CHARS) return Math.round(chars)
  throw new DealwrightError(
    'bad_input',
    `DEALWRIGHT_MODEL_PASSAGES: ${chars} must be a number of characters from 2000 to ${PASSAGE_CHARS}`,
  )
}

function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map(entry => entry.trim())
    .filter(Boolean)
}

function hostPort(name: string, value: string): string {
  const number = /^(?:\[[0-9a-f:.]+\]|[^\s:/@[\]]+):(\d{1,5})$/i.exec(value.trim())?.[1]
  if (number === undefined) {
    throw new DealwrightError('bad_input', `${name}: "${value}" must be host:port, such as 127.0.0.1:7233`)
  }
  port(name, number)
  return value.trim()
}

function hostMap(value: string | undefined): Record<string, string> {
  const map: Record<string, string> = {}
  for (const entry of list(value)) {
    const at = entry.indexOf('=')
    if (at < 1) throw new DealwrightError('bad_input', `DEALWRIGHT_HOST_MAP: "${entry}" must be name=host:port`)
    map[entry.slice(0, at).trim().toLowerCase()] = hostPort('DEALWRIGHT_HOST_MAP', entry.slice(at + 1))
  }
  return map
}

function port(name: string, value: string): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number
  throw new DealwrightError('bad_input', `${name}: "${value}" is no port number`)
}
