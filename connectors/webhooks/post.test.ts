import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createWebhookPoster, type WebhookPoster } from './post.ts'

interface Got {
  headers: IncomingMessage['headers']
  body: string
}

let port: number
const got: Got[] = []
let answer: { status: number; headers?: Record<string, string>; silent?: boolean } = { status: 204 }
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
  request.on('end', () => {
    got.push({ headers: request.headers, body })
    if (answer.silent !== true) response.writeHead(answer.status, answer.headers).end('ignored')
  })
})
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.closeAllConnections())
afterEach(() => {
  got.length = 0
  answer = { status: 204 }
})

const secret = randomBytes(32)
const message = { id: 'msg_1', body: '{"type":"lead.created","data":{"id":"ü"}}', secret }
const allowed = (more: object = {}): WebhookPoster =>
  createWebhookPoster({ allowHosts: new Set([`127.0.0.1:${port}`]), limitMs: 500, ...more })

describe('a webhook', () => {
  it('is signed as the verifier of standard-webhooks asks, over the bytes sent', async () => {
    const poster = allowed()
    expect(await poster.post({ ...message, url: `http://127.0.0.1:${port}/hook` })).toBe(204)
    const [{ headers, body } = { headers: {}, body: '' }] = got
    const verifier = new Webhook(`whsec_${secret.toString('base64')}`)
    expect(verifier.verify(body, headers as Record<string, string>)).toEqual(JSON.parse(message.body))
    expect(() => verifier.verify(body.replace('ü', 'u'), headers as Record<string, string>)).toThrow(
      'No matching signature',
    )
    expect(() =>
      new Webhook(randomBytes(32), { format: 'raw' }).verify(body, headers as Record<string, string>),
    ).toThrow('No matching signature')
    await poster.close()
  })

  it('gives back any status and follows no redirect', async () => {
    const poster = allowed()
    answer = { status: 302, headers: { location: 'http://169.254.169.254/' } }
    expect(await poster.post({ ...message, url: `http://127.0.0.1:${port}/` })).toBe(302)
    expect(got).toHaveLength(1)
    await poster.close()
  })

  it('waits no longer than its limit', async () => {
    const poster = allowed()
    answer = { status: 200, silent: true }
    await expect(poster.post({ ...message, url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      code: expect.stringMatching(/^web_t/),
    })
    await poster.close()
  })

  it.each([
    ['https://127.0.0.1/', 'web_private_address'],
    ['https://10.0.0.1/', 'web_private_address'],
    ['https://169.254.169.254/latest/meta-data', 'web_private_address'],
    ['https://[::1]/', 'web_private_address'],
    ['https://[::ffff:127.0.0.1]/', 'web_private_address'],
    ['https://rebound.example/', 'web_private_address'],
    ['http://example.com/', 'web_scheme'],
    ['ftp://example.com/', 'web_scheme'],
    ['https://user:pass@example.com/', 'web_userinfo'],
    ['https://example.com:5432/', 'web_port'],
    ['nonsense', 'web_url'],
  ])('to %s is not sent', async (url, code) => {
    const poster = createWebhookPoster({
      limitMs: 500,
      resolver: async () => [
        { address: '93.184.215.14', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    })
    await expect(poster.post({ ...message, url })).rejects.toMatchObject({ code })
    await poster.close()
  })
})
