/**
 * Actions: proposed by workers, decided by the server, claimed by workers. Each change of status is one conditional update,
 * so of any number of concurrent deciders exactly one wins; the others are told what stands.
 */
import { randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { DealwrightError } from '../../domain/errors.ts'
import { contentHash, reliedHash, type ReliedField } from '../../domain/gate/canonical.ts'
import { keyId, signDecision, verifyDecision, type Decision } from '../../domain/gate/decision.ts'
import type { Json, JsonObject } from '../../domain/playbook/types.ts'
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
  escalatedAt: Date | null
  expiresAt: Date | null
  policyRule: string | null
  supersedesId: string | null
  claimToken: string | null
  claimedAt: Date | null
  settledAt: Date | null
  failureCode: string | null
  failureWhy: string | null
  createdAt: Date
}

const COLUMNS = `id, key, run_id, kind, status, lead_id, deal_id, contact_id, owner_id, mailbox_id, draft_id, summary, content, rendered,
  content_hash, relied_on, relied_hash, by, approver, escalate_at, escalate_to, escalated_at, expires_at, policy_rule, supersedes_id,
  claim_token, claimed_at, settled_at, failure_code, failure_why, created_at`

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
      | 'expiresAt'
      | 'supersedesId'
    >
  > & { reliedOn: ReliedField[] }

/** Stores a proposal; the same key a second time returns the first one unchanged. */
export async function propose(tx: Tx, action: NewAction): Promise<Action> {
  const rendered = action.rendered ?? null
  const made = await tx.row<Action>(
    `insert into action (id, key, run_id, kind, lead_id, deal_id, contact_id, owner_id, mailbox_id, draft_id, summary, content, rendered,
       content_hash, relied_on, relied_hash, by, approver, escalate_at, escalate_to, expires_at, supersedes_id)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)
     on conflict (key) do nothing returning ${COLUMNS}`,
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
    ],
  )
  if (!made)
    return must('action', action.key, tx.row<Action>(`select ${COLUMNS} from action where key = $1`, [action.key]))
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
  return must('action', id, sql.row<Action>(`select ${COLUMNS} from action where id = $1`, [id]))
}

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
     select ${COLUMNS} from chain order by depth desc limit 1`,
    [key],
  )
}

/** Locks up to `limit` undecided actions for this transaction, oldest first. */
export async function takeUndecided(tx: Tx, limit: number): Promise<Action[]> {
  return tx.rows<Action>(
    `select ${COLUMNS} from action where status = 'proposed' order by created_at limit $1 for update skip locked`,
    [limit],
  )
}

/** The policy asks a person: the action waits, for `approver` where that is stricter (owner, manager, ops) than whom it names itself. */
export async function askPerson(tx: Tx, id: string, rule: string, approver?: Action['approver']): Promise<void> {
  await tx.run(
    `update action set status = 'waiting', policy_rule = $2,
       approver = case when array_position($3::text[], $4) > array_position($3::text[], approver) then $4 else approver end
     where id = $1 and status = 'proposed'`,
    [id, rule, ['owner', 'manager', 'ops'], approver ?? null],
  )
}

export interface Verdict {
  decision: Decision['decision']
  by: string
  reason: string | null
  rule?: string
}

/**
 * Writes the one signed decision of an action and moves it on; wakes its run in the same transaction.
 * Throws `action_not_open` when it is decided, expired or superseded already, saying what stands;
 * `action_changed` when the content is not the one whose hash the decider saw.
 */
export async function decide(tx: Tx, id: string, verdict: Verdict, key: KeyObject, seenHash?: string): Promise<Action> {
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${COLUMNS} from action where id = $1 for update`, [id]),
  )
  const byPolicy = verdict.decision === 'allow' || verdict.decision === 'refuse_policy'
  if (action.status !== (byPolicy ? 'proposed' : 'waiting')) throw notOpen(action)
  if (seenHash !== undefined && seenHash !== action.contentHash) {
    throw new DealwrightError(
      'action_changed',
      `Action ${id} is not the one you looked at: its content has hash ${action.contentHash}. Look at it again.`,
    )
  }
  const clock = await must(
    'clock',
    'now',
    tx.row<{ at: Date; late: boolean }>(
      `select date_trunc('milliseconds', clock_timestamp()) as at, coalesce($1::timestamptz <= clock_timestamp(), false) as late`,
      [action.expiresAt],
    ),
  )
  if (clock.late) {
    await settle(tx, action, 'expired', { code: 'expired', why: 'no decision came in time' })
    return { ...action, status: 'expired' }
  }
  const decision = decisionOf(action, verdict.decision, verdict.by, clock.at)
  await tx.run(
    `insert into approval (action_id, decision, by, reason, content_hash, relied_hash, expires_at, key_id, signature, at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
    [
      id,
      verdict.decision,
      verdict.by,
      verdict.reason,
      action.contentHash,
      action.reliedHash,
      action.expiresAt,
      keyId(key),
      signDecision(decision, key),
      clock.at,
    ],
  )
  const status: ActionStatus =
    verdict.decision === 'allow' ? 'allowed' : verdict.decision === 'approve' ? 'approved' : 'refused'
  await tx.run(
    `update action set status = $2, policy_rule = coalesce($3, policy_rule), settled_at = case when $2 = 'refused' then now() end where id = $1`,
    [id, status, verdict.rule ?? null],
  )
  await audit(tx, {
    actor: verdict.by,
    type: `action.${status}`,
    target: 'action',
    targetId: id,
    runId: action.runId,
    data: { hash: action.contentHash, rule: verdict.rule ?? null },
  })
  await wakeRun(tx, action, status)
  return { ...action, status }
}

function decisionOf(action: Action, decision: Decision['decision'], by: string, at: Date): Decision {
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

function notOpen(action: Action): DealwrightError {
  return new DealwrightError(
    'action_not_open',
    `Action ${action.id} is ${action.status}: nothing is left to decide. See it with: dealwright actions --status ${action.status}`,
    {
      details: { id: action.id, status: action.status },
    },
  )
}

async function wakeRun(tx: Tx, action: Action, why: string): Promise<void> {
  if (action.runId) await enqueueSignal(tx, action.runId, 'decided', action.id, `${action.id}:${why}`)
}

export type ClaimRefusal = { code: string; why: string; settle: 'failed' | 'expired' | 'wait' }

/**
 * Claims an action for its effect, all checks in one transaction by the database's clock. `check` is what the kind of action adds
 * (suppression, caps). Returns the claimed action and a token, or why it may not be done; a refusal with `settle` other than `wait`
 * has settled the action.
 */
export async function claim(
  tx: Tx,
  id: string,
  publicKeys: Map<string, KeyObject>,
  check: (tx: Tx, action: Action) => Promise<ClaimRefusal | null>,
): Promise<{ action: Action; token: string } | { action: Action; refusal: ClaimRefusal }> {
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${COLUMNS} from action where id = $1 for update`, [id]),
  )
  if (action.status !== 'allowed' && action.status !== 'approved') throw notOpen(action)
  const refusal =
    (await approvalHolds(tx, action, publicKeys)) ?? (await reliedHolds(tx, action)) ?? (await check(tx, action))
  if (refusal) {
    if (refusal.settle !== 'wait') await settle(tx, action, refusal.settle, refusal)
    return { action, refusal }
  }
  const token = randomUUID()
  try {
    await tx.run(`savepoint claiming`)
    await tx.run(
      `update action set status = 'claimed', claim_token = $2, claimed_at = clock_timestamp() where id = $1`,
      [id, token],
    )
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    await tx.run(`rollback to savepoint claiming`)
    return {
      action,
      refusal: { code: 'contact_busy', why: 'another mail to this person is on its way', settle: 'wait' },
    }
  }
  await audit(tx, {
    actor: 'worker',
    type: 'action.claimed',
    target: 'action',
    targetId: id,
    runId: action.runId,
    data: { hash: action.contentHash },
  })
  return { action: { ...action, status: 'claimed', claimToken: token }, token }
}

