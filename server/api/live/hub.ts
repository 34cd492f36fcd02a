/** One ear at the database for all who look on: wakes them when something new can be read. */
import type { Db } from '../../../db/sql.ts'
import { isHeldBack } from '../../../db/stores/live.ts'

/** While an older transaction is under way, what came after it is asked for this often. */
const HELD_MS = 250

export class LiveHub {
  readonly #db: Db
  readonly #wakes = new Set<() => void>()
  #ear: Promise<() => Promise<void>> | null = null
  #asking = false

  constructor(db: Db) {
    this.#db = db
  }

  /** Calls `wake` whenever there may be something new, until the function that it returns is called. */
  async subscribe(wake: () => void): Promise<() => void> {
    this.#wakes.add(wake)
    this.#ear ??= this.#db.listen('dealwright_live', () => this.#heard())
    await this.#ear
    return () => {
      this.#wakes.delete(wake)
      if (this.#wakes.size > 0) return
      const ear = this.#ear
      this.#ear = null
      void ear?.then(stop => stop()).catch(() => {})
    }
  }

  #heard(): void {
    for (const wake of this.#wakes) wake()
    if (!this.#asking) void this.#askAgain()
  }

  async #askAgain(): Promise<void> {
    this.#asking = true
    try {
      while (this.#wakes.size > 0 && (await isHeldBack(this.#db))) {
        await new Promise(resolve => setTimeout(resolve, HELD_MS))
        for (const wake of this.#wakes) wake()
      }
    } catch {
      // The database is away: the ear hears when it is back.
    } finally {
      this.#asking = false
    }
  }
}
