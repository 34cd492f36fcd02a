import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { DealwrightError } from '../../domain/errors.ts'
import { isPublicAddress } from './address.ts'
import { guardedConnector, type Resolver } from './connect.ts'
import type { Fetcher } from './fetcher.ts'
import { parseAllowHosts, parseHostMap } from './rules.ts'
import { codeOf, type Loopback, quickFetcher, startLoopback } from './testing/loopback.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
})
function fetcherWith(options: Parameters<typeof quickFetcher>[0]): Fetcher {
  const fetcher = quickFetcher(options)
  open.push(fetcher)
  return fetcher
}
async function server(...args: Parameters<typeof startLoopback>): Promise<Loopback> {
  const loopback = await startLoopback(...args)
  open.push(loopback)
  return loopback
}
const page = '<h1>Inside</h1>'

test.each([
  ['loopback', 'http://127.0.0.1/'],
  ['loopback, short', 'http://127.1/'],
  ['decimal', 'http://2130706433/'],
  ['octal', 'http://0177.0.0.1/'],
  ['hexadecimal', 'http://0x7f000001/'],
  ['mixed', 'http://0x7f.1/'],
  ['full-width digits', 'http://１２７.０.０.１/'],
  ['trailing dot', 'http://127.0.0.1./'],
  ['name of loopback', 'http://localhost/'],
  ['name with a trailing dot', 'http://localhost./'],
  ['IPv6 loopback', 'http://[::1]/'],
  ['IPv4-mapped', 'http://[::ffff:127.0.0.1]/'],
  ['IPv4-mapped, hexadecimal', 'http://[::ffff:7f00:1]/'],
  ['IPv4-compatible', 'http://[::7f00:1]/'],
  ['NAT64', 'http://[64:ff9b::7f00:1]/'],
  ['NAT64, local prefix', 'http://[64:ff9b:1::a00:1]/'],
  ['6to4', 'http://[2002:7f00:1::]/'],
  ['Teredo', 'http://[2001:0:53aa:64c:0:0:80ff:fffe]/'],
  ['private 10', 'http://10.0.0.1/'],
  ['private 172', 'http://172.31.255.255/'],
  ['private 192', 'http://192.168.1.1/'],
  ['cloud metadata', 'http://169.254.169.254/latest/meta-data/'],
  ['carrier-grade NAT', 'http://100.64.0.1/'],
  ['this network', 'http://0.0.0.0/'],
  ['broadcast', 'http://255.255.255.255/'],
  ['multicast', 'http://224.0.0.1/'],
  ['unique local', 'http://[fd00::1]/'],
  ['link-local', 'http://[fe80::1]/'],
  ['site-local', 'http://[fec0::1]/'],
  ['unspecified', 'http://[::]/'],
])('refuses %s: %s', async (_name, url) => {
  const resolver: Resolver = async () => [{ address: '127.0.0.1', family: 4 }]
  expect(await codeOf(fetcherWith({ resolver }).fetch(url))).toBe('web_private_address')
})

test('passes only what the registries hand out', () => {
  for (const address of ['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8']) {
    expect([address, isPublicAddress(address)]).toEqual([address, true])
  }
  for (const address of ['4000::1', '2001:db8::1', '198.18.0.1', '192.0.2.1', '240.0.0.1', 'fe80::1%eth0', 'x', '']) {
    expect([address, isPublicAddress(address)]).toEqual([address, false])
  }
})

test.each([
  ['ftp://acme.example/', 'web_scheme'],
  ['file:///etc/passwd', 'web_scheme'],
  ['http://user:secret@acme.example/', 'web_userinfo'],
  ['http://acme.example@127.0.0.1/', 'web_userinfo'],
  ['http://acme.example:22/', 'web_port'],
  ['https://acme.example:8443/', 'web_port'],
  ['acme.example', 'web_url'],
  [`http://acme.example/${'a'.repeat(3_000)}`, 'web_url'],
])('refuses %s before any look-up', async (url, code) => {
  let asked = 0
  const resolver: Resolver = async () => {
    asked += 1
    return [{ address: '93.184.216.34', family: 4 }]
  }
  expect(await codeOf(fetcherWith({ resolver }).fetch(url))).toBe(code)
  expect(asked).toBe(0)
})

test('no secret of a URL comes out in a message', async () => {
  const failure = fetcherWith({}).fetch('http://user:hunter2@acme.example/a?token=hunter2')
  await expect(failure).rejects.toThrow(/acme\.example\/a/)
  await expect(failure).rejects.not.toThrow(/hunter2/)
})

test('one private answer among public ones spoils the name', async () => {
  const resolver: Resolver = async () => [
    { address: '93.184.216.34', family: 4 },
    { address: '10.0.0.7', family: 4 },
  ]
  expect(await codeOf(fetcherWith({ resolver }).fetch('http://acme.example/'))).toBe('web_private_address')
})

