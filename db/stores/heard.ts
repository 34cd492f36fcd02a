/** What follows from a message whose label is known: who is protected at once, and the event that playbooks react to. */
import { HUMAN_LABELS, type MessageLabel } from '../../domain/message/types.ts'
import type { JsonObject } from '../../domain/playbook/types.ts'
import type { Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { suppress } from './conversation.ts'
import { recordEvent } from './events.ts'

const SUPPRESSES: Partial<Record<MessageLabel, string>> = {
  unsubscribe: 'asked by mail not to be written to',
  complaint: 'complained about our mail',
  bounce_hard: 'the address does not exist',
}

/** Who must not be written to any more is protected at once, before anything else may react. */
export async function protect(
  tx: Tx,
  of: {
    messageId: string
    label: MessageLabel
    contact: { id: string; emailKey: string | null } | null
    actor: string
  },
): Promise<void> {
  const { messageId, label, contact, actor } = of
  const reason = SUPPRESSES[label]
  if (!contact?.emailKey) return
  if (label === 'left_company' || label === 'bounce_hard') {
    await tx.run(
      'update contact set stale_at = coalesce(stale_at, now()), stale_why = coalesce(stale_why, $2) where id = $1',
      [contact.id, label],
    )
  }
  if (!reason || !(await suppress(tx, { kind: 'email', value: contact.emailKey, reason, messageId }))) return
  await audit(tx, { actor, type: 'contact.suppressed', target: 'contact', targetId: contact.id, data: { label } })
  await recordEvent(tx, {
    key: `contact.suppressed:${contact.id}:${messageId}`,
    name: 'contact.suppressed',
    fields: { reason: label },
    contactId: contact.id,
  })
}

export interface Heard {
  messageId: string
  label: MessageLabel
  margin: number | null
  /** ISO instant or day. */
  until: string | null
  /** How many readings about a deal it holds. */
  updates: number
  /** By whom it was written: by its label unless said. */
  human?: boolean
  contactId: string
  accountId: string | null
  leadId: string | null
  dealId: string | null
  /** Which telling of the same message; the first has none. */
  again?: string
}

/** The event `message.received`; returns its id, and its records. */
export async function announce(tx: Tx, heard: Heard): Promise<string> {
  const { messageId, label, margin, until, updates, human = HUMAN_LABELS.includes(label), again } = heard
  const fields: JsonObject = { message: messageId, label, human, margin, until, updates }
  return recordEvent(tx, {
    key: `message.received:${messageId}${again === undefined ? '' : `:${again}`}`,
    name: 'message.received',
    fields,
    contactId: heard.contactId,
    accountId: heard.accountId,
    leadId: heard.leadId,
    dealId: heard.dealId,
  })
}
