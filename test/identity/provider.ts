/**
 * An identity provider on loopback, at the machine's edge: it stands for a company's own (Entra, Okta, Keycloak …). It speaks OpenID
 * Connect as they do: discovery, authorisation code with PKCE, ID tokens signed with RS256 and their key set. Who signs in there, and
 * what it claims of them, the test says; it can also be told to lie.
 */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Claims {
  sub: string
  email: string
  email_verified?: boolean
  name?: string
  [claim: string]: unknown
}

export interface Lies {
  /** Signs with a key that is not in the key set. */
  key?: boolean
  nonce?: boolean
  audience?: boolean
  expired?: boolean
}

export interface Provider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who signs in there next. */
  person: Claims
  lies: Lies
  close(): Promise<void>
}

interface Grant {
  claims: Claims
  nonce: string | null
  challenge: string | null
  redirect: string
}

export async function startProvider(): Promise<Provider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const grants = new Map<string, Grant>()
  const provider: Provider = {
    issuer: '',
    clientId: 'dealwright',
    clientSecret: 'the secret that both sides know',
    person: { sub: 'none', email: '' },
    lies: {},
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => reply(response, 500, {}))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return provider

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', provider.issuer)
    if (url.pathname === '/.well-known/openid-configuration') return reply(response, 200, discovery())
    if (url.pathname === '/keys')
      return reply(response, 200, {
        keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
      })
    if (url.pathname === '/authorize') return authorize(url.searchParams, response)
    if (url.pathname === '/token') return token(new URLSearchParams(await read(request)), request, response)
    reply(response, 404, {})
  }

  function discovery() {
    const { issuer } = provider
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    }
  }

  /** The person is signed in there already: the browser comes straight back. */
  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const back = new URL(asked.get('redirect_uri') ?? '')
    const code = randomUUID()
    grants.set(code, {
      claims: provider.person,
      nonce: asked.get('nonce'),
      challenge: asked.get('code_challenge'),
      redirect: back.href,
    })
    back.searchParams.set('code', code)
    back.searchParams.set('state', asked.get('state') ?? '')
    back.searchParams.set('session_state', 'as some providers add')
    response.writeHead(302, { location: back.href }).end()
  }

  function token(asked: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
    const grant = grants.get(asked.get('code') ?? '')
    grants.delete(asked.get('code') ?? '')
    const basic = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString()
    const secret = asked.get('client_secret') ?? decodeURIComponent(basic.split(':')[1] ?? '')
    const challenge = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url')
    if (
      !grant ||
      grant.challenge !== challenge ||
      grant.redirect !== asked.get('redirect_uri') ||
      secret !== provider.clientSecret
    )
      return reply(response, 400, { error: 'invalid_grant' })
    reply(response, 200, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idToken(grant),
    })
  }

  function idToken({ claims, nonce }: Grant): string {
    const { lies } = provider
    const now = Math.floor(Date.now() / 1000)
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const body = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part({
      ...claims,
      iss: provider.issuer,
      aud: lies.audience ? 'another client' : provider.clientId,
      iat: now - 600,
      exp: lies.expired ? now - 300 : now + 300,
      nonce: lies.nonce ? 'another' : nonce,
    })}`
    return `${body}.${sign('RSA-SHA256', Buffer.from(body), lies.key ? others.privateKey : keys.privateKey).toString('base64url')}`
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
