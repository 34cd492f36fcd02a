/**
 * Pages of a list by keyset: the cursor holds the last row's sort values, so that a page costs the same however far in it lies, and
 * rows that come or go between two pages make none appear twice. Sort expressions are never null and end with the id.
 */
import { DealwrightError } from '../domain/errors.ts'

export interface Order {
  /** Trusted text of a store: expression, Postgres type, and the row's property that carries its value (`sort…` where it is for this alone). */
  by: readonly { sql: string; type: 'float8' | 'timestamptz' | 'date' | 'int8' | 'text' | 'uuid'; key: string }[]
  descending: boolean
}

/** By `created_at`, then id, newest first: the order of most lists. @param alias of the table; trusted text of a store */
export const newestFirst = (alias: string): Order => ({
  by: [
    { sql: `${alias}.created_at`, type: 'timestamptz', key: 'createdAt' },
    { sql: `${alias}.id`, type: 'uuid', key: 'id' },
  ],
  descending: true,
})

export interface Page<T> {
  items: T[]
  /** Give it back as `cursor` for what follows; null: that was all. */
  next: string | null
}

export interface PageRequest {
  /** 1 to 200. */
  limit: number
  cursor?: string | undefined
}

/** The condition that leaves out everything up to the cursor, and `order by … limit …`; values are appended. */
export function keyset(order: Order, request: PageRequest, values: unknown[]): { where: string; tail: string } {
  const direction = order.descending ? 'desc' : 'asc'
  values.push(request.limit + 1)
  const tail = `order by ${order.by.map(({ sql }) => `${sql} ${direction}`).join(', ')} limit $${values.length}`
  const last = cursorOf(order, request)
  if (last === null) return { where: 'true', tail }
  const slots = order.by.map(({ type }, n) => `$${values.push(last[n])}::${type}`)
  return {
    where: `(${order.by.map(({ sql }) => sql).join(', ')}) ${order.descending ? '<' : '>'} (${slots.join(', ')})`,
    tail,
  }
}

/** The last row's sort values, in order; null: from the beginning. @throws DealwrightError `bad_input` for a cursor of another list */
export function cursorOf(order: Order, { cursor }: PageRequest): unknown[] | null {
  return cursor === undefined ? null : decode(cursor, order)
}

/** Rows as read with `keyset`'s tail, one more than asked for when there is a next page. */
export function pageOf<T extends object>(rows: T[], order: Order, { limit }: PageRequest): Page<T> {
  const last = rows[limit - 1] as Record<string, unknown> | undefined
  const more = rows.length > limit && last !== undefined
  const next = more ? Buffer.from(JSON.stringify(order.by.map(({ key }) => last[key]))).toString('base64url') : null
  return { items: rows.slice(0, limit).map(withoutSortKeys), next }
}

/** Values that are read for the order alone are called `sort_…`. */
function withoutSortKeys<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !/^sort[A-Z]/.test(key))) as T
}

function decode(cursor: string, order: Order): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (
      Array.isArray(values) &&
      values.length === order.by.length &&
      values.every((value, n) => fits(value, order.by[n]?.type))
    )
      return values
  } catch {
    // Said below.
  }
  throw new DealwrightError('bad_input', 'cursor: is not one of this list. Begin again without it.')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function fits(value: unknown, type: string | undefined): boolean {
  if (type === 'float8' || type === 'int8') return typeof value === 'number' && Number.isFinite(value)
  if (typeof value !== 'string') return false
  if (type === 'uuid') return UUID.test(value)
  if (type === 'timestamptz' || type === 'date') return !Number.isNaN(Date.parse(value))
  return !value.includes('\0')
}
