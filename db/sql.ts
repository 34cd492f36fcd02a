/**
 * The one way to the database. What must happen together runs in `tx`.
 * SQL results come with camelCase keys; dates as `YYYY-MM-DD` strings, instants as Date, bigint as number.
 */
import { Client, escapeIdentifier, Pool, types as pgTypes, type PoolClient, type QueryResult } from 'pg'
import { DealwrightError } from '../domain/errors.ts'

export interface Sql {
  /** Rows of one statement. Values are always parameters ($1, $2 …), never part of the text. */
  rows<R>(text: string, values?: unknown[]): Promise<R[]>
  /** The one row, or null. */
  row<R>(text: string, values?: unknown[]): Promise<R | null>
  /** Number of rows touched. */
  run(text: string, values?: unknown[]): Promise<number>
}

/** A transaction: what it did is there as a whole or not at all. */
export interface Tx extends Sql {
  readonly inTransaction: true
}

export interface Db extends Sql {
  /** Runs `work` in one transaction (read committed). Serialisation failures and deadlocks are tried again, up to three times. */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Calls back on each notice of the given channel; reconnects by itself. Returns a function that stops listening. */
  listen(channel: string, on: (payload: string) => void): Promise<() => Promise<void>>
  readonly pool: Pool
  close(): Promise<void>
}

const INT8 = 20
const DATE = 1082
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return (value: string) => Number(value)
    if (oid === DATE) return (value: string) => value
    return pgTypes.getTypeParser(oid, format)
  },
}

/** serialization_failure, deadlock_detected: the same transaction may succeed if run again. */
const TRY_AGAIN = new Set(['40001', '40P01'])
/** disk_full; a limit on a file's size or on a user's share of the disk comes as another code, and says so. */
const DISK_FULL = '53100'
const NO_ROOM = /No space left on device|File too large|Disk quota exceeded/
/** Server going down or starting up, connection lost: the database is away, not the statement wrong. */
const AWAY = /^(08|57P0|53300)/

export function openDb(url: string, options: { max?: number; name?: string } = {}): Db {
  const config = { connectionString: url, max: options.max ?? 10, application_name: options.name ?? 'dealwright' }
  // A connection that has signed in and prepared its statements is worth keeping for a while.
  const pool = new Pool({ ...config, types: types, connectionTimeoutMillis: 15_000, idleTimeoutMillis: 60_000 })
  pool.on('error', () => {}) // an idle connection was lost: the next query opens another, or says so itself
  return {
    ...sql(pool),
    pool,
    async tx(work) {
      let attempts = 0
      for (let stale = 0; ; ) {
        try {
          return await transaction(pool, work)
        } catch (error) {
          const code = (error as { code?: unknown }).code
          // Each open connection may hold one, and is closed when it shows.
          if (isStale(error)) stale += 1
          else attempts += 1
          const again = isStale(error) ? stale <= pool.options.max : typeof code === 'string' && TRY_AGAIN.has(code)
          if (!again || attempts >= 3) throw error
        }
      }
    },
    listen: (channel, on) => listen(config.connectionString, channel, on),
    async close() {
      await pool.end()
    },
  }
}

async function transaction<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(away)
  let broken: Error | undefined
  client.on('error', remember)
  function remember(error: Error) {
    broken = error
  }
  try {
    await client.query('begin')
    const result = await work({ ...sql(client), inTransaction: true })
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(remember)
    if (isStale(error)) broken = error
    throw translated(error)
  } finally {
    client.off('error', remember)
    client.release(broken)
  }
}

function sql(on: Pool | PoolClient): Sql {
  async function query(text: string, values: unknown[] = []) {
    for (let stale = 0; ; stale++) {
      try {
        return await on.query(prepared(text, values))
      } catch (error) {
        // Outside a transaction the pool has closed that connection, and another may do. Inside, all of it is tried again.
        if (on instanceof Pool && isStale(error) && stale <= on.options.max) continue
        throw translated(error)
      }
    }
  }
  return {
    async rows<R>(text: string, values?: unknown[]) {
      const result = await query(text, values)
      return camel<R>(result)
    },
    async row<R>(text: string, values?: unknown[]) {
      const result = await query(text, values)
      return camel<R>(result)[0] ?? null
    },
    async run(text, values) {
      const result = await query(text, values)
      return result.rowCount ?? 0
    },
  }
}

