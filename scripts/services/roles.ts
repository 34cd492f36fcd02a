/**
 * Database roles. Migrations grant to two group roles, which cannot log in; each process logs in as a member of one.
 * Groups are cluster-wide and may be shared by several databases; what they may do is decided by grants in each database.
 */
import { Client, escapeIdentifier, escapeLiteral } from 'pg'
import { DealwrightError } from '../../domain/errors.ts'

export const GROUPS = { server: 'dealwright_server', worker: 'dealwright_worker' } as const
export const OWNER = 'dealwright_owner'

export interface Login {
  name: string
  password: string
}

export interface Logins {
  server: Login
  worker: Login
}

/** Concurrent set-ups of one cluster take turns. */
const LOCK = 72_707_370

/** Runs `work` on one connection, alone among those that set up roles or databases in this cluster. */
export async function asAdmin<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'dealwright-setup' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes the groups and logins that are missing and sets the logins' passwords. Needs the right to create roles. */
export async function ensureRoles(client: Client, logins: Logins): Promise<void> {
  for (const group of Object.values(GROUPS)) await createRole(client, group, 'nologin')
  for (const kind of ['server', 'worker'] as const) {
    const { name, password } = logins[kind]
    await setLogin(client, name, password)
    await client.query(`grant ${GROUPS[kind]} to ${escapeIdentifier(name)}`)
  }
}

/** The owner of the schema: may do everything in its database and nothing to the cluster. */
export async function ensureOwner(client: Client, password: string): Promise<void> {
  await setLogin(client, OWNER, password)
}

export async function ensureDatabase(client: Client, name: string, owner: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (rowCount) return
  await client.query(`create database ${escapeIdentifier(name)} owner ${escapeIdentifier(owner)}`)
}

async function setLogin(client: Client, name: string, password: string): Promise<void> {
  await createRole(client, name, 'login')
  await client.query(`alter role ${escapeIdentifier(name)} login password ${escapeLiteral(password)}`)
}

async function createRole(client: Client, name: string, kind: 'login' | 'nologin'): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name])
  if (rowCount) return
  try {
    await client.query(`create role ${escapeIdentifier(name)} ${kind}`)
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === '42710') return // made by someone else meanwhile
    throw new DealwrightError(
      'database_refused',
      `the database refuses to make the role ${name} (${message}): let an administrator make it, or give DATABASE_URL a user with CREATEROLE`,
      { cause: error },
    )
  }
}
