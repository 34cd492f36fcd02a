import { afterEach, expect, test } from 'vitest'
import type { Fetcher, FetcherOptions } from './fetcher.ts'
import { ownGroups, RobotsRules } from './robots.ts'
import { codeOf, type Handler, type Loopback, quickFetcher, startLoopback } from './testing/loopback.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
})
async function serve(robots: Handler, options: FetcherOptions = {}): Promise<{ fetcher: Fetcher; loopback: Loopback }> {
  const page: Handler = (_request, response) => response.setHeader('content-type', 'text/html').end('<p>page')
  const loopback = await startLoopback(page, robots)
  const fetcher = quickFetcher({ hostMap: loopback.map('acme.example', 'other.example'), ...options })
  open.push(fetcher, loopback)
  return { fetcher, loopback }
}
const text =
  (body: string, status = 200): Handler =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body)
const url = 'http://acme.example'

test('rules for us win over rules for all, and are asked for once', async () => {
  const { fetcher, loopback } = await serve(
    text('User-agent: *\nDisallow: /\n\nUser-agent: dealwrightbot\nDisallow: /private\nAllow: /private/open\n'),
  )
  expect(await codeOf(fetcher.fetch(`${url}/about`))).toBe('none')
  expect(await codeOf(fetcher.fetch(`${url}/private/x`))).toBe('web_robots')
  expect(await codeOf(fetcher.fetch(`${url}/private/open`))).toBe('none')
  expect(loopback.seen.filter(line => line.includes('robots'))).toHaveLength(1)
  expect(loopback.seen).not.toContain('GET acme.example /private/x')
})

test.each([
  [404, 'none'],
  [403, 'none'],
  [401, 'none'],
  [500, 'web_robots_unreachable'],
  [503, 'web_robots_unreachable'],
  [429, 'web_robots_unreachable'],
])('robots.txt answering %i means %s', async (status, code) => {
  const { fetcher } = await serve(text('no', status))
  expect(await codeOf(fetcher.fetch(`${url}/`))).toBe(code)
})

test('an unreachable robots.txt is asked for again after its time, a good one after its own', async () => {
  let now = 1_000_000
  let status = 500
  const { fetcher, loopback } = await serve(
    (_request, response) => response.writeHead(status).end('User-agent: *\nDisallow: /'),
    {
      now: () => now,
      robotsTtlMs: 1_000,
      robotsUnreachableTtlMs: 100,
    },
  )
  const asked = (): number => loopback.seen.filter(line => line.includes('robots')).length
  expect(await codeOf(fetcher.fetch(`${url}/`))).toBe('web_robots_unreachable')
  expect(await codeOf(fetcher.fetch(`${url}/`))).toBe('web_robots_unreachable')
  expect(asked()).toBe(1)
  status = 200
  now += 101
  expect(await codeOf(fetcher.fetch(`${url}/`))).toBe('web_robots')
  status = 404
  now += 999
  expect(await codeOf(fetcher.fetch(`${url}/`))).toBe('web_robots')
  expect(asked()).toBe(2)
  now += 2
  expect(await codeOf(fetcher.fetch(`${url}/`))).toBe('none')
})

test('a robots.txt that never comes keeps us out', async () => {
  const { fetcher } = await serve(() => {}, { limits: { headersMs: 100 } })
  expect(await codeOf(fetcher.fetch(`${url}/`))).toBe('web_robots_unreachable')
})

test('a redirect to another site obeys that site', async () => {
  const page: Handler = (_request, response) => response.writeHead(302, { location: 'http://other.example/' }).end()
  const loopback = await startLoopback(page, (request, response) => {
    const body = request.headers.host === 'other.example' ? 'User-agent: *\nDisallow: /' : ''
    response.writeHead(200).end(body)
  })
  const fetcher = quickFetcher({ hostMap: loopback.map('acme.example', 'other.example') })
  open.push(fetcher, loopback)
  expect(await codeOf(fetcher.fetch(`${url}/`))).toBe('web_robots')
})

test('only the first 500 KiB of a robots.txt count', async () => {
  const filler = `# ${'x'.repeat(1_000)}\n`.repeat(500)
  const rules = 'User-agent: *\nDisallow: /late\n'
  const { fetcher } = await serve(text(`User-agent: *\nDisallow: /early\n${filler}${filler}${rules}`))
  expect(await codeOf(fetcher.fetch(`${url}/early`))).toBe('web_robots')
  expect(await codeOf(fetcher.fetch(`${url}/late`))).toBe('none')
})

test('a hostile robots.txt costs no memory and no minutes', async () => {
  const agents = Array.from({ length: 20_000 }, (_, n) => `User-agent: a${n}`).join('\n')
  const rules = 'Disallow: /*a*a*a*a*a*a*a*a*b\n'.repeat(8_000)
  const robots = new RobotsRules({
    load: async () => ({ kind: 'rules', text: `${agents}\nUser-agent: *\n${rules}` }),
    userAgent: 'DealwrightBot/0.1',
    now: () => 0,
    ttlMs: 1,
    unreachableTtlMs: 1,
  })
  const before = process.memoryUsage.rss()
  await expect(robots.check(new URL(`${url}/${'a'.repeat(1_900)}`))).rejects.toMatchObject({ code: 'web_robots' })
  expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024)
})

test('cutting a robots.txt down keeps what concerns us', () => {
  const file =
    'User-agent: Googlebot\nUser-agent: Bingbot\nDisallow: /g\n\nuser-agent: DealwrightBot/2 # us\nDisallow: /d\nSitemap: https://a.example/s.xml'
  expect(ownGroups(file, 'DealwrightBot').split('\n')).toEqual([
    'user-agent: other',
    'disallow: /g',
    'user-agent: dealwrightbot',
    'disallow: /d',
    'sitemap: https://a.example/s.xml',
  ])
})

test('one caller that gives up does not take the others with it', async () => {
  const controller = new AbortController()
  let calls = 0
  const robots = new RobotsRules({
    load: (_url, signal) => {
      calls += 1
      if (signal === undefined) return Promise.resolve({ kind: 'none' })
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('gave up')))
      })
    },
    userAgent: 'DealwrightBot/0.1',
    now: () => 0,
    ttlMs: 1,
    unreachableTtlMs: 1,
  })
  const first = robots.check(new URL(url), controller.signal)
  const second = robots.check(new URL(url))
  controller.abort()
  await expect(first).rejects.toThrow('gave up')
  await expect(second).resolves.toEqual({ crawlDelayMs: 0 })
  expect(calls).toBe(2)
})
