/** robots.txt after RFC 9309: what it allows, how long that is remembered, and what its absence means. */
import robotsParserModule from 'robots-parser'
import { DealwrightError } from '../../domain/errors.ts'
import { placeOf } from './place.ts'

interface Robot {
  isAllowed(url: string, agent: string): boolean | undefined
  getCrawlDelay(agent: string): number | undefined
  getSitemaps(): string[]
}
/** The package's types describe an ES module, but it is CommonJS: the default import is the function itself. */
const robotsParser = robotsParserModule as unknown as (url: string, text: string) => Robot

/** RFC 9309 asks for at least 500 KiB; the rest is not read. */
export const ROBOTS_BYTES = 500 * 1024

export type RobotsAnswer =
  | { kind: 'rules'; text: string }
  /** There is none (4xx, or redirected without end): everything may be fetched. */
  | { kind: 'none' }
  /** It could not be had (5xx, time-out): nothing may be fetched for a while. */
  | { kind: 'unreachable' }

export interface RobotsOptions {
  /** Fetches the robots.txt of an origin. Rejects for what would fail the page as well. */
  load: (origin: URL, signal: AbortSignal | undefined) => Promise<RobotsAnswer>
  userAgent: string
  now: () => number
  ttlMs: number
  unreachableTtlMs: number
}

interface Entry {
  answer: RobotsAnswer['kind']
  robot: Robot | null
  until: number
}

const MAX_ORIGINS = 1_000

export class RobotsRules {
  private readonly entries = new Map<string, Entry>()
  private readonly loading = new Map<string, Promise<Entry>>()
  private readonly options: RobotsOptions
  private readonly token: string

  constructor(options: RobotsOptions) {
    this.options = options
    this.token = options.userAgent.split('/')[0] ?? options.userAgent
  }

  /** Returns the wished pause between requests, or throws `web_robots` or `web_robots_unreachable`. */
  async check(url: URL, signal?: AbortSignal): Promise<{ crawlDelayMs: number }> {
    const entry = await this.entryOf(url, signal)
    if (entry.answer === 'unreachable') {
      const message = `${url.host}: its robots.txt could not be read, so nothing is fetched for now; try later`
      const retryAfterMs = Math.max(0, entry.until - this.options.now())
      throw new DealwrightError('web_robots_unreachable', message, { details: { host: url.hostname, retryAfterMs } })
    }
    if (entry.robot === null) return { crawlDelayMs: 0 }
    if (entry.robot.isAllowed(url.href, this.token) === false) {
      throw new DealwrightError('web_robots', `${placeOf(url)}: the site's robots.txt does not allow this page`, {
        details: { host: url.hostname },
      })
    }
    const seconds = entry.robot.getCrawlDelay(this.token) ?? 0
    return { crawlDelayMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0 }
  }

  /** Sitemaps that robots.txt names. Throws as `check` does when it could not be had. */
  async sitemaps(url: URL, signal?: AbortSignal): Promise<string[]> {
    const entry = await this.entryOf(url, signal)
    return entry.robot?.getSitemaps() ?? []
  }

  private async entryOf(url: URL, signal: AbortSignal | undefined): Promise<Entry> {
    const known = this.entries.get(url.origin)
    if (known !== undefined && known.until > this.options.now()) return known
    const under = this.loading.get(url.origin)
    // Another caller's load may be cancelled by its own signal: then this one loads for itself.
    if (under !== undefined) return under.catch(() => this.load(url, signal))
    const loading = this.load(url, signal).finally(() => this.loading.delete(url.origin))
    this.loading.set(url.origin, loading)
    return loading
  }

  private async load(url: URL, signal: AbortSignal | undefined): Promise<Entry> {
    const answer = await this.options.load(new URL('/robots.txt', url.origin), signal)
    const ttl = answer.kind === 'unreachable' ? this.options.unreachableTtlMs : this.options.ttlMs
    const robot =
      answer.kind === 'rules' ? robotsParser(`${url.origin}/robots.txt`, ownGroups(answer.text, this.token)) : null
    const entry: Entry = { answer: answer.kind, robot, until: this.options.now() + ttl }
    if (this.entries.size >= MAX_ORIGINS) {
      const oldest = this.entries.keys().next().value
      if (oldest !== undefined) this.entries.delete(oldest)
    }
    this.entries.delete(url.origin)
    this.entries.set(url.origin, entry)
    return entry
  }
}

const MAX_LINE = 2_048
const MAX_WILDCARDS = 2_000

/**
 * The file cut down to what concerns us. The parser keeps each rule once per agent named above it and matches wildcards
 * in steps of pattern length times path length, so a hostile file could cost gigabytes and minutes. Other agents' names
 * become one; wildcards beyond a generous number make a `disallow` broader, never narrower, and drop an `allow`.
 */
export function ownGroups(text: string, token: string): string {
  const lines: string[] = []
  let wildcards = 0
  let named = new Set<string>()
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.slice(0, MAX_LINE).replace(/#.*/, '').trim()
    const parts = /^([a-z-]+)\s*:\s*(.*)$/i.exec(line)
    if (parts === null) continue
    const field = (parts[1] ?? '').toLowerCase()
    let value = (parts[2] ?? '').trim()
    if (field === 'user-agent') {
      const agent = value.split('/')[0]?.trim().toLowerCase() ?? ''
      value = agent === '*' || agent === token.toLowerCase() ? agent : 'other'
      if (named.has(value)) continue
      named.add(value)
    } else {
      named = new Set()
      value = value.replace(/\*{2,}/g, '*')
      wildcards += value.split('*').length - 1
      if (wildcards > MAX_WILDCARDS && value.includes('*') && field !== 'sitemap') {
        if (field === 'allow') continue
        value = value.slice(0, value.indexOf('*')) || '/'
      }
    }
    lines.push(`${field}: ${value}`)
  }
  return lines.join('\n')
}
