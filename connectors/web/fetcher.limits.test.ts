import { createHash } from 'node:crypto'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { createServer as createTlsServer } from 'node:tls'
import { inspect } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import type { Fetcher, FetcherOptions } from './fetcher.ts'
import { selfSigned } from './testing/certificate.ts'
import { codeOf, type Handler, type Loopback, quickFetcher, startLoopback } from './testing/loopback.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
})

async function serve(
  handler: Handler,
  options: FetcherOptions = {},
): Promise<{ fetcher: Fetcher; loopback: Loopback }> {
  const loopback = await startLoopback(handler)
  const fetcher = quickFetcher({ hostMap: loopback.map('acme.example'), ...options })
  open.push(fetcher, loopback)
  return { fetcher, loopback }
}
const html =
  (body: string | Buffer, headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
const url = 'http://acme.example/'

test('a page comes with all that a source needs', async () => {
  const { fetcher } = await serve(html('<p>Grüße', { etag: '"1"', 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }), {
    now: () => Date.UTC(2024, 4, 1),
  })
  expect(await fetcher.fetch(url)).toEqual({
    status: 'ok',
    url,
    finalUrl: url,
    fetchedAt: '2024-05-01T00:00:00.000Z',
    httpStatus: 200,
    contentType: 'text/html',
    charset: 'utf-8',
    html: '<p>Grüße',
    bytes: 10,
    etag: '"1"',
    lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT',
  })
})

test('an endless page is stopped at the limit', async () => {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  let sent = 0
  const { fetcher } = await serve(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const more = (): void => {
        while (sent < 200 * 1024 * 1024 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return
        }
        response.end()
      }
      response.on('drain', more)
      more()
    },
    { limits: { bodyBytes: 1024 * 1024 } },
  )
  expect(await codeOf(fetcher.fetch(url))).toBe('web_too_large')
  expect(sent).toBeLessThan(50 * 1024 * 1024)
})

test('a page that announces too much is not begun', async () => {
  const { fetcher } = await serve(
    (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '200000000' }).write('x'),
    { limits: { wireBytes: 1_000_000 } },
  )
  expect(await codeOf(fetcher.fetch(url))).toBe('web_too_large')
})

test.each([
  ['gzip', (plain: Buffer) => gzipSync(plain, { level: 1 })],
  ['deflate', (plain: Buffer) => deflateSync(plain, { level: 1 })],
  ['deflate', (plain: Buffer) => deflateRawSync(plain, { level: 1 })],
  ['br', (plain: Buffer) => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
] as const)('a %s page is read, and a bomb in it stopped (%#)', async (encoding, compress) => {
  const bomb = compress(Buffer.alloc(64 * 1024 * 1024))
  expect(bomb.length).toBeLessThan(400_000)
  const { fetcher } = await serve(
    (request, response) => {
      const body = request.url === '/bomb' ? bomb : compress(Buffer.from('<p>packed'))
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(body)
    },
    { limits: { bodyBytes: 1024 * 1024 } },
  )
  expect(await fetcher.fetch(url)).toMatchObject({ html: '<p>packed' })
  const before = process.memoryUsage.rss()
  expect(await codeOf(fetcher.fetch(`${url}bomb`))).toBe('web_too_large')
  expect(process.memoryUsage.rss() - before).toBeLessThan(60 * 1024 * 1024)
})

test('a bomb packed twice is stopped, three encodings and unknown ones are refused', async () => {
  const twice = gzipSync(gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 1 }))
  const thrice = gzipSync(gzipSync(gzipSync('<p>deep')))
  const { fetcher } = await serve(
    (request, response) => {
      const encoding = request.url?.slice(1) ?? ''
      const body = encoding === 'gzip,gzip,gzip' ? thrice : twice
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(body)
    },
    { limits: { bodyBytes: 1024 * 1024 } },
  )
  expect(await codeOf(fetcher.fetch(`${url}gzip,gzip`))).toBe('web_too_large')
  expect(await codeOf(fetcher.fetch(`${url}gzip,gzip,gzip`))).toBe('web_encoding')
  expect(await codeOf(fetcher.fetch(`${url}rot13`))).toBe('web_encoding')
})

