/** What outlives an erasure: the address as a keyed hash. Without the key, which lies with the server and not in the database, it tells nothing. */
import { createHmac } from 'node:crypto'

/** @param emailKey the folded address @param key hex, of the home's secrets */
export function addressHash(emailKey: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(`dealwright erased address v1\n${emailKey}`).digest('hex')
}
