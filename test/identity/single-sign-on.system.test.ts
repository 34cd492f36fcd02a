/** Single sign-on against an identity provider that speaks OpenID Connect. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startProvider, type Claims, type Provider } from './provider.ts'
import { startSite, type Answer, type Browser, type Site } from './site.ts'

let provider: Provider
let site: Site
beforeAll(async () => {
  provider = await startProvider()
  const { issuer, clientId, clientSecret } = provider
  site = await startSite({
    oidc: { issuer, clientId, clientSecret, name: 'Acme', domains: ['partner.example'], trustEmail: false },
  })
})
afterAll(async () => {
  await site.close()
  await provider.close()
})
beforeEach(() => {
  provider.lies = {}
})

/** As a browser does: to the provider, and back. Returns the last answer of ours. */
async function signOn(person: Claims, browser = site.browser()): Promise<{ browser: Browser; last: Answer }> {
  provider.person = person
  const away = await browser.ask('/sign-in/oidc')
  expect(away.status).toBe(302)
  const there = await fetch(away.headers.get('location') ?? '', { redirect: 'manual' })
  const back = new URL(there.headers.get('location') ?? '')
  return { browser, last: await browser.ask(back.pathname + back.search) }
}

const verified = { email_verified: true }
const users = async () => (await site.admin.row<{ n: number }>('select count(*)::int as n from "user"'))?.n ?? 0

test('a user who is here gets in with their role, by the address that the provider vouches for', async () => {
  const { browser, last } = await signOn({
    sub: 'm1',
    email: site.people.manager.email,
    ...verified,
    name: 'Other Name',
  })
  expect([last.status, new URL(last.headers.get('location') ?? '', site.url).pathname]).toEqual([302, '/'])
  expect((await browser.ask('/api/session')).json).toMatchObject({
    role: 'manager',
    id: site.people.manager.id,
    name: 'The manager',
  })
  // Found again by who they are there, whatever their address has become.
  const again = await signOn({ sub: 'm1', email: 'renamed@elsewhere.example', ...verified })
  expect((await again.browser.ask('/api/session')).json).toMatchObject({ id: site.people.manager.id })
})

test('somebody new gets in from a domain that is let in, as a viewer, whatever is claimed of them', async () => {
  const { browser } = await signOn({
    sub: 'p1',
    email: 'Pat@Partner.example',
    ...verified,
    name: 'Pat',
    role: 'admin',
    id: 'x',
  })
  expect((await browser.ask('/api/session')).json).toMatchObject({
    role: 'viewer',
    name: 'Pat',
    email: 'pat@partner.example',
  })
})

test.each([
  ['a stranger of another domain', { sub: 's1', email: 'eve@elsewhere.example', ...verified }],
  ['an address at a domain that only ends like it', { sub: 's2', email: 'eve@evilpartner.example', ...verified }],
  ['an address of the domain that is not verified', { sub: 's3', email: 'eve@partner.example', email_verified: false }],
  ['a user’s address that is not verified', { sub: 's4', email: 'admin@ledgerline.example', email_verified: false }],
  ['a user’s address of which nothing is said', { sub: 's5', email: 'admin@ledgerline.example' }],
])('%s does not get in', async (_what, person) => {
  const before = await users()
  const { browser, last } = await signOn(person)
  expect([last.status, last.headers.get('location')]).toEqual([302, '/sign-in?error=oidc'])
  expect((await browser.ask('/api/session')).status).toBe(401)
  expect(await users()).toBe(before)
  expect((await browser.ask('/sign-in?error=oidc')).text).toContain('did not let you in')
})

test('somebody who has left does not get in', async () => {
  await site.admin.run('update "user" set active = false where id = $1', [site.people.viewer.id])
  const { browser } = await signOn({ sub: 'v1', email: site.people.viewer.email, ...verified })
  expect((await browser.ask('/api/session')).status).toBe(401)
})

test.each(['key', 'nonce', 'audience', 'expired'] as const)('an ID token with a false %s is refused', async lie => {
  provider.lies = { [lie]: true }
  const { browser } = await signOn({ sub: 'o1', email: site.people.ops.email, ...verified })
  expect((await browser.ask('/api/session')).status).toBe(401)
})

test('an answer that another browser asked for is refused', async () => {
  provider.person = { sub: 'o1', email: site.people.ops.email, ...verified }
  const asking = site.browser()
  const away = await asking.ask('/sign-in/oidc')
  const there = await fetch(away.headers.get('location') ?? '', { redirect: 'manual' })
  const back = new URL(there.headers.get('location') ?? '')
  const victim = site.browser()
  await victim.ask(back.pathname + back.search)
  expect(victim.token()).toBeNull()
  const state = new URL(back)
  state.searchParams.set('state', 'made-up')
  await asking.ask(state.pathname + state.search)
  expect(asking.token()).toBeNull()
})

test('whoever has two-factor sign-in on is asked for their code after it too', async () => {
  await signOn({ sub: 'a1', email: site.people.admin.email, ...verified })
  await site.admin.run('update "user" set two_factor_enabled = true where id = $1', [site.people.admin.id])
  const { browser, last } = await signOn({ sub: 'a1', email: site.people.admin.email, ...verified })
  expect(last.text).toContain('six digits')
  expect(await browser.ask('/api/session')).toMatchObject({ status: 401 })
  expect((await browser.ask('/api/session')).json.detail).toContain('code')
})

test('tokens of the provider are not kept, and each way in and each refusal is an audit event', async () => {
  await signOn({ sub: 'r1', email: site.people.rep.email, ...verified })
  const rows = await site.admin.rows<{ all: string }>(`select to_jsonb(a)::text as all from sign_in_account a`)
  expect(rows.map(({ all }) => all).join()).not.toMatch(/eyJ|token/)
  const events = await site.admin.rows<{ type: string; way: string; actor: string }>(
    `select type, data->>'way' as way, actor from audit_event where type like 'sign_in.%'`,
  )
  expect(events).toContainEqual({ type: 'sign_in.done', way: 'oidc', actor: `user:${site.people.rep.id}` })
  expect(events).toContainEqual({ type: 'sign_in.failed', way: 'oidc', actor: 'visitor' })
})

test('an identity provider that never answers keeps nobody else from signing in', async () => {
  const silent = createServer(() => {})
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const oidc = { issuer, clientId: 'x', clientSecret: 'x', name: 'Acme', domains: [], trustEmail: false }
  const lonely = await startSite({ oidc })
  try {
    const waiting = lonely
      .browser()
      .ask('/sign-in/oidc')
      .catch(() => null)
    const browser = await lonely.signedIn('rep')
    expect((await browser.ask('/api/session')).status).toBe(200)
    silent.closeAllConnections()
    silent.close()
    expect((await waiting)?.status).toBe(503)
  } finally {
    await lonely.close()
  }
})

test('without configuration there is no single sign-on', async () => {
  const plain = await startSite()
  try {
    expect((await plain.browser().ask('/sign-in/oidc')).status).toBe(404)
    expect((await plain.browser().ask('/api/auth/callback/oidc?code=x&state=y')).status).toBe(404)
    expect((await plain.browser().ask('/sign-in')).text).not.toContain('/sign-in/oidc')
  } finally {
    await plain.close()
  }
})
