/** What an answer's status and content type mean. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { DealwrightError } from '../../domain/errors.ts'
import type { HopHeaders } from './hop.ts'
import type { FetchLimits } from './limits.ts'
import { placeOf } from './place.ts'

export type BodyKind = 'page' | 'sitemap' | 'robots'

const PAGE_TYPES = new Set(['text/html', 'application/xhtml+xml', 'text/plain'])
const SITEMAP_TYPES = new Set([
  'application/xml',
  'text/xml',
  'text/plain',
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
  'application/rss+xml',
  'application/atom+xml',
])

/** The `Accept` header. */
export function accepts(kind: BodyKind): string {
  if (kind === 'page') return 'text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5'
  return kind === 'sitemap' ? 'application/xml, text/xml;q=0.9, text/plain;q=0.5' : 'text/plain'
}

function typeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** The error an answer's status or type stands for, or null when its body is wanted. */
export function statusError(
  url: URL,
  kind: BodyKind,
  status: number,
  headers: HopHeaders,
  now: number,
): DealwrightError | null {
  const place = placeOf(url)
  const details = { host: url.hostname, status }
  if (status >= 200 && status <= 299) return typeError(place, kind, headers['content-type'])
  if (status === 404 || status === 410) {
    return new DealwrightError('web_not_found', `${place}: there is no such page (${status})`, { details })
  }
  if (status >= 500 || status === 429 || status === 408 || status === 425) {
    const retryAfterMs = retryAfter(headers['retry-after'], now)
    return new DealwrightError('web_http_unavailable', `${place}: the server answered ${status}; try later`, {
      details: retryAfterMs === null ? details : { ...details, retryAfterMs },
    })
  }
  return new DealwrightError('web_http_status', `${place}: the server refused the page (${status})`, { details })
}

function typeError(place: string, kind: BodyKind, contentType: string | undefined): DealwrightError | null {
  const type = typeOf(contentType)
  const fits = kind === 'robots' || type === '' || (kind === 'page' ? PAGE_TYPES : SITEMAP_TYPES).has(type)
  return fits ? null : typeRefusal(place, type)
}

function typeRefusal(place: string, type: string): DealwrightError {
  const named = /^[\w.+/-]{1,80}$/.test(type) ? type : 'of no known type'
  return new DealwrightError('web_content_type', `${place}: this is no page but ${named}; it was not read`)
}

/** Milliseconds to wait by a `Retry-After` header (seconds or an HTTP date), at most a day; null without one. */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  const at = /^\d{1,9}$/.test(header.trim()) ? now + Number(header) * 1_000 : Date.parse(header)
  return Number.isNaN(at) ? null : Math.min(Math.max(0, at - now), 86_400_000)
}

/** A body without a type is a page only if it begins like one; plain text is put into `<pre>`. */
export function asHtml(
  text: string,
  contentTypeHeader: string | undefined,
  kind: BodyKind,
  url: URL,
): { html: string; contentType: string } {
  const type = typeOf(contentTypeHeader)
  if (kind !== 'page') return { html: text, contentType: type }
  if (type === 'text/plain') {
    const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
    return { html: `<pre>${escaped}</pre>`, contentType: type }
  }
  if (type === '') {
    if (!/^\s*(?:<!--|<!doctype|<[a-z])/i.test(text.slice(0, 1_000))) throw typeRefusal(placeOf(url), '')
    return { html: text, contentType: 'text/html' }
  }
  return { html: text, contentType: type }
}

const gunzipAsync = promisify(gunzip)

/** Sitemaps are often stored as gzip files, whatever their type says: the first two bytes tell. */
export async function gunzipped(body: Buffer, limits: FetchLimits, place: string): Promise<Buffer> {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body
  try {
    return await gunzipAsync(body, { maxOutputLength: limits.bodyBytes })
  } catch (cause) {
    if (cause instanceof RangeError) {
      const message = `${place}: the sitemap is larger than ${limits.bodyBytes} bytes and was not read`
      throw new DealwrightError('web_too_large', message, { cause, details: { limit: limits.bodyBytes } })
    }
    throw new DealwrightError('web_encoding', `${place}: the sitemap cannot be decompressed`, { cause })
  }
}
