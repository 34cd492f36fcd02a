/** What every route has in common, over real HTTP: bodies, queries, methods, headers, limits, logs, and the document. */
import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RIGHTS } from '../../domain/access/table.ts'
import { LIMITS } from '../../server/api/rate-limit.ts'
import { startApi, type TestApi } from '../support/api.ts'

let api: TestApi
let lines: string[]
const log = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(...chunk.toString('utf8').split('\n').filter(Boolean))
    done()
  },
})

beforeAll(async () => {
  lines = []
  api = await startApi({ log })
})
afterAll(() => api.close())

/** One of the creations, with a body that is right. */
const CREATION = { path: '/api/accounts', body: { name: 'Acme' } }

function send(
  body: string,
  type: string | null = 'application/json',
): Promise<{ status: number; json: Record<string, unknown>; headers: Headers }> {
  return api.call('admin', CREATION.path, {
    method: 'POST',
    body,
    headers: type === null ? {} : { 'content-type': type },
  })
}

describe('bodies', () => {
  it('that are right are taken', async () => {
    expect((await send(JSON.stringify(CREATION.body))).status).toBeLessThan(300)
    expect((await send(JSON.stringify(CREATION.body), 'application/json; charset=UTF-8')).status).toBeLessThan(300)
  })

  it.each([
    ['no JSON', '{"name":', 400, 'bad_input', 'syntax'],
    ['a key twice', '{"name":"A","name":"B"}', 400, 'bad_input', 'twice'],
    ['deep nesting', `{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 400, 'bad_input', 'nested deeper'],
    ['too much', JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413, 'body_too_large', '1048576'],
    ['an unknown field', '{"name":"A","role":"admin"}', 400, 'bad_input', 'role'],
    ['a list', '[]', 400, 'bad_input', 'object'],
    ['nothing', '', 400, 'bad_input', 'syntax'],
    ['a byte order mark', '\uFEFF{"name":"A"}', 400, 'bad_input', 'syntax'],
  ])('with %s are refused', async (_what, body, status, code, detail) => {
    const answer = await send(body)
    expect(answer).toMatchObject({ status, json: { code, detail: expect.stringContaining(detail) } })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  it('in pieces, without their length said, are limited too', async () => {
    const much = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 40; n++) controller.enqueue(new TextEncoder().encode(' '.repeat(50_000)))
        controller.close()
      },
    })
    const response = await fetch(`${api.url}${CREATION.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${api.people.admin.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': 'in-pieces-1',
      },
      body: much,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  it.each([
    ['application/json; charset=iso-8859-1', 'UTF-8'],
    ['application/json; charset="utf-16"', 'UTF-8'],
    ['text/plain', 'application/json'],
    ['application/x-www-form-urlencoded', 'application/json'],
    ['application/jsonp', 'application/json'],
  ])('of type %s are refused', async (type, detail) => {
    expect(await send(JSON.stringify(CREATION.body), type)).toMatchObject({
      status: 415,
      json: { code: 'unsupported_media_type', detail: expect.stringContaining(detail) },
    })
  })

  it('that are not UTF-8 are refused', async () => {
    const latin = new Uint8Array(Buffer.from('{"name":"Café"}', 'latin1'))
    const response = await fetch(`${api.url}${CREATION.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${api.people.admin.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': 'not-utf-8-at-all',
      },
      body: latin,
    })
    expect([response.status, await response.json()]).toMatchObject([400, { detail: 'The body is not UTF-8.' }])
  })
})

describe('queries', () => {
  it.each([
    '/api/leads?limit=5&statu=new',
    '/api/leads?__proto__=1',
    '/api/status?x=1',
    '/api/leads?limit=5&limit=6',
  ])('with what is not known, or twice, are refused: %s', async path => {
    expect(await api.call('admin', path)).toMatchObject({ status: 400, json: { code: 'bad_input' } })
  })
})

describe('methods', () => {
  it('HEAD is GET without the body', async () => {
    const answer = await api.call('admin', '/api/leads', { method: 'HEAD' })
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, '', 'application/json'])
    expect((await api.call(null, '/api/leads', { method: 'HEAD' })).status).toBe(401)
  })

  it('OPTIONS says what there is, and nothing of CORS', async () => {
    const answer = await api.call(null, '/api/leads', {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
    })
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST'])
    expect([...answer.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([])
    expect((await api.call(null, '/api/nowhere', { method: 'OPTIONS' })).status).toBe(404)
  })

  it('others are refused with those that there are', async () => {
    const answer = await api.call('admin', '/api/status', { method: 'DELETE' })
    expect(answer).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } })
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })
})

describe('every answer', () => {
  const paths = ['/', '/docs', '/openapi.json', '/healthz', '/api/leads', '/api/nowhere', '/api/leads/x']

  it.each(paths)('of %s carries a request id and the security headers', async path => {
    const { headers, json, status } = await api.call('admin', path, {
      headers: { origin: 'https://elsewhere.example' },
    })
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(status < 400 || json.requestId === headers.get('x-request-id')).toBe(true)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('stands in the log with its id, whatever id was sent', async () => {
    const { headers } = await api.call('admin', '/api/status', { headers: { 'x-request-id': 'mine' } })
    const id = headers.get('x-request-id')
    expect(lines.map(line => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ requestId: id, route: 'GET /api/status', status: 200, user: api.people.admin.id }),
    )
  })
})

describe('the log', () => {
  it('takes nothing from a request that could forge a line or move a terminal', async () => {
    const before = lines.length
    await raw(
      [
        'GET /api/x%0A%7B%22level%22:30,%22msg%22:%22forged%22%7D%1B[2J%C2%9B31m%E2%80%AE HTTP/1.1',
        'host: 127.0.0.1',
        'user-agent: a\tb\u009b31m {"msg":"forged"}',
        'connection: close',
        '',
        '',
      ].join('\r\n'),
    )
    const fresh = lines.slice(before)
    expect(fresh).toHaveLength(1)
    const [line = ''] = fresh
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(JSON.parse(line)).toMatchObject({ msg: 'request', status: 404 })
    expect(line).not.toContain(api.people.admin.apiKey)
  })

  it('holds no key', async () => {
    await api.call('rep', '/api/leads')
    expect(lines.join('\n')).not.toContain(api.people.rep.apiKey)
  })

  function raw(text: string): Promise<string> {
    const { hostname, port } = new URL(api.url)
    return new Promise((resolve, reject) => {
      let answer = ''
      const socket = connect(Number(port), hostname, () => socket.end(Buffer.from(text, 'latin1')))
      socket.on('data', chunk => (answer += chunk.toString('latin1')))
      socket.on('error', reject)
      socket.on('close', () => resolve(answer))
    })
  }
})

describe('limits', () => {
  it('are each key’s own and say when to come again', async () => {
    const small = await startApi({ limits: { ...LIMITS, read: { burst: 3, perSecond: 0.01 } } })
    try {
      const statuses: number[] = []
      for (let n = 0; n < 4; n++) statuses.push((await small.call('rep', '/api/status')).status)
      expect(statuses).toEqual([200, 200, 200, 429])
      const refused = await small.call('rep', '/api/status')
      expect(refused.json).toMatchObject({ code: 'too_many_requests' })
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
      expect((await small.call('colleague', '/api/status')).status).toBe(200)
    } finally {
      await small.close()
    }
  })

  it('count wrong keys by their address', async () => {
    const small = await startApi({ limits: { ...LIMITS, address: { burst: 5, perSecond: 0.01 } } })
    try {
      const statuses: number[] = []
      for (let n = 0; n < 6; n++)
        statuses.push(
          (
            await small.call(null, '/api/status', {
              headers: { authorization: `Bearer dw_guess${n}${'x'.repeat(20)}` },
            })
          ).status,
        )
      // One of the five went to /openapi.json when the test began.
      expect(statuses).toEqual([401, 401, 401, 401, 429, 429])
    } finally {
      await small.close()
    }
  })
})

describe('the document', () => {
  interface Operation {
    operationId: string
    tags: string[]
    summary: string
    security: object[]
    'x-access': string
    parameters?: { name: string; in: string; required?: boolean }[]
    requestBody?: { content: Record<string, { schema: object }> }
    responses: Record<string, { headers?: object }>
  }
  let operations: (Operation & { route: string })[]
  let text: Record<string, unknown>

  beforeAll(async () => {
    text = (await api.call(null, '/openapi.json')).json
    operations = Object.entries(text.paths as Record<string, Record<string, Operation>>).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ ...operation, route: `${method.toUpperCase()} ${path}` })),
    )
  })

  it('is a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(structuredClone(text))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
    expect(text.openapi).toBe('3.1.0')
  })

  it('says of every route who may call it, under a name of its own', () => {
    expect(operations.length).toBeGreaterThan(20)
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { route, ...of } of operations) {
      expect([...RIGHTS, 'signed_in', 'anyone']).toContain(of['x-access'])
      expect([route, of.tags.length, of.summary === '']).toEqual([route, 1, false])
      expect([route, of.security.length]).toEqual([route, of['x-access'] === 'anyone' ? 0 : 2])
    }
  })

  it('asks a key of every creation, and shows it', () => {
    const creations = operations.filter(({ parameters = [] }) =>
      parameters.some(({ name }) => name === 'Idempotency-Key'),
    )
    expect(creations.map(({ route }) => route)).toContain('POST /api/accounts')
    for (const { route, parameters = [] } of creations)
      expect([route, parameters.find(({ name }) => name === 'Idempotency-Key')]).toMatchObject([
        route,
        { in: 'header', required: true },
      ])
  })

  it('names every field of every body, however deep: others are refused', () => {
    interface Shape {
      $ref?: string
      type?: string | string[]
      properties?: Record<string, Shape>
      additionalProperties?: unknown
      [part: string]: unknown
    }
    const { schemas } = text.components as { schemas: Record<string, Shape> }
    const loose: string[] = []
    const walk = (shape: Shape, at: string) => {
      if (shape.$ref) return walk(schemas[shape.$ref.split('/').at(-1) ?? ''] ?? {}, at)
      if ([shape.type].flat().includes('object') && (shape.additionalProperties ?? true) === true) loose.push(at)
      for (const [part, value] of Object.entries(shape))
        if (typeof value === 'object' && value !== null && !['enum', 'example', 'default'].includes(part))
          walk(value as Shape, `${at}.${part}`)
    }
    for (const { route, requestBody } of operations) {
      const schema = requestBody?.content['application/json']?.schema
      if (schema) walk(schema as Shape, route)
    }
    expect(loose).toEqual([])
  })

  it('is a page for people, of one piece', async () => {
    const { text: page, headers } = await api.call(null, '/docs')
    expect(headers.get('content-type')).toContain('text/html')
    for (const { operationId } of operations) expect(page).toContain(`id="${operationId}"`)
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|url\(|@import|https?:\/\//i)
  })
})

it('every change takes If-Match or an Idempotency-Key, or says why it needs none', async () => {
  interface Described {
    'x-access': string
    description?: string
    parameters?: { name: string; in: string }[]
  }
  const { json } = await api.call(null, '/openapi.json')
  const silent = Object.entries(json.paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method, { 'x-access': access }]) => method !== 'get' && access !== 'anyone')
      .filter(([, { parameters }]) => !parameters?.some(({ name }) => /^(if-match|idempotency-key)$/i.test(name)))
      .filter(([, { description }]) => !description?.includes('No If-Match: '))
      .map(([method]) => `${method} ${path}`),
  )
  expect(silent).toEqual([])
})
