/** Changes that people make to records: field by field, each kept with its old value, in one transaction with its audit event. */
import { randomUUID } from 'node:crypto'
import { requireFor } from '../../../domain/access/may.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import { DealwrightError } from '../../../domain/errors.ts'
import { companyDomain } from '../../../domain/import/normalise/domain.ts'
import { normaliseEmail } from '../../../domain/import/normalise/email.ts'
import { companyKey, personKey, productKey } from '../../../domain/import/normalise/name.ts'
import { customKey } from '../../../domain/shape/custom-field.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import type { Tx } from '../../sql.ts'
import { audit } from '../audit.ts'
import { refuseErased } from '../erased.ts'
import { recordEvent } from '../events.ts'
import { changeField, recordStage } from '../records.ts'
import { requireValues } from '../shape/custom-values.ts'
import { requireFreeWay, requireStageInUse } from '../shape/deal-move.ts'
import { KIND, type RecordKind } from './kinds.ts'
import { seenRecord, type Seen } from './read.ts'

export interface Edit {
  viewer: Viewer
  kind: RecordKind
  id: string
  /** Document fields and their new values; only those that the kind lists. */
  set: Readonly<Record<string, Json>>
  why: string
  /** Called with the record as it stands, locked: throws when the change was made from another state. */
  match: (current: Seen) => void
}

/** @throws DealwrightError `not_found`, `forbidden`, `bad_input`, `conflict`, and whatever `match` throws */
export async function editRecord<D extends Seen>(tx: Tx, edit: Edit): Promise<D> {
  const { viewer, kind, id, set } = edit
  await tx.run(`select 1 from "${KIND[kind].table}" where id = $1 for update`, [id])
  const current = await seenRecord<D>(tx, viewer, kind, id)
  requireFor(viewer, `${kind}.change`, { what: kind, ...current })
  edit.match(current)
  await writeFields(tx, edit, current)
  const after = await seenRecord<D>(tx, viewer, kind, id).catch(outOfSight)
  await audit(tx, {
    actor: `user:${viewer.userId}`,
    type: `${kind}.changed`,
    target: kind,
    targetId: id,
    data: { fields: Object.keys(set) },
  })
  return after
}

/** Handed to somebody whose records one does not see, it would be out of one's own reach. */
function outOfSight(error: unknown): never {
  if (!(error instanceof DealwrightError) || error.code !== 'not_found') throw error
  throw new DealwrightError(
    'forbidden',
    'They are of another team, whose records you do not see: ask a manager or an admin to hand it over.',
  )
}

/** Sets the given fields, with what follows from each. */
export async function writeFields(
  tx: Tx,
  { viewer, kind, id, set, why }: Omit<Edit, 'match'>,
  current: Seen,
): Promise<void> {
  await pointsAtSeen(tx, viewer, set)
  await requireValues(tx, viewer, kind, current.ownerId, set)
  if (kind === 'deal' || kind === 'product') requireCurrency(set, current)
  for (const [field, given] of inOrder(set)) {
    if (KIND[kind].fields[field] === undefined && customKey(field) === null)
      throw new DealwrightError('bad_input', `${field}: is not a field of a ${kind} that can be set.`)
    const value = tidied(kind, field, given)
    if (kind === 'deal' && field === 'stageId') await requireStageInUse(tx, wordOf(value))
    await changeField(tx, { table: kind, id, field, value, by: `person:${viewer.userId}`, why })
    await follow(tx, kind, id, field, value, current, viewer)
  }
  if (kind === 'deal' && typeof set.stageId === 'string') {
    const from = (current as Seen & { stageId: string }).stageId
    await requireFreeWay(tx, id, from, set.stageId)
  }
}

/** An amount never stands without its currency, not even between two fields of one change. */
function inOrder(set: Edit['set']): [string, Json][] {
  const rank = ([field, value]: [string, Json]) => (field !== 'currency' ? 1 : value === null ? 2 : 0)
  return Object.entries(set).sort((a, b) => rank(a) - rank(b))
}

function requireCurrency(set: Edit['set'], current: Seen): void {
  const after: Record<string, Json | Date> = { ...(current as Seen & Record<string, Json>), ...set }
  const amounts = [after.amountMinor, after.priceMinor, after.costMinor]
  if (amounts.some(one => typeof one === 'number') && after.currency === null)
    throw new DealwrightError('bad_input', 'currency: an amount needs one.')
}

