/** Decisions on actions: made by the server alone, one each, signed. */
import type { KeyObject } from 'node:crypto'
import { DealwrightError } from '../../domain/errors.ts'
import { keyId, signDecision, type Decision } from '../../domain/gate/decision.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { type Action, type ActionStatus, ACTION_COLUMNS, decisionOf, notOpen, settle, wakeRun } from './actions.ts'

/** Locks up to `limit` undecided actions for this transaction, oldest first. */
export async function takeUndecided(tx: Tx, limit: number): Promise<Action[]> {
  return tx.rows<Action>(
    `select ${ACTION_COLUMNS} from action where status = 'proposed' order by created_at limit $1 for update skip locked`,
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
    tx.row<Action>(`select ${ACTION_COLUMNS} from action where id = $1 for update`, [id]),
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

/** Whether a person, and not the policy, allowed it. */
export async function approvedByPerson(sql: Sql, id: string): Promise<boolean> {
  return (await sql.row(`select 1 from approval where action_id = $1 and decision = 'approve'`, [id])) !== null
}
