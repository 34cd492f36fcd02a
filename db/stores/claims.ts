/** Claims: an action is carried out only by who holds its claim, and every check is made in the transaction that gives it. */
import { randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { contentHash, reliedHash } from '../../domain/gate/canonical.ts'
import { verifyDecision, type Decision } from '../../domain/gate/decision.ts'
import type { JsonObject } from '../../domain/playbook/types.ts'
import { json, must, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { type Action, ACTION_COLUMNS, currentFields, decisionOf, notOpen, settle } from './actions.ts'

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
    tx.row<Action>(`select ${ACTION_COLUMNS} from action where id = $1 for update`, [id]),
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

async function reliedHolds(tx: Tx, action: Action): Promise<ClaimRefusal | null> {
  const now = await currentFields(tx, action.reliedOn)
  if (reliedHash(now) === action.reliedHash) return null
  const moved = now
    .filter((field, i) => JSON.stringify(field.value) !== JSON.stringify(action.reliedOn[i]?.value))
    .map(field => `${field.table}.${field.field}`)
  return { code: 'action_changed', why: `changed since it was proposed: ${moved.join(', ')}`, settle: 'failed' }
}

/** No attempt lives this long: its activity is given up after 15 minutes (workflows/queues.ts). */
const LOST_AFTER = '20 minutes'

/** Makes uncertain what was claimed and never heard of again, as when a run ended while its worker was lost. Returns how many. */
export async function doubtLostClaims(tx: Tx): Promise<number> {
  const lost = await tx.rows<Action>(
    `select ${ACTION_COLUMNS} from action where status = 'claimed' and claimed_at < now() - $1::interval for update skip locked`,
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
    tx.row<Action>(`select ${ACTION_COLUMNS} from action where id = $1 for update`, [id]),
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
