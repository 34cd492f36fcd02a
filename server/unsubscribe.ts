/** The link in every mail. A click shows a button (link scanners click too); the post, also that of RFC 8058, unsubscribes. */
import { DealwrightError } from '../domain/errors.ts'
import { unsubscribeToken } from '../domain/gate/unsubscribe.ts'
import type { Db } from '../db/sql.ts'
import { audit } from '../db/stores/audit.ts'
import { suppress } from '../db/stores/conversation.ts'
import { recordEvent } from '../db/stores/events.ts'
import { page } from './status.ts'

export async function unsubscribe(db: Db, runId: string, token: string): Promise<void> {
  await db.tx(async tx => {
    const contact = await tx.row<{ id: string; emailKey: string | null }>(
      'select c.id, c.email_key from run r join contact c on c.id = r.contact_id where r.id = $1',
      [runId],
    )
    if (!contact?.emailKey || unsubscribeToken(contact.emailKey) !== token) {
      throw new DealwrightError('not_found', 'This link is not complete. Reply to the mail with “unsubscribe” instead.')
    }
    if (!(await suppress(tx, { kind: 'email', value: contact.emailKey, reason: 'unsubscribed by link' }))) return
    await audit(tx, { actor: 'recipient', type: 'contact.suppressed', target: 'contact', targetId: contact.id })
    await recordEvent(tx, {
      key: `contact.suppressed:${contact.id}:link`,
      name: 'contact.suppressed',
      fields: { reason: 'unsubscribed', contact: { id: contact.id } },
      contactId: contact.id,
    })
  })
}

export function unsubscribePage(state: 'ask' | 'done' = 'ask'): string {
  const body =
    state === 'done'
      ? '<h1>You are unsubscribed</h1><p>We will not write to this address again.</p>'
      : '<h1>Unsubscribe</h1><p>You will get no further mail from us.</p><form method="post"><button>Unsubscribe</button></form>'
  return page('Unsubscribe', body)
}
