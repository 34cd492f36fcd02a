/** Two-factor sign-in by time-based codes, and the rule that those who decide have shown one. */
import { createHmac } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { propose } from '../../db/stores/actions.ts'
import { createDecider } from '../../server/decider.ts'
import { everythingStored, LOCAL_TOKEN, PASSWORD, signIn, startSite, type Browser, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

/** RFC 6238: six digits of HMAC-SHA-1 over the count of half minutes. */
function codeFor(uri: string, offset = 0): string {
  const base32 = new URL(uri).searchParams.get('secret') ?? ''
  const bits = Array.from(base32.replace(/=+$/, ''))
    .map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + offset))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** As if the time of the code that was shown were over. */
const halfAMinute = () => site.admin.run('update sign_in_attempt set free_at = to_timestamp(0) where failures = 0')

async function enrol(browser: Browser): Promise<{ uri: string; backupCodes: string[] }> {
  const begun = await browser.ask('/api/two-factor', { body: { password: PASSWORD } })
  expect(begun.status).toBe(200)
  const { uri, backupCodes } = begun.json as { uri: string; backupCodes: string[] }
  const confirmed = await browser.ask('/api/two-factor/confirm', { body: { code: codeFor(uri) } })
  expect(confirmed).toMatchObject({ status: 200, json: { ok: true } })
  await halfAMinute()
  return { uri, backupCodes }
}

test('whoever turns it on needs password and code from then on; the secret is not readable in the database', async () => {
  const browser = await site.signedIn('rep')
  const old = browser.token()
  expect((await browser.ask('/api/two-factor', { body: { password: 'a wrong password' } })).status).toBe(403)
  const { uri, backupCodes } = await enrol(browser)
  expect(browser.token()).not.toBe(old)
  expect((await browser.ask('/api/session')).json).toMatchObject({ secondFactor: true })
  const next = site.browser()
  const { email } = site.people.rep
  expect(await signIn(next, email, PASSWORD)).toMatchObject({ status: 200, json: { codeNeeded: true, user: null } })
  expect(next.token()).toBeNull()
  expect((await next.ask('/api/session')).status).toBe(401)
  expect((await next.ask('/api/sign-in/code', { body: { code: wrong(uri) } })).status).toBe(401)
  expect((await next.ask('/api/sign-in/code', { body: { code: codeFor(uri) } })).json).toMatchObject({
    user: { role: 'rep' },
  })
  expect((await next.ask('/api/session')).json).toMatchObject({ secondFactor: true })
  // A code works once: whoever saw it typed has nothing.
  const thief = site.browser()
  await signIn(thief, email, PASSWORD)
  expect((await thief.ask('/api/sign-in/code', { body: { code: codeFor(uri) } })).status).toBe(401)
  await halfAMinute()
  // Both at once, for those who have both.
  const both = site.browser()
  expect((await signIn(both, email, PASSWORD, { code: codeFor(uri) })).json).toMatchObject({ codeNeeded: false })
  expect((await both.ask('/api/session')).status).toBe(200)
  const stored = await everythingStored(site.admin)
  expect(stored).not.toContain(new URL(uri).searchParams.get('secret'))
  for (const code of backupCodes) expect(stored).not.toContain(code)
})

/** Another one for each n. */
const wrong = (uri: string, n = 0): string => {
  const right = new Set([-1, 0, 1].map(offset => codeFor(uri, offset)))
  const all = Array.from({ length: 20 }, (_, at) => String(111_111 + at)).filter(code => !right.has(code))
  return all[n] ?? ''
}

test('a backup code works once, and its stored hash is no code', async () => {
  const browser = await site.signedIn('viewer')
  const { backupCodes } = await enrol(browser)
  const { email } = site.people.viewer
  const row = await site.admin.row<{ codes: string }>(
    'select backup_codes as codes from sign_in_two_factor where user_id = $1',
    [site.people.viewer.id],
  )
  const hashes = JSON.parse(row?.codes ?? '[]') as string[]
  expect(hashes).toHaveLength(backupCodes.length)
  const use = (backupCode: string | undefined) => signIn(site.browser(), email, PASSWORD, { backupCode })
  expect((await use(hashes[0]?.slice(0, 40))).status).toBe(401)
  expect((await use(backupCodes[0])).json).toMatchObject({ codeNeeded: false })
  expect((await use(backupCodes[0])).status).toBe(401)
  expect((await use(backupCodes[1])).status).toBe(200)
})

