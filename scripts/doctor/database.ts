/** The database, its roles and its migrations. */
import { Client } from 'pg'
import { openDatabase } from '../services/open.ts'
import { MIGRATIONS, readMigrations } from '../services/migrate.ts'
import type { Config } from '../config.ts'
import type { Home } from '../home.ts'
import { bad, probe, type Check } from './check.ts'

/** Looks through the two roles that the processes use, so that a wrong grant shows. */
export async function checkDatabase(home: Home, config: Config, serverRuns: boolean): Promise<Check[]> {
  let database: Awaited<ReturnType<typeof openDatabase>> | undefined
  const opened = await probe('database', async () => {
    database = await openDatabase(
      home,
      config,
      'doctor',
      () => {},
      () => {},
    )
    const version = await ask<string>(database.serverUrl, 'show server_version')
    return `Postgres ${version}, ${config.databaseUrl === undefined ? 'embedded' : new URL(config.databaseUrl).host}`
  })
  if (database === undefined) return [opened]
  const { serverUrl, workerUrl, stop } = database
  try {
    return [
      opened,
      await roles(serverUrl, workerUrl),
      await migrations(serverUrl),
      await passedOn(serverUrl, serverRuns),
    ]
  } finally {
    await stop()
  }
}

function roles(serverUrl: string, workerUrl: string): Promise<Check> {
  return probe('database roles', async () => {
    const may = (table: string) => `select has_table_privilege('${table}', 'insert')`
    if (!(await ask<boolean>(serverUrl, may('approval'))))
      return bad('the server may not write approvals: run "dealwright migrate"')
    if (await ask<boolean>(workerUrl, may('approval')))
      return bad('the worker may write approvals, which it must not: give it a login of its own (DATABASE_WORKER_URL)')
    if (!(await ask<boolean>(workerUrl, may('fact'))))
      return bad('the worker may not write facts: run "dealwright migrate"')
    return 'server and worker have logins of their own; the worker cannot write approvals'
  })
}

function migrations(url: string): Promise<Check> {
  return probe('migrations', async () => {
    const wanted = readMigrations(MIGRATIONS).map(one => one.name)
    const applied = await ask<string[] | null>(
      url,
      `select array_agg(migration_name::text) from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
    ).catch((error: { code?: string }) => {
      if (error.code === '42501') return null // the roles of the processes need not see them
      throw error
    })
    if (applied === null) return `${wanted.length} known; the database was brought up to date when it was opened`
    const missing = wanted.filter(name => !applied.includes(name))
    return missing.length === 0
      ? `all ${wanted.length} applied`
      : bad(`not applied: ${missing.join(', ')}. Run "dealwright migrate".`)
  })
}

const LATE_SECONDS = 60

/** What happened in the database and has not reached Temporal. */
function passedOn(url: string, serverRuns: boolean): Promise<Check> {
  return probe('outbox', async () => {
    const [unsent, oldest] = [
      await ask<string>(url, 'select count(*) from outbox where sent_at is null'),
      await ask<number | null>(
        url,
        'select extract(epoch from now() - min(created_at))::int from outbox where sent_at is null',
      ),
    ]
    if (oldest === null) return 'everything that happened has been passed on'
    if (!serverRuns) return `${unsent} to be passed on when the server runs`
    if (oldest < LATE_SECONDS) return `${unsent} on their way`
    return bad(
      `${unsent} wait to be passed on, the oldest for ${oldest} s: is Temporal well? See the server's log in the home, logs/server.log`,
    )
  })
}

async function ask<T>(url: string, sql: string): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'dealwright doctor',
  })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, T>>(sql)
    return Object.values(rows[0] ?? {})[0] as T
  } finally {
    await client.end()
  }
}
