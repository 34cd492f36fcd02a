/** Short names for the records of one run: a model copies `deal-3` without a slip, and nothing else can be meant by it. */
import type { AskKind, Seen } from './types.ts'

export class Aliases {
  readonly #byAlias = new Map<string, Seen>()
  readonly #byRecord = new Map<string, Seen>()
  readonly #counts = new Map<AskKind, number>()

  /** The record's name in this run; the first time it is seen, it is given one. */
  of(kind: AskKind, id: string, name: string): Seen {
    const record = `${kind}/${id}`
    const known = this.#byRecord.get(record)
    if (known !== undefined) return known
    const n = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, n)
    const seen: Seen = { alias: `${kind}-${n}`, kind, id, name }
    this.#byAlias.set(seen.alias, seen)
    this.#byRecord.set(record, seen)
    return seen
  }

  /** What this run has brought up under the name; undefined: nothing. */
  find(alias: string): Seen | undefined {
    return this.#byAlias.get(alias.trim().toLowerCase())
  }
}
