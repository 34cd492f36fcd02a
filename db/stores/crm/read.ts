/** Reads records as a viewer may see them. What they may not see is not found. */
import type { Right } from '../../../domain/access/table.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import { scope } from '../../access.ts'
import { keyset, newestFirst, pageOf, type Page, type PageRequest } from '../../page.ts'
import { must, type Sql } from '../../sql.ts'
import { customCondition, searchedFields } from '../shape/custom-values.ts'
import { customColumns } from '../shape/sensitive.ts'
import { KIND, type RecordKind } from './kinds.ts'

const NEWEST = newestFirst('r')

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
  /** Values of searchable custom fields. */
  custom?: Readonly<Record<string, Json>> | undefined
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
  const asked = { viewer, kind, owner: facts.owner, alias: 'r', values }
  conditions.push(await customCondition(sql, asked, request.custom))
  const search = request.q ? [...facts.search, ...(await searchedFields(sql, asked))] : facts.search
  for (const word of (request.q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)) {
    const slot = values.push(`(^|[^[:alnum:]])${word.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`)}`)
    conditions.push(`(${search.map(column => `lower(${column}) ~ $${slot}`).join(' or ')})`)
  }
  const { where, tail } = keyset(NEWEST, request, values)
  const rows = await sql.rows<D>(
    `${select(viewer, kind, values)} where ${[...conditions, where].join(' and ')} ${tail}`,
    values,
  )
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
  return must(kind, id, sql.row<D>(`${select(viewer, kind, values)} where r.id = $1 and ${mine}`, values))
}

function select(viewer: Viewer, kind: RecordKind, values: unknown[]): string {
  const { table, columns, joins, owner, custom } = KIND[kind]
  const more = custom ? `${customColumns(viewer, kind, owner, values)},` : ''
  return `select r.id, ${owner} as owner_id, ${columns}, ${more} r.created_at, r.updated_at from "${table}" r ${joins}`
}
