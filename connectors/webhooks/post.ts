/**
 * Sends one signed message, in the format of standard-webhooks (headers webhook-id, webhook-timestamp, webhook-signature). To public
 * addresses alone, by the same rules as pages are fetched; redirects are not followed, and of the answer only its status is read.
 */
import { Webhook } from 'standardwebhooks'
import { Agent, errors, request } from 'undici'
import { DealwrightError } from '../../domain/errors.ts'
import { guardedConnector, systemResolver, type Resolver } from '../../connectors/web/connect.ts'
import { failureOf } from '../../connectors/web/failures.ts'
import { type AllowHosts, checkedUrl, type HostMap, isAllowedHost } from '../../connectors/web/rules.ts'

export interface WebhookMessage {
  url: string
  /** The same every time that this message is sent: by it the receiver knows a repeat. */
  id: string
  body: string
  /** 24 to 64 bytes. */
  secret: Uint8Array
}

export interface WebhookPoster {
  /** The HTTP status of the answer. @throws DealwrightError with a `web_` code when there was none */
  post(message: WebhookMessage): Promise<number>
  /** @throws DealwrightError for an address to which nothing would be sent */
  check(url: string): void
  close(): Promise<void>
}

export interface WebhookOptions {
  allowHosts?: AllowHosts
  hostMap?: HostMap
  resolver?: Resolver
  /** For connecting, and for the answer's head. */
  limitMs?: number
}

const LIMIT_MS = 10_000

export function createWebhookPoster(options: WebhookOptions = {}): WebhookPoster {
  const { allowHosts = new Set(), hostMap = new Map(), resolver = systemResolver, limitMs = LIMIT_MS } = options
  const dispatcher = new Agent({ connect: guardedConnector({ allowHosts, hostMap, resolver, connectMs: limitMs }) })
  const check = (written: string): URL => {
    const url = checkedUrl(written, allowHosts)
    if (url.protocol !== 'https:' && !isAllowedHost(url, allowHosts) && !hostMap.has(url.hostname))
      throw new DealwrightError('web_scheme', 'A webhook is sent over https alone: give an https address.')
    return url
  }
  return {
    check: written => void check(written),
    async post({ url: written, id, body, secret }) {
      const url = check(written)
      const now = new Date()
      try {
        const response = await request(url, {
          method: 'POST',
          dispatcher,
          headers: {
            'content-type': 'application/json',
            'user-agent': 'Dealwright-Webhooks/1',
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
            'webhook-signature': new Webhook(secret, { format: 'raw' }).sign(id, now, body),
          },
          body,
          signal: AbortSignal.timeout(limitMs),
          headersTimeout: limitMs,
        })
        response.body.on('error', () => {})
        await response.body.dump({ limit: 16 * 1024 })
        return response.statusCode
      } catch (error) {
        throw failureOf(isTimeout(error) ? new errors.HeadersTimeoutError() : error, url)
      }
    },
    close: () => dispatcher.close(),
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'
