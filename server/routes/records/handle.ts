/** What the routes of every kind of record do alike. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Db } from '../../../db/sql.ts'
import { editRecord } from '../../../db/stores/crm/change.ts'
import { createRecord } from '../../../db/stores/crm/create.ts'
import type { RecordKind } from '../../../db/stores/crm/kinds.ts'
import { seenRecord, type Seen } from '../../../db/stores/crm/read.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import type { Env } from '../../api/api.ts'
import { requireMatch, sendEtag } from '../../api/etag.ts'
import { pageQuery } from '../../api/list.ts'

type Given = Readonly<Record<string, unknown>>

export const listQuery = pageQuery.extend({ q: z.string().max(200).optional(), owner: z.uuid().optional() })

export async function shown<D extends Seen>(db: Db, context: Context<Env>, kind: RecordKind, id: string): Promise<D> {
  const record = await seenRecord<D>(db, context.var.viewer, kind, id)
  sendEtag(context, record)
  return record
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
  const record = await db.tx(tx => editRecord<D>(tx, { viewer, kind, id, set: given(set), why, match }))
  sendEtag(context, record)
  return record
}

export async function created<D extends Seen>(db: Db, context: Context<Env>, kind: RecordKind, set: Given): Promise<D> {
  const record = await db.tx(tx => createRecord<D>(tx, context.var.viewer, kind, given(set)))
  sendEtag(context, record)
  return record
}

/** Only what was sent: an absent field is no change, null empties one. */
function given(set: Given): Record<string, Json> {
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) as Record<string, Json>
}
