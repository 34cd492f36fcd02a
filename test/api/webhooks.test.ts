/** Webhooks, from the change to the receiver: signed, at least once, tried again, given up, and never to private addresses. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createWebhookPoster } from '../../connectors/webhooks/post.ts'
import { GIVE_UP_AFTER } from '../../domain/webhook.ts'
import { sendWebhooks, type WebhookPort } from '../../server/webhooks/send.ts'
import { startApi, type TestApi } from '../support/api.ts'

interface Got {
  headers: IncomingHttpHeaders
  body: string
}

let api: TestApi
let url: string
let port: WebhookPort & { close(): Promise<void> }
let status = 204
const got: Got[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
  request.on('end', () => {
    got.push({ headers: request.headers, body })
    response.writeHead(status).end()
  })
})

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  url = `http://${host}/hook`
  const options = { allowHosts: new Set([host]), limitMs: 2_000 }
  port = createWebhookPoster(options)
  api = await startApi({ webhooks: options })
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await port.close()
  await api.close()
})
beforeEach(async () => {
  got.length = 0
  status = 204
  await api.admin.run('update webhook_endpoint set deleted_at = now()')
  await api.admin.run(`update webhook_delivery set status = 'failed'`)
})

const send = (by: Partial<Parameters<typeof sendWebhooks>[0]> = {}) =>
  sendWebhooks({ db: api.db, privateKey: api.privateKey, port, log: pino({ level: 'silent' }), ...by })

/** As a night would: everything that waits for a later attempt is due. */
const later = () => api.admin.run(`update webhook_delivery set next_at = now() where status = 'pending'`)

async function add(events: string[], to = url): Promise<{ id: string; secret: string; etag: string }> {
  const { status, json, headers, text } = await api.call('ops', '/api/webhooks', { body: { url: to, events } })
  if (status !== 200) throw new Error(text)
  return { id: json.id as string, secret: json.secret as string, etag: headers.get('etag') ?? '' }
}

async function change(): Promise<string> {
  const { json } = await api.call('rep', '/api/accounts', { body: { name: 'Secret Customer Name' } })
  return json.id as string
}

const log = async (id: string) =>
  (await api.call('ops', `/api/webhooks/${id}/deliveries`)).json.items as Record<string, unknown>[]

it('tells a receiver of what it chose, signed, with ids alone', async () => {
  const { id, secret } = await add(['account.*'])
  const accountId = await change()
  await send()
  expect(got).toHaveLength(1)
  const [{ headers, body } = { headers: {}, body: '' }] = got
  const message = new Webhook(secret).verify(body, headers as Record<string, string>)
  expect(message).toEqual({
    type: 'account.created',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    data: { event: expect.any(Number), target: 'account', id: accountId, run: null },
  })
  expect(body).not.toContain('Secret Customer')
  expect(await log(id)).toMatchObject([{ type: 'account.created', status: 'delivered', attempts: 1, httpStatus: 204 }])
})

it('tells nothing of other sorts, and nothing that was rolled back', async () => {
  await add(['deal.*'])
  await change()
  await api.db
    .tx(async tx => {
      await tx.run(
        `insert into audit_event (actor, type, target, target_id, data) values ('server', 'deal.created', 'deal', 'x', '{}')`,
      )
      throw new Error('taken back')
    })
    .catch(() => {})
  expect(await send()).toBe(0)
})

it('tries again under the same id with the same bytes, until it is taken', async () => {
  const { id, secret } = await add(['*'])
  await api.admin.run(`update webhook_delivery set status = 'failed'`) // of its own making
  await change()
  status = 503
  await send()
  expect(await send()).toBe(0) // not before its time
  await later()
  await send()
  status = 200
  await later()
  await send()
  expect(got).toHaveLength(3)
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(got.map(({ body }) => body)).size).toBe(1)
  for (const { headers, body } of got) new Webhook(secret).verify(body, headers as Record<string, string>)
  const [delivery] = (await log(id)).filter(({ status: at }) => at === 'delivered')
  expect(delivery).toMatchObject({ attempts: 3, httpStatus: 200 })
  const { json } = await api.call('ops', `/api/webhooks/${id}/deliveries/${delivery?.id as string}`)
  expect((json.log as { httpStatus: number }[]).map(({ httpStatus }) => httpStatus)).toEqual([503, 503, 200])
})

it('loses nothing to a server that is killed after it sent and before it wrote that down', async () => {
  await add(['account.*'])
  await change()
  const killed: WebhookPort = {
    check: () => {},
    async post(message) {
      await port.post(message)
      return new Promise<never>(() => {}) // never comes back
    },
  }
  void send({ port: killed })
  for (const end = Date.now() + 20_000; got.length === 0 && Date.now() < end; )
    await new Promise(go => setTimeout(go, 20))
  expect(await send()).toBe(0) // another server leaves it alone for its time
  await later()
  await send()
  expect(got).toHaveLength(2)
  expect(got[0]?.headers['webhook-id']).toBe(got[1]?.headers['webhook-id'])
})

