/** Speaks to the running server: decisions are its alone, since it holds the key that signs them. */
import { randomUUID } from 'node:crypto'
import { DealwrightError, ERRORS, type ErrorCode } from '../../domain/errors.ts'
import { readConfig, type Config } from '../config.ts'
import { openHome, readRun, readSecrets, type Home } from '../home.ts'

export interface ServerCall {
  /** For whom: the address of a user. Without one the server takes the first admin or manager. */
  as?: string | undefined
  /** Sent as JSON; bytes are sent as they are. */
  body?: unknown
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  /** How long to wait for the answer; a minute unless said. */
  limitMs?: number
}

const LIMIT_MS = 60_000

/** The answer's JSON. @throws DealwrightError with the server's own code and message; `unavailable` when there is none */
export async function serverCall<T>(path: string, call: ServerCall = {}): Promise<T> {
  const url = await requireServer()
  return ask<T>(url, path, readConfig().token ?? readSecrets(openHome()).token, call)
}

/** A record with the ETag that a change of it has to show. @throws as `serverCall` */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it reads
export async function serverRead<T>(path: string, as?: string): Promise<{ document: T; etag: string }> {
  const url = await requireServer()
  const token = readConfig().token ?? readSecrets(openHome()).token
  const response = await send(url, path, token, { as, method: 'GET' })
  const document = await documentOf(response)
  if (!response.ok) throw failureFrom(document, response.status, url)
  return { document: document as T, etag: response.headers.get('etag') ?? '*' }
}

/** Changes a record from the state that it has now. @throws as `serverCall` */
export async function serverChange<T>(path: string, body: unknown, as?: string): Promise<T> {
  const { etag } = await serverRead(path, as)
  return serverCall<T>(path, { as, method: 'PATCH', body, headers: { 'if-match': etag } })
}

/** @throws DealwrightError `unavailable`, with how to start it */
export async function requireServer(): Promise<string> {
  const url = await serverUrl(openHome(), readConfig())
  if (url !== null) return url
  throw new DealwrightError(
    'unavailable',
    'This goes through the server, which is not running: start it with "npm start" (or "dealwright up") in another terminal.',
  )
}

/** Where this home's server listens: as a running `up` says, or, beside the server in its container, DEALWRIGHT_PORT. */
export async function serverUrl(home: Home, config: Config): Promise<string | null> {
  const run = await readRun(home)
  if (run?.serverUrl !== undefined) return run.serverUrl
  return config.listen.port === undefined ? null : `http://127.0.0.1:${config.listen.port}`
}

/** The answer as it comes, for what may be long. @throws as `serverCall` */
export async function serverStream(path: string, as?: string): Promise<ReadableStream<Uint8Array>> {
  const url = await requireServer()
  const token = readConfig().token ?? readSecrets(openHome()).token
  const response = await send(url, path, token, { as, method: 'GET' })
  if (!response.ok || response.body === null) throw failureFrom(await documentOf(response), response.status, url)
  return response.body
}

async function ask<T>(url: string, path: string, token: string, call: ServerCall): Promise<T> {
  const response = await send(url, path, token, call)
  const document = await documentOf(response)
  if (!response.ok) throw failureFrom(document, response.status, url)
  return document as T
}

async function send(url: string, path: string, token: string, call: ServerCall): Promise<Response> {
  const bytes = call.body instanceof Uint8Array
  try {
    return await fetch(new URL(path, url), {
      method: call.method ?? 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': randomUUID(),
        ...(call.as === undefined ? {} : { 'x-dealwright-as': call.as }),
        ...call.headers,
        ...(call.body === undefined ? {} : { 'content-type': bytes ? 'message/rfc822' : 'application/json' }),
      },
      signal: AbortSignal.timeout(call.limitMs ?? LIMIT_MS),
      redirect: 'error',
      ...(call.body === undefined
        ? {}
        : { body: bytes ? Buffer.from(call.body as Uint8Array) : JSON.stringify(call.body) }),
    })
  } catch (error) {
    throw new DealwrightError(
      'unavailable',
      `The server at ${url} does not answer. Is it running? See: dealwright doctor`,
      {
        cause: error,
      },
    )
  }
}

async function documentOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null
  }
}

function failureFrom(document: unknown, status: number, url: string): DealwrightError {
  const { code, detail } = (document ?? {}) as { code?: unknown; detail?: unknown }
  if (typeof code === 'string' && Object.hasOwn(ERRORS, code) && typeof detail === 'string')
    return new DealwrightError(code as ErrorCode, detail)
  return new DealwrightError('unavailable', `What answers at ${url} is no Dealwright server (HTTP ${status}).`)
}
