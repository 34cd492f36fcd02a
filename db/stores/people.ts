/** The organisation, its people, their mailboxes, and what it may say of itself. */
import type { Role } from '../../domain/access/viewer.ts'
import { json, must, type Sql, type Tx } from '../sql.ts'
import { storeSource } from './evidence.ts'

export interface User {
  id: string
  name: string
  email: string
  role: Role
  zone: string
  teamId: string | null
  active: boolean
  capacity: number | null
}

/** Columns of a user, as `u`. */
export const USER = 'u.id, u.name, u.email, u.role, u.zone, u.team_id, u.active, u.capacity'

export const userById = (sql: Sql, id: string): Promise<User> =>
  must('user', id, sql.row<User>(`select ${USER} from "user" u where id = $1`, [id]))
export const userByEmail = (sql: Sql, email: string): Promise<User | null> =>
  sql.row<User>(`select ${USER} from "user" u where email = lower($1)`, [email])
export const activeUsers = (sql: Sql): Promise<User[]> =>
  sql.rows<User>(`select ${USER} from "user" u where active order by created_at, name`)

/** How many open leads each person has and when one was last given to them: what routing weighs. */
export async function loads(sql: Sql): Promise<{ userId: string; open: number; lastAssignedAt: Date | null }[]> {
  return sql.rows(
    `select owner_id as user_id, count(*) filter (where status in ('new', 'working', 'qualified'))::int as open, max(assigned_at) as last_assigned_at
     from lead where owner_id is not null group by owner_id`,
  )
}

export interface NewUser {
  name: string
  email: string
  role: Role
  zone: string
  team: string | null
  capacity?: number | null
}

export async function ensureUser(tx: Tx, user: NewUser): Promise<string> {
  let teamId: string | null = null
  if (user.team) {
    const team = await tx.row<{ id: string }>(
      'insert into team (name) values ($1) on conflict (name) do update set name = excluded.name returning id',
      [user.team],
    )
    teamId = (team as { id: string }).id
  }
  const row = await tx.row<{ id: string }>(
    `insert into "user" (name, email, role, zone, team_id, capacity) values ($1, lower($2), $3, $4, $5, $6)
     on conflict (email) do update set name = excluded.name returning id`,
    [user.name, user.email, user.role, user.zone, teamId, user.capacity ?? null],
  )
  const id = (row as { id: string }).id
  if (user.role === 'manager' && teamId)
    await tx.run('update team set manager_id = $2 where id = $1 and manager_id is null', [teamId, id])
  return id
}

export interface Mailbox {
  id: string
  userId: string
  address: string
  name: string
  signature: string
  dailyCap: number
  pausedAt: Date | null
  pausedWhy: string | null
}

const MAILBOX = 'id, user_id, address, name, signature, daily_cap, paused_at, paused_why'

export async function ensureMailbox(
  tx: Tx,
  mailbox: { userId: string; address: string; name: string; signature: string; dailyCap?: number },
): Promise<string> {
  const row = await tx.row<{ id: string }>(
    `insert into mailbox (user_id, address, name, signature, daily_cap) values ($1, lower($2), $3, $4, $5)
     on conflict (address) do update set name = excluded.name returning id`,
    [mailbox.userId, mailbox.address, mailbox.name, mailbox.signature, mailbox.dailyCap ?? 50],
  )
  return (row as { id: string }).id
}

export const mailboxOf = (sql: Sql, userId: string): Promise<Mailbox | null> =>
  sql.row<Mailbox>(`select ${MAILBOX} from mailbox where user_id = $1 order by created_at limit 1`, [userId])
export const mailboxById = (sql: Sql, id: string): Promise<Mailbox> =>
  must('mailbox', id, sql.row<Mailbox>(`select ${MAILBOX} from mailbox where id = $1`, [id]))
export const mailboxByAddress = (sql: Sql, address: string): Promise<Mailbox | null> =>
  sql.row<Mailbox>(`select ${MAILBOX} from mailbox where address = lower($1)`, [address])

/** One at a time looks at a mailbox's cap and pause, or changes them. Until the transaction ends. */
export async function lockMailbox(tx: Sql, id: string): Promise<void> {
  await tx.run('select pg_advisory_xact_lock(hashtext($1))', [`mailbox:${id}`])
}

export interface Organisation {
  id: string
  name: string
  domain: string | null
  currency: string
  zone: string
  country: string | null
  address: string | null
}

/** The one organisation; null before set-up. */
export const organisation = (sql: Sql): Promise<Organisation | null> =>
  sql.row<Organisation>('select id, name, domain, currency, zone, country, address from organisation limit 1')

export async function ensureOrganisation(tx: Tx, org: Omit<Organisation, 'id'>): Promise<void> {
  await tx.run(
    `insert into organisation (id, name, domain, currency, zone, country, address) values ('own',$1,$2,$3,$4,$5,$6) on conflict (id) do nothing`,
    [org.name, org.domain, org.currency, org.zone, org.country, org.address],
  )
}

export interface KnowledgeItem {
  id: string
  kind: 'offering' | 'proof_point' | 'case_study' | 'price' | 'voice'
  title: string
  text: string
  lang: string
  sourceId: string
}

/** Approves an item, its text stored as a source. A changed text replaces the earlier one under the same id. */
export async function approveKnowledge(
  tx: Tx,
  item: Omit<KnowledgeItem, 'sourceId'> & { hash: string },
  by: string,
): Promise<void> {
  const sourceId = await storeSource(tx, {
    key: `knowledge:${item.id}:${item.hash}`,
    kind: 'knowledge',
    text: item.text,
    title: item.title,
    fetchedAt: new Date(),
  })
  await tx.run(
    `insert into knowledge_item (id, kind, title, text, source_id, approved_by, lang) values ($1,$2,$3,$4,$5,$6,$7)
     on conflict (id) do update set kind = excluded.kind, title = excluded.title, text = excluded.text, lang = excluded.lang, source_id = excluded.source_id,
       approved_by = excluded.approved_by, approved_at = now(), retired_at = null where (knowledge_item.kind, knowledge_item.title, knowledge_item.text, knowledge_item.lang)
       is distinct from (excluded.kind, excluded.title, excluded.text, excluded.lang)
       or knowledge_item.retired_at is not null`,
    [item.id, item.kind, item.title, item.text, sourceId, by, item.lang],
  )
}

export const approvedKnowledge = (sql: Sql): Promise<KnowledgeItem[]> =>
  sql.rows<KnowledgeItem>(
    'select id, kind, title, text, lang, source_id from knowledge_item where retired_at is null order by kind, id',
  )

/** Makes the default pipeline if there is none. Probabilities are the starting points that ops then change. */
export async function ensurePipeline(
  tx: Tx,
  name: string,
  stages: { name: string; kind: 'open' | 'won' | 'lost'; probability: number }[],
): Promise<void> {
  const row = await tx.row<{ id: string }>(
    'insert into pipeline (name) values ($1) on conflict (name) where archived_at is null do update set name = excluded.name returning id',
    [name],
  )
  const pipelineId = (row as { id: string }).id
  await tx.run(
    `insert into stage (pipeline_id, name, position, kind, probability)
     select $1, x.name, x.position, x.kind, x.probability from jsonb_to_recordset($2) as x(name text, position int, kind text, probability float)
     on conflict do nothing`,
    [pipelineId, json(stages.map((stage, position) => ({ ...stage, position })))],
  )
}
