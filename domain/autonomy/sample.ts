/** Which actions of a granted class people go on seeing: settled by the id alone, so that nobody chooses. */
import { sha256 } from '../gate/canonical.ts'

/** About one id in `n`, the same each time. @param n at least 1; 1 is every one */
export function isSampled(id: string, n: number): boolean {
  return Number(BigInt(`0x${sha256(`sample:${id}`).slice(0, 16)}`) % BigInt(n)) === 0
}
