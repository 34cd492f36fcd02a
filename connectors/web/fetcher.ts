/**
 * The safe fetcher: the one way this product reads the web. Public addresses only, within limits, as robots.txt and a
 * decent pace allow. What it refuses, it refuses with a code of its own (`web_…` in `domain/errors.ts`).
 */
import { setTimeout as sleepFor } from 'node:timers/promises'
import { Agent } from 'undici'
import { DealwrightError } from '../../domain/errors.ts'
import { decodeBody } from './charset.ts'
import { guardedConnector, type Resolver, systemResolver } from './connect.ts'
import { type HopAnswer, type HopHeaders, sendHop } from './hop.ts'
import { DEFAULT_LIMITS, type FetchLimits } from './limits.ts'
import { Pace } from './pace.ts'
import { parseUrl, placeOf } from './place.ts'
import { ROBOTS_BYTES, type RobotsAnswer, RobotsRules } from './robots.ts'
import { type AllowHosts, checkedUrl, type HostMap } from './rules.ts'
import { accepts, asHtml, type BodyKind, gunzipped, statusError } from './response.ts'

export interface FetcherOptions {
  /** `host:port` that may be reached though the port or the address is not public: `parseAllowHosts`. */
  allowHosts?: AllowHosts
  /** Names served from elsewhere: `parseHostMap`. The mapped address is allowed; Host header and TLS name stay. */
  hostMap?: HostMap
  limits?: Partial<FetchLimits>
  /** `Product/version`, the product being the name that robots.txt may use. */
  userAgent?: string
  /** Pause between two requests to one host, at least. Default 1,000. */
  minDelayMs?: number
  /** A longer `Crawl-delay` counts as this long. Default 10,000. */
  maxCrawlDelayMs?: number
  /** A turn that would come later fails with `web_pace`. Default 30,000. */
  maxWaitMs?: number
  robotsTtlMs?: number
  robotsUnreachableTtlMs?: number
  resolver?: Resolver
  /** Milliseconds since 1970; also the source of `fetchedAt`. */
  now?: () => number
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
}

export interface FetchRequest {
  /** From an earlier result: the server may then answer that nothing has changed. */
  etag?: string | null
  lastModified?: string | null
  signal?: AbortSignal
  /** What is expected: `page` (default) takes HTML and plain text, `sitemap` XML, plain text and gzip. */
  expect?: 'page' | 'sitemap'
}

interface Fetched {
  url: string
  /** After redirects. */
  finalUrl: string
  /** ISO instant. */
  fetchedAt: string
  httpStatus: number
  etag: string | null
  lastModified: string | null
}

export type FetchResult =
  | (Fetched & {
      status: 'ok'
      contentType: string
      charset: string
      /** The decoded body. Plain text comes escaped in `<pre>`, so that it reads as a page. */
      html: string
      /** Size of the body after decompression. */
      bytes: number
    })
  | (Fetched & { status: 'not_modified' })

export interface Fetcher {
  /**
   * Fetches one page. Throws `DealwrightError` with a `web_…` code; `details.retryAfterMs` says when to try again,
   * where that is known. Throws `signal.reason` when cancelled.
   */
  fetch(url: string, request?: FetchRequest): Promise<FetchResult>
  /** Sitemaps that the robots.txt of a URL's origin names. */
  sitemapsOf(url: string, signal?: AbortSignal): Promise<string[]>
  /** Ends all connections. */
  close(): Promise<void>
}

/**
 * @example
 * const fetcher = createFetcher({ allowHosts: parseAllowHosts(process.env.DEALWRIGHT_ALLOW_HOSTS) })
 * const page = await fetcher.fetch('https://acme.example/about')
 */
