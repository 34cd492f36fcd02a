/** Reads a site's sitemaps: those that robots.txt names, else the usual place; indexes, gzip and plain lists included. */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { DealwrightError } from '../../domain/errors.ts'
import type { Fetcher } from './fetcher.ts'
import { type SitemapUrl, siteOf } from './pages.ts'
import { parseUrl } from './place.ts'

export interface SitemapOptions {
  /** Addresses kept. Default 5,000. */
  max?: number
  /** Sitemap files fetched, indexes included. Default 6. */
  maxFiles?: number
  signal?: AbortSignal
}

export interface Sitemap {
  urls: SitemapUrl[]
  /** What could not be read or was left out, in plain words. */
  warnings: string[]
}

/**
 * Never fails for want of a sitemap: what a site has not, or does not let us read, becomes a warning. Only addresses of
 * the same registrable domain are kept. Throws `bad_input` for a bad address and `signal.reason` when cancelled.
 */
export async function fetchSitemap(fetcher: Fetcher, site: string, options: SitemapOptions = {}): Promise<Sitemap> {
  const start = parseUrl(site)
  if (start === null) throw new DealwrightError('bad_input', 'A sitemap was asked for without a valid site address')
  const max = options.max ?? 5_000
  const maxFiles = options.maxFiles ?? 6
  const result: Sitemap = { urls: [], warnings: [] }
  const named = await attempt(result, () => fetcher.sitemapsOf(start.href, options.signal))
  const queue = (named ?? []).filter(url => ofSite(url, start))
  if (queue.length === 0) queue.push(new URL('/sitemap.xml', start).href)
  const seen = new Set<string>()
  while (queue.length > 0 && seen.size < maxFiles && result.urls.length < max) {
    const file = queue.shift() ?? ''
    if (seen.has(file)) continue
    seen.add(file)
    const fetched = await attempt(result, () =>
      fetcher.fetch(file, { expect: 'sitemap', ...(options.signal === undefined ? {} : { signal: options.signal }) }),
    )
    if (fetched?.status !== 'ok') continue
    const { urls, children } = parseSitemap(fetched.html)
    for (const entry of urls) if (result.urls.length < max && ofSite(entry.url, start)) result.urls.push(entry)
    // The newest parts first: there is not room for all of a large site.
    children.sort((a, b) => (b.lastmod ?? '').localeCompare(a.lastmod ?? ''))
    queue.push(...children.map(child => child.url).filter(url => ofSite(url, start)))
  }
  if (queue.length > 0) result.warnings.push(`${queue.length} further sitemap files were left unread`)
  return result
}

/** What a sitemap file lists: pages, and, if it is an index, further files. Broken XML yields what can be read of it. */
export function parseSitemap(text: string): { urls: SitemapUrl[]; children: SitemapUrl[] } {
  const urls: SitemapUrl[] = []
  const children: SitemapUrl[] = []
  if (!/^\s*</.test(text.slice(0, 1_000))) {
    for (const line of text.split(/\r?\n/))
      if (/^https?:\/\//.test(line.trim())) urls.push({ url: line.trim(), lastmod: null })
    return { urls, children }
  }
  const reader = new SitemapReader(text, urls, children)
  const tokenizer = new Tokenizer({ xmlMode: true }, reader)
  tokenizer.write(text)
  tokenizer.end()
  return { urls, children }
}

/** Reads tokens without a stack of open elements: a hostile file can nest as deep as it likes. */
class SitemapReader implements TokenizerCallbacks {
  private readonly text: string
  private readonly urls: SitemapUrl[]
  private readonly children: SitemapUrl[]
  private entry: SitemapUrl | null = null
  private field = ''

  constructor(text: string, urls: SitemapUrl[], children: SitemapUrl[]) {
    this.text = text
    this.urls = urls
    this.children = children
  }

  onopentagname(start: number, end: number): void {
    this.field = this.text.slice(start, end)
    if (this.field === 'url' || this.field === 'sitemap') this.entry = { url: '', lastmod: null }
  }

  onclosetag(start: number, end: number): void {
    this.field = ''
    const name = this.text.slice(start, end)
    if (this.entry === null || (name !== 'url' && name !== 'sitemap')) return
    if (this.entry.url !== '') (name === 'url' ? this.urls : this.children).push(this.entry)
    this.entry = null
  }

  onselfclosingtag(): void {
    this.field = ''
  }

  ontext(start: number, end: number): void {
    this.take(this.text.slice(start, end))
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.take(this.text.slice(start, end - endOffset))
  }

  ontextentity(codepoint: number): void {
    this.take(String.fromCodePoint(codepoint))
  }

  private take(data: string): void {
    if (this.entry === null) return
    if (this.field === 'loc' && this.entry.url.length < 2_048) this.entry.url += data.trim()
    else if (this.field === 'lastmod' && data.trim() !== '') this.entry.lastmod = data.trim().slice(0, 30)
  }

  onattribdata(): void {}
  onattribentity(): void {}
  onattribend(): void {}
  onattribname(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onopentagend(): void {}
  onprocessinginstruction(): void {}
}

function ofSite(url: string, start: URL): boolean {
  const parsed = parseUrl(url)
  return parsed !== null && siteOf(parsed) === siteOf(start)
}

async function attempt<T>(result: Sitemap, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DealwrightError)) throw error
    if (error.code !== 'web_not_found') result.warnings.push(`${error.code}: ${error.message}`)
    return null
  }
}
