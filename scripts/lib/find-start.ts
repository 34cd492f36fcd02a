/** One of several by its id or the beginning of it. */
import { DealwrightError } from '../../domain/errors.ts'

/** @throws DealwrightError `not_found`, `ambiguous` */
export function findStart<T extends { id: string }>(what: string, start: string, all: readonly T[]): T {
  const found = all.filter(({ id }) => id.startsWith(start.toLowerCase()))
  const [first] = found
  if (first && found.length === 1) return first
  throw first
    ? new DealwrightError('ambiguous', `${found.length} ${what}s begin with ${start}: give more of the id.`)
    : new DealwrightError('not_found', `There is no ${what} ${start}.`)
}