export function createFetcher(options: FetcherOptions = {}): Fetcher {
  return new SafeFetcher(options)
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** Failures of robots.txt that would be the page's as well: they are told as they are. */
const SAME_FOR_PAGE = new Set([
  'web_private_address',
  'web_dns',
  'web_dns_unknown',
  'web_tls',
  'web_connect',
  'web_pace',
])

interface Call {
  kind: BodyKind
  conditions: Record<string, string>
  signal: AbortSignal | undefined
}

class SafeFetcher implements Fetcher {
  private readonly limits: FetchLimits
  private readonly allowHosts: AllowHosts
  private readonly userAgent: string
  private readonly minDelayMs: number
  private readonly maxCrawlDelayMs: number
  private readonly now: () => number
  private readonly agent: Agent
  private readonly pace: Pace
  private readonly robots: RobotsRules

  constructor(options: FetcherOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits }
    this.allowHosts = options.allowHosts ?? new Set()
    this.userAgent = options.userAgent ?? 'DealwrightBot/0.1'
    this.minDelayMs = options.minDelayMs ?? 1_000
    this.maxCrawlDelayMs = options.maxCrawlDelayMs ?? 10_000
    this.now = options.now ?? Date.now
    const sleep = options.sleep ?? ((ms, signal) => sleepFor(ms, undefined, signal === undefined ? {} : { signal }))
    this.pace = new Pace({ now: this.now, sleep, maxWaitMs: options.maxWaitMs ?? 30_000 })
    this.robots = new RobotsRules({
      load: (url, signal) => this.loadRobots(url, signal),
      userAgent: this.userAgent,
      now: this.now,
      ttlMs: options.robotsTtlMs ?? 24 * 3_600_000,
      unreachableTtlMs: options.robotsUnreachableTtlMs ?? 10 * 60_000,
    })
    this.agent = new Agent({
      connect: guardedConnector({
        allowHosts: this.allowHosts,
        hostMap: options.hostMap ?? new Map(),
        resolver: options.resolver ?? systemResolver,
        connectMs: this.limits.connectMs,
      }),
      maxHeaderSize: this.limits.headerBytes,
      connections: 2,
      pipelining: 1,
      keepAliveTimeout: 5_000,
    })
  }

  async fetch(written: string, request: FetchRequest = {}): Promise<FetchResult> {
    const conditions: Record<string, string> = {}
    if (request.etag) conditions['if-none-match'] = request.etag
    if (request.lastModified) conditions['if-modified-since'] = request.lastModified
    const call = { kind: request.expect ?? 'page', conditions, signal: request.signal }
    const start = checkedUrl(written, this.allowHosts)
    const { url, answer } = await this.follow(start, call)
    const fetched: Fetched = {
      url: written,
      finalUrl: url.href,
      fetchedAt: new Date(this.now()).toISOString(),
      httpStatus: answer.status,
      etag: answer.headers['etag'] ?? null,
      lastModified: answer.headers['last-modified'] ?? null,
    }
    if (answer.status === 304) return { ...fetched, status: 'not_modified' }
    const body = call.kind === 'sitemap' ? await gunzipped(answer.body, this.limits, placeOf(url)) : answer.body
    const { text, charset } = decodeBody(body, answer.headers['content-type'] ?? null)
    const { html, contentType } = asHtml(text, answer.headers['content-type'], call.kind, url)
    return { ...fetched, status: 'ok', contentType, charset, html, bytes: body.length }
  }

  async sitemapsOf(written: string, signal?: AbortSignal): Promise<string[]> {
    return this.robots.sitemaps(checkedUrl(written, this.allowHosts), signal)
  }

  async close(): Promise<void> {
    await this.agent.destroy()
  }

  /** Goes from hop to hop; each one is checked as if it were the first. */
  private async follow(start: URL, call: Call): Promise<{ url: URL; answer: HopAnswer }> {
    const seen = new Set<string>()
    let url = start
    for (let hop = 0; hop <= this.limits.redirects; hop += 1) {
      seen.add(url.href)
      const answer = await this.hop(url, call)
      if (!REDIRECTS.has(answer.status)) return { url, answer }
      const target = parseUrl(answer.headers['location'] ?? '', url)
      if (answer.headers['location'] === undefined || target === null) {
        throw new DealwrightError('web_http_status', `${placeOf(url)}: redirects to no address (${answer.status})`)
      }
      const next = checkedUrl(target.href, this.allowHosts)
      if (seen.has(next.href)) {
        throw new DealwrightError('web_redirect_loop', `${placeOf(start)}: redirects in a circle over ${placeOf(next)}`)
      }
      url = next
    }
    const message = `${placeOf(start)}: redirects more than ${this.limits.redirects} times`
    throw new DealwrightError('web_too_many_redirects', message)
  }

  private async hop(url: URL, call: Call): Promise<HopAnswer> {
    const { crawlDelayMs } = call.kind === 'robots' ? { crawlDelayMs: 0 } : await this.robots.check(url, call.signal)
    const delay = Math.max(this.minDelayMs, Math.min(crawlDelayMs, this.maxCrawlDelayMs))
    const limits = call.kind === 'robots' ? { ...this.limits, bodyBytes: ROBOTS_BYTES } : this.limits
    return this.pace.turn(url.hostname, delay, call.signal, () =>
      sendHop({
        url,
        headers: { 'user-agent': this.userAgent, accept: accepts(call.kind), ...call.conditions },
        signal: call.signal,
        dispatcher: this.agent,
        limits,
        beyond: call.kind === 'robots' ? 'keep' : 'refuse',
        wantsBody: (status, headers) => this.wantsBody(url, call, status, headers),
      }),
    )
  }

  private wantsBody(url: URL, call: Call, status: number, headers: HopHeaders): boolean {
    if (REDIRECTS.has(status)) return false
    if (status === 304 && Object.keys(call.conditions).length > 0) return false
    const error = statusError(url, call.kind, status, headers, this.now())
    if (error === null) return true
    const retryAfterMs = error.details['retryAfterMs']
    if (typeof retryAfterMs === 'number') this.pace.postpone(url.hostname, retryAfterMs)
    throw error
  }

  private async loadRobots(url: URL, signal: AbortSignal | undefined): Promise<RobotsAnswer> {
    try {
      const { answer } = await this.follow(url, { kind: 'robots', conditions: {}, signal })
      return { kind: 'rules', text: decodeBody(answer.body, 'text/plain; charset=utf-8').text }
    } catch (error) {
      if (!(error instanceof DealwrightError)) throw error
      const ofThisHost = error.details['host'] === url.hostname
      if (SAME_FOR_PAGE.has(error.code) && ofThisHost) throw error
      const absent = ['web_not_found', 'web_http_status', 'web_redirect_loop', 'web_too_many_redirects']
      return { kind: absent.includes(error.code) ? 'none' : 'unreachable' }
    }
  }
}
