/** Walks the stored trail seal by seal, hashing its events as they come. */
import { BEFORE_THE_FIRST, sealHash, type Seal } from '../../domain/audit/checkpoint.ts'
import type { Db } from '../../db/sql.ts'
import { eventBytes, type EventBytes } from '../../db/stores/audit-bytes.ts'
import { newestSeal, sealsAfter } from '../../db/stores/audit-seals.ts'

export interface Walked {
  seal: Seal
  /** The one before it, as stored; null for the first. */
  before: Seal | null
  /** Whether its hash is that of the events that stand there now, behind the seal before it. */
  holds: boolean
}

const SEALS_AT_ONCE = 1_000

/** All seals behind `from` in order. */
export async function* walkSeals(db: Db, from: Seal | null = null): AsyncGenerator<Walked> {
  const newest = await newestSeal(db)
  if (newest === null) return
  const trail = new Trail(eventBytes(db, from?.lastId ?? 0, newest.lastId))
  try {
    let before = from
    for (;;) {
      const seals = await sealsAfter(db, before?.seal ?? 0, SEALS_AT_ONCE)
      for (const seal of seals) {
        const hash = sealHash(before?.hash ?? BEFORE_THE_FIRST, seal)
        const events = await trail.upTo(seal.lastId, bytes => hash.update(bytes))
        yield { seal, before, holds: hash.end() === seal.hash && events === seal.events }
        before = seal
      }
      if (seals.length < SEALS_AT_ONCE) return
    }
  } finally {
    await trail.close()
  }
}

/** Events in order, taken up to an id. */
class Trail {
  readonly #chunks: AsyncGenerator<EventBytes>
  #chunk: EventBytes = { bytes: Buffer.alloc(0), events: [] }
  #next = 0

  constructor(chunks: AsyncGenerator<EventBytes>) {
    this.#chunks = chunks
  }

  /** How many there were. */
  async upTo(lastId: number, take: (bytes: Uint8Array) => void): Promise<number> {
    let taken = 0
    for (;;) {
      const { bytes, events } = this.#chunk
      const from = this.#next
      if ((events.at(-1)?.id ?? 0) <= lastId) this.#next = events.length
      else while ((events[this.#next]?.id ?? Number.POSITIVE_INFINITY) <= lastId) this.#next += 1
      if (this.#next > from) take(bytes.subarray(events[from]?.start, events[this.#next - 1]?.end))
      taken += this.#next - from
      if (this.#next < events.length) return taken
      const more = await this.#chunks.next()
      if (more.done) return taken
      this.#chunk = more.value
      this.#next = 0
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return(undefined)
  }
}
