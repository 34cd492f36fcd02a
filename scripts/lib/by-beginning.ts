import { DealwrightError } from '../../domain/errors.ts'

/** The one of these whose id begins so. @throws DealwrightError `not_found`, `ambiguous` */
export function byBeginning<T extends { id: string }>(what: string, all: readonly T[], beginning: string): T {
  const found = all.filter(one => one.id.startsWith(beginning.toLowerCase()))
  const [first] = found
  if (!first) throw new DealwrightError('not_found', `There is no ${what} with an id that begins with ${beginning}.`)
  if (found.length > 1)
    throw new DealwrightError('ambiguous', `${found.length} ids begin with ${beginning}: give more of it.`)
  return first
}
