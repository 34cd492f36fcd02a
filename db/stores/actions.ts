/**
 * Actions: what is proposed, how it stands, and its settled ends. Decisions are in decisions.ts, claims in claims.ts. Each change of status is
 * one conditional update under the row's lock, so of any number of concurrent deciders exactly one wins; the others are told what stands.
 */
import { randomUUID } from 'node:crypto'
import { DealwrightError } from '../../domain/errors.ts'
import { contentHash, reliedHash, type ReliedField } from '../../domain/gate/canonical.ts'
import { type Decision } from '../../domain/gate/decision.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import type { Duration } from '../../domain/calendar/duration.ts'
import type { Json, JsonObject } from '../../domain/playbook/types.ts'
import { scope } from '../access.ts'
import { keyset, newestFirst, pageOf, type Page, type PageRequest } from '../page.ts'
import { json, must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { enqueueSignal } from './runs.ts'

export type ActionStatus =
  | 'proposed'
  | 'allowed'
  | 'waiting'
  | 'approved'
  | 'refused'
  | 'expired'
  | 'superseded'
  | 'claimed'
  | 'done'
  | 'failed'
  | 'uncertain'

export interface Action {
  id: string
  key: string
  runId: string | null
  kind: string
  status: ActionStatus
  leadId: string | null
  dealId: string | null
  contactId: string | null
  ownerId: string | null
  mailboxId: string | null
  draftId: string | null
  summary: string
  content: JsonObject
  rendered: Buffer | null
  contentHash: string
  reliedOn: ReliedField[]
  reliedHash: string
  by: 'model' | 'rules' | 'person' | 'code'
  approver: 'owner' | 'manager' | 'ops'
  escalateAt: Date | null
  escalateTo: string | null
  /** After how long it is passed on, counted in the hours of whoever decides; null: no playbook says so, or an old row has the instant alone. */
  escalateAfter: Duration | null
  escalatedAt: Date | null
  expiresAt: Date | null
  policyRule: string | null
  supersedesId: string | null
  claimToken: string | null
  claimedAt: Date | null
  settledAt: Date | null
  failureCode: string | null
  failureWhy: string | null
  /** The playbook names who approves: a person is asked whatever the policy allows. */
  mustAsk: boolean
  /** How many different people the playbook wants; what the policy settled is in policy_verdict (db/stores/verdicts.ts). */
  people: number
  notByMaker: boolean
  /** The person who made it: by hand, or by editing what an agent drafted. */
  madeBy: string | null
  /** Why it is not carried out yet although it may be, and until when at least. */
  heldCode: string | null
  heldWhy: string | null
  heldUntil: Date | null
  createdAt: Date
}

export const ACTION_COLUMNS = `id, key, run_id, kind, status, lead_id, deal_id, contact_id, owner_id, mailbox_id, draft_id, summary, content, rendered,
  content_hash, relied_on, relied_hash, by, approver, escalate_at, escalate_to, escalate_after, escalated_at, expires_at, policy_rule, supersedes_id,
  claim_token, claimed_at, settled_at, failure_code, failure_why, must_ask, people, not_by_maker, made_by, held_code, held_why, held_until,
  created_at`

export const SETTLED: readonly ActionStatus[] = ['refused', 'expired', 'superseded', 'done', 'failed']

export type NewAction = Pick<Action, 'key' | 'kind' | 'summary' | 'content' | 'by'> &
  Partial<
    Pick<
      Action,
      | 'id'
      | 'runId'
      | 'leadId'
      | 'dealId'
      | 'contactId'
      | 'ownerId'
      | 'mailboxId'
      | 'draftId'
      | 'rendered'
      | 'approver'
      | 'escalateAt'
      | 'escalateTo'
      | 'escalateAfter'
      | 'expiresAt'
      | 'supersedesId'
      | 'mustAsk'
      | 'people'
      | 'notByMaker'
      | 'madeBy'
    >
  > & { reliedOn: ReliedField[] }

/** Stores a proposal; the same key a second time returns the first one unchanged. */
export async function propose(tx: Tx, action: NewAction): Promise<Action> {
  const rendered = action.rendered ?? null
  const made = await tx.row<Action>(
    `insert into action (id, key, run_id, kind, lead_id, deal_id, contact_id, owner_id, mailbox_id, draft_id, summary, content, rendered,
       content_hash, relied_on, relied_hash, by, approver, escalate_at, escalate_to, expires_at, supersedes_id, must_ask, people, not_by_maker, made_by,
       escalate_after)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27)
     on conflict (key) do nothing returning ${ACTION_COLUMNS}`,
    [
      action.id ?? randomUUID(),
      action.key,
      action.runId ?? null,
      action.kind,
      action.leadId ?? null,
      action.dealId ?? null,
      action.contactId ?? null,
      action.ownerId ?? null,
      action.mailboxId ?? null,
      action.draftId ?? null,
      action.summary,
      json(action.content),
      rendered,
      contentHash(action.kind, action.content, rendered),
      json(action.reliedOn),
      reliedHash(action.reliedOn),
      action.by,
      action.approver ?? 'owner',
      action.escalateAt ?? null,
      action.escalateTo ?? null,
      action.expiresAt ?? null,
      action.supersedesId ?? null,
      action.mustAsk ?? false,
      action.people ?? 1,
      action.notByMaker ?? false,
      action.madeBy ?? null,
      action.escalateAfter ? json({ ...action.escalateAfter }) : null,
    ],
  )
  if (!made)
    return must(
      'action',
      action.key,
      tx.row<Action>(`select ${ACTION_COLUMNS} from action where key = $1`, [action.key]),
    )
  const actor = action.by === 'person' ? 'person' : action.runId ? `run:${action.runId}` : 'server'
  await audit(tx, {
    actor,
    type: 'action.proposed',
    target: 'action',
    targetId: made.id,
    runId: made.runId,
    data: { kind: made.kind, hash: made.contentHash },
  })
  return made
}

export async function actionById(sql: Sql, id: string): Promise<Action> {
  return must('action', id, sql.row<Action>(`select ${ACTION_COLUMNS} from action where id = $1`, [id]))
}

export const actionsById = (sql: Sql, ids: readonly string[]): Promise<Action[]> =>
  sql.rows<Action>(`select ${ACTION_COLUMNS} from action where id = any($1::uuid[])`, [ids])

/** Those that an action takes the place of: the one before first, what was proposed at first last. */
export const versionsBefore = (sql: Sql, id: string): Promise<Action[]> =>
  sql.rows<Action>(
    `with recursive chain as (
       select a.*, 0 as depth from action a where a.id = $1
       union all select b.*, c.depth + 1 from action b join chain c on b.id = c.supersedes_id)
     select ${ACTION_COLUMNS} from chain where depth > 0 order by depth`,
    [id],
  )

/** The newest version of what a step proposed: edits supersede, so the chain is followed to its end. */
export async function actionOfStep(sql: Sql, key: string): Promise<Action> {
  return must('action', key, knownAction(sql, key))
}

/** The same, or null where the step has proposed nothing. */
export async function knownAction(sql: Sql, key: string): Promise<Action | null> {
  return sql.row<Action>(
    `with recursive chain as (
       select a.*, 0 as depth from action a where a.key = $1
       union all select n.*, c.depth + 1 from action n join chain c on n.supersedes_id = c.id)
     select ${ACTION_COLUMNS} from chain order by depth desc limit 1`,
    [key],
  )
}

export function decisionOf(action: Action, decision: Decision['decision'], by: string, at: Date): Decision {
  return {
    actionId: action.id,
    kind: action.kind,
    contentHash: action.contentHash,
    reliedHash: action.reliedHash,
    decision,
    by,
    at: at.toISOString(),
    expiresAt: action.expiresAt?.toISOString() ?? null,
  }
}

export function notOpen(action: Action): DealwrightError {
  return new DealwrightError(
    'action_not_open',
    `Action ${action.id} is ${action.status}: nothing is left to decide. See it with: dealwright actions --status ${action.status}`,
    {
      details: { id: action.id, status: action.status },
    },
  )
}

/** Locks it for a word of a person on it. @throws DealwrightError `action_not_open` where it does not wait any more */
export async function lockWaiting(tx: Tx, action: Action): Promise<void> {
  const now = await tx.row<{ status: ActionStatus }>('select status from action where id = $1 for update', [action.id])
  if (now?.status !== 'waiting') throw notOpen({ ...action, status: now?.status ?? action.status })
}

export async function wakeRun(tx: Tx, action: Action, why: string): Promise<void> {
  if (action.runId) await enqueueSignal(tx, action.runId, 'decided', action.id, `${action.id}:${why}`)
}

/** Tables whose fields an action may rely on. Names go into SQL text, so only these. */
const RELIED_TABLES: Record<string, readonly string[]> = {
  lead: ['status', 'owner_id', 'contact_id', 'account_id'],
  contact: ['email', 'name', 'stale_at', 'account_id', 'lawful_basis'],
  deal: ['stage_id', 'amount_minor', 'currency', 'close_date', 'next_step', 'owner_id'],
  account: ['name', 'domain'],
  mailbox: ['address', 'name', 'signature', 'user_id'],
}

/** Today's values of the given fields, spelt as a proposal stores them. Throws on a field that is not listed above. */
export async function currentFields(
  sql: Sql,
  wanted: { table: string; id: string; field: string }[],
): Promise<ReliedField[]> {
  const out: ReliedField[] = []
  for (const want of wanted) {
    if (!RELIED_TABLES[want.table]?.includes(want.field)) {
      throw new DealwrightError('internal', `An action cannot rely on ${want.table}.${want.field}: it is not listed.`)
    }
    const row = await sql.row<{ value: Json }>(
      `select to_jsonb(t.${want.field}) as value from "${want.table}" t where id = $1`,
      [want.id],
    )
    out.push({ ...want, value: row?.value ?? null })
  }
  return out
}

/** Moves an open action to a settled end and wakes its run. */
export async function settle(
  tx: Tx,
  action: Action,
  status: 'done' | 'failed' | 'expired' | 'superseded' | 'uncertain',
  failure: { code: string; why: string } | null = null,
): Promise<void> {
  await tx.run(
    `${TASKS_CLOSED} update action set status = $2, settled_at = case when $2 <> 'uncertain' then now() end, failure_code = $3, failure_why = $4,
       held_code = null, held_why = null, held_until = null where id = $1`,
    [action.id, status, failure?.code ?? null, failure?.why ?? null],
  )
  await audit(tx, {
    actor: 'worker',
    type: `action.${status}`,
    target: 'action',
    targetId: action.id,
    runId: action.runId,
    data: { code: failure?.code ?? null },
  })
  await wakeRun(tx, action, status)
}

/** Before an update that leaves nothing to decide about action $1: the tasks that told people of it are done with. */
export const TASKS_CLOSED = `with closed as (update task set status = 'done', done_at = now(), updated_at = now()
  where status = 'open' and key in (select what || ':' || action_id || ':' || user_id from action_reminder where action_id = $1))`

/**
 * Expires by the database's clock what nobody has decided in time. What a person has approved does not end here: whether its time ran out
 * before it was used is for its claim to see. Returns how it stands now.
 */
export async function passDeadlines(tx: Tx, id: string): Promise<Action> {
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${ACTION_COLUMNS} from action where id = $1 for update`, [id]),
  )
  if (!['proposed', 'waiting', 'allowed'].includes(action.status)) return action
  const clock = await must(
    'clock',
    'now',
    tx.row<{ expired: boolean }>(`select coalesce($1::timestamptz <= clock_timestamp(), false) as expired`, [
      action.expiresAt,
    ]),
  )
  if (!clock.expired) return action
  await settle(tx, action, 'expired', { code: 'expired', why: 'no decision came in time' })
  return { ...action, status: 'expired' }
}

/** Supersedes an action that nobody has claimed: its run moved on, or an edited one takes its place. False when it is too late. */
export async function supersede(tx: Tx, id: string, why: string): Promise<boolean> {
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${ACTION_COLUMNS} from action where id = $1 for update`, [id]),
  )
  if (!['proposed', 'waiting', 'allowed', 'approved'].includes(action.status)) return false
  await settle(tx, action, 'superseded', { code: 'superseded', why })
  return true
}

