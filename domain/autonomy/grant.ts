/** What a grant or a withdrawal binds: this class, in this order, by these figures. Signed by the server, so that SQL cannot grant. */
import { sign, verify, type KeyObject } from 'node:crypto'
import { canonical } from '../gate/canonical.ts'
import type { JsonObject } from '../playbook/types.ts'

export interface GrantEntry {
  playbook: string
  kind: string
  segment: string
  /** From 1 without gaps; odd ones grant, even ones withdraw. */
  seq: number
  what: 'granted' | 'withdrawn'
  /** `user:<id>`; `server`: taken back by itself. */
  by: string
  reason: string
  figures: JsonObject
  /** ISO instant, to the millisecond. */
  at: string
}

const messageOf = (entry: GrantEntry): Buffer => Buffer.from(`dealwright autonomy v1\n${canonical({ ...entry })}`)

/** Base64 Ed25519 signature. */
export const signGrant = (entry: GrantEntry, key: KeyObject): string =>
  sign(null, messageOf(entry), key).toString('base64')

/** False for anything that is not this key's signature of exactly this entry. */
export function verifyGrant(entry: GrantEntry, signature: string, key: KeyObject): boolean {
  try {
    return verify(null, messageOf(entry), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
