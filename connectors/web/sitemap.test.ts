import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { Fetcher, FetcherOptions } from './fetcher.ts'
import { fetchSitemap, parseSitemap } from './sitemap.ts'
import { type Handler, type Loopback, quickFetcher, startLoopback } from './testing/loopback.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
})
async function serve(
  files: Record<string, string | Buffer>,
  options: FetcherOptions = {},
): Promise<{ fetcher: Fetcher; loopback: Loopback }> {
  const send: Handler = (request, response) => {
    const body = files[request.url ?? '']
    if (body === undefined) response.writeHead(404).end()
    else
      response
        .writeHead(200, { 'content-type': typeof body === 'string' ? 'application/xml' : 'application/gzip' })
        .end(body)
  }
  const loopback = await startLoopback(send, send)
  const fetcher = quickFetcher({ hostMap: loopback.map('acme.example', 'www.acme.example'), ...options })
  open.push(fetcher, loopback)
  return { fetcher, loopback }
}
const site = 'http://acme.example'
const urlset = (...urls: string[]): string =>
  `<?xml version="1.0"?><urlset>${urls.map(url => `<url><loc>${url}</loc></url>`).join('')}</urlset>`

test('the sitemaps that robots.txt names, indexes and gzip files, newest first, of this site alone', async () => {
  const { fetcher, loopback } = await serve({
    '/robots.txt': `Sitemap: ${site}/index.xml\nSitemap: http://elsewhere.example/s.xml`,
    '/index.xml': `<sitemapindex><sitemap><loc>${site}/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
      <sitemap><loc>${site}/new.xml.gz</loc><lastmod>2024-01-01</lastmod></sitemap></sitemapindex>`,
    '/new.xml.gz': gzipSync(urlset(`${site}/new`, 'http://www.acme.example/also', 'http://elsewhere.example/no')),
    '/old.xml': urlset(`${site}/old`),
  })
  const sitemap = await fetchSitemap(fetcher, site)
  expect(sitemap.urls.map(entry => entry.url)).toEqual([`${site}/new`, 'http://www.acme.example/also', `${site}/old`])
  expect(sitemap.warnings).toEqual([])
  expect(loopback.seen.filter(line => line.includes('elsewhere'))).toEqual([])
})

test('no sitemap is no fault; a forbidden or broken one is a warning', async () => {
  const none = await serve({})
  expect(await fetchSitemap(none.fetcher, site)).toEqual({ urls: [], warnings: [] })
  const forbidden = await serve({
    '/robots.txt': 'User-agent: *\nDisallow: /sitemap',
    '/sitemap.xml': urlset(`${site}/a`),
  })
  expect((await fetchSitemap(forbidden.fetcher, site)).warnings).toEqual([expect.stringContaining('web_robots')])
  const bomb = await serve({ '/sitemap.xml': gzipSync(Buffer.alloc(8_000_000)) }, { limits: { bodyBytes: 1_000_000 } })
  expect((await fetchSitemap(bomb.fetcher, site)).warnings).toEqual([expect.stringContaining('web_too_large')])
})

test('an index that names itself, and more files than allowed', async () => {
  const many = Array.from({ length: 30 }, (_, n) => `<sitemap><loc>${site}/s${n}.xml</loc></sitemap>`).join('')
  const { fetcher, loopback } = await serve({
    '/sitemap.xml': `<sitemapindex><sitemap><loc>${site}/sitemap.xml</loc></sitemap>${many}</sitemapindex>`,
  })
  const { warnings } = await fetchSitemap(fetcher, site, { maxFiles: 4 })
  expect(loopback.seen.filter(line => line.endsWith('.xml'))).toHaveLength(4)
  expect(warnings.at(-1)).toMatch(/left unread/)
})

test('entities, CDATA, white space and plain lists', () => {
  expect(
    parseSitemap(
      '<urlset><url><loc>\n http://a.example/?a=1&amp;b=2 </loc><lastmod> 2024-01-02 </lastmod></url><url><loc><![CDATA[http://a.example/c]]></loc></url>',
    ).urls,
  ).toEqual([
    { url: 'http://a.example/?a=1&b=2', lastmod: '2024-01-02' },
    { url: 'http://a.example/c', lastmod: null },
  ])
  expect(parseSitemap('http://a.example/1\nnot a url\r\nhttp://a.example/2\n').urls).toHaveLength(2)
})

test('an image inside an entry is not its address', () => {
  const text =
    '<url><loc>http://a.example/p</loc><image:image><image:loc>http://a.example/i.png</image:loc></image:image></url>'
  expect(parseSitemap(`<urlset>${text}</urlset>`).urls).toEqual([{ url: 'http://a.example/p', lastmod: null }])
})

test('nesting without end costs nothing', () => {
  expect(parseSitemap('<a>'.repeat(1_000_000)).urls).toEqual([])
})
