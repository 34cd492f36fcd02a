/** Which pages of a company's site are worth reading, most telling first. Pure: what is linked and listed comes in. */
import { getDomain } from 'tldts'
import type { PageLink } from '../../domain/page/types.ts'
import { ASSET, holdsPhrase, NEVER, NEVER_HOSTS, PAGE_KINDS, type PageKind, phrase, WORDS } from './page-words.ts'
import { parseUrl } from './place.ts'

export interface SitemapUrl {
  url: string
  /** ISO date, or null when the sitemap gives none. */
  lastmod: string | null
}

export interface PlanInput {
  /** Address of the home page, after redirects. */
  home: string
  /** Links of the home page. */
  links: Pick<PageLink, 'href' | 'text'>[]
  sitemap: SitemapUrl[]
  /** Pages to plan, the home page included. */
  max: number
}

export interface PlannedPage {
  url: string
  kind: PageKind
  /** One line for people: what the page promises and where it was found. */
  why: string
}

interface Candidate {
  url: URL
  kind: Exclude<PageKind, 'home'>
  /** Lower is better: how far the address is from being the page of its kind. */
  distance: number
  /** ISO date, or empty. */
  date: string
  why: string
}

const NAMED_KINDS = PAGE_KINDS.filter(kind => kind !== 'home')

/**
 * The home page first, then the best page of each kind in the order of `PAGE_KINDS`, then the second best, and so on;
 * among news items the newest comes first. Only pages of the same registrable domain, each once.
 */
export function planPages(input: PlanInput): PlannedPage[] {
  const home = parseUrl(input.home)
  if (home === null || input.max < 1) return []
  const byKind = new Map<PageKind, Candidate[]>()
  for (const candidate of candidatesOf(home, input)) {
    const same = byKind.get(candidate.kind)
    if (same === undefined) byKind.set(candidate.kind, [candidate])
    else same.push(candidate)
  }
  for (const candidates of byKind.values()) candidates.sort(compare)
  const plan: PlannedPage[] = [{ url: home.href, kind: 'home', why: 'home page' }]
  const rounds = Math.max(0, ...[...byKind.values()].map(candidates => candidates.length))
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of NAMED_KINDS) {
      const candidate = byKind.get(kind)?.[round]
      if (candidate === undefined) continue
      if (plan.length >= input.max) return plan
      plan.push({ url: candidate.url.href, kind, why: candidate.why })
    }
  }
  return plan.slice(0, input.max)
}

/** Newest first among equals; ties by address, so that a plan does not depend on the order of links. */
function compare(a: Candidate, b: Candidate): number {
  return a.distance - b.distance || b.date.localeCompare(a.date) || (a.url.href < b.url.href ? -1 : 1)
}

function candidatesOf(home: URL, input: PlanInput): Candidate[] {
  const best = new Map<string, Candidate>()
  const site = siteOf(home)
  const own = languageOf(home)
  const consider = (written: string, text: string, lastmod: string | null, where: string): void => {
    const url = parseUrl(written, home)
    if (url === null || !mayRead(url, site)) return
    tidy(url)
    const key = sameKey(url)
    if (key === sameKey(home)) return
    const candidate = judge(url, text, lastmod, where)
    if (candidate === null) return
    const language = languageOf(url)
    if (language !== null && language !== own) candidate.distance += 10
    const known = best.get(key)
    if (known === undefined || candidate.distance < known.distance) best.set(key, candidate)
    else if (candidate.date > known.date) known.date = candidate.date
  }
  for (const { href, text } of input.links) consider(href, text, null, 'linked from the home page')
  for (const { url, lastmod } of input.sitemap) consider(url, '', lastmod, 'listed in the sitemap')
  return [...best.values()]
}

/** Registrable domain, or the host itself where there is none (an address, `localhost`). */
export function siteOf(url: URL): string {
  return getDomain(url.hostname, { allowPrivateDomains: true }) ?? url.host
}

