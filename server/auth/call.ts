/**
 * Calls one endpoint of better-auth for a request of ours: with the request's cookies and address, through its rate limit. Its cookies go
 * back to the browser, its errors become ours, with one message for everything that could tell whether an account exists.
 */
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import { clientAddress, CLIENT_ADDRESS } from './address.ts'
import type { Auth } from './better.ts'
import { BASE, type SignInOptions } from './options.ts'

export interface Called {
  response: Response
  json: Record<string, unknown>
  /** The token of the session that it began, if it did. */
  token: string | null
}

export interface Endpoint {
  path: string
  method?: 'GET' | 'POST'
  body?: object
  /** Cookies of an earlier call of the same request. */
  cookies?: string
}

export async function callAuth(
  auth: Auth,
  options: SignInOptions,
  context: Context,
  { path, method = 'POST', body, cookies }: Endpoint,
): Promise<Called> {
  const base = new URL(options.publicUrl()).origin
  const headers = new Headers({ origin: base })
  const cookie = cookies ?? context.req.header('cookie')
  if (cookie) headers.set('cookie', cookie)
  const agent = context.req.header('user-agent')
  if (agent) headers.set('user-agent', agent.slice(0, 200))
  const address = clientAddress(context, options.trustedProxies)
  if (address) headers.set(CLIENT_ADDRESS, address)
  if (method === 'POST') headers.set('content-type', 'application/json')
  const request = new Request(`${base}${BASE}${path}`, {
    method,
    headers,
    ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
  })
  const response = await auth.handler(request)
  const text = response.status >= 300 && response.status < 400 ? '' : await response.text()
  return { response, json: parsed(text), token: tokenIn(response) }
}

/** The call's cookies go out with our answer. */
export function passCookies(context: Context, { response }: Called): void {
  for (const cookie of response.headers.getSetCookie()) context.header('set-cookie', cookie, { append: true })
}

/** What a browser would send after this answer. */
export function cookiesAfter(context: Context, { response }: Called): string {
  const jar = new Map<string, string>()
  const pairs = (context.req.header('cookie') ?? '').split('; ').filter(Boolean)
  for (const pair of [...pairs, ...response.headers.getSetCookie().map(one => one.split(';')[0] ?? '')]) {
    const at = pair.indexOf('=')
    if (at > 0) jar.set(pair.slice(0, at), pair.slice(at + 1))
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

export const WRONG = 'This address and this password do not go together here.'

/** @throws DealwrightError for an answer that is no success */
export function requireSuccess({ response, json }: Called, whenRefused: string): void {
  if (response.ok) return
  const { status } = response
  if (status === 429)
    throw new DealwrightError('too_many_requests', 'Too many attempts: wait, then try again.', {
      details: { retryAfter: Number(response.headers.get('x-retry-after') ?? 60) || 60 },
    })
  if (status >= 500) throw new DealwrightError('internal', 'Sign-in does not work just now. It is in the server’s log.')
  if (status === 400 && typeof json.code === 'string' && /PASSWORD_TOO_(SHORT|LONG)/.test(json.code))
    throw new DealwrightError('bad_input', 'password: is too short or too long.')
  throw new DealwrightError('sign_in_failed', whenRefused)
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The session cookie is `token.signature`; an emptied one begins no session. */
function tokenIn(response: Response): string | null {
  for (const cookie of response.headers.getSetCookie().reverse()) {
    const value = /^[^=]*\.session_token=([^;]*)/.exec(cookie)?.[1]
    const token = value === undefined ? '' : (decodeURIComponent(value).split('.')[0] ?? '')
    if (token !== '') return token
    if (value === '') return null
  }
  return null
}