async function approvalHolds(tx: Tx, action: Action, publicKeys: Map<string, KeyObject>): Promise<ClaimRefusal | null> {
  interface Row {
    decision: Decision['decision']
    by: string
    contentHash: string
    reliedHash: string
    expiresAt: Date | null
    keyId: string
    signature: string
    at: Date
    late: boolean
  }
  const row = await tx.row<Row>(
    `select decision, by, content_hash, relied_hash, expires_at, key_id, signature, at, coalesce(expires_at <= clock_timestamp(), false) as late
     from approval where action_id = $1`,
    [action.id],
  )
  const invalid = (why: string): ClaimRefusal => ({ code: 'approval_invalid', why, settle: 'failed' })
  if (!row) return invalid('there is no decision')
  if (row.decision !== (action.status === 'allowed' ? 'allow' : 'approve'))
    return invalid(`the decision is ${row.decision}`)
  const actual = contentHash(action.kind, action.content, action.rendered)
  if (actual !== row.contentHash || actual !== action.contentHash)
    return invalid('the content is not the one that was approved')
  if (reliedHash(action.reliedOn) !== row.reliedHash)
    return invalid('the relied-on fields are not the ones that were approved')
  const decision: Decision = {
    ...decisionOf(action, row.decision, row.by, row.at),
    contentHash: row.contentHash,
    reliedHash: row.reliedHash,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  }
  const key = publicKeys.get(row.keyId)
  if (!key || !verifyDecision(decision, row.signature, key)) return invalid('the signature is not the server’s')
  if (row.late) return { code: 'expired', why: 'the approval ran out before it was used', settle: 'expired' }
  return null
}

