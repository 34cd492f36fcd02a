/** Walks the stored trail seal by seal, hashing its events as they come. */
import { BEFORE_THE_FIRST, sealHash, type Seal } from '../../domain/audit/checkpoint.ts'
import type { Db } from '../../db/sql.ts'
import { eventBytes } from '../../db/stores/audit-bytes.ts'
import { sealsAfter } from '../../db/stores/audit-seals.ts'

export interface Walked {
  seal: Seal
  /** The one before it, as stored; null for the first. */
  before: Seal | null
  /** Whether its hash is that of the events that stand there now, behind the seal before it. */
  holds: boolean
}

const SEALS_AT_ONCE = 1_000
/** Batches read at once, each on a connection of its own: reading them is most of the work, and the database does it. */
const READ_AT_ONCE = 2

/** All seals behind `from` in order. A seal's hash begins with the stored hash of the one before, so each batch can be read by itself. */
export async function* walkSeals(db: Db, from: Seal | null = null): AsyncGenerator<Walked> {
  const reading: Promise<Walked>[] = []
  try {
    for await (const { seal, before } of pairsOf(db, from)) {
      const one = walked(db, before, seal)
      one.catch(() => {}) // thrown to whoever takes it, in its turn
      reading.push(one)
      if (reading.length === READ_AT_ONCE) yield await (reading.shift() as Promise<Walked>)
    }
    while (reading.length > 0) yield await (reading.shift() as Promise<Walked>)
  } finally {
    await Promise.allSettled(reading)
  }
}

async function* pairsOf(db: Db, from: Seal | null): AsyncGenerator<{ seal: Seal; before: Seal | null }> {
  let before = from
  for (;;) {
    const seals = await sealsAfter(db, before?.seal ?? 0, SEALS_AT_ONCE)
    for (const seal of seals) {
      yield { seal, before }
      before = seal
    }
    if (seals.length < SEALS_AT_ONCE) return
  }
}

async function walked(db: Db, before: Seal | null, seal: Seal): Promise<Walked> {
  const hash = sealHash(before?.hash ?? BEFORE_THE_FIRST, seal)
  let events = 0
  for await (const { bytes, count } of eventBytes(db, before?.lastId ?? 0, seal.lastId)) {
    hash.update(bytes)
    events += count
  }
  return { seal, before, holds: hash.end() === seal.hash && events === seal.events }
}
