/**
 * An approval as somebody would write it without the product: one transaction that locks, reads and writes the same rows, with the same
 * two signatures (the policy's word is verified, the decision is signed). Prepared statements; who approves is taken as known.
 */
import type { KeyObject } from 'node:crypto'
import type { Client, QueryResultRow } from 'pg'
import { publicHalf, signDecision, verifyVerdict, type SignedVerdict } from '../../../domain/gate/decision.ts'

export interface Signing {
  key: KeyObject
  keyId: string
  publicKey: KeyObject
}

export const signing = (key: KeyObject, keyId: string): Signing => ({ key, keyId, publicKey: publicHalf(key) })

/** One client's connection. */
export async function approveByHand(client: Client, id: string, userId: string, signing: Signing): Promise<void> {
  await client.query('begin')
  const action = await row(client, 'lock', 'select * from action where id = $1 for update', [id])
  const clock = await row(
    client,
    'clock',
    `select date_trunc('milliseconds', clock_timestamp()) as at, $1::timestamptz <= clock_timestamp() as late`,
    [action.expires_at],
  )
  const verdict = await row(client, 'verdict', 'select * from policy_verdict where action_id = $1', [id])
  const before = await client.query({
    name: 'before',
    text: 'select * from approval where action_id = $1',
    values: [id],
  })
  if (
    action.status !== 'waiting' ||
    clock.late ||
    verdict.people !== 1 ||
    before.rowCount !== 0 ||
    !holds(action, verdict, signing)
  )
    throw new Error(`action ${id} cannot be approved`)
  const by = `user:${userId}`
  const signature = signDecision(
    {
      actionId: id,
      kind: action.kind,
      contentHash: action.content_hash,
      reliedHash: action.relied_hash,
      decision: 'approve',
      by,
      at: clock.at.toISOString(),
      expiresAt: action.expires_at.toISOString(),
    },
    signing.key,
  )
  await run(
    client,
    'approve',
    `insert into approval (action_id, decision, by, content_hash, relied_hash, expires_at, key_id, signature, at)
    values ($1, 'approve', $2, $3, $4, $5, $6, $7, $8)`,
    [id, by, action.content_hash, action.relied_hash, action.expires_at, signing.keyId, signature, clock.at],
  )
  await run(client, 'move on', `update action set status = 'approved' where id = $1`, [id])
  await run(
    client,
    'audit',
    `insert into audit_event (actor, type, target, target_id, run_id, data) values ($1, 'action.approved', 'action', $2, $3, $4)`,
    [by, id, action.run_id, JSON.stringify({ hash: action.content_hash, rule: null, for: null })],
  )
  await run(
    client,
    'wake',
    `insert into outbox (key, kind, workflow, workflow_id, args) values ($1, 'signal', 'decided', $2, $3) on conflict (key) do nothing`,
    [`decided:${action.run_id}:${id}:approved`, `run/${action.run_id}`, JSON.stringify([id])],
  )
  await client.query('commit')
}

function holds(action: QueryResultRow, verdict: QueryResultRow, { publicKey }: Signing): boolean {
  const signed: SignedVerdict = {
    actionId: action.id,
    contentHash: action.content_hash,
    version: verdict.version,
    rule: verdict.rule,
    verdict: verdict.verdict,
    approver: verdict.approver,
    people: verdict.people,
    notBy: verdict.not_by,
  }
  return verifyVerdict(signed, verdict.signature, publicKey)
}

async function row(client: Client, name: string, text: string, values: unknown[]): Promise<QueryResultRow> {
  const { rows } = await client.query<QueryResultRow>({ name, text, values })
  if (!rows[0]) throw new Error(`${name} found nothing`)
  return rows[0]
}

async function run(client: Client, name: string, text: string, values: unknown[]): Promise<void> {
  await client.query({ name, text, values })
}
