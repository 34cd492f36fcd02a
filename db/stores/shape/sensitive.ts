/** What is hidden from those without `sensitive_field.see`: values of sensitive custom fields, and a product's cost. */
import { may } from '../../../domain/access/may.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import { scope } from '../../access.ts'
import type { Sql } from '../../sql.ts'
import { KIND, type RecordKind } from '../crm/kinds.ts'

/** Our own fields that are sensitive, as `table.field`. */
export const SENSITIVE_FIELDS: ReadonlySet<string> = new Set(['product.costMinor'])

const LISTED = [...SENSITIVE_FIELDS].map(one => `'${one}'`).join(', ')

/** A condition: the change or suggestion of this alias is of a field that not everybody sees. Archived fields stay hidden. */
export const isSensitive = (alias: string): string =>
  `(${alias}."table" || '.' || ${alias}.field in (${LISTED}) or exists (select 1 from custom_field y
    where y.kind = ${alias}."table" and y.sensitive and ${alias}.field in ('custom.' || y.key, 'custom')))`

/** A condition: this viewer may see the values of a row with "table" and field. @param owner SQL of the record's owner */
export const valuesSeen = (viewer: Viewer, alias: string, owner: string, values: unknown[]): string =>
  `(not ${isSensitive(alias)} or ${scope(viewer, 'sensitive_field.see', owner, values)})`

/** `custom` and `field_owners` of a record `r` without what this viewer may not see. */
export function customColumns(viewer: Viewer, kind: RecordKind, owner: string, values: unknown[]): string {
  const sees = scope(viewer, 'sensitive_field.see', owner, values)
  const hidden = (prefix: string) =>
    `(select coalesce(array_agg('${prefix}' || y.key), '{}') from custom_field y where y.kind = '${kind}' and y.sensitive)`
  const cost = kind === 'product' ? `, case when ${sees} then r.cost_minor end as cost_minor` : ''
  return `case when ${sees} then r.custom else r.custom - ${hidden('')} end as custom,
    case when ${sees} then r.field_owners else r.field_owners - ${hidden('custom.')} end as field_owners${cost}`
}

interface Item {
  kind: string
  /** Of the record. */
  id: string
  field: string | null
}

/** Of these changes, those whose values this viewer may not see. */
export async function hiddenOf<I extends Item>(sql: Sql, viewer: Viewer, items: readonly I[]): Promise<Set<I>> {
  const hidden = new Set<I>()
  const sensitive = await sql.rows<{ kind: string; key: string }>('select kind, key from custom_field where sensitive')
  const names = new Set([...SENSITIVE_FIELDS, ...sensitive.map(({ kind, key }) => `${kind}.custom.${key}`)])
  for (const item of items) {
    if (item.field === null || !names.has(`${item.kind}.${item.field}`)) continue
    const { table, owner } = KIND[item.kind as RecordKind]
    const row = await sql.row<{ ownerId: string | null }>(
      `select ${owner} as owner_id from "${table}" r where r.id = $1`,
      [item.id],
    )
    if (!may(viewer, 'sensitive_field.see', row?.ownerId ?? null)) hidden.add(item)
  }
  return hidden
}

/** @returns the items with their values taken out where this viewer may not see them */
export async function withoutHidden<I extends Item & { from: Json; to?: Json }>(
  sql: Sql,
  viewer: Viewer,
  items: readonly I[],
): Promise<I[]> {
  const hidden = await hiddenOf(sql, viewer, items)
  return items.map(item =>
    hidden.has(item) ? { ...item, from: null, ...(item.to === undefined ? {} : { to: null }) } : item,
  )
}
