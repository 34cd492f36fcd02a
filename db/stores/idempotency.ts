/** What a creation answered, for whoever sends it again: by caller and key, for a day. Keys are stored hashed, answers sealed. */
import type { Sql, Tx } from '../sql.ts'

export interface KeptAnswer {
  requestHash: string
  status: number
  /** Sealed by whoever keeps it. */
  answer: Buffer
}

const KEPT = '24 hours'

/**
 * Takes the key for this transaction; a twin waits here until the first has ended. Null: it was free, and `keepAnswer` has to follow.
 */
export async function takeKey(
  tx: Tx,
  caller: string,
  keyHash: string,
  requestHash: string,
): Promise<KeptAnswer | null> {
  await tx.run(
    `delete from idempotency_key where caller = $1 and key_hash = $2 and created_at < now() - interval '${KEPT}'`,
    [caller, keyHash],
  )
  const taken = await tx.run(
    'insert into idempotency_key (caller, key_hash, request_hash) values ($1, $2, $3) on conflict do nothing',
    [caller, keyHash, requestHash],
  )
  if (taken === 1) return null
  return tx.row<KeptAnswer>(
    'select request_hash, status, answer from idempotency_key where caller = $1 and key_hash = $2',
    [caller, keyHash],
  )
}

export async function keepAnswer(
  tx: Tx,
  caller: string,
  keyHash: string,
  status: number,
  answer: Buffer,
): Promise<void> {
  await tx.run('update idempotency_key set status = $3, answer = $4 where caller = $1 and key_hash = $2', [
    caller,
    keyHash,
    status,
    answer,
  ])
}

/** Returns how many were out of date. */
export function pruneKeys(sql: Sql): Promise<number> {
  return sql.run(`delete from idempotency_key where created_at < now() - interval '${KEPT}'`)
}
