/** API keys: scopes, ends, and what becomes of them when their owner changes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOCAL_TOKEN, startSite, type Browser, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

async function makeKey(browser: Browser, scopes: string[] = ['read', 'write', 'decide', 'manage'], days = 30) {
  const answer = await browser.ask('/api/keys', { body: { name: 'mine', scopes, days } })
  expect(answer.status).toBe(200)
  return answer.json as { id: string; key: string; expiresAt: string }
}

const change = async (role: 'rep' | 'manager' | 'ops' | 'admin' | 'viewer', body: object) => {
  const admin = await site.signedIn('admin')
  const path = `/api/users/${site.people[role].id}`
  const etag = (await admin.ask(path)).headers.get('etag') ?? ''
  return admin.ask(path, { method: 'PATCH', body, headers: { 'if-match': etag } })
}

test('a key is shown once, listed without its secret, and says when it was used', async () => {
  const rep = await site.signedIn('rep')
  const { id, key } = await makeKey(rep)
  expect((await site.byKey(key, '/api/session')).json).toMatchObject({ role: 'rep', signedInBy: 'key' })
  const list = await rep.ask('/api/keys')
  expect(list.text).not.toContain(key)
  expect((list.json.items as { id: string }[])[0]).toMatchObject({ id, lastUsedAt: expect.any(String) })
})

test('an expired key fails at once', async () => {
  const { id, key } = await makeKey(await site.signedIn('rep'))
  await site.admin.run(`update api_key set expires_at = now() - interval '1 millisecond' where id = $1`, [id])
  expect(await site.byKey(key, '/api/session')).toMatchObject({ status: 401, json: { code: 'not_signed_in' } })
})

test('a revoked key fails at once; nobody revokes somebody else’s but an admin', async () => {
  const rep = await site.signedIn('rep')
  const one = await makeKey(rep)
  const two = await makeKey(rep)
  const manager = await site.signedIn('manager')
  expect((await manager.ask(`/api/keys/${one.id}`, { method: 'DELETE' })).status).toBe(404)
  expect((await manager.ask('/api/keys')).text).not.toContain(one.id)
  expect((await rep.ask(`/api/keys/${one.id}`, { method: 'DELETE' })).status).toBe(200)
  expect((await site.byKey(one.key, '/api/session')).status).toBe(401)
  expect((await site.byKey(two.key, '/api/session')).status).toBe(200)
  const admin = await site.signedIn('admin')
  expect((await admin.ask(`/api/keys/${two.id}`, { method: 'DELETE' })).status).toBe(200)
  expect((await site.byKey(two.key, '/api/session')).status).toBe(401)
})

test('a downgraded key fails at once: it can what its owner can now', async () => {
  const { key } = await makeKey(await site.signedIn('ops'))
  expect((await site.byKey(key, '/api/audit')).status).toBe(200)
  expect((await change('ops', { role: 'viewer' })).status).toBe(200)
  expect(await site.byKey(key, '/api/audit')).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  expect((await site.byKey(key, '/api/session')).json.role).toBe('viewer')
  await change('ops', { role: 'ops' })
})

test('a key whose owner left fails at once, and does not come back with them; sessions neither', async () => {
  const browser = await site.signedIn('viewer')
  const { key } = await makeKey(browser, ['read'])
  expect((await change('viewer', { active: false })).status).toBe(200)
  expect((await site.byKey(key, '/api/session')).status).toBe(401)
  expect((await browser.ask('/api/session')).status).toBe(401)
  expect(
    (await site.byKey(LOCAL_TOKEN, '/api/session', { headers: { 'x-dealwright-as': site.people.viewer.email } }))
      .status,
  ).toBe(404)
  expect((await change('viewer', { active: true })).status).toBe(200)
  expect((await site.byKey(key, '/api/session')).status).toBe(401)
  expect((await browser.ask('/api/session')).status).toBe(401)
})

test('a key does what its scopes say and cannot grow: no key, password or second factor is made with one', async () => {
  const browser = await site.signedIn('admin')
  const read = await makeKey(browser, ['read'])
  expect((await site.byKey(read.key, '/api/users')).status).toBe(200)
  const user = `/api/users/${site.people.rep.id}`
  const patched = await site.byKey(read.key, user, {
    method: 'PATCH',
    body: { role: 'admin' },
    headers: { 'if-match': '*' },
  })
  expect(patched).toMatchObject({ status: 403 })
  const all = await makeKey(browser)
  const body = { name: 'child', scopes: ['read'] }
  expect(await site.byKey(all.key, '/api/keys', { body })).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  for (const [path, sent] of [
    ['/api/password', { current: 'x', new: 'another long password' }],
    ['/api/two-factor', {}],
    ['/api/two-factor/turn-off', {}],
    ['/api/sign-out', {}],
  ] as const)
    expect([path, (await site.byKey(all.key, path, { body: sent })).status]).toEqual([path, 403])
})

test('the local token acts for whoever the command names', async () => {
  const as = (email: string) => site.byKey(LOCAL_TOKEN, '/api/session', { headers: { 'x-dealwright-as': email } })
  expect((await as(site.people.manager.email)).json).toMatchObject({ role: 'manager', signedInBy: 'command' })
  expect((await as('nobody@nowhere.example')).status).toBe(404)
})
