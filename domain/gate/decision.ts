/**
 * What a decision binds: exactly this content, relying on exactly these fields, decided so by this person or policy,
 * until then. Signed by the server (Ed25519), verified by the worker in the transaction that claims the action.
 */
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { Json } from '../playbook/types.ts'
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
  /** One of how many words that the action needs; left out: the only one. */
  seat?: number
  people?: number
  /** The user who may not be among them: the action's maker, where the policy says so. */
  notBy?: string | null
  /** The user in whose place `by` decided: their deputy or delegate. */
  forUser?: string | null
  /** The API key that was used. */
  apiKey?: string | null
}

/** What the policy said of one action: whom it asks cannot be loosened afterwards. */
export interface SignedVerdict {
  actionId: string
  contentHash: string
  /** Of the policy; null: none was in force. */
  version: number | null
  rule: string
  verdict: 'allow' | 'ask' | 'refuse'
  approver: string
  people: number
  notBy: string | null
}

/** Terms go in only where there are any: a decision that one person makes alone reads as it always did. */
function decisionMessage(given: Decision): Buffer {
  const { seat = 1, people = 1, notBy = null, forUser = null, apiKey = null, ...decision } = given
  const alone = people === 1 && seat === 1 && notBy === null
  return message('dealwright decision v1', {
    ...decision,
    ...(alone ? {} : { seat, people, notBy }),
    ...(forUser === null ? {} : { forUser }),
    ...(apiKey === null ? {} : { apiKey }),
  })
}

const verdictMessage = (verdict: SignedVerdict): Buffer => message('dealwright verdict v1', { ...verdict })

function message(purpose: string, value: Json): Buffer {
  return Buffer.from(`${purpose}\n${canonical(value)}`)
}

/** Worked out once a key: it costs as much as a signature. */
const ids = new WeakMap<KeyObject, string>()
const halves = new WeakMap<KeyObject, KeyObject>()

/** Names a key without showing it: the first 16 hex digits of the hash of its public half. */
export function keyId(key: KeyObject): string {
  const known = ids.get(key)
  if (known !== undefined) return known
  const id = sha256(publicHalf(key).export({ type: 'spki', format: 'der' })).slice(0, 16)
  ids.set(key, id)
  return id
}

export function publicHalf(key: KeyObject): KeyObject {
  if (key.type !== 'private') return key
  const half = halves.get(key) ?? createPublicKey(key)
  halves.set(key, half)
  return half
}

/** Base64 Ed25519 signature. */
export function signDecision(decision: Decision, privateKey: KeyObject): string {
  return sign(null, decisionMessage(decision), privateKey).toString('base64')
}

/** False for anything that is not this key's signature of exactly this decision. */
export function verifyDecision(decision: Decision, signature: string, publicKey: KeyObject): boolean {
  return holds(decisionMessage(decision), signature, publicKey)
}

/** Base64 Ed25519 signature. */
export function signVerdict(verdict: SignedVerdict, privateKey: KeyObject): string {
  return sign(null, verdictMessage(verdict), privateKey).toString('base64')
}

export function verifyVerdict(verdict: SignedVerdict, signature: string, publicKey: KeyObject): boolean {
  return holds(verdictMessage(verdict), signature, publicKey)
}

function holds(text: Buffer, signature: string, publicKey: KeyObject): boolean {
  try {
    return verify(null, text, publicKey, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

export const privateKeyFrom = (pem: string): KeyObject => createPrivateKey(pem)
export const publicKeyFrom = (pem: string): KeyObject => createPublicKey(pem)
