/**
 * better-auth's way to our tables. A session's token and the keys of rate limits are hashed on the way in and on every look-up; what is
 * read by its token comes back with that token, as better-auth expects. Columns are an allow-list: what is not in it is not stored,
 * tokens of identity providers for one, and no role can be set through here.
 */
import { createAdapterFactory, type CleanedWhere, type CustomAdapter } from 'better-auth/adapters'
import { DealwrightError } from '../../domain/errors.ts'
import type { Db, Sql } from '../../db/sql.ts'
import { audit } from '../../db/stores/audit.ts'
import { hashOfToken } from '../../db/stores/sign-in.ts'

interface Table {
  name: string
  /** better-auth's field → our column. */
  columns: Record<string, string>
  /** Stored as its hash. */
  hashed?: string
  /** Part of every condition. */
  only?: string
}

const times = { createdAt: 'created_at', updatedAt: 'updated_at' }

const TABLES: Record<string, Table> = {
  // Who has left is not there: signing in then fails as for an unknown address.
  user: {
    name: '"user"',
    columns: {
      id: 'id',
      name: 'name',
      email: 'email',
      twoFactorEnabled: 'two_factor_enabled',
      createdAt: 'created_at',
    },
    only: 'active',
  },
  session: {
    name: 'sign_in_session',
    columns: {
      id: 'id',
      userId: 'user_id',
      token: 'token',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      ...times,
    },
    hashed: 'token',
  },
  account: {
    name: 'sign_in_account',
    columns: {
      id: 'id',
      userId: 'user_id',
      providerId: 'provider_id',
      accountId: 'account_id',
      password: 'password',
      ...times,
    },
  },
  verification: {
    name: 'sign_in_verification',
    columns: { id: 'id', identifier: 'identifier', value: 'value', expiresAt: 'expires_at', ...times },
  },
  twoFactor: {
    name: 'sign_in_two_factor',
    columns: {
      id: 'id',
      userId: 'user_id',
      secret: 'secret',
      backupCodes: 'backup_codes',
      verified: 'verified',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
  rateLimit: {
    name: 'sign_in_rate',
    columns: { id: 'id', key: 'key', count: 'count', lastRequest: 'last_request' },
    hashed: 'key',
  },
}

type Row = Record<string, unknown>

function tableOf(model: string, key: string | undefined): Table {
  const table = TABLES[key ?? model]
  if (!table) throw new DealwrightError('internal', `Sign-in asked for a table that it has not: ${model}.`)
  return table
}

function columnOf(table: Table, field: string): string {
  const column = table.columns[field]
  if (!column) throw new DealwrightError('internal', `Sign-in asked for a column that it has not: ${field}.`)
  return column
}

const stored = (table: Table, field: string, value: unknown): unknown =>
  field === table.hashed && typeof value === 'string' ? hashOfToken(value) : value

const OPERATORS: Record<string, string> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** All conditions must hold: better-auth never asks for "or" of these tables. */
function condition(table: Table, where: readonly CleanedWhere[] | undefined, values: unknown[]): string {
  const all = (where ?? []).map(({ field, operator, value, connector }) => {
    const column = columnOf(table, field)
    if (connector === 'OR') throw new DealwrightError('internal', 'Sign-in asked for "or", which is not built.')
    if (operator === 'in') {
      values.push((value as unknown[]).map(one => stored(table, field, one)))
      return `${column}::text = any($${values.length}::text[])`
    }
    if (value === null) return `${column} is ${operator === 'ne' ? 'not ' : ''}null`
    const sign = OPERATORS[operator]
    if (!sign) throw new DealwrightError('internal', `Sign-in asked for "${operator}", which is not built.`)
    return `${column} ${sign} $${values.push(stored(table, field, value))}`
  })
  if (table.only) all.push(table.only)
  return all.length === 0 ? 'true' : all.join(' and ')
}

const list = (table: Table): string =>
  Object.entries(table.columns)
    .map(([field, column]) => `${column} as "${field}"`)
    .join(', ')

/** What was stored as a hash is given back as it was asked for; without having been asked for, the hash is all there is. */
function shown(table: Table, row: Row | null, where: readonly CleanedWhere[] | undefined): Row | null {
  if (row === null) return null
  const asked = where?.find(one => one.field === table.hashed && one.operator === 'eq')?.value
  const own = asked === undefined || !table.hashed ? {} : { [table.hashed]: asked }
  return { ...row, ...own, ...(table.name === '"user"' ? { emailVerified: true, updatedAt: row.createdAt } : {}) }
}

function adapterOver(sql: Sql): CustomAdapter {
  const self = {
    async create({ model, modelKey, data }: Parameters<CustomAdapter['create']>[0]) {
      const table = tableOf(model, modelKey)
      if (table.name === '"user"') return shown(table, await newViewer(sql, data), undefined) as never
      const fields = Object.keys(data).filter(field => table.columns[field])
      const row = await sql.row<Row>(
        `insert into ${table.name} (${fields.map(field => columnOf(table, field)).join(', ')})
         values (${fields.map((_, n) => `$${n + 1}`).join(', ')}) returning ${list(table)}`,
        fields.map(field => stored(table, field, data[field])),
      )
      return { ...row, ...(table.hashed ? { [table.hashed]: data[table.hashed] } : {}) } as never
    },
    async findOne({ model, modelKey, where }: Parameters<CustomAdapter['findOne']>[0]) {
      const table = tableOf(model, modelKey)
      const values: unknown[] = []
      const row = await sql.row<Row>(
        `select ${list(table)} from ${table.name} where ${condition(table, where, values)} limit 1`,
        values,
      )
      return shown(table, row, where) as never
    },
    async findMany({ model, modelKey, where, limit, offset, sortBy }: Parameters<CustomAdapter['findMany']>[0]) {
      const table = tableOf(model, modelKey)
      const values: unknown[] = [limit, offset ?? 0]
      const order = sortBy
        ? `order by ${columnOf(table, sortBy.field)} ${sortBy.direction === 'desc' ? 'desc' : 'asc'}`
        : ''
      const rows = await sql.rows<Row>(
        `select ${list(table)} from ${table.name} where ${condition(table, where, values)} ${order} limit $1 offset $2`,
        values,
      )
      return rows.map(row => shown(table, row, where)) as never
    },
    async update({ model, modelKey, where, update }: Parameters<CustomAdapter['update']>[0]) {
      const set = update as Row
      return change(tableOf(model, modelKey), where, set, {}) as never
    },
    async updateMany({ model, modelKey, where, update }: Parameters<CustomAdapter['updateMany']>[0]) {
      const table = tableOf(model, modelKey)
      const values: unknown[] = []
      const set = assignments(table, update, {}, values)
      if (set === '') return 0
      return sql.run(`update ${table.name} set ${set} where ${condition(table, where, values)}`, values)
    },
    async delete(of: Parameters<CustomAdapter['delete']>[0]) {
      await self.deleteMany(of)
    },
    async deleteMany({ model, modelKey, where }: Parameters<CustomAdapter['deleteMany']>[0]) {
      const table = tableOf(model, modelKey)
      const values: unknown[] = []
      return sql.run(`delete from ${table.name} where ${condition(table, where, values)}`, values)
    },
    async count({ model, modelKey, where }: Parameters<CustomAdapter['count']>[0]) {
      const table = tableOf(model, modelKey)
      const values: unknown[] = []
      const row = await sql.row<{ n: number }>(
        `select count(*)::int as n from ${table.name} where ${condition(table, where, values)}`,
        values,
      )
      return row?.n ?? 0
    },
    async consumeOne({
      model,
      modelKey,
      where,
    }: {
      model: string
      modelKey?: string | undefined
      where: CleanedWhere[]
    }) {
      const table = tableOf(model, modelKey)
      const values: unknown[] = []
      const row = await sql.row<Row>(
        `delete from ${table.name} where id = (select id from ${table.name} where ${condition(table, where, values)} limit 1 for update)
         returning ${list(table)}`,
        values,
      )
      return shown(table, row, where) as never
    },
    async incrementOne(of: {
      model: string
      modelKey?: string | undefined
      where: CleanedWhere[]
      increment: Record<string, number>
      set?: Row | undefined
    }) {
      return change(tableOf(of.model, of.modelKey), of.where, of.set ?? {}, of.increment) as never
    },
  }
  return self

  /** One row: the condition guards and selects in the same statement. */
  async function change(
    table: Table,
    where: readonly CleanedWhere[],
    set: Row,
    increment: Record<string, number>,
  ): Promise<Row | null> {
    const values: unknown[] = []
    const assigned = assignments(table, set, increment, values)
    if (assigned === '') return self.findOne({ model: '', modelKey: keyOf(table), where: [...where] })
    const holds = condition(table, where, values)
    const row = await sql.row<Row>(
      `update ${table.name} set ${assigned} where ${holds} returning ${list(table)}`,
      values,
    )
    return shown(table, row, where)
  }
}

const keyOf = (table: Table): string => Object.keys(TABLES).find(key => TABLES[key] === table) ?? ''

/** Fields that are not columns of ours are left out: see above. */
function assignments(table: Table, set: Row, increment: Record<string, number>, values: unknown[]): string {
  return [
    ...Object.entries(set)
      .filter(([field]) => table.columns[field] && field !== 'id')
      .map(([field, value]) => `${columnOf(table, field)} = $${values.push(stored(table, field, value))}`),
    ...Object.entries(increment).map(
      ([field, by]) => `${columnOf(table, field)} = ${columnOf(table, field)} + $${values.push(by)}`,
    ),
  ].join(', ')
}

/** Somebody new through single sign-on: always a viewer, whatever came with them. */
async function newViewer(sql: Sql, user: Row): Promise<Row> {
  const row = await sql.row<Row>(
    `insert into "user" (name, email, role, zone) values ($1, lower($2), 'viewer', coalesce((select zone from organisation limit 1), 'UTC'))
     returning ${list(TABLES.user as Table)}`,
    [user.name || user.email, user.email],
  )
  const made = row as Row
  await audit(sql, {
    actor: 'visitor',
    type: 'user.created',
    target: 'user',
    targetId: String(made.id),
    data: { role: 'viewer' },
  })
  return made
}

const CONFIG = { adapterId: 'dealwright', supportsJSON: true, supportsUUIDs: true, supportsArrays: true } as const

type Factory = ReturnType<typeof createAdapterFactory>

/** For `database` of better-auth's options. What must happen together runs in one transaction of ours. */
export function signInDatabase(db: Db): Factory {
  return options => {
    const inTransaction = (tx: Sql) =>
      createAdapterFactory({ config: { ...CONFIG, transaction: false }, adapter: () => adapterOver(tx) })(options)
    return createAdapterFactory({
      config: { ...CONFIG, transaction: work => db.tx(tx => work(inTransaction(tx))) },
      adapter: () => adapterOver(db),
    })(options)
  }
}