test('a body that is not what its encoding says is refused', async () => {
  const { fetcher } = await serve(html('plain', { 'content-encoding': 'gzip' }))
  expect(await codeOf(fetcher.fetch(url))).toBe('web_encoding')
})

test('a slow drip ends at the total time, silence at the idle time', async () => {
  const timers: NodeJS.Timeout[] = []
  const handler: Handler = (request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write('<p>')
    if (request.url === '/drip') timers.push(setInterval(() => response.write('.'), 20))
  }
  const drip = await serve(handler, { limits: { totalMs: 1_000 } })
  expect(await codeOf(drip.fetcher.fetch(`${url}drip`))).toBe('web_too_slow')
  for (const timer of timers) clearInterval(timer)
  const silence = await serve(handler, { limits: { idleMs: 100 } })
  expect(await codeOf(silence.fetcher.fetch(`${url}silence`))).toBe('web_timeout')
})

test('a server that never answers times out', async () => {
  const { fetcher } = await serve(() => {}, { limits: { headersMs: 100 } })
  expect(await codeOf(fetcher.fetch(url))).toBe('web_timeout')
  const other = await serve(() => {}, { limits: { totalMs: 100 } })
  expect(await codeOf(other.fetcher.fetch(url))).toBe('web_timeout')
})

test('huge headers are refused', async () => {
  const { fetcher } = await serve(html('x', { 'x-long': 'h'.repeat(8_000) }), { limits: { headerBytes: 4_096 } })
  expect(await codeOf(fetcher.fetch(url))).toBe('web_header_too_large')
})

