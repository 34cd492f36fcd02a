/**
 * The API as the web app calls it: typed by the routes themselves, so that a wrong path, query or body does not compile. Creations get
 * their Idempotency-Key here; problem documents become errors with their code.
 */
import { hc } from 'hono/client'
import type { Api } from '../../server/app.ts'
import { problemFrom } from './problem.ts'

export interface ClientOptions {
  /** Of programs; a browser is known by its session. */
  apiKey?: string
  fetch?: typeof fetch
}

export type Client = ReturnType<typeof hc<Api>>

/** @param base e.g. `location.origin` */
export function createClient(base: string, { apiKey, fetch: send = fetch }: ClientOptions = {}): Client {
  return hc<Api>(base, {
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    fetch: (input: Parameters<typeof fetch>[0], init?: RequestInit) => send(input, keyed(init)),
  })
}

/** One key a call: a network that repeats it does not repeat its effect. */
function keyed(init: RequestInit = {}): RequestInit {
  const headers = new Headers(init.headers)
  if (init.method?.toUpperCase() === 'POST' && !headers.has('idempotency-key'))
    headers.set('idempotency-key', crypto.randomUUID())
  // Small changes are sent to their end even when the page is left meanwhile; browsers take no large ones so.
  const small = typeof init.body === 'string' ? init.body.length < 60_000 : !init.body
  const keepalive = small && init.method !== undefined && init.method.toUpperCase() !== 'GET'
  return { ...init, headers, credentials: 'same-origin', keepalive }
}

interface JsonAnswer {
  ok: boolean
  status: number
  headers: Headers
  json(): Promise<unknown>
}

/** The document of a good answer. */
export type DocumentOf<A> = A extends { status: 200; json(): Promise<infer D> } ? D : never

export interface Answered<D> {
  data: D
  /** For If-Match of a change. */
  etag: string | null
}

/**
 * Waits for an answer. @throws ApiProblem for any that is not 2xx, and where nothing answered
 * @example const { data, etag } = await answered(client.api.leads[':id'].$get({ param: { id } }))
 */
export async function answered<A extends JsonAnswer>(asked: Promise<A>): Promise<Answered<DocumentOf<A>>> {
  let answer: A
  try {
    answer = await asked
  } catch (error) {
    throw problemFrom(0, null, error)
  }
  const document = await answer.json().catch(() => null)
  if (!answer.ok) throw problemFrom(answer.status, document)
  return { data: document as DocumentOf<A>, etag: answer.headers.get('etag') }
}