test('an answer that changes after the check has no effect (DNS rebinding)', async () => {
  let connections = 0
  const inner = createServer(socket => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>(resolve => inner.listen(0, '127.0.0.1', resolve))
  open.push({ close: () => new Promise(resolve => inner.close(() => resolve())) })
  let asked = 0
  const resolver: Resolver = async () => {
    asked += 1
    return [{ address: asked === 1 ? '192.88.98.1' : '127.0.0.1', family: 4 }]
  }
  const connect = guardedConnector({ allowHosts: new Set(), hostMap: new Map(), resolver, connectMs: 100 })
  const port = String((inner.address() as AddressInfo).port)
  const tryOnce = (): Promise<string> =>
    new Promise(resolve => {
      connect({ hostname: 'rebind.example', protocol: 'http:', port }, (...[error]) =>
        resolve(error === null ? 'connected' : error instanceof DealwrightError ? error.code : 'failed'),
      )
    })
  expect(await tryOnce()).toBe('failed')
  expect(asked).toBe(1)
  expect(await tryOnce()).toBe('web_private_address')
  expect(connections).toBe(0)
})

test('a redirect to a private address is refused, and the private server hears nothing', async () => {
  const inner = await server((_request, response) => response.end('secret'))
  for (const target of [
    `http://127.0.0.1:${inner.port}/`,
    'http://127.0.0.1/',
    'http://[::ffff:7f00:1]/',
    'http://2130706433/',
  ]) {
    const outer = await server((_request, response) => response.writeHead(302, { location: target }).end())
    const code = await codeOf(fetcherWith({ hostMap: outer.map('acme.example') }).fetch('http://acme.example/'))
    expect(['web_private_address', 'web_port']).toContain(code)
  }
  expect(inner.seen).toEqual([])
})

test('a robots.txt that redirects inside is not followed', async () => {
  const inner = await server((_request, response) => response.end('User-agent: *\nAllow: /'))
  const outer = await server(
    (_request, response) => response.setHeader('content-type', 'text/html').end(page),
    (_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/robots.txt` }).end(),
  )
  const fetcher = fetcherWith({ hostMap: outer.map('acme.example') })
  expect(await codeOf(fetcher.fetch('http://acme.example/'))).toBe('web_robots_unreachable')
  expect(inner.seen).toEqual([])
})

test('an allowed host is reached at exactly its port', async () => {
  const loopback = await server((_request, response) => response.setHeader('content-type', 'text/html').end(page))
  const fetcher = fetcherWith({ allowHosts: parseAllowHosts(`127.0.0.1:${loopback.port}, [::1]:9`) })
  expect(await fetcher.fetch(`http://127.0.0.1:${loopback.port}/`)).toMatchObject({ status: 'ok', html: page })
  expect(await codeOf(fetcher.fetch('http://127.0.0.1/'))).toBe('web_private_address')
  expect(await codeOf(fetcher.fetch(`http://localhost:${loopback.port}/`))).toBe('web_port')
})

test('a mapped name is served from its address under its own name; others are not', async () => {
  const loopback = await server((_request, response) => response.setHeader('content-type', 'text/html').end(page))
  const fetcher = fetcherWith({
    hostMap: parseHostMap(`Acme.example=127.0.0.1:${loopback.port}, 192.0.2.7=127.0.0.1:${loopback.port}`),
    resolver: async () => [{ address: '127.0.0.1', family: 4 }],
  })
  expect(await fetcher.fetch('http://acme.example./about')).toMatchObject({ finalUrl: 'http://acme.example/about' })
  expect(loopback.seen).toEqual(['GET acme.example /robots.txt', 'GET acme.example /about'])
  expect(await codeOf(fetcher.fetch('http://www.acme.example/'))).toBe('web_private_address')
  expect(await fetcher.fetch('http://192.0.2.7/')).toMatchObject({ status: 'ok' })
})

test('settings that are wrong say which item', () => {
  for (const wrong of ['acme.example', 'acme.example:0', 'acme.example:99999', 'a/b:80', 'u@h:80']) {
    expect(() => parseAllowHosts(wrong)).toThrow(/DEALWRIGHT_ALLOW_HOSTS/)
  }
  for (const wrong of ['acme.example', 'acme.example=other.example:80', 'acme.example=127.0.0.1']) {
    expect(() => parseHostMap(wrong)).toThrow(/DEALWRIGHT_HOST_MAP/)
  }
  expect(parseAllowHosts(undefined).size).toBe(0)
  expect(parseHostMap('a.example=[::1]:9001').get('a.example')).toEqual({ address: '::1', port: 9001 })
})