/** Names by text. Texts put together at run time could be without end: what is more than this has no name. */
const names = new Map<string, string>()
const MOST_NAMES = 1_000
/** False once somebody between us and the database (a pooler) has not kept a statement. */
let keepsStatements = true

/** A statement with values is parsed and planned once a connection: for our wider joins that is nine tenths of its cost. */
function prepared(text: string, values: unknown[]) {
  if (values.length === 0 || !keepsStatements) return { text, values }
  let name = names.get(text)
  if (name === undefined) {
    if (names.size >= MOST_NAMES) return { text, values }
    name = `dealwright_${names.size}`
    names.set(text, name)
  }
  return { text, values, name }
}

/**
 * Whether a prepared statement no longer fits: a table has changed since (a migration under a running process), or the connection is not
 * the one that prepared it. Nothing of the statement was carried out.
 */
function isStale(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  if (code === '26000' || code === '42P05') keepsStatements = false
  return code === '26000' || code === '42P05' || (code === '0A000' && /cached plan/.test(error.message))
}

/** Columns are few and come again with every row. */
const camelNames = new Map<string, string>()

function camelName(name: string): string {
  let known = camelNames.get(name)
  if (known === undefined) {
    known = name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase())
    if (camelNames.size < MOST_NAMES) camelNames.set(name, known)
  }
  return known
}

function camel<R>(result: QueryResult): R[] {
  const names = result.fields.map(field => [field.name, camelName(field.name)])
  return result.rows.map((row: Record<string, unknown>) => {
    const out: Record<string, unknown> = {}
    for (const [from, to] of names) out[to as string] = row[from as string]
    return out as R
  })
}

/** The five characters by which the database names what went wrong; null for what does not come from it. */
export function sqlState(error: unknown): string | null {
  const code = error instanceof Error ? (error as { code?: unknown }).code : null
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null
}

function away(error: unknown): never {
  throw new DealwrightError('database_away', 'The database does not answer. Is it running, and is its address right?', {
    cause: error,
  })
}

function translated(error: unknown): unknown {
  if (error instanceof DealwrightError || !(error instanceof Error)) return error
  const code = (error as { code?: unknown }).code
  if (code === DISK_FULL || NO_ROOM.test(error.message)) {
    return new DealwrightError(
      'disk_full',
      'The database’s disk is full: make room. The work is tried again until there is some.',
      { cause: error },
    )
  }
  const lost = /terminat|ECONNRE|EPIPE|timeout exceeded|not queryable|not currently accepting/i.test(error.message)
  if ((typeof code === 'string' && AWAY.test(code)) || lost) {
    return new DealwrightError('database_away', 'The connection to the database was lost. The work is tried again.', {
      cause: error,
    })
  }
  return error
}

async function listen(url: string, channel: string, on: (payload: string) => void): Promise<() => Promise<void>> {
  let stopped = false
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined
  async function connect(): Promise<void> {
    const fresh = new Client({ connectionString: url, application_name: 'dealwright listener' })
    fresh.on('notification', notice => on(notice.payload ?? ''))
    fresh.on('error', again)
    fresh.on('end', again)
    try {
      await fresh.connect()
      await fresh.query(`listen ${escapeIdentifier(channel)}`)
      client = fresh
      on('connected') // whatever was missed while away is found now
    } catch {
      await fresh.end().catch(() => {})
      again()
    }
  }
  function again() {
    if (stopped || retry) return
    retry = setTimeout(() => {
      retry = undefined
      void connect()
    }, 500)
  }
  await connect()
  return async () => {
    stopped = true
    clearTimeout(retry)
    await client?.end().catch(() => {})
  }
}

/** JSON parameter: pg would send an array as a Postgres array. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}

export const notFound = (what: string, id: string): DealwrightError =>
  new DealwrightError('not_found', `There is no ${what} ${id}.`, { details: { what, id } })

/** The one row of a query that must have one. */
export async function must<R>(what: string, id: string, found: Promise<R | null>): Promise<R> {
  const row = await found
  if (row === null) throw notFound(what, id)
  return row
}
