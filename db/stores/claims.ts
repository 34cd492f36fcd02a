/** Claims: an action is carried out only by who holds its claim, and every check is made in the transaction that gives it. */
import { randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { reliedHash } from '../../domain/gate/canonical.ts'
import type { JsonObject } from '../../domain/playbook/types.ts'
import { json, must, sqlState, type Tx } from '../sql.ts'
import { forbiddenFirst, limitedLast } from './above-all.ts'
import { audit } from './audit.ts'
import { approvalHolds } from './claim-approvals.ts'
import { type Action, ACTION_COLUMNS, currentFields, notOpen, settle } from './actions.ts'
import { mayBeAskedAnew } from './asked-anew.ts'
import { holdOffStops } from './stops.ts'

export interface ClaimRefusal {
  code: string
  why: string
  settle: 'failed' | 'expired' | 'wait'
  /** For `wait`: not before this instant, as far as is known. */
  until?: Date | null
  /** Its decision holds no more, but it may be put before people again (db/stores/asked-anew.ts): left as it is for whoever can do that. */
  anew?: boolean
}

/**
 * Claims an action for its effect, all checks in one transaction by the database's clock. `check` is what the kind of action adds
 * (suppression, caps). Returns the claimed action and a token, or why it may not be done; a refusal with `settle` other than `wait`
 * has settled the action, unless it is to be asked anew.
 */
export async function claim(
  tx: Tx,
  id: string,
  publicKeys: Map<string, KeyObject>,
  check: (tx: Tx, action: Action) => Promise<ClaimRefusal | null>,
): Promise<{ action: Action; token: string } | { action: Action; refusal: ClaimRefusal }> {
  // Before any row is locked: whoever engages a stop waits for this transaction, and never the other way round.
  await holdOffStops(tx)
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${ACTION_COLUMNS} from action where id = $1 for update`, [id]),
  )
  if (action.status !== 'allowed' && action.status !== 'approved') throw notOpen(action)
  const refusal =
    (await approvalHolds(tx, action, publicKeys)) ??
    (await reliedHolds(tx, action)) ??
    (await forbiddenFirst(tx, action)) ??
    (await check(tx, action)) ??
    (await limitedLast(tx, action))
  if (refusal) {
    if (refusal.settle === 'wait') await hold(tx, id, refusal)
    else if (refusal.anew !== true) await settle(tx, action, refusal.settle, refusal)
    return { action, refusal }
  }
  const token = randomUUID()
  try {
    await tx.run(`savepoint claiming`)
    await tx.run(
      `update action set status = 'claimed', claim_token = $2, claimed_at = clock_timestamp(), held_code = null, held_why = null, held_until = null
       where id = $1`,
      [id, token],
    )
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    await tx.run(`rollback to savepoint claiming`)
    const refusal = { code: 'contact_busy', why: 'another mail to this person is on its way', settle: 'wait' } as const
    await hold(tx, id, refusal)
    return { action, refusal }
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

async function reliedHolds(tx: Tx, action: Action): Promise<ClaimRefusal | null> {
  const now = await currentFields(tx, action.reliedOn)
  if (reliedHash(now) === action.reliedHash) return null
  const moved = now
    .filter((field, i) => JSON.stringify(field.value) !== JSON.stringify(action.reliedOn[i]?.value))
    .map(field => `${field.table}.${field.field}`)
  const why = `changed since it was proposed: ${moved.join(', ')}`
  return { code: 'action_changed', why, settle: 'failed', anew: mayBeAskedAnew(action) }
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

/** Says why an action that may be carried out is not yet, for whoever asks. */
async function hold(tx: Tx, id: string, { code, why, until }: ClaimRefusal): Promise<void> {
  await tx.run('update action set held_code = $2, held_why = $3, held_until = $4 where id = $1', [
    id,
    code,
    why,
    until ?? null,
  ])
}

/** Gives a claim back: the effect certainly did not happen and may be tried again; `held` says what it waits for. Needs the claim's token. */
export async function release(tx: Tx, id: string, token: string, held?: ClaimRefusal): Promise<void> {
  await tx.run(
    `update action a set status = case p.decision when 'allow' then 'allowed' else 'approved' end, claim_token = null, claimed_at = null
     from approval p where a.id = $1 and p.action_id = a.id and p.seat = 1 and a.status = 'claimed' and a.claim_token = $2`,
    [id, token],
  )
  if (held) await hold(tx, id, held)
}
