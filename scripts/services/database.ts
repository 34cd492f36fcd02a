/** From a running Postgres to a database that the processes can use: roles, the database itself, migrations, addresses. */
import { MIGRATIONS, migrate } from './migrate.ts'
import { OWNER, asAdmin, ensureDatabase, ensureOwner, ensureRoles } from './roles.ts'
import type { Login } from './roles.ts'

/** One address a role; each process gets only its own. */
export interface DatabaseUrls {
  /** Owns the schema: migrations only. */
  ownerUrl: string
  serverUrl: string
  workerUrl: string
}

export interface RolePasswords {
  owner: string
  server: string
  worker: string
}

export const SERVER_LOGIN = 'dealwright_server_login'
export const WORKER_LOGIN = 'dealwright_worker_login'

/**
 * Makes roles and database where they are missing, as the cluster's superuser, and migrates. Safe to run on every start and
 * by several processes at once. `onMigrated` gets the names of the migrations applied now.
 */
export async function prepareDatabase(
  adminUrl: string,
  database: string,
  passwords: RolePasswords,
  options: { migrations?: string; onMigrated?: (names: string[]) => void } = {},
): Promise<DatabaseUrls> {
  const server: Login = { name: SERVER_LOGIN, password: passwords.server }
  const worker: Login = { name: WORKER_LOGIN, password: passwords.worker }
  await asAdmin(adminUrl, async client => {
    await ensureOwner(client, passwords.owner)
    await ensureRoles(client, { server, worker })
    await ensureDatabase(client, database, OWNER)
  })
  const urls = {
    ownerUrl: loginUrl(adminUrl, { name: OWNER, password: passwords.owner }, database),
    serverUrl: loginUrl(adminUrl, server, database),
    workerUrl: loginUrl(adminUrl, worker, database),
  }
  const applied = await migrate(urls.ownerUrl, options.migrations ?? MIGRATIONS)
  options.onMigrated?.(applied)
  return urls
}

/** The same server (and its TLS settings) for another user, and another database if one is named. */
export function loginUrl(url: string, login: Login, database?: string): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(login.name)
  changed.password = encodeURIComponent(login.password)
  if (database !== undefined) changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}
