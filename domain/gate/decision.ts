/**
 * What a decision binds: exactly this content, relying on exactly these fields, decided so by this person or policy,
 * until then. Signed by the server (Ed25519), verified by the worker in the transaction that claims the action.
 */
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { canonical, sha256 } from './canonical.ts'

export interface Decision {
  actionId: string
  kind: string
  contentHash: string
  reliedHash: string
  decision: 'allow' | 'approve' | 'refuse' | 'refuse_policy'
  /** `policy:<rule>` or `user:<id>` */
  by: string
  /** ISO instants, to the millisecond */
  at: string
  expiresAt: string | null
}

const PURPOSE = 'dealwright decision v1'

function message(decision: Decision): Buffer {
  return Buffer.from(`${PURPOSE}\n${canonical({ ...decision })}`)
}

/** Names a key without showing it: the first 16 hex digits of the hash of its public half. */
export function keyId(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key
  return sha256(half.export({ type: 'spki', format: 'der' })).slice(0, 16)
}

/** Base64 Ed25519 signature. */
export function signDecision(decision: Decision, privateKey: KeyObject): string {
  return sign(null, message(decision), privateKey).toString('base64')
}

/** False for anything that is not this key's signature of exactly this decision. */
export function verifyDecision(decision: Decision, signature: string, publicKey: KeyObject): boolean {
  try {
    return verify(null, message(decision), publicKey, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

export const privateKeyFrom = (pem: string): KeyObject => createPrivateKey(pem)
export const publicKeyFrom = (pem: string): KeyObject => createPublicKey(pem)
