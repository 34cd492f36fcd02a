/** A stolen worker credential: what signs people in is not readable with it, and nobody is made or changed. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Db, openDb } from '../../db/sql.ts'
import { startSite, type Site } from './site.ts'

let site: Site
let worker: Db
beforeAll(async () => {
  site = await startSite()
  await site.signedIn('admin')
  worker = openDb(site.database.workerUrl, { max: 2 })
})
afterAll(async () => {
  await worker.close()
  await site.close()
})

const DENIED = '42501'
async function refusal(text: string): Promise<string> {
  try {
    await worker.run(text)
    return 'done'
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
}

const TABLES = [
  'sign_in_session', 'sign_in_account', 'sign_in_verification', 'sign_in_two_factor', 'sign_in_rate', 'sign_in_attempt',
  'invitation', 'api_key',
] // biome-ignore format: a list

/** Whether a key was revoked after its owner decided by it: what voids that decision when it is claimed. */
const READABLE = new Set(['api_key.id', 'api_key.revoked_at'])

test.each(TABLES)('the worker reads no column of %s but what a claim needs, and writes none', async table => {
  const columns = await site.admin.rows<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = $1 order by ordinal_position`,
    [table],
  )
  expect(columns.length).toBeGreaterThan(2)
  for (const { name } of columns) {
    const reads = READABLE.has(`${table}.${name}`) ? 'done' : DENIED
    expect([name, await refusal(`select ${name} from ${table}`)]).toEqual([name, reads])
    expect([name, await refusal(`update ${table} set ${name} = ${name}`)]).toEqual([name, DENIED])
  }
  expect(await refusal(`select * from ${table}`)).toBe(DENIED)
  expect(await refusal(`delete from ${table}`)).toBe(DENIED)
  expect(await refusal(`insert into ${table} default values`)).toBe(DENIED)
})

test('every table of sign-in is in this list', async () => {
  const rows = await site.admin.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_name like 'sign_in%' order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual(TABLES.filter(name => name.startsWith('sign_in')).sort())
})

test('the worker makes nobody an admin, turns nobody’s second factor off, and changes no rule', async () => {
  expect(await refusal(`update "user" set role = 'admin'`)).toBe(DENIED)
  expect(await refusal(`update "user" set two_factor_enabled = false`)).toBe(DENIED)
  expect(await refusal(`update "user" set grants = '{mail_bodies}'`)).toBe(DENIED)
  expect(await refusal(`update organisation set approvers_two_factor = false`)).toBe(DENIED)
})

test('a password is stored as a slow hash, and a session’s token cannot be stored as itself by anybody', async () => {
  const row = await site.admin.row<{ password: string }>(
    `select password from sign_in_account where provider_id = 'credential' limit 1`,
  )
  expect(row?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  await expect(
    site.admin.run(
      `insert into sign_in_session (user_id, token, expires_at) select id, 'kR8kLk3J4mN0pQrStUvWxYz012345678', now() from "user" limit 1`,
    ),
  ).rejects.toMatchObject({ code: '23514' })
})
