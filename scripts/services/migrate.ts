/**
 * Applies db/migrations to a database: forwards only, each migration in one transaction, one process at a time. The record
 * it keeps is Prisma's (`_prisma_migrations`, the same lock and checksums), so `prisma migrate status` and `deploy` agree with
 * it; it is ours because starting Prisma takes seconds and this takes milliseconds.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { DealwrightError } from '../../domain/errors.ts'
import { PROJECT } from '../home.ts'

/** The advisory lock that Prisma takes for migrations. */
const LOCK = 72_707_369

const RECORD = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface Applied {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

export const MIGRATIONS = path.join(PROJECT, 'db', 'migrations')

/**
 * Brings the database at `url` (of a user who owns it) up to date and returns the names of the migrations applied now.
 * @throws DealwrightError `migration_failed` with the place in the file, nothing of that migration being applied;
 *   `migration_changed` when the database holds other migrations than the folder.
 */
export async function migrate(url: string, folder: string = MIGRATIONS): Promise<string[]> {
  const wanted = readMigrations(folder)
  const client = new Client({ connectionString: url, application_name: 'dealwright-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query("set client_min_messages to 'warning'")
    await client.query(RECORD)
    const { rows } = await client.query<Applied>(
      'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null',
    )
    const pending = compare(wanted, rows)
    for (const migration of pending) await apply(client, migration)
    return pending.map(({ name }) => name)
  } finally {
    await client.end() // which also gives the lock back
  }
}

export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(path.join(folder, entry.name, 'migration.sql')))
    .map(entry => entry.name)
    .sort()
    .map(name => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** What is still to apply; throws where folder and database contradict each other. */
function compare(wanted: Migration[], applied: Applied[]): Migration[] {
  const known = new Map(wanted.map(migration => [migration.name, migration]))
  for (const row of applied) {
    const migration = known.get(row.migration_name)
    if (!migration) {
      throw new DealwrightError(
        'migration_changed',
        `the database holds migration ${row.migration_name}, which this version does not know: use the version that made it, or a newer one`,
      )
    }
    if (row.finished_at === null) {
      throw new DealwrightError(
        'migration_failed',
        `migration ${row.migration_name} was begun by Prisma and not finished: see "npx prisma migrate resolve --help"`,
      )
    }
    if (row.checksum !== migration.checksum) {
      throw new DealwrightError(
        'migration_changed',
        `migration ${row.migration_name} was changed after it was applied: restore the file and write a new migration`,
      )
    }
  }
  const done = new Set(applied.map(row => row.migration_name))
  return wanted.filter(({ name }) => !done.has(name))
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const { message, position } = error as { message: string; position?: string }
    const line = position === undefined ? '' : `:${sql.slice(0, Number(position)).split('\n').length}`
    throw new DealwrightError('migration_failed', `db/migrations/${name}/migration.sql${line}: ${message}`, {
      cause: error,
    })
  }
}
