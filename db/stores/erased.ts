/** Addresses whose owner was erased: recognised by a keyed hash. The key is the process's own, from the home's secrets; it is never stored here. */
import { addressHash } from '../../domain/privacy/address-hash.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Sql, Tx } from '../sql.ts'
import { audit } from './audit.ts'

let key: string | null = null

/** Called once when a process starts. */
export function useErasureKey(hex: string): void {
  key = hex
}

/** @throws DealwrightError `unavailable` without the key: an address that cannot be recognised is not taken */
export function hashOfAddress(emailKey: string): string {
  if (key === null)
    throw new DealwrightError(
      'unavailable',
      'The erasure key is missing: erased addresses cannot be recognised without it.',
    )
  return addressHash(emailKey, key)
}

/** Those of the addresses whose owner was erased, with the suppression that says so. */
export async function erasedAmong(sql: Sql, emailKeys: readonly string[]): Promise<Map<string, string>> {
  const erased = new Map<string, string>()
  if (emailKeys.length === 0) return erased
  if ((await sql.row(`select 1 from suppression where kind = 'email_hash' limit 1`)) === null) return erased
  const byHash = new Map(emailKeys.map(one => [hashOfAddress(one), one]))
  const rows = await sql.rows<{ id: string; value: string }>(
    `select id, value from suppression where kind = 'email_hash' and value = any($1)`,
    [[...byHash.keys()]],
  )
  for (const { id, value } of rows) erased.set(byHash.get(value) ?? '', id)
  return erased
}

/**
 * Refuses to take in what is of somebody who was erased; the refusal stands in the trail, unless the caller's transaction takes it back.
 * @param by how it came: mail, form, import …
 * @throws DealwrightError `person_erased`
 */
export async function refuseErased(
  sql: Sql,
  emailKeys: readonly (string | null | undefined)[],
  by: string,
): Promise<void> {
  const [suppression] = (
    await erasedAmong(
      sql,
      emailKeys.filter(key => typeof key === 'string'),
    )
  ).values()
  if (suppression === undefined) return
  await audit(sql, {
    actor: 'server',
    type: 'person.refused',
    target: 'suppression',
    targetId: suppression,
    data: { by },
  })
  throw new DealwrightError(
    'person_erased',
    'This is of somebody whose data was erased and who is not taken in again: nothing of it is stored.',
  )
}

export async function suppressErased(tx: Tx, hash: string): Promise<void> {
  await tx.run(
    `insert into suppression (kind, value, reason) values ('email_hash', $1, 'erased') on conflict (kind, value) do nothing`,
    [hash],
  )
}
