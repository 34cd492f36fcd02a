import { DealwrightError } from '../../domain/errors.ts'

/** For `--limit`: a whole number from 1 to 10,000. */
export function limit(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number
  throw new DealwrightError('bad_input', `--limit ${text}: give a whole number from 1 to 10000.`)
}
