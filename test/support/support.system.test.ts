import { Connection } from '@temporalio/client'
import { ImapFlow } from 'imapflow'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from './database.ts'
import { hasDovecot, startDovecot } from './dovecot.ts'
import { testTemporal } from './temporal.ts'

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

test('each test database is its own, and each process logs in as a member of its group alone', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
  try {
    await ask(one.ownerUrl, 'create table only_here (id int)')
    expect(await ask(one.ownerUrl, "select to_regclass('only_here')::text")).toBe('only_here')
    expect(await ask(two.ownerUrl, "select to_regclass('only_here')::text")).toBeNull()
    const member = (group: string) => `select pg_has_role(current_user, '${group}', 'member')`
    expect(await ask(one.workerUrl, member('dealwright_worker'))).toBe(true)
    expect(await ask(one.workerUrl, member('dealwright_server'))).toBe(false)
    expect(await ask(one.serverUrl, member('dealwright_server'))).toBe(true)
    expect(await ask(one.serverUrl, member('dealwright_owner'))).toBe(false)
    expect(await ask(one.ownerUrl, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false)
  } finally {
    await Promise.all([one.drop(), two.drop()])
  }
})

test('the Temporal server answers in its namespace', async () => {
  const { address, namespace } = testTemporal()
  const connection = await Connection.connect({ address })
  try {
    const answer = await connection.workflowService.describeNamespace({ namespace })
    expect(answer.namespaceInfo?.name).toBe(namespace)
  } finally {
    await connection.close()
  }
})

test.skipIf(!hasDovecot())('the IMAP server takes a message and gives it back', async () => {
  const dovecot = await startDovecot()
  try {
    const auth = { user: 'rep', pass: dovecot.password }
    const client = new ImapFlow({ host: dovecot.host, port: dovecot.port, secure: false, auth, logger: false })
    await client.connect()
    await client.append('Sent', 'Message-ID: <a@b>\r\nSubject: hello\r\n\r\nbody\r\n')
    const lock = await client.getMailboxLock('Sent')
    const found = await client.search({ header: { 'message-id': '<a@b>' } })
    lock.release()
    await client.logout()
    expect(found).toEqual([1])
  } finally {
    await dovecot.stop()
  }
})