test('what does not speak HTTP is refused', async () => {
  const server = createTcpServer(socket => {
    socket.on('error', () => {})
    socket.once('data', data => {
      const robots = String(data).includes('/robots.txt')
      socket.end(robots ? 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n' : 'SSH-2.0-server\r\n')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const fetcher = quickFetcher({ hostMap: new Map([['acme.example', { address: '127.0.0.1', port }]]) })
  open.push(fetcher, { close: () => new Promise(resolve => server.close(() => resolve())) })
  const error = await fetcher.fetch(url).catch((failure: unknown) => failure)
  expect(error).toMatchObject({ code: 'web_protocol' })
  expect(inspect(error, { depth: 9 })).not.toContain('SSH-2.0')
})

test('a closed port and a body cut short are failures to try again', async () => {
  const { fetcher } = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' }).write('<p>half')
    setImmediate(() => response.destroy())
  })
  const failure = fetcher.fetch(url)
  await expect(failure).rejects.toMatchObject({ code: 'web_connect', retry: 'later' })
  const gone = await startLoopback(() => {})
  await gone.close()
  const late = quickFetcher({ hostMap: gone.map('acme.example') })
  open.push(late)
  expect(await codeOf(late.fetch(url))).toBe('web_connect')
})

test('only pages are read', async () => {
  const { fetcher } = await serve((request, response) => {
    const type = decodeURIComponent(request.url?.slice(1) ?? '')
    if (type !== '') response.setHeader('content-type', type)
    response.end('<p>a < b & c</p>')
  })
  for (const type of ['application/pdf', 'image/png', 'application/json', 'text/css', 'application/octet-stream']) {
    expect([type, await codeOf(fetcher.fetch(url + encodeURIComponent(type)))]).toEqual([type, 'web_content_type'])
  }
  for (const type of ['text/html', 'TEXT/HTML; charset=utf-8', 'application/xhtml+xml', '']) {
    expect(await fetcher.fetch(url + encodeURIComponent(type))).toMatchObject({ html: '<p>a < b & c</p>' })
  }
  expect(await fetcher.fetch(`${url}text%2Fplain`)).toMatchObject({ html: '<pre>&lt;p>a &lt; b &amp; c&lt;/p></pre>' })
})

test('each status has its meaning', async () => {
  const { fetcher } = await serve((request, response) =>
    response.writeHead(Number(request.url?.slice(1)), { 'retry-after': '0' }).end('no'),
  )
  const expected: Record<number, string> = {
    404: 'web_not_found',
    410: 'web_not_found',
    403: 'web_http_status',
    401: 'web_http_status',
    304: 'web_http_status',
    429: 'web_http_unavailable',
    500: 'web_http_unavailable',
    503: 'web_http_unavailable',
  }
  for (const [status, code] of Object.entries(expected)) {
    expect([status, await codeOf(fetcher.fetch(url + status))]).toEqual([status, code])
  }
})

test('redirects are followed, loops and long chains are not', async () => {
  const { fetcher, loopback } = await serve((request, response) => {
    const step = Number(/\d+/.exec(request.url ?? '')?.[0] ?? 0)
    if (request.url === '/circle') response.writeHead(302, { location: '/circle2' }).end()
    else if (request.url === '/circle2') response.writeHead(302, { location: 'http://ACME.example/circle#again' }).end()
    else if (request.url === '/nowhere') response.writeHead(302).end()
    else if (request.url === '/ftp') response.writeHead(302, { location: 'ftp://acme.example/' }).end()
    else if (step > 0) response.writeHead(301, { location: `/n${step - 1}` }).end('moved')
    else html('<p>there')(request, response)
  })
  expect(await fetcher.fetch(`${url}n5`)).toMatchObject({ url: `${url}n5`, finalUrl: `${url}n0`, html: '<p>there' })
  expect(await codeOf(fetcher.fetch(`${url}n6`))).toBe('web_too_many_redirects')
  expect(await codeOf(fetcher.fetch(`${url}circle`))).toBe('web_redirect_loop')
  expect(await codeOf(fetcher.fetch(`${url}nowhere`))).toBe('web_http_status')
  expect(await codeOf(fetcher.fetch(`${url}ftp`))).toBe('web_scheme')
  expect(loopback.seen.filter(line => line.endsWith('/robots.txt'))).toHaveLength(1)
})

test('what has not changed is not sent again', async () => {
  const etag = createHash('sha256').update('v1').digest('hex')
  const { fetcher } = await serve((request, response) => {
    const known = request.headers['if-none-match'] === etag || request.headers['if-modified-since'] === 'yesterday'
    if (known) response.writeHead(304, { etag }).end()
    else html('<p>v1', { etag })(request, response)
  })
  const first = await fetcher.fetch(url)
  expect(first).toMatchObject({ status: 'ok', etag })
  const again = await fetcher.fetch(url, { etag: first.etag })
  expect(again).toMatchObject({ status: 'not_modified', httpStatus: 304, etag })
  expect(again).not.toHaveProperty('html')
  expect(await fetcher.fetch(url, { lastModified: 'yesterday' })).toMatchObject({ status: 'not_modified' })
})

test('cancelling ends a fetch with the reason given, before and during it', async () => {
  const controller = new AbortController()
  const reason = new Error('the run was cancelled')
  const { fetcher, loopback } = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write('<p>')
    controller.abort(reason)
  })
  await expect(fetcher.fetch(url, { signal: controller.signal })).rejects.toBe(reason)
  const count = loopback.seen.length
  await expect(fetcher.fetch(url, { signal: controller.signal })).rejects.toBe(reason)
  expect(loopback.seen).toHaveLength(count)
})

test('no page text stands in an error', async () => {
  const { fetcher } = await serve((_request, response) => response.writeHead(500).end('nonce-8271'))
  const error = await fetcher.fetch(url).catch((failure: unknown) => failure)
  expect(inspect(error, { depth: 9 })).not.toContain('nonce-8271')
})

test('a certificate that nobody vouches for is refused, and the name asked for is that of the URL', async () => {
  const asked: string[] = []
  let requests = 0
  const server = createTlsServer({
    ...selfSigned('acme.example'),
    SNICallback: (name, done) => {
      asked.push(name)
      done(null)
    },
  })
  server.on('secureConnection', socket => socket.on('data', () => (requests += 1)).on('error', () => {}))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const fetcher = quickFetcher({ hostMap: new Map([['acme.example', { address: '127.0.0.1', port }]]) })
  open.push(fetcher, { close: () => new Promise(resolve => server.close(() => resolve())) })
  await expect(fetcher.fetch('https://acme.example/')).rejects.toMatchObject({
    code: 'web_tls',
    details: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  })
  expect(asked).toEqual(['acme.example'])
  expect(requests).toBe(0)
})

test('a server without TLS behind an https address is told as such', async () => {
  const { fetcher } = await serve(html('x'))
  expect(await codeOf(fetcher.fetch('https://acme.example/'))).toBe('web_tls')
})