test('codes cannot be guessed: a few tries a challenge, then longer and longer waits', async () => {
  const browser = await site.signedIn('ops')
  const { uri } = await enrol(browser)
  const next = site.browser()
  await signIn(next, site.people.ops.email, PASSWORD)
  const tries: number[] = []
  for (let n = 0; n < 8; n++)
    tries.push((await next.ask('/api/sign-in/code', { body: { code: wrong(uri, n) } })).status)
  expect(tries.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
  // The challenge is used up: the right code does not save it.
  await site.admin.run('delete from sign_in_attempt')
  expect((await next.ask('/api/sign-in/code', { body: { code: codeFor(uri) } })).status).toBe(401)
  const failures = await site.admin.rows(
    `select 1 from audit_event where type = 'sign_in.failed' and target_id = $1 and data->>'way' = 'code'`,
    [site.people.ops.id],
  )
  expect(failures.length).toBeGreaterThanOrEqual(5)
})

test('it is turned off with the password, by oneself, or by an admin for whoever lost their device', async () => {
  await site.admin.run('delete from sign_in_attempt')
  const admin = await site.signedIn('admin')
  expect((await admin.ask(`/api/users/${site.people.ops.id}/two-factor/turn-off`, { method: 'POST' })).status).toBe(200)
  const ops = site.browser()
  expect((await signIn(ops, site.people.ops.email, PASSWORD)).json).toMatchObject({ codeNeeded: false })
  await enrol(ops)
  expect((await ops.ask('/api/two-factor/turn-off', { body: {} })).status).toBe(403)
  expect((await ops.ask('/api/two-factor/turn-off', { body: { password: PASSWORD } })).status).toBe(200)
  expect((await signIn(site.browser(), site.people.ops.email, PASSWORD)).json).toMatchObject({ codeNeeded: false })
  const rep = await site.signedIn('manager')
  expect((await rep.ask(`/api/users/${site.people.ops.id}/two-factor/turn-off`, { method: 'POST' })).status).toBe(403)
})

test('where the organisation asks for it, nobody decides without a second factor: session, key or both', async () => {
  const manager = await site.signedIn('manager')
  const admin = await site.signedIn('admin')
  const keyOf = async (browser: Browser) =>
    String((await browser.ask('/api/keys', { body: { name: 'k', scopes: ['read', 'decide'] } })).json.key)
  const weak = await keyOf(manager)
  const { headers: read } = await admin.ask('/api/sign-in/rules')
  const rules = { method: 'PUT', body: { approversTwoFactor: true }, headers: { 'if-match': read.get('etag') ?? '' } }
  expect((await manager.ask('/api/sign-in/rules', rules)).status).toBe(403)
  expect((await admin.ask('/api/sign-in/rules', rules)).status).toBe(200)
  expect((await admin.ask('/api/sign-in/rules', rules)).status).toBe(412)
  const id = await waiting()
  const refuse = { body: { why: 'not now' } }
  const path = `/api/actions/${id}/refuse`
  const bySession = await manager.ask(path, refuse)
  expect(bySession).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  expect(bySession.json.detail).toContain('second factor')
  expect(await site.byKey(weak, path, refuse)).toMatchObject({ status: 403 })
  // Everything else goes on.
  expect((await manager.ask(`/api/actions/${id}`)).status).toBe(200)
  const { uri } = await enrol(manager)
  const strong = await keyOf(manager)
  expect(await site.byKey(weak, path, refuse)).toMatchObject({ status: 403 })
  expect(await site.byKey(strong, path, refuse)).toMatchObject({ status: 200, json: { status: 'refused' } })
  const browser = site.browser()
  await signIn(browser, site.people.manager.email, PASSWORD, { code: codeFor(uri) })
  expect(await browser.ask(`/api/actions/${await waiting()}/refuse`, refuse)).toMatchObject({ status: 200 })
  // Turned off again, the key that was made with it decides no more.
  await manager.ask('/api/two-factor/turn-off', { body: { password: PASSWORD } })
  const last = `/api/actions/${await waiting()}/refuse`
  expect(await site.byKey(strong, last, refuse)).toMatchObject({ status: 403 })
  // A command on this machine, whose user holds every secret anyway, still can.
  const headers = { 'x-dealwright-as': site.people.manager.email }
  expect(await site.byKey(LOCAL_TOKEN, last, { ...refuse, headers })).toMatchObject({ status: 200 })
})

let made = 0
/** An action that waits for a person. */
async function waiting(): Promise<string> {
  const { id } = await site.db.tx(tx =>
    propose(tx, {
      key: `test-${made++}`,
      kind: 'create_task',
      summary: 'call them',
      content: { title: 'call them' },
      by: 'code',
      reliedOn: [],
    }),
  )
  await createDecider(site.db, site.privateKey, pino({ level: 'silent' }))()
  return id
}