function mayRead(url: URL, site: string): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false
  if (url.username !== '' || siteOf(url) !== site || NEVER_HOSTS.test(url.hostname)) return false
  if (ASSET.test(url.pathname) || url.pathname.length > 300) return false
  const segments = segmentsOf(url)
  return !segments.some(segment => NEVER.includes(segment)) && !/[?&](s|q|replytocom|add-to-cart)=/.test(url.search)
}

function segmentsOf(url: URL): string[] {
  return url.pathname
    .split('/')
    .map(part => phrase(part.replace(/\.(html?|php|aspx?|jsp)$/i, '')))
    .filter(part => part !== '' && part !== 'index' && part !== 'default')
}

/** Parameters that say where a visitor came from do not make another page. */
function tidy(url: URL): void {
  url.hash = ''
  const names = Array.from(url.searchParams.keys())
  for (const name of names) {
    if (/^(utm_.*|fbclid|gclid|mc_[ce]id|ref|source)$/i.test(name)) url.searchParams.delete(name)
  }
}

function sameKey(url: URL): string {
  const path = url.pathname.replace(/\/(index|default)\.(html?|php|aspx?)$/i, '/').replace(/\/+$/, '')
  return `${url.host.replace(/^www\./, '')}${path}${url.search}`
}

const LANGUAGE = /^(en|de|fr|es|it|nl|pt|pl|sv|da|fi|no|cs|hu|ro|tr|ru|ja|ko|zh|ar)(-[a-z]{2,4})?$/

function languageOf(url: URL): string | null {
  const first = segmentsOf(url)[0]
  return first !== undefined && LANGUAGE.test(first) ? first.slice(0, 2) : null
}

/** The kind whose words stand nearest to the end of the address, else in the link's text. Null for neither. */
function judge(url: URL, text: string, lastmod: string | null, where: string): Candidate | null {
  const segments = segmentsOf(url).filter(segment => !LANGUAGE.test(segment))
  const date = dateInPath(url) ?? lastmod?.slice(0, 10) ?? ''
  const told = text.trim() === '' ? where : `${where} as "${text.trim().slice(0, 60)}"`
  const extra = (url.search === '' ? 0 : 3) + Math.max(0, segments.length - 1)
  const make = (kind: Candidate['kind'], distance: number): Candidate => {
    const ofDate = kind === 'news' && date !== '' ? ` (${date})` : ''
    return { url, kind, distance: distance + extra, date, why: `${kind}: ${told}${ofDate}` }
  }
  for (let at = segments.length - 1; at >= 0; at -= 1) {
    const kind = kindOf(segments[at] ?? '')
    if (kind === null) continue
    const under = segments.length - 1 - at
    // All news items are equally far, so that the newest wins.
    if (kind.kind === 'news' && under > 0) return { ...make('news', 0), distance: 4 }
    return make(kind.kind, (kind.exact ? 0 : 2) + under)
  }
  if (segments.length === 0 && /^(careers?|jobs?|karriere|news|blog|press|presse|about)\./.test(url.hostname)) {
    const byHost = kindOf(url.hostname.split('.')[0] ?? '')
    return byHost === null ? null : make(byHost.kind, 1)
  }
  const byText = kindOf(phrase(text))
  return byText?.exact === true ? make(byText.kind, 3) : null
}

function kindOf(segment: string): { kind: Candidate['kind']; exact: boolean } | null {
  for (const kind of NAMED_KINDS) if (WORDS[kind].includes(segment)) return { kind, exact: true }
  // A long segment is a headline: `our-new-product-for-customers` is no product page.
  if (segment.split('-').length > 4) return null
  for (const kind of NAMED_KINDS) {
    if (WORDS[kind].some(word => holdsPhrase(segment, word))) return { kind, exact: false }
  }
  return null
}

/** `/2024/05/12/title` or `/2024-05-12-title`. */
function dateInPath(url: URL): string | null {
  const match = /[/-]((?:19|20)\d{2})[/-](\d{2})(?:[/-](\d{2}))?(?=[/-]|$)/.exec(url.pathname)
  return match === null ? null : `${match[1]}-${match[2]}-${match[3] ?? '01'}`
}
