/**
 * Leads, contacts, accounts and deals, and every change of their fields: old value, new value, who, why and from which run.
 * A field a person set is theirs: an agent's value for it becomes a suggestion.
 */
import { DealwrightError } from '../../domain/errors.ts'
import { sha256 } from '../../domain/gate/canonical.ts'
import type { Json } from '../../domain/playbook/types.ts'
import { json, must, type Sql, type Tx } from '../sql.ts'
import { customKey } from '../../domain/shape/custom-field.ts'
import { KIND, type RecordKind } from './crm/kinds.ts'

export interface Lead {
  id: string
  contactId: string | null
  accountId: string | null
  source: string
  status: string
  messageSourceId: string | null
  ownerId: string | null
  ownerWhy: string | null
  scoreValue: number | null
  campaign: string | null
  custom: Record<string, Json>
  createdAt: Date
}

export interface Contact {
  id: string
  accountId: string | null
  name: string
  firstName: string | null
  title: string | null
  email: string | null
  emailKey: string | null
  phone: string | null
  country: string | null
  zone: string | null
  language: string | null
  staleAt: Date | null
}

export interface Account {
  id: string
  name: string
  domain: string | null
  website: string | null
  industry: string | null
  country: string | null
  city: string | null
  employees: number | null
  ownerId: string | null
}

export interface Deal {
  id: string
  name: string
  accountId: string | null
  contactId: string | null
  leadId: string | null
  ownerId: string | null
  pipelineId: string
  stageId: string
  stage: string
  stageKind: string
  amountMinor: number | null
  currency: string | null
  closeDate: string | null
  nextStep: string | null
  createdAt: Date
}

export const LEAD =
  'id, contact_id, account_id, source, status, message_source_id, owner_id, owner_why, score_value, campaign, custom, created_at'
export const CONTACT =
  'id, account_id, name, first_name, title, email, email_key, phone, country, zone, language, stale_at'
export const ACCOUNT = 'id, name, domain, website, industry, country, city, employees, owner_id'
const DEAL = `d.id, d.name, d.account_id, d.contact_id, d.lead_id, d.owner_id, d.pipeline_id, d.stage_id, s.name as stage, s.kind as stage_kind,
  d.amount_minor, d.currency, d.close_date, d.next_step, d.created_at`

export const leadById = (sql: Sql, id: string): Promise<Lead> =>
  must('lead', id, sql.row<Lead>(`select ${LEAD} from lead where id = $1`, [id]))
export const contactById = (sql: Sql, id: string): Promise<Contact> =>
  must('contact', id, sql.row<Contact>(`select ${CONTACT} from contact where id = $1`, [id]))
export const accountById = (sql: Sql, id: string): Promise<Account> =>
  must('account', id, sql.row<Account>(`select ${ACCOUNT} from account where id = $1`, [id]))
export const dealById = (sql: Sql, id: string): Promise<Deal> =>
  must('deal', id, sql.row<Deal>(`select ${DEAL} from deal d join stage s on s.id = d.stage_id where d.id = $1`, [id]))
export const contactByEmailKey = (sql: Sql, key: string): Promise<Contact | null> =>
  sql.row<Contact>(`select ${CONTACT} from contact where email_key = $1`, [key])
export const accountByDomain = (sql: Sql, domain: string): Promise<Account | null> =>
  sql.row<Account>(`select ${ACCOUNT} from account where domain = $1`, [domain])

/** The newest lead of a contact that is not closed. */
export const openLeadOf = (sql: Sql, contactId: string): Promise<Lead | null> =>
  sql.row<Lead>(
    `select ${LEAD} from lead where contact_id = $1 and status not in ('closed', 'disqualified') order by created_at desc limit 1`,
    [contactId],
  )

/** The newest open deal of a lead, else of its contact. */
export const openDealOf = (sql: Sql, of: { leadId: string | null; contactId: string | null }): Promise<Deal | null> =>
  sql.row<Deal>(
    `select ${DEAL} from deal d join stage s on s.id = d.stage_id where s.kind = 'open' and (d.lead_id = $1 or d.contact_id = $2)
     order by (d.lead_id = $1) desc nulls last, d.created_at desc limit 1`,
    [of.leadId, of.contactId],
  )

