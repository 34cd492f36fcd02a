/**
 * Seals the audit trail and signs what it sealed. Writers never wait for it; one process seals at a time. It signs nothing that it has not
 * seen: before it goes on where another left off, it verifies what that one sealed since the last checkpoint.
 */
import type { KeyObject } from 'node:crypto'
import { signCheckpoint, type Seal } from '../../domain/audit/checkpoint.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Db, Tx } from '../../db/sql.ts'
import {
  batchEnd,
  eventsUpTo,
  isFinal,
  makeSeal,
  markTrail,
  newestSeal,
  storeSeal,
  type Mark,
} from '../../db/stores/audit-seals.ts'
import { appendCheckpoint, readCheckpoints } from './checkpoints.ts'
import { walkSeals } from './trail.ts'

export interface SealerOptions {
  db: Db
  key: KeyObject
  /** The file of checkpoints. */
  checkpoints: string
  /** Most events in one seal. */
  most?: number
}

const MOST = 10_000

/** A turn seals at most one batch and returns its size when there may be more to seal at once, else 0. */
export function createSealer({ db, key, checkpoints, most = MOST }: SealerOptions): () => Promise<number> {
  let mark: Mark | null = null
  /** The last seal that this process made or verified. */
  let head: Seal | null | undefined
  let signed: number | undefined

  return async () => {
    mark ??= await markTrail(db)
    if (!(await isFinal(db, mark))) return 0
    const upTo = mark.lastId
    const sealed = await db.tx(tx => sealNext(tx, upTo))
    head = sealed ?? head
    // Also what was sealed and could not be signed then.
    if (head && head.seal > signedUpTo()) await sign(head)
    if (sealed !== null && sealed.lastId < upTo) return sealed.events
    mark = null
    return 0
  }

  async function sealNext(tx: Tx, upTo: number): Promise<Seal | null> {
    await tx.run(`select pg_advisory_xact_lock(hashtext('audit seal'))`)
    head = await trusted(await newestSeal(tx))
    const end = await batchEnd(tx, head?.lastId ?? 0, upTo, most)
    if (end === null) return null
    const { marks, ...seal } = await makeSeal(db, head, end)
    await storeSeal(tx, { ...seal, marks })
    return seal
  }

  /** The newest seal, if it follows from what is known here: else nothing more is signed. */
  async function trusted(newest: Seal | null): Promise<Seal | null> {
    const known = head === undefined ? lastSigned() : head
    if (known?.seal === newest?.seal && known?.hash === newest?.hash) return newest
    let at = known
    for await (const { seal, before, holds } of walkSeals(db, known)) {
      if (!holds || seal.seal !== (before?.seal ?? 0) + 1) throw broken(seal.seal)
      at = seal
    }
    if (at?.seal !== newest?.seal || at?.hash !== newest?.hash) throw broken(newest?.seal ?? 1)
    return newest
  }

  function lastSigned(): Seal | null {
    const last = readCheckpoints(checkpoints).checkpoints.at(-1)
    return last ? { seal: last.seal, lastId: last.lastId, hash: last.hash, events: last.events } : null
  }

  function signedUpTo(): number {
    signed ??= lastSigned()?.seal ?? 0
    return signed
  }

  async function sign(seal: Seal): Promise<void> {
    const events = await eventsUpTo(db, seal.seal)
    appendCheckpoint(checkpoints, signCheckpoint({ ...seal, events, at: new Date().toISOString() }, key))
    signed = seal.seal
  }
}

const broken = (seal: number): DealwrightError =>
  new DealwrightError(
    'audit_broken',
    `The audit trail was changed at seal ${seal}: nothing more is signed. Look with: dealwright audit --verify`,
  )
