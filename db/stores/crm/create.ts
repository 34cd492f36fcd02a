/** Records that people make themselves. What they fill in is theirs: agents only suggest other values. */
import { requireRight } from '../../../domain/access/may.ts'
import { INSTALLATION, type Viewer } from '../../../domain/access/viewer.ts'
import { DealwrightError } from '../../../domain/errors.ts'
import { companyKey, personKey } from '../../../domain/import/normalise/name.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import type { Tx } from '../../sql.ts'
import { audit } from '../audit.ts'
import { recordEvent } from '../events.ts'
import { recordStage } from '../records.ts'
import { requireRequired } from '../shape/custom-values.ts'
import { pointsAtSeen, requiredProductKey, wordOf, writeFields } from './change.ts'
import type { RecordKind } from './kinds.ts'
import { seenRecord, type Seen } from './read.ts'

/** Document fields of the new record. */
export type Given = Readonly<Record<string, Json>>

/**
 * Makes the row, then sets the given fields as any change by a person does. Without an owner named, the record is its maker's.
 * @throws DealwrightError `forbidden`, `bad_input`, `conflict`, `not_found` (of a record it points at)
 */
export async function createRecord<D extends Seen>(tx: Tx, viewer: Viewer, kind: RecordKind, given: Given): Promise<D> {
  requireRight(viewer, `${kind}.create`)
  await pointsAtSeen(tx, viewer, given)
  await requireRequired(tx, kind, given)
  const id = await insert(tx, kind, given)
  // Nobody owns a product.
  const set = {
    ...(kind === 'product' ? {} : { ownerId: viewer.userId }),
    ...(kind === 'contact' && given.origin === undefined ? { origin: 'manual', originId: viewer.userId } : {}),
    ...given,
  }
  for (const fixed of FIXED[kind]) delete (set as Record<string, Json>)[fixed]
  const bare = await seenRecord<D>(tx, INSTALLATION, kind, id)
  await writeFields(tx, { viewer, kind, id, set, why: 'made by a person' }, bare)
  const made = await seenRecord<D>(tx, viewer, kind, id)
  await audit(tx, {
    actor: `user:${viewer.userId}`,
    type: `${kind}.created`,
    target: kind,
    targetId: id,
    data: {},
  })
  if (kind === 'deal') await opened(tx, made as D & DealIds)
  return made
}

interface DealIds {
  leadId: string | null
  contactId: string | null
  accountId: string | null
}

async function opened(tx: Tx, deal: Seen & DealIds): Promise<void> {
  await recordEvent(tx, {
    key: `deal.opened:${deal.id}`,
    name: 'deal.opened',
    fields: {},
    dealId: deal.id,
    leadId: deal.leadId,
    contactId: deal.contactId,
    accountId: deal.accountId,
  })
}

/** Given at the making and never set again. */
const FIXED: Readonly<Record<RecordKind, readonly string[]>> = {
  account: [],
  contact: [],
  lead: ['contactId', 'accountId'],
  deal: ['leadId', 'stageId'],
  task: ['leadId', 'dealId', 'contactId'],
  product: [],
}

async function insert(tx: Tx, kind: RecordKind, given: Given): Promise<string> {
  const [sql, values] = INSERT[kind](given)
  const row = await tx.row<{ id: string }>(sql, values)
  if (!row && kind === 'product')
    throw new DealwrightError('conflict', 'A product has this name already, in use or archived.')
  if (!row) throw new DealwrightError('not_found', 'There is no such stage, or no pipeline yet.')
  if (kind === 'deal') {
    const stage = await tx.row<{ stageId: string }>('select stage_id from deal where id = $1', [row.id])
    await recordStage(tx, { dealId: row.id, from: null, to: stage?.stageId ?? '', by: 'person', actionId: null })
  }
  return row.id
}

const INSERT: Readonly<Record<RecordKind, (given: Given) => [string, unknown[]]>> = {
  account: given => [
    'insert into account (name, name_key) values ($1, $2) returning id',
    [given.name, companyKey(wordOf(given.name))],
  ],
  contact: given => [
    'insert into contact (name, name_key) values ($1, $2) returning id',
    [given.name, personKey(wordOf(given.name))],
  ],
  lead: given => [
    `insert into lead (contact_id, account_id, source) values ($1, coalesce($2, (select account_id from contact where id = $1)), 'person') returning id`,
    [given.contactId ?? null, given.accountId ?? null],
  ],
  deal: given => [
    `insert into deal (name, lead_id, pipeline_id, stage_id, source) select $1, $2, s.pipeline_id, s.id, 'person' from stage s join pipeline p on p.id = s.pipeline_id
     where s.archived_at is null and p.archived_at is null and ($3::uuid is null and s.kind = 'open' or s.id = $3) order by (p.name = 'Sales') desc, p.name, s.position limit 1 returning id`,
    [given.name, given.leadId ?? null, given.stageId ?? null],
  ],
  product: given => [
    'insert into product (name, name_key) values ($1, $2) on conflict (name_key) do nothing returning id',
    [given.name, requiredProductKey(given.name ?? null)],
  ],
  task: given => [
    `insert into task (key, title, why, lead_id, deal_id, contact_id) values ('person:' || gen_random_uuid(), $1, coalesce($2, 'noted by a person'), $3, $4, $5) returning id`,
    [given.title, given.why ?? null, given.leadId ?? null, given.dealId ?? null, given.contactId ?? null],
  ],
}