type Table = RecordKind

/** Fields that only code sets. */
const OWN_FIELDS: Partial<Record<Table, Record<string, string>>> = {
  lead: { ownerWhy: 'owner_why' },
  contact: { staleAt: 'stale_at', staleWhy: 'stale_why' },
}

/** The column of a field that may change through here. Names go into SQL text, so only those that are listed. */
export const columnOf = (table: Table, field: string): string | undefined =>
  KIND[table].fields[field] ??
  OWN_FIELDS[table]?.[field] ??
  (KIND[table].custom && customKey(field) !== null ? 'custom' : undefined)

export interface Change {
  table: Table
  id: string
  field: string
  value: Json
  /** person:<user id> | run:<id> | import:<id> | code */
  by: string
  why: string
  runId?: string | null
  actionId?: string | null
  /** For a suggestion: the words that say so. */
  quote?: string | null
  sourceId?: string | null
}

export type Changed = 'changed' | 'same' | 'suggested'

/**
 * Changes one field. An agent's or an import's value for a field that a person set becomes a suggestion instead, unless a person
 * approved exactly this change (`approved`). Old and new values are kept apart, so that they can be erased.
 */
export async function changeField(tx: Tx, change: Change, approved = false): Promise<Changed> {
  const column = columnOf(change.table, change.field)
  if (!column)
    throw new DealwrightError('internal', `${change.table}.${change.field} cannot be changed: it is not listed.`)
  interface Row {
    old: Json
    owner: string | null
  }
  const row = await must(
    change.table,
    change.id,
    tx.row<Row>(
      `select ${valueIn(column, change.field)} as old, field_owners->$2->>'by' as owner from "${change.table}" t where id = $1 for update`,
      [change.id, change.field],
    ),
  )
  const wanted =
    customKey(change.field) === null
      ? await tx.row<{ value: Json }>(
          `select to_jsonb((jsonb_populate_record(null::"${change.table}", jsonb_build_object('${column}', $1::jsonb))).${column}) as value`,
          [json(change.value)],
        )
      : await tx.row<{ value: Json }>('select $1::jsonb as value', [json(change.value)])
  if (JSON.stringify(wanted?.value ?? null) === JSON.stringify(row.old ?? null)) return 'same'
  const person = change.by.startsWith('person:')
  if (row.owner === 'person' && !person && !approved) {
    await suggest(tx, change)
    return 'suggested'
  }
  await writeField(tx, change, column, row.old)
  return 'changed'
}

/** A field's value as JSON, of row `t`: a column, or one key of `custom`, whose names are of letters we allow. */
export function valueIn(column: string, field: string): string {
  const key = customKey(field)
  return key === null ? `to_jsonb(t.${column})` : `t.custom->'${key}'`
}

/** The column with $2 written into it. A custom field that is emptied leaves no key. */
function written(column: string, field: string): string {
  const key = customKey(field)
  if (key === null) return `(jsonb_populate_record(t, jsonb_build_object('${column}', $2::jsonb))).${column}`
  return `case when $2::jsonb = 'null' then t.custom - '${key}' else t.custom || jsonb_build_object('${key}', $2::jsonb) end`
}

/** Writes a field whatever its owner, and keeps both values; for who has made sure that it may be. Returns the id of the change. */
export async function writeField(tx: Tx, change: Change, column: string, old: Json): Promise<string> {
  const values = await tx.rows<{ id: string }>('insert into field_value (value) values ($1), ($2) returning id', [
    json(old ?? null),
    json(change.value),
  ])
  const owner = {
    by: change.by.startsWith('person:') ? 'person' : change.by.startsWith('import:') ? 'import' : 'agent',
    id: change.by,
  }
  await tx.run(
    `update "${change.table}" t set ${column} = ${written(column, change.field)},
       field_owners = field_owners || jsonb_build_object($3::text, $4::jsonb || jsonb_build_object('at', now())), updated_at = now() where id = $1`,
    [change.id, json(change.value), change.field, json(owner)],
  )
  const made = await tx.row<{ id: string }>(
    `insert into field_change ("table", record_id, field, old_value_id, new_value_id, by, why, run_id, action_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9) returning id`,
    [
      change.table,
      change.id,
      change.field,
      values[0]?.id,
      values[1]?.id,
      change.by,
      change.why,
      change.runId ?? null,
      change.actionId ?? null,
    ],
  )
  return (made as { id: string }).id
}

