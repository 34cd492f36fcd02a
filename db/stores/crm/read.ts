/** Reads records as a viewer may see them. What they may not see is not found. */
import type { Right } from '../../../domain/access/table.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import { scope } from '../../access.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../../page.ts'
import { must, type Sql } from '../../sql.ts'
import { KIND, type KindFacts, type RecordKind } from './kinds.ts'

const NEWEST: Order = {
  by: [
    { sql: 'r.created_at', type: 'timestamptz', key: 'createdAt' },
    { sql: 'r.id', type: 'uuid', key: 'id' },
  ],
  descending: true,
}

export interface Seen {
  id: string
  ownerId: string | null
  createdAt: Date
}

export interface ListRequest extends PageRequest {
  /** Words to look for; every one of them has to begin a word of a searched field. */
  q?: string | undefined
  /** Values of the kind's named filters. */
  filters?: Readonly<Record<string, string | undefined>>
}

/** Newest first. */
export async function listRecords<D extends Seen>(
  sql: Sql,
  viewer: Viewer,
  kind: RecordKind,
  request: ListRequest,
): Promise<Page<D>> {
  const facts = KIND[kind]
  const values: unknown[] = []
  const conditions = [scope(viewer, `${kind}.see`, facts.owner, values)]
  for (const [name, value] of Object.entries(request.filters ?? {})) {
    const condition = facts.filters[name]
    if (value !== undefined && condition !== undefined)
      conditions.push(condition.replace('?', `$${values.push(value)}`))
  }
  for (const word of (request.q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)) {
    const slot = values.push(`(^|[^[:alnum:]])${word.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`)}`)
    conditions.push(`(${facts.search.map(column => `lower(${column}) ~ $${slot}`).join(' or ')})`)
  }
  const { where, tail } = keyset(NEWEST, request, values)
  const rows = await sql.rows<D>(`${select(facts)} where ${[...conditions, where].join(' and ')} ${tail}`, values)
  return pageOf(rows, NEWEST, request)
}

/** @throws DealwrightError `not_found` also when the viewer may not see it */
export async function seenRecord<D extends Seen>(
  sql: Sql,
  viewer: Viewer,
  kind: RecordKind,
  id: string,
  right: Right = `${kind}.see`,
): Promise<D> {
  const values: unknown[] = [id]
  const facts = KIND[kind]
  const mine = scope(viewer, right, facts.owner, values)
  return must(kind, id, sql.row<D>(`${select(facts)} where r.id = $1 and ${mine}`, values))
}

function select({ table, columns, joins, owner }: KindFacts): string {
  return `select r.id, ${owner} as owner_id, ${columns}, r.created_at, r.updated_at from "${table}" r ${joins}`
}