it('two servers do not send one message at the same time', async () => {
  await add(['account.*'])
  for (let n = 0; n < 10; n++) await change()
  await Promise.all([send(), send(), send()])
  expect(got).toHaveLength(10)
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(10)
})

it('gives an address up after failures in a row, says so, and begins anew when asked', async () => {
  const { id } = await add(['account.*'])
  status = 500
  for (let n = 0; n < GIVE_UP_AFTER; n++) await change()
  await send()
  await send()
  const { json, headers } = await api.call('ops', `/api/webhooks/${id}`)
  expect(json).toMatchObject({ active: false, failures: GIVE_UP_AFTER, disabledWhy: expect.stringContaining('500') })
  const audited = await api.admin.row(`select 1 from audit_event where type = 'webhook.disabled' and target_id = $1`, [
    id,
  ])
  expect(audited).not.toBeNull()
  await later()
  expect(await send()).toBe(0)
  status = 200
  const on = await api.call('ops', `/api/webhooks/${id}`, {
    method: 'PATCH',
    body: { active: true },
    headers: { 'if-match': headers.get('etag') ?? '' },
  })
  expect(on.json).toMatchObject({ active: true, failures: 0 })
  got.length = 0
  await send()
  expect(got).toHaveLength(GIVE_UP_AFTER)
})

it('gives an address up at once that says it is gone', async () => {
  const { id } = await add(['account.*'])
  status = 410
  await change()
  await send()
  expect((await api.call('ops', `/api/webhooks/${id}`)).json).toMatchObject({ active: false })
})

it('is tested by a button', async () => {
  const { id, secret } = await add(['deal.*'])
  const { json } = await api.call('ops', `/api/webhooks/${id}/test`, { method: 'POST' })
  await send()
  const [{ headers, body } = { headers: {}, body: '' }] = got
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'webhook.test' })
  expect(headers['webhook-id']).toBe(`msg_${json.id as string}`)
})

it('a new secret signs, the old one no more, and neither stands in the database', async () => {
  const { id, secret } = await add(['account.*'])
  const { json } = await api.call('ops', `/api/webhooks/${id}/secret`, { method: 'POST' })
  const fresh = json.secret as string
  expect(fresh).not.toBe(secret)
  await change()
  await send()
  const [{ headers, body } = { headers: {}, body: '' }] = got
  expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).toThrow('No matching signature')
  new Webhook(fresh).verify(body, headers as Record<string, string>)
  const tables = await api.admin.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  for (const { name } of tables) {
    const rows = await api.admin.rows<{ text: string }>(`select t::text as text from "${name}" t`)
    const all = rows.map(({ text }) => text).join('\n')
    for (const one of [secret, fresh]) {
      const raw = Buffer.from(one.slice(6), 'base64')
      expect([name, all.includes(one.slice(6))]).toEqual([name, false])
      expect([name, all.includes(raw.toString('hex'))]).toEqual([name, false])
    }
  }
})

it.each(['https://127.0.0.1/x', 'https://10.1.2.3/x'])('is never sent to the private address %s', async address => {
  const { id } = await add(['account.*'], address)
  await change()
  await send()
  expect(await log(id)).toMatchObject([{ status: 'pending', httpStatus: null, errorCode: 'web_private_address' }])
})

it.each([
  'http://example.com/x',
  'https://a:b@example.com/',
  'file:///etc/passwd',
  'https://example.com:22/',
])('is not added for %s', async address => {
  const answer = await api.call('ops', '/api/webhooks', { body: { url: address, events: ['*'] } })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
})

it('changes need the state they were made from', async () => {
  const { id, etag } = await add(['account.*'])
  const edit = (ifMatch: string | null, description: string) =>
    api.call('ops', `/api/webhooks/${id}`, {
      method: 'PATCH',
      body: { description },
      headers: ifMatch === null ? {} : { 'if-match': ifMatch },
    })
  expect((await edit(null, 'x')).status).toBe(428)
  expect((await edit(etag, 'first')).status).toBe(200)
  expect(await edit(etag, 'second')).toMatchObject({ status: 412, json: { code: 'precondition_failed' } })
})

it('is for ops and admins', async () => {
  for (const who of ['rep', 'manager', 'viewer'] as const)
    expect((await api.call(who, '/api/webhooks', { body: { url, events: ['*'] } })).status).toBe(403)
})
