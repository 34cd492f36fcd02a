/** `dealwright user`, `team`, `invite` and `key`: what they make works at the server, and what they end ends there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCli, type Cli } from '../cli/cli.ts'
import { LOCAL_TOKEN, PASSWORD, startSite, type Site } from './site.ts'

let site: Site
let cli: Cli
beforeAll(async () => {
  site = await startSite()
  cli = makeCli(site.database, { DEALWRIGHT_TOKEN: LOCAL_TOKEN, DEALWRIGHT_PUBLIC_URL: site.url })
})
afterAll(async () => {
  cli.close()
  await site.close()
})

async function run(...args: string[]): Promise<Record<string, unknown>> {
  const ran = await cli.run(...args, '--json')
  if (ran.exit !== 0) throw new Error(`${args.join(' ')} ended with ${ran.exit}: ${ran.stderr}`)
  return ran.json<Record<string, unknown>>()
}

test('a person is added, invited, signs in, gets another role, and leaves', async () => {
  await run('team', 'add', 'North', '--manager', site.people.manager.email)
  const email = 'ann@ledgerline.example'
  await run('user', 'add', email, '--name', 'Ann Bell', '--role', 'rep', '--team', 'North')
  expect((await cli.run('user', 'add', email, '--name', 'Ann', '--json')).exit).toBe(1)
  const { link } = await run('invite', 'make', email)
  const token = String(link).split('/').at(-1)
  const ann = site.browser()
  const body = { token, name: 'Ann Bell', password: PASSWORD }
  expect((await ann.ask('/api/invitations/accept', { body })).status).toBe(200)
  expect(await run('user', 'change', email, '--role', 'ops', '--grants', 'mail_bodies')).toMatchObject({ role: 'ops' })
  expect((await ann.ask('/api/session')).json).toMatchObject({ role: 'ops', grants: ['mail_bodies'] })
  expect(await run('user', 'deactivate', email, '--as', site.people.admin.email)).toMatchObject({ active: false })
  expect((await ann.ask('/api/session')).status).toBe(401)
  expect((await cli.run('user', 'change', email, '--role', 'rep', '--as', site.people.rep.email, '--json')).exit).toBe(
    1,
  )
  const left = await site.admin.row<{ actor: string }>(`select actor from audit_event where type = 'user.deactivated'`)
  expect(left?.actor).toBe(`user:${site.people.admin.id}`)
})

test('a key is made with its scopes and ends at once', async () => {
  const made = await run(
    'key',
    'create',
    '--for',
    site.people.rep.email,
    '--name',
    'report',
    '--scopes',
    'read',
    '--days',
    '2',
  )
  const key = String(made.key)
  expect((await site.byKey(key, '/api/session')).json).toMatchObject({ role: 'rep', scopes: ['read'] })
  const listed = await cli.run('key', 'list')
  expect(listed.stdout).toContain('report')
  expect(listed.stdout).not.toContain(key)
  await run('key', 'revoke', String(made.id).slice(0, 8))
  expect((await site.byKey(key, '/api/session')).status).toBe(401)
  expect(
    (await cli.run('key', 'create', '--for', site.people.rep.email, '--name', 'x', '--scopes', 'all', '--json')).exit,
  ).toBe(2)
})

test('invitations are listed and made void; approvers are told to show a second factor', async () => {
  const { id } = await run('invite', 'make', 'new@ledgerline.example', '--name', 'New', '--role', 'viewer')
  expect(JSON.stringify(await run('invite', 'list'))).toContain(String(id))
  await run('invite', 'revoke', String(id).slice(0, 8))
  expect(JSON.stringify(await run('invite', 'list'))).not.toContain(String(id))
  expect(await run('user', 'approvers', '--two-factor', 'required')).toEqual({ approversTwoFactor: true })
})