/** Keeps a value for a person to accept or refuse. */
export async function suggest(tx: Tx, change: Change): Promise<void> {
  await tx.run(
    `insert into field_suggestion (key, "table", record_id, field, value, quote, source_id, run_id) values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict (key) do nothing`,
    [
      sha256([change.table, change.id, change.field, JSON.stringify(change.value), change.runId ?? ''].join('|')),
      change.table,
      change.id,
      change.field,
      json(change.value),
      change.quote ?? null,
      change.sourceId ?? null,
      change.runId ?? null,
    ],
  )
}

export interface NewTask {
  key: string
  title: string
  why: string
  dueAt?: Date | string | null
  assigneeId?: string | null
  leadId?: string | null
  dealId?: string | null
  contactId?: string | null
  messageId?: string | null
  runId?: string | null
}

export async function createTask(tx: Tx, task: NewTask): Promise<string> {
  const made = await tx.row<{ id: string }>(
    `insert into task (key, title, why, due_at, assignee_id, lead_id, deal_id, contact_id, message_id, run_id)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) on conflict (key) do nothing returning id`,
    [
      task.key,
      task.title,
      task.why,
      task.dueAt ?? null,
      task.assigneeId ?? null,
      task.leadId ?? null,
      task.dealId ?? null,
      task.contactId ?? null,
      task.messageId ?? null,
      task.runId ?? null,
    ],
  )
  if (made) return made.id
  return (await must('task', task.key, tx.row<{ id: string }>('select id from task where key = $1', [task.key]))).id
}

export interface Stage {
  id: string
  pipelineId: string
  name: string
  position: number
  kind: string
}

/** Stages of the default pipeline in order. */
export const stages = (sql: Sql): Promise<Stage[]> =>
  sql.rows<Stage>(`select s.id, s.pipeline_id, s.name, s.position, s.kind from stage s join pipeline p on p.id = s.pipeline_id
    where s.archived_at is null
      and p.id = (select id from pipeline where archived_at is null order by (name = 'Sales') desc, name limit 1) order by s.position`)

/** Stages of one pipeline in use, in order. */
export const stagesOf = (sql: Sql, pipelineId: string): Promise<Stage[]> =>
  sql.rows<Stage>(
    'select id, pipeline_id, name, position, kind from stage where pipeline_id = $1 and archived_at is null order by position',
    [pipelineId],
  )

export interface NewDeal {
  /** The action that opens it: the key that makes a repeat harmless. */
  id: string
  name: string
  accountId: string | null
  contactId: string | null
  leadId: string | null
  ownerId: string | null
  pipelineId: string
  stageId: string
  actionId: string
  by: string
}

export async function openDeal(tx: Tx, deal: NewDeal): Promise<string> {
  const made = await tx.run(
    `insert into deal (id, name, account_id, contact_id, lead_id, owner_id, pipeline_id, stage_id, source, updated_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,'agent', now()) on conflict (id) do nothing`,
    [deal.id, deal.name, deal.accountId, deal.contactId, deal.leadId, deal.ownerId, deal.pipelineId, deal.stageId],
  )
  if (made === 1)
    await recordStage(tx, { dealId: deal.id, from: null, to: deal.stageId, by: deal.by, actionId: deal.actionId })
  return deal.id
}

export async function recordStage(
  tx: Tx,
  change: { dealId: string; from: string | null; to: string; by: string; actionId: string | null },
): Promise<void> {
  await tx.run(
    'insert into deal_stage_change (deal_id, from_stage_id, to_stage_id, by, action_id) values ($1,$2,$3,$4,$5) on conflict (action_id, to_stage_id) do nothing',
    [change.dealId, change.from, change.to, change.by, change.actionId],
  )
}
