/**
 * Tamper evidence. Events are sealed in batches, in the order of their ids; each seal's hash covers the one before it, so the last one
 * stands for all of them. A checkpoint is the server's signature (Ed25519) of that hash; it is kept outside the database, where whoever
 * owns the tables cannot reach it.
 */
import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import { canonical } from '../gate/canonical.ts'
import { keyId } from '../gate/decision.ts'

/** A batch of events: those with ids above the seal before it, up to `lastId`. Ids that no event has are gaps: a writer took its step back. */
export interface Seal {
  /** From 1, without gaps. */
  seal: number
  lastId: number
  /** How many events it covers. */
  events: number
  /** Hex. */
  hash: string
}

export interface Checkpoint extends Omit<Seal, 'events'> {
  /** How many events all seals up to this one cover. */
  events: number
  /** ISO instant, to the millisecond, of the signature. */
  at: string
  keyId: string
  /** Base64. */
  signature: string
}

/** What the first seal follows. */
export const BEFORE_THE_FIRST = '0'.repeat(64)

const SEAL = 'dealwright audit seal v1'
const CHECKPOINT = 'dealwright audit checkpoint v1'

/** Takes a batch's bytes as they come and gives its hash. */
export function sealHash(before: string, of: { seal: number }): { update(bytes: Uint8Array): void; end(): string } {
  const hash = createHash('sha256').update(`${SEAL}\n${of.seal}\n${before}\n`)
  return { update: bytes => void hash.update(bytes), end: () => hash.digest('hex') }
}

/** Of one event's bytes without its id, for telling which event of a batch was changed: the first 16 bytes of SHA-256. */
export function eventMark(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, MARK_BYTES)
}
export const MARK_BYTES = 16

export function signCheckpoint(of: Omit<Checkpoint, 'keyId' | 'signature'>, key: KeyObject): Checkpoint {
  const unsigned = { seal: of.seal, lastId: of.lastId, events: of.events, hash: of.hash, at: of.at, keyId: keyId(key) }
  return { ...unsigned, signature: sign(null, message(unsigned), key).toString('base64') }
}

/** False for anything but this key's signature of exactly this checkpoint. */
export function verifyCheckpoint({ signature, ...unsigned }: Checkpoint, key: KeyObject): boolean {
  try {
    return unsigned.keyId === keyId(key) && verify(null, message(unsigned), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

const message = (unsigned: Omit<Checkpoint, 'signature'>): Buffer =>
  Buffer.from(`${CHECKPOINT}\n${canonical({ ...unsigned })}`)
