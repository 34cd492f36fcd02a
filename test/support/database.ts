import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { SERVER_LOGIN, WORKER_LOGIN, loginUrl } from '../../scripts/services/database.ts'
import type { DatabaseUrls } from '../../scripts/services/database.ts'
import { OWNER } from '../../scripts/services/roles.ts'

export interface TestDatabase extends DatabaseUrls {
  name: string
  /** The superuser, on this database: for what a test must do behind everyone's back. */
  adminUrl: string
  /** Ends every connection to it and removes it. */
  drop: () => Promise<void>
}

/** A migrated database of the test's own, copied from a template in some tens of milliseconds. Drop it at the end. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, passwords, template } = inject('dealwright')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, `create database ${name} template ${template} owner ${OWNER} strategy file_copy`)
  return {
    name,
    adminUrl: loginUrl(adminUrl, { name: 'postgres', password: new URL(adminUrl).password }, name),
    ownerUrl: loginUrl(adminUrl, { name: OWNER, password: passwords.owner }, name),
    serverUrl: loginUrl(adminUrl, { name: SERVER_LOGIN, password: passwords.server }, name),
    workerUrl: loginUrl(adminUrl, { name: WORKER_LOGIN, password: passwords.worker }, name),
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  }
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
