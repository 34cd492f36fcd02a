/** The token of an unsubscribe link: says nothing of the address to whoever sees it. */
import { sha256 } from './canonical.ts'

/** First 32 hex digits of the hash of the folded address. The run's id beside it in the link is what cannot be guessed. */
export function unsubscribeToken(emailKey: string): string {
  return sha256(`unsubscribe:${emailKey}`).slice(0, 32)
}
