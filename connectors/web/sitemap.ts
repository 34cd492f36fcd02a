/** Reads a site's sitemaps: those that robots.txt names, else the usual place; indexes, gzip and plain lists included. */
import { Parser } from 'htmlparser2'
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
  let entry: SitemapUrl | null = null
  let field = ''
  const parser = new Parser(
    {
      onopentagname(name) {
        if (name === 'url' || name === 'sitemap') entry = { url: '', lastmod: null }
        field = name
      },
      ontext(data) {
        if (entry === null) return
        if (field === 'loc') entry.url += data.trim()
        else if (field === 'lastmod' && data.trim() !== '') entry.lastmod = data.trim().slice(0, 30)
      },
      onclosetag(name) {
        field = ''
        if (entry === null || (name !== 'url' && name !== 'sitemap')) return
        if (entry.url !== '') (name === 'url' ? urls : children).push(entry)
        entry = null
      },
    },
    { xmlMode: true },
  )
  parser.write(text)
  parser.end()
  return { urls, children }
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
