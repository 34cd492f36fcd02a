/** Invitations, roles, teams and grants; and what nobody can give themselves. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstLinks } from '../../scripts/first-links.ts'
import { invite } from '../../db/stores/invitations.ts'
import { PASSWORD, signIn, startSite, type Browser, type Site } from './site.ts'

let site: Site
let admin: Browser
beforeAll(async () => {
  site = await startSite()
  admin = await site.signedIn('admin')
})
afterAll(() => site.close())

const accept = (token: string, more: object = {}, browser = site.browser()) =>
  browser.ask('/api/invitations/accept', { body: { token, name: 'Nora New', password: PASSWORD, ...more } })
const tokenIn = (link: unknown): string => String(link).split('/').at(-1) ?? ''

async function invited(email: string, role = 'rep'): Promise<{ token: string; id: string; userId: string }> {
  const { status, json, text } = await admin.ask('/api/invitations', {
    body: { email, name: 'Nora', role, team: 'North' },
  })
  expect([status, status === 200 ? '' : text]).toEqual([200, ''])
  return { token: tokenIn(json.link), id: String(json.id), userId: String(json.userId) }
}

async function change(id: string, body: object, who = admin) {
  const etag = (await admin.ask(`/api/users/${id}`)).headers.get('etag') ?? ''
  return who.ask(`/api/users/${id}`, { method: 'PATCH', body, headers: { 'if-match': etag } })
}

test('an invitation makes somebody who is at work once they accept, and its link works once', async () => {
  const { token, userId } = await invited('nora@ledgerline.example')
  expect((await admin.ask(`/api/users/${userId}`)).json).toMatchObject({
    active: false,
    canSignIn: false,
    team: 'North',
  })
  const browser = site.browser()
  expect(await accept(token, {}, browser)).toMatchObject({ status: 200, json: { codeNeeded: false } })
  expect((await browser.ask('/api/session')).json).toMatchObject({ name: 'Nora New', role: 'rep', id: userId })
  expect((await admin.ask(`/api/users/${userId}`)).json).toMatchObject({ active: true, canSignIn: true })
  expect(await accept(token)).toMatchObject({ status: 404 })
  expect((await signIn(site.browser(), 'Nora@Ledgerline.example', PASSWORD)).status).toBe(200)
})

test('of many at the same moment one uses a link up', async () => {
  const { token } = await invited('race@ledgerline.example')
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => accept(token)))).map(({ status }) => status)
  expect(statuses.sort((a, b) => a - b)).toEqual([200, 404, 404, 404, 404, 404, 404, 404])
})

test('a link that is over, taken back or replaced by a newer one opens nothing, and none says which', async () => {
  const over = await invited('over@ledgerline.example')
  await site.admin.run(
    `update invitation set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1`,
    [over.id],
  )
  const back = await invited('back@ledgerline.example')
  expect((await admin.ask(`/api/invitations/${back.id}`, { method: 'DELETE' })).status).toBe(200)
  const old = await invited('old@ledgerline.example')
  await admin.ask('/api/invitations', { body: { email: 'old@ledgerline.example' } })
  const details = new Set<unknown>()
  for (const { token } of [over, back, old, { token: 'x'.repeat(43) }]) {
    const { status, json } = await accept(token)
    expect(status).toBe(404)
    details.add(json.detail)
  }
  expect(details.size).toBe(1)
})

test('a new link mends a lost password and ends every session of before', async () => {
  const rep = await site.signedIn('rep')
  const made = await admin.ask('/api/invitations', { body: { email: site.people.rep.email } })
  const token = tokenIn(made.json.link)
  expect((await rep.ask('/api/session')).status).toBe(200) // making it changes nothing
  expect((await accept(token, { password: 'quite another password' })).status).toBe(200)
  expect((await rep.ask('/api/session')).status).toBe(401)
  expect((await signIn(site.browser(), site.people.rep.email, PASSWORD)).status).toBe(401)
})

test('mass assignment: nothing that is not asked for is taken, and nobody changes their own rights', async () => {
  const rep = await site.signedIn('rep')
  const own = site.people.rep.id
  for (const body of [{ role: 'admin' }, { grants: ['mail_bodies'] }, { active: true }, { teamId: null }])
    expect(await change(own, body, rep)).toMatchObject({ status: 403 })
  const { token } = await invited('mass@ledgerline.example')
  for (const more of [{ role: 'admin' }, { userId: own }, { grants: ['mail_bodies'] }, { active: true }, { id: own }])
    expect(await accept(token, more)).toMatchObject({ status: 400, json: { code: 'bad_input' } })
  for (const more of [
    { role: 'admin' },
    { twoFactorEnabled: true },
    { rememberMe: true },
    { callbackURL: 'https://evil.example' },
  ])
    expect(await signIn(rep, site.people.rep.email, PASSWORD, more)).toMatchObject({ status: 400 })
  for (const body of [
    { id: site.people.admin.id },
    { email: 'x@y.example' },
    { password: 'x' },
    { createdAt: 'x' },
    { canSignIn: true },
  ])
    expect(await change(own, body)).toMatchObject({ status: 400 })
  for (const more of [
    { userId: site.people.admin.id },
    { secondFactor: true },
    { hash: 'x' },
    { expiresAt: '2099-01-01' },
  ])
    expect(await rep.ask('/api/keys', { body: { name: 'k', scopes: ['read'], ...more } })).toMatchObject({
      status: 400,
    })
  // A link for one person names that person, whatever address is sent with it.
  expect((await accept(token, { email: site.people.admin.email })).status).toBe(200)
  const rows = await site.admin.rows<{ role: string }>(
    `select role from "user" where email = 'mass@ledgerline.example'`,
  )
  expect(rows).toEqual([{ role: 'rep' }])
  expect((await site.admin.row(`select role from "user" where id = $1`, [own])) as object).toEqual({ role: 'rep' })
})

test('a role, a grant and a team take effect with the next request', async () => {
  const viewer = await site.signedIn('viewer')
  const { id } = site.people.viewer
  expect((await viewer.ask('/api/audit')).status).toBe(403)
  expect((await change(id, { role: 'ops', grants: ['mail_bodies'] })).status).toBe(200)
  expect((await viewer.ask('/api/audit')).status).toBe(200)
  expect((await viewer.ask('/api/session')).json).toMatchObject({ role: 'ops', grants: ['mail_bodies'] })
  expect((await change(id, { role: 'viewer', grants: [] })).status).toBe(200)
  expect((await viewer.ask('/api/audit')).status).toBe(403)
})

test('a change made from an old reading is refused', async () => {
  const { id } = site.people.viewer
  const etag = (await admin.ask(`/api/users/${id}`)).headers.get('etag') ?? ''
  expect((await change(id, { capacity: 7 })).status).toBe(200)
  const stale = await admin.ask(`/api/users/${id}`, {
    method: 'PATCH',
    body: { capacity: 8 },
    headers: { 'if-match': etag },
  })
  expect(stale).toMatchObject({ status: 412 })
  expect((await admin.ask(`/api/users/${id}`, { method: 'PATCH', body: { capacity: 8 } })).status).toBe(428)
})

test('teams have a manager, who is one', async () => {
  const made = await admin.ask('/api/teams', { body: { name: 'West', managerId: site.people.manager.id } })
  expect(made).toMatchObject({ status: 200, json: { name: 'West', manager: expect.any(String), members: 0 } })
  const team = `/api/teams/${String(made.json.id)}`
  expect((await change(site.people.rep.id, { teamId: made.json.id })).json).toMatchObject({ team: 'West' })
  const etag = (await admin.ask(team)).headers.get('etag') ?? ''
  const put = (body: object) => admin.ask(team, { method: 'PATCH', body, headers: { 'if-match': etag } })
  expect(await put({ managerId: site.people.viewer.id })).toMatchObject({ status: 409 })
  expect((await admin.ask('/api/teams', { body: { name: 'West' } })).status).toBe(409)
  expect((await put({ name: 'Far West', managerId: null })).json).toMatchObject({
    name: 'Far West',
    manager: null,
    members: 1,
  })
  expect((await (await site.signedIn('manager')).ask('/api/teams', { body: { name: 'Mine' } })).status).toBe(403)
})

test('the last admin stays one, also when two take each other’s role at the same moment', async () => {
  const { id } = site.people.admin
  expect(await change(id, { role: 'rep' })).toMatchObject({ status: 409 })
  expect(await change(id, { active: false })).toMatchObject({ status: 409 })
  const second = site.people.ops.id
  await change(second, { role: 'admin' })
  const other = await site.signedIn('ops')
  const both = await Promise.all([change(id, { role: 'rep' }, other), change(second, { role: 'rep' })])
  expect(both.every(({ status }) => status === 200)).toBe(false)
  const left = await site.admin.row<{ n: number }>(
    `select count(*)::int as n from "user" where role = 'admin' and active`,
  )
  expect(left?.n).toBe(1)
  await site.admin.run(
    `update "user" set role = case when id = $1 then 'admin' else 'ops' end where id = any($2::uuid[])`,
    [id, [id, second]],
  )
})

test('the link’s page sets name and password in a browser without scripts', async () => {
  const { token } = await invited('page@ledgerline.example', 'viewer')
  const browser = site.browser()
  const page = await browser.ask(`/invitation/${token}`)
  expect(page.text).toContain('page@ledgerline.example')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  const form = (fields: Record<string, string>) =>
    browser.ask(`/invitation/${token}`, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const evil = { name: '<img src=x>', password: PASSWORD }
  expect((await form(evil)).text).toContain('&lt;img src=x&gt;, you are signed in as viewer')
  expect((await browser.ask('/api/session')).json).toMatchObject({ role: 'viewer' })
  expect((await browser.ask(`/invitation/${token}`)).text).toContain('not valid')
})

test('first links: an admin’s while none can sign in; a new start voids the old', async () => {
  const fresh = await startSite()
  try {
    const [first] = await firstLinks(fresh.db, fresh.url, false)
    expect(first).toMatchObject({ role: 'admin', name: 'The admin' })
    const [second, ...more] = await firstLinks(fresh.db, fresh.url, false)
    expect(more).toEqual([])
    const body = { name: 'Ada', password: PASSWORD }
    const use = (link: string | undefined) =>
      fresh.browser().ask('/api/invitations/accept', { body: { token: tokenIn(link), ...body } })
    expect((await use(first?.link)).status).toBe(404)
    expect((await use(second?.link)).status).toBe(200)
    expect(await firstLinks(fresh.db, fresh.url, false)).toEqual([])
    // The sample world: one for each role of which nobody can sign in, from this machine alone.
    const sample = await firstLinks(fresh.db, fresh.url, true)
    expect(sample.map(({ role }) => role)).toEqual(['manager', 'ops', 'rep', 'viewer'])
    const path = new URL(sample[0]?.link ?? '').pathname
    const through = await fresh.browser().ask(path, { headers: { 'x-forwarded-for': '203.0.113.9' } })
    expect(through.text).toContain('works on the machine alone')
    expect((await fresh.browser().ask(path)).text).toContain('Set your name')
  } finally {
    await fresh.close()
  }
})

test('a first link without a person makes a new one and takes nobody’s place', async () => {
  const { token } = await site.db.tx(tx => invite(tx, { userId: null, role: 'admin', hours: 1, by: 'server' }))
  expect(await accept(token)).toMatchObject({ status: 400 })
  expect(await accept(token, { email: site.people.rep.email })).toMatchObject({ status: 409 })
  const browser = site.browser()
  expect((await accept(token, { email: 'boss@ledgerline.example' }, browser)).status).toBe(200)
  expect((await browser.ask('/api/session')).json).toMatchObject({ role: 'admin', email: 'boss@ledgerline.example' })
})

test('what changes who may do what is in the audit trail, with ids and no secrets', async () => {
  const events = await site.admin.rows<{ type: string }>('select distinct type from audit_event order by type')
  const types = events.map(({ type }) => type)
  for (const type of [
    'invitation.accepted', 'invitation.created', 'invitation.revoked', 'sign_in.done', 'team.changed', 'team.created',
    'user.changed', 'user.created',
  ])
    expect(types).toContain(type) // biome-ignore format: a list
  const all = await site.admin.row<{ all: string }>(
    "select string_agg(to_jsonb(e)::text, '') as all from audit_event e",
  )
  expect(all?.all).not.toContain('@')
  expect(all?.all).not.toContain(PASSWORD)
})
