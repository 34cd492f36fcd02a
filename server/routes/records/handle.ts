/** What the routes of every kind of record do alike. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Db } from '../../../db/sql.ts'
import { editRecord } from '../../../db/stores/crm/change.ts'
import { createRecord } from '../../../db/stores/crm/create.ts'
import type { RecordKind } from '../../../db/stores/crm/kinds.ts'
import { seenRecord, type Seen } from '../../../db/stores/crm/read.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import { CUSTOM_KEY, customName } from '../../../domain/shape/custom-field.ts'
import type { Env } from '../../api/api.ts'
import { requireMatch, tagged } from '../../api/etag.ts'
import { pageQuery } from '../../api/list.ts'

type Given = Readonly<Record<string, unknown>>

/** Searchable custom fields and their values, as JSON: `{"region":"EMEA","seats":12}`. */
export const customQuery = z
  .string()
  .max(2_000)
  .transform((text, context): Readonly<Record<string, Json>> => {
    try {
      return z.record(z.string().regex(CUSTOM_KEY), z.json()).parse(JSON.parse(text))
    } catch {
      context.addIssue({ code: 'custom', message: 'takes JSON such as {"region":"EMEA"}' })
      return z.NEVER
    }
  })
  .openapi({ type: 'string', example: '{"region":"EMEA"}' })
  .optional()

export const listQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  owner: z.uuid().optional(),
  custom: customQuery,
})

export async function shown<D extends Seen>(db: Db, context: Context<Env>, kind: RecordKind, id: string): Promise<D> {
  return tagged(context, await seenRecord<D>(db, context.var.viewer, kind, id))
}

export async function edited<D extends Seen>(
  db: Db,
  context: Context<Env>,
  kind: RecordKind,
  id: string,
  { set, why }: { set: Given; why: string },
): Promise<D> {
  const match = (current: Seen) => requireMatch(context, current)
  const { viewer } = context.var
  return tagged(context, await db.tx(tx => editRecord<D>(tx, { viewer, kind, id, set: given(set), why, match })))
}

export async function created<D extends Seen>(db: Db, context: Context<Env>, kind: RecordKind, set: Given): Promise<D> {
  return tagged(context, await db.tx(tx => createRecord<D>(tx, context.var.viewer, kind, given(set))))
}

/** Only what was sent: an absent field is no change, null empties one. */
function given(set: Given): Record<string, Json> {
  const { custom, ...own } = set
  const named = Object.entries((custom ?? {}) as Given).map(([key, value]) => [customName(key), value] as const)
  const all = [...Object.entries(own), ...named]
  return Object.fromEntries(all.filter(([, value]) => value !== undefined)) as Record<string, Json>
}
