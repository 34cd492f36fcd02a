/** Brute force: how fast passwords and codes can be guessed, and what guessing tells. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, signIn, startSite, type Answer, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await startSite()
  await site.signedIn('rep')
  await site.signedIn('manager')
})
afterAll(() => site.close())

const guess = (email: string): Promise<Answer> => signIn(site.browser(), email, 'not this one either')
/** What a guesser sees, without what differs with every request. */
const seen = ({ status, json }: Answer) => ({ status, code: json.code, detail: json.detail, title: json.title })
/** As if the waits were over. */
const wait = () => site.admin.run('update sign_in_attempt set free_at = to_timestamp(0)')
/** The next attempt is let through and is followed by a wait of minutes: what comes then comes within it. */
const many = () => site.admin.run('update sign_in_attempt set failures = 14, free_at = to_timestamp(0)')

test('failures of an account are waited for longer and longer, and success begins anew', async () => {
  const { email } = site.people.rep
  const first = await Promise.all(Array.from({ length: 5 }, () => guess(email)))
  expect(first.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
  const waits: number[] = []
  for (let n = 0; n < 12; n++) {
    expect((await guess(email)).status).toBe(401)
    waits.push(await longestWait())
    await wait()
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
  expect((await signIn(site.browser(), email, PASSWORD)).status).toBe(200)
  expect((await guess(email)).status).toBe(401)
  expect(await longestWait()).toBeLessThan(0)
})

async function longestWait(): Promise<number> {
  const row = await site.admin.row<{ seconds: number }>(
    'select round(extract(epoch from max(free_at - last_at)))::int as seconds from sign_in_attempt',
  )
  return row?.seconds ?? 0
}

test('while it waits the right password opens nothing either', async () => {
  const { email } = site.people.rep
  await many()
  await guess(email)
  expect(await signIn(site.browser(), email, PASSWORD)).toMatchObject({
    status: 429,
    json: { code: 'too_many_requests' },
  })
  await site.admin.run('delete from sign_in_attempt')
})

test('guesses at the same moment are counted too', async () => {
  const { email } = site.people.manager
  await guess(email)
  await many()
  const answers = await Promise.all(Array.from({ length: 30 }, () => guess(email)))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(29)
})

test('the lock holds over a restart of the server', async () => {
  const email = 'restart@nowhere.example'
  await guess(email)
  await many()
  await guess(email)
  await site.restart()
  expect((await guess(email)).status).toBe(429)
})

test('an account that is not there, has left or has no password looks and works like one that is', async () => {
  await site.admin.run('delete from sign_in_attempt')
  await site.signedIn('viewer')
  await site.admin.run(`update "user" set active = false where id = $1`, [site.people.viewer.id])
  const known = await guess(site.people.rep.email)
  for (const email of ['nobody@nowhere.example', site.people.viewer.email, site.people.ops.email])
    expect(seen(await guess(email))).toEqual(seen(known))
  expect(known.json.code).toBe('sign_in_failed')
  // Locked in the same way.
  for (const email of ['nobody@nowhere.example', site.people.rep.email]) {
    await site.admin.run('delete from sign_in_attempt')
    await guess(email)
    await many()
    await guess(email)
    const { status, json } = await guess(email)
    expect([status, json.code]).toEqual([429, 'too_many_requests'])
  }
  // The same work is done: the time of this process, not of the clock.
  await site.admin.run('delete from sign_in_attempt')
  const ratio = (await workOf(site.people.rep.email)) / (await workOf('nobody@nowhere.example'))
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.7)
})

/** Least CPU time of some guesses. */
async function workOf(email: string): Promise<number> {
  let least = Infinity
  for (let n = 0; n < 5; n++) {
    const before = process.cpuUsage()
    await guess(email)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, user + system)
  }
  return least
}

test('guessing at many accounts from one address is slowed down as well', async () => {
  await site.admin.run('delete from sign_in_attempt')
  for (let n = 0; n < 3; n++) expect((await guess(`somebody${n}@nowhere.example`)).status).toBe(401)
  // The one row that counted all three is the address's.
  expect(await site.admin.run('update sign_in_attempt set failures = 50 where failures = 3')).toBe(1)
  expect((await guess('somebody3@nowhere.example')).status).toBe(401)
  expect(await longestWait()).toBe(1)
  await site.admin.run('update sign_in_attempt set failures = 60, free_at = to_timestamp(0) where failures = 51')
  expect((await guess('somebody4@nowhere.example')).status).toBe(401)
  expect((await guess('somebody5@nowhere.example')).status).toBe(429)
})

test('the address is the connection’s, whatever a client writes in its headers', async () => {
  await site.admin.run('delete from sign_in_attempt')
  for (let n = 0; n < 3; n++)
    await site.browser().ask('/api/sign-in', {
      body: { email: `x${n}@nowhere.example`, password: PASSWORD },
      headers: { 'x-forwarded-for': `203.0.113.${n}`, 'x-dealwright-client': `203.0.113.${n}` },
    })
  const most = await site.admin.row<{ failures: number }>('select max(failures)::int as failures from sign_in_attempt')
  expect(most?.failures).toBe(3)
})

test('better-auth’s own limit is stored: it holds over a restart', async () => {
  const small = await startSite({ requestsAMinute: 3 })
  try {
    const tries: number[] = []
    for (let n = 0; n < 4; n++) {
      if (n === 2) await small.restart()
      tries.push((await signIn(small.browser(), `a${n}@nowhere.example`, PASSWORD)).status)
    }
    expect(tries).toEqual([401, 401, 401, 429])
    expect(await small.admin.rows('select count from sign_in_rate')).toEqual([{ count: 3 }])
    const { json, headers } = await signIn(small.browser(), 'b@nowhere.example', PASSWORD)
    expect(json.code).toBe('too_many_requests')
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  } finally {
    await small.close()
  }
})

test('the limit of sign-in does not count what a session does', async () => {
  const small = await startSite({ requestsAMinute: 3 })
  try {
    const browser = await small.signedIn('rep')
    for (let n = 0; n < 12; n++) expect((await browser.ask('/api/session')).status).toBe(200)
    expect(await small.admin.rows('select count from sign_in_rate')).toHaveLength(1)
  } finally {
    await small.close()
  }
})

test('failed attempts are audit events, without what was typed', async () => {
  await site.admin.run('delete from sign_in_attempt')
  await guess('stranger@elsewhere.example')
  await guess(site.people.rep.email)
  const events = await site.admin.rows<{ targetId: string; all: string }>(
    `select target_id, to_jsonb(e)::text as all from audit_event e where type = 'sign_in.failed' order by id desc limit 2`,
  )
  expect(events.map(event => event.targetId)).toEqual([site.people.rep.id, 'unknown'])
  expect(events.map(event => event.all).join()).not.toMatch(/stranger|elsewhere|not this one/)
})