const POINTERS: Readonly<Record<string, RecordKind>> = {
  accountId: 'account',
  contactId: 'contact',
  leadId: 'lead',
  dealId: 'deal',
}

/** Nobody learns by pointing that a record exists which they may not see. */
export async function pointsAtSeen(tx: Tx, viewer: Viewer, set: Edit['set']): Promise<void> {
  for (const [field, kind] of Object.entries(POINTERS)) {
    const id = set[field]
    if (typeof id === 'string') await seenRecord(tx, viewer, kind, id)
  }
}

/** As imports store it: domains registrable and in ASCII, addresses checked. */
function tidied(kind: RecordKind, field: string, value: Json): Json {
  if (typeof value !== 'string') return value
  if (kind === 'account' && field === 'domain') {
    const domain = companyDomain(value)
    if (domain === null) throw new DealwrightError('bad_input', `domain: “${value}” is no company’s domain.`)
    return domain
  }
  if (kind === 'contact' && field === 'email') {
    const mail = normaliseEmail(value)
    if (mail === null) throw new DealwrightError('bad_input', `email: “${value}” is not an e-mail address.`)
    return mail.email
  }
  return value
}

/** Names and ids come as texts; the routes let no other value through. */
export const wordOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** @throws DealwrightError `bad_input` for a name without a letter or digit */
export function requiredProductKey(name: Json): string {
  const key = productKey(wordOf(name))
  if (key === '') throw new DealwrightError('bad_input', 'name: has no letter or digit.')
  return key
}

/** What follows from a change: folded keys, the stage's history, the time a task was done. */
async function follow(
  tx: Tx,
  kind: RecordKind,
  id: string,
  field: string,
  value: Json,
  current: Seen,
  viewer: Viewer,
): Promise<void> {
  if (kind === 'account' && field === 'name')
    await tx.run('update account set name_key = $2 where id = $1', [id, companyKey(wordOf(value))])
  if (kind === 'product' && field === 'name') {
    const key = requiredProductKey(value)
    const other = await tx.row<{ id: string }>('select id from product where name_key = $1 and id <> $2', [key, id])
    if (other) throw new DealwrightError('conflict', `Product ${other.id} has this name already.`)
    await tx.run('update product set name_key = $2 where id = $1', [id, key])
  }
  if (kind === 'contact' && field === 'name')
    await tx.run('update contact set name_key = $2 where id = $1', [id, personKey(wordOf(value))])
  if (kind === 'contact' && field === 'email') {
    const key = typeof value === 'string' ? (normaliseEmail(value)?.emailKey ?? null) : null
    await refuseErased(tx, [key], 'a person')
    const other = await tx.row<{ id: string }>('select id from contact where email_key = $1 and id <> $2', [key, id])
    if (other)
      throw new DealwrightError('conflict', `Contact ${other.id} has this address already: merge the two instead.`)
    await tx.run('update contact set email_key = $2, stale_at = null, stale_why = null where id = $1', [id, key])
  }
  if (kind === 'lead' && field === 'ownerId') await tx.run('update lead set assigned_at = now() where id = $1', [id])
  if (kind === 'lead' && field === 'status' && value === 'closed') {
    const ids = current as Seen & { contactId: string | null; accountId: string | null }
    const key = `lead.closed:${id}:${randomUUID()}`
    await recordEvent(tx, {
      key,
      name: 'lead.closed',
      fields: {},
      leadId: id,
      contactId: ids.contactId,
      accountId: ids.accountId,
    })
  }
  if (kind === 'task' && field === 'status')
    await tx.run(`update task set done_at = case status when 'open' then null else now() end where id = $1`, [id])
  if (kind === 'deal' && field === 'stageId') {
    const from = (current as Seen & { stageId: string }).stageId
    const by = `person:${viewer.userId}`
    if (from === value) return
    await tx.run('update deal set pipeline_id = (select pipeline_id from stage where id = $2) where id = $1', [
      id,
      value,
    ])
    await recordStage(tx, { dealId: id, from, to: wordOf(value), by, actionId: null })
  }
}