/** An action with what people call its owner and its target. */
export type ActionRow = Action & { ownerName: string | null; target: string | null }

const ACTION_ROW = `select ${ACTION_COLUMNS.split(',')
  .map(column => `a.${column.trim()}`)
  .join(', ')}, u.name as owner_name, coalesce(c.name || coalesce(' <' || c.email || '>', ''), ac.name) as target
  from action a left join "user" u on u.id = a.owner_id left join contact c on c.id = a.contact_id
    left join lead l on l.id = a.lead_id left join account ac on ac.id = l.account_id`

const NEWEST = newestFirst('a')

/** Newest first. */
export async function listActions(
  sql: Sql,
  viewer: Viewer,
  options: PageRequest & { status?: string | undefined },
): Promise<Page<ActionRow>> {
  const values: unknown[] = []
  const status = options.status === undefined ? 'true' : `a.status = $${values.push(options.status)}`
  const mine = scope(viewer, 'action.see', 'a.owner_id', values)
  const { where, tail } = keyset(NEWEST, options, values)
  const rows = await sql.rows<ActionRow>(`${ACTION_ROW} where ${status} and ${mine} and ${where} ${tail}`, values)
  return pageOf(rows, NEWEST, options)
}

/** Null also when the viewer may not see it. */
export function ifSeen(sql: Sql, viewer: Viewer, id: string): Promise<ActionRow | null> {
  const values: unknown[] = [id]
  const mine = scope(viewer, 'action.see', 'a.owner_id', values)
  return sql.row<ActionRow>(`${ACTION_ROW} where a.id = $1 and ${mine}`, values)
}

/** @throws DealwrightError `not_found` also when the viewer may not see it */
export const seenAction = (sql: Sql, viewer: Viewer, id: string): Promise<ActionRow> =>
  must('action', id, ifSeen(sql, viewer, id))
