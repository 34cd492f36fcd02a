/** Passwords and sessions: what the cookie is, what of it is stored, when it ends. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everythingStored, PASSWORD, signIn, startSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

test('a session is a cookie that scripts and other sites do not get, and says who one is', async () => {
  const browser = await site.signedIn('rep')
  const fresh = site.browser()
  const answer = await signIn(fresh, site.people.rep.email, PASSWORD)
  expect(answer).toMatchObject({
    status: 200,
    json: { codeNeeded: false, user: { role: 'rep', id: site.people.rep.id } },
  })
  const [cookie] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^dealwright\.session_token=/)
  expect(cookie).toMatch(/; HttpOnly/i)
  expect(cookie).toMatch(/; SameSite=Lax/i)
  expect(cookie).not.toMatch(/; Secure/i)
  expect(answer.text).not.toContain(fresh.token())
  expect(await fresh.ask('/api/session')).toMatchObject({ status: 200, json: { role: 'rep', signedInBy: 'session' } })
  expect(await browser.ask('/api/session')).toMatchObject({ status: 200 })
  expect(await site.browser().ask('/api/session')).toMatchObject({ status: 401, json: { code: 'not_signed_in' } })
})

test('the cookie is secure where people reach the server by https', async () => {
  const secure = await startSite({ publicUrl: 'https://sales.example.com' })
  try {
    const browser = await secure.signedIn('rep')
    const answer = await signIn(browser, secure.people.rep.email, PASSWORD)
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-dealwright\.session_token=.*; Secure/i)
    expect(await browser.ask('/api/session')).toMatchObject({ status: 200 })
  } finally {
    await secure.close()
  }
})

test('nothing that is stored contains the cookie’s token, a link’s token, a key or a password', async () => {
  const browser = await site.signedIn('manager')
  const key = await browser.ask('/api/keys', { body: { name: 'mine', scopes: ['read'] } })
  const admin = await site.signedIn('admin')
  const link = await admin.ask('/api/invitations', {
    body: { email: 'new@ledgerline.example', name: 'New', role: 'rep' },
  })
  expect([key.status, link.status]).toEqual([200, 200])
  await browser.ask('/api/session')
  const stored = await everythingStored(site.admin)
  const secrets = [browser.token(), admin.token(), key.json.key, String(link.json.link).split('/').at(-1), PASSWORD]
  for (const secret of secrets) {
    expect(String(secret).length).toBeGreaterThan(20)
    expect(stored).not.toContain(secret)
  }
  expect(stored).toContain('new@ledgerline.example') // the search finds what is there
})

test('sessions hold over a restart of the server', async () => {
  const browser = await site.signedIn('ops')
  await site.restart()
  expect(await browser.ask('/api/session')).toMatchObject({ status: 200, json: { role: 'ops' } })
})

test('signing out ends the session at the server too', async () => {
  const browser = await site.signedIn('rep')
  const stolen = new Map(browser.cookies)
  expect(await browser.ask('/api/sign-out', { method: 'POST' })).toMatchObject({ status: 200 })
  expect(browser.token()).toBeNull()
  for (const [name, value] of stolen) browser.cookies.set(name, value)
  expect(await browser.ask('/api/session')).toMatchObject({ status: 401 })
})

test('signing out everywhere ends every session of one’s own, and nobody else’s', async () => {
  const other = await site.signedIn('manager')
  const first = await site.signedIn('rep')
  const second = site.browser()
  await signIn(second, site.people.rep.email, PASSWORD)
  expect(await first.ask('/api/sessions')).toMatchObject({ json: { items: [{ current: false }, { current: true }] } })
  expect(await second.ask('/api/sign-out-everywhere', { method: 'POST' })).toMatchObject({ json: { ended: 2 } })
  expect((await first.ask('/api/session')).status).toBe(401)
  expect((await second.ask('/api/session')).status).toBe(401)
  expect((await other.ask('/api/session')).status).toBe(200)
})

test('one ends a session of one’s own by its id, and cannot name somebody else’s', async () => {
  const other = await site.signedIn('manager')
  const mine = await site.signedIn('rep')
  const { items } = (await other.ask('/api/sessions')).json as { items: { id: string }[] }
  expect(await mine.ask(`/api/sessions/${items[0]?.id}`, { method: 'DELETE' })).toMatchObject({ status: 404 })
  expect((await other.ask(`/api/sessions/${items[0]?.id}`, { method: 'DELETE' })).status).toBe(200)
  expect((await other.ask('/api/session')).status).toBe(401)
})

test('session fixation: what a browser held before signing in is not the session after it', async () => {
  await site.signedIn('rep')
  const browser = site.browser()
  browser.cookies.set('dealwright.session_token', 'planted-by-somebody-else.signature')
  await signIn(browser, site.people.rep.email, PASSWORD)
  const first = browser.token()
  expect(first).not.toBe('planted-by-somebody-else')
  await signIn(browser, site.people.rep.email, PASSWORD)
  expect(browser.token()).not.toBe(first)
  // A token that the thief knows, without the server's signature, opens nothing.
  browser.cookies.set('dealwright.session_token', `${browser.token()}.c2lnbmF0dXJl`)
  expect((await browser.ask('/api/session')).status).toBe(401)
})

test('a changed password ends every other session; the old one opens nothing', async () => {
  const thief = await site.signedIn('viewer')
  const browser = site.browser()
  await signIn(browser, site.people.viewer.email, PASSWORD)
  const wrong = await browser.ask('/api/password', {
    body: { current: 'not the right one', new: 'another long password' },
  })
  expect(wrong).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  expect(
    (await browser.ask('/api/password', { body: { current: PASSWORD, new: 'another long password' } })).status,
  ).toBe(200)
  expect((await browser.ask('/api/session')).status).toBe(200)
  expect((await thief.ask('/api/session')).status).toBe(401)
  expect((await signIn(site.browser(), site.people.viewer.email, PASSWORD)).status).toBe(401)
  expect((await signIn(site.browser(), site.people.viewer.email, 'another long password')).status).toBe(200)
})

test('nobody signs up, and nothing of better-auth is reachable but what we serve', async () => {
  const browser = site.browser()
  for (const path of [
    '/sign-up/email',
    '/sign-in/email',
    '/get-session',
    '/update-user',
    '/list-sessions',
    '/two-factor/enable',
  ]) {
    const answer = await browser.ask(`/api/auth${path}`, {
      body: { email: 'eve@x.example', password: PASSWORD, name: 'Eve', role: 'admin' },
    })
    expect([path, answer.status]).toEqual([path, 404])
  }
})

test('cross-site: a cookie alone changes nothing, and forms of other sites neither', async () => {
  const browser = await site.signedIn('rep')
  const body = { name: 'mine', scopes: ['read'] }
  const ask = (headers: Record<string, string>, method = 'POST') => browser.ask('/api/keys', { method, body, headers })
  expect(await ask({ origin: 'https://evil.example' })).toMatchObject({ status: 403, json: { code: 'cross_site' } })
  expect(await ask({ origin: 'null' })).toMatchObject({ status: 403 })
  expect(await ask({ origin: 'https://evil.example', 'sec-fetch-site': 'same-site' })).toMatchObject({ status: 403 })
  expect(await ask({ 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
  expect(await ask({ 'content-type': 'multipart/form-data; boundary=x' })).toMatchObject({ status: 415 })
  expect(await ask({ origin: 'https://evil.example', 'content-type': 'text/csv' })).toMatchObject({ status: 403 })
  expect(await ask({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 200 })
  expect(await ask({})).toMatchObject({ status: 200 })
  // A key in a header needs none of this.
  const key = String((await ask({})).json.key)
  expect((await site.byKey(key, '/api/session', { headers: { origin: 'https://evil.example' } })).status).toBe(200)
  // Another site cannot sign a browser in as somebody else either.
  const login = await site.browser().ask('/api/sign-in', {
    body: { email: site.people.rep.email, password: PASSWORD },
    headers: { origin: 'https://evil.example' },
  })
  expect(login).toMatchObject({ status: 403, json: { code: 'cross_site' } })
})

test('a wrong key is refused whatever cookie comes with it', async () => {
  const browser = await site.signedIn('rep')
  const headers = { authorization: 'Bearer dw_0000000000000000000000000000000' }
  expect((await browser.ask('/api/session', { headers })).status).toBe(401)
})