/** Tables whose fields an action may rely on. Names go into SQL text, so only these. */
const RELIED_TABLES: Record<string, readonly string[]> = {
  lead: ['status', 'owner_id', 'contact_id', 'account_id'],
  contact: ['email', 'name', 'stale_at', 'account_id'],
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

async function reliedHolds(tx: Tx, action: Action): Promise<ClaimRefusal | null> {
  const now = await currentFields(tx, action.reliedOn)
  if (reliedHash(now) === action.reliedHash) return null
  const moved = now
    .filter((field, i) => JSON.stringify(field.value) !== JSON.stringify(action.reliedOn[i]?.value))
    .map(field => `${field.table}.${field.field}`)
  return { code: 'action_changed', why: `changed since it was proposed: ${moved.join(', ')}`, settle: 'failed' }
}

/** Whether a person, and not the policy, allowed it. */
export async function approvedByPerson(sql: Sql, id: string): Promise<boolean> {
  return (await sql.row(`select 1 from approval where action_id = $1 and decision = 'approve'`, [id])) !== null
}

/** Moves an open action to a settled end and wakes its run. */
export async function settle(
  tx: Tx,
  action: Action,
  status: 'done' | 'failed' | 'expired' | 'superseded' | 'uncertain',
  failure: { code: string; why: string } | null = null,
): Promise<void> {
  await tx.run(
    `update action set status = $2, settled_at = case when $2 <> 'uncertain' then now() end, failure_code = $3, failure_why = $4 where id = $1`,
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

/** No attempt lives this long: its activity is given up after 15 minutes (workflows/queues.ts). */
const LOST_AFTER = '20 minutes'

/** Makes uncertain what was claimed and never heard of again, as when a run ended while its worker was lost. Returns how many. */
export async function doubtLostClaims(tx: Tx): Promise<number> {
  const lost = await tx.rows<Action>(
    `select ${COLUMNS} from action where status = 'claimed' and claimed_at < now() - $1::interval for update skip locked`,
    [LOST_AFTER],
  )
  const failure = { code: 'uncertain', why: 'the worker was lost between sending and recording' }
  for (const action of lost) await settle(tx, action, 'uncertain', failure)
  return lost.length
}

/** Records what came of a claimed action and marks it done, in one transaction. Needs the claim's token. */
export async function complete(tx: Tx, id: string, token: string, kind: string, result: JsonObject): Promise<void> {
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${COLUMNS} from action where id = $1 for update`, [id]),
  )
  if (action.status === 'done') return
  if (action.claimToken !== token) throw notOpen(action)
  await tx.run('insert into effect (action_id, kind, result) values ($1, $2, $3)', [id, kind, json(result)])
  await settle(tx, action, 'done')
}

/** Gives a claim back: the effect certainly did not happen and may be tried again. Needs the claim's token. */
export async function release(tx: Tx, id: string, token: string): Promise<void> {
  await tx.run(
    `update action a set status = case p.decision when 'allow' then 'allowed' else 'approved' end, claim_token = null, claimed_at = null
     from approval p where a.id = $1 and p.action_id = a.id and a.status = 'claimed' and a.claim_token = $2`,
    [id, token],
  )
}

/** Deadlines by the database's clock: expires what is late, escalates what waits too long. Returns how it stands now. */
export async function passDeadlines(tx: Tx, id: string): Promise<Action> {
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${COLUMNS} from action where id = $1 for update`, [id]),
  )
  if (!['proposed', 'waiting', 'allowed', 'approved'].includes(action.status)) return action
  const clock = await must(
    'clock',
    'now',
    tx.row<{ expired: boolean; escalate: boolean }>(
      `select coalesce($1::timestamptz <= clock_timestamp(), false) as expired, coalesce($2::timestamptz <= clock_timestamp(), false) as escalate`,
      [action.expiresAt, action.escalatedAt ? null : action.escalateAt],
    ),
  )
  if (clock.expired) {
    await settle(tx, action, 'expired', { code: 'expired', why: 'no decision came in time' })
    return { ...action, status: 'expired' }
  }
  if (clock.escalate && action.status === 'waiting') {
    await tx.run('update action set escalated_at = clock_timestamp() where id = $1', [id])
    await audit(tx, {
      actor: 'worker',
      type: 'action.escalated',
      target: 'action',
      targetId: id,
      runId: action.runId,
      data: { to: action.escalateTo },
    })
    return { ...action, escalatedAt: new Date() }
  }
  return action
}

/** Supersedes an action that nobody has claimed: its run moved on, or an edited one takes its place. False when it is too late. */
export async function supersede(tx: Tx, id: string, why: string): Promise<boolean> {
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${COLUMNS} from action where id = $1 for update`, [id]),
  )
  if (!['proposed', 'waiting', 'allowed', 'approved'].includes(action.status)) return false
  await settle(tx, action, 'superseded', { code: 'superseded', why })
  return true
}

export async function actionsBy(
  sql: Sql,
  filter: { status?: string; limit?: number },
): Promise<(Action & { ownerName: string | null; target: string | null })[]> {
  return sql.rows(
    `select ${COLUMNS.split(',')
      .map(column => `a.${column.trim()}`)
      .join(', ')}, u.name as owner_name,
       coalesce(c.name || coalesce(' <' || c.email || '>', ''), ac.name) as target
     from action a left join "user" u on u.id = a.owner_id left join contact c on c.id = a.contact_id
       left join lead l on l.id = a.lead_id left join account ac on ac.id = l.account_id
     where $1::text is null or a.status = $1 order by a.created_at desc limit $2`,
    [filter.status ?? null, filter.limit ?? 200],
  )
}
