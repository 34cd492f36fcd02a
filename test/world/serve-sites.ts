/** Serves the world's sites on one loopback port, told apart by the Host header. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { renderPage } from './pages/render.ts'
import type { Company, Page, World } from './types.ts'

export interface SiteRequest {
  host: string
  path: string
  status: number
  at: number
}

export interface SiteServer {
  port: number
  /** The value of DEALWRIGHT_HOST_MAP under which all sites of the world are reached. */
  hostMap: string
  /** Every request in the order of arrival. */
  requests: SiteRequest[]
  close(): Promise<void>
}

export interface SiteServerOptions {
  /** 0, the default, takes any free port. */
  port?: number
  /** How long the slow pages take, in milliseconds. Default 20,000. */
  slowMs?: number
}

/** Companies without a site are in no map, so that their names do not resolve. */
export function hostMapOf(world: World, port: number): string {
  return hostsOf(world)
    .map(([host]) => `${host}=127.0.0.1:${port}`)
    .join(',')
}

function hostsOf(world: World): [string, Company][] {
  return world.companies
    .filter(company => company.site !== 'no_site')
    .flatMap((company): [string, Company][] => {
      const hosts = [company.domain]
      if (company.site === 'redirecting') hosts.push(`www.${company.domain}`)
      if (company.oldDomain) hosts.push(company.oldDomain)
      return hosts.map(host => [host, company])
    })
}

export async function serveSites(world: World, options: SiteServerOptions = {}): Promise<SiteServer> {
  const hosts = new Map(hostsOf(world))
  const requests: SiteRequest[] = []
  const timers = new Set<NodeJS.Timeout>()
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
    const path = (request.url ?? '/').split('?')[0] as string
    const reply = answer(host, hosts.get(host), path)
    requests.push({ host, path, status: reply.status, at: Date.now() })
    if (!reply.slow) return send(request, response, reply)
    const timer = setTimeout(() => {
      timers.delete(timer)
      send(request, response, reply)
    }, options.slowMs ?? 20_000)
    timers.add(timer)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    hostMap: hostMapOf(world, port),
    requests,
    close: () =>
      new Promise(resolve => {
        for (const timer of timers) clearTimeout(timer)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Reply {
  status: number
  type: string
  body: string
  location?: string
  slow?: boolean
}

const text = (status: number, body: string, type = 'text/plain'): Reply => ({ status, type, body })

function answer(host: string, company: Company | undefined, path: string): Reply {
  if (!company) return text(404, 'No such site\n')
  const canonical = company.site === 'redirecting' ? `www.${company.domain}` : company.domain
  if (host !== canonical && path !== '/robots.txt') return { ...text(301, ''), location: `http://${canonical}${path}` }
  if (path === '/robots.txt')
    return company.robots === null ? text(404, 'Not found\n') : text(200, robots(company, canonical))
  if (path === '/sitemap.xml' && company.hasSitemap) return text(200, sitemap(company, canonical), 'application/xml')
  const page = company.pages.find(p => p.path === path)
  if (!page)
    return text(404, '<!doctype html><title>Not found</title><h1>404</h1><p>This page does not exist.</p>', 'text/html')
  if (page.status && page.status >= 500) return text(page.status, '<h1>Internal Server Error</h1>', 'text/html')
  return { ...text(200, renderPage(company, page), 'text/html'), slow: page.delay ?? false }
}

function robots(company: Company, host: string): string {
  return `${company.robots}${company.hasSitemap ? `\nSitemap: http://${host}/sitemap.xml\n` : ''}`
}

function sitemap(company: Company, host: string): string {
  const url = (page: Page): string => {
    const changed = page.published ? `<lastmod>${page.published}</lastmod>` : ''
    return `<url><loc>http://${host}${page.path}</loc>${changed}</url>`
  }
  const urls = company.pages.map(url).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls}\n</urlset>\n`
}

/** Pages carry an ETag, so that a second visit can be answered with 304. */
function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const etag = `"${createHash('sha1').update(reply.body).digest('hex').slice(0, 20)}"`
  const fresh = reply.status === 200 && request.headers['if-none-match'] === etag
  response.writeHead(fresh ? 304 : reply.status, {
    'content-type': `${reply.type}; charset=utf-8`,
    ...(reply.status === 200 ? { etag } : {}),
    ...(reply.location ? { location: reply.location } : {}),
  })
  response.end(fresh || request.method === 'HEAD' ? undefined : reply.body)
}
