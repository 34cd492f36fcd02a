/** What people say of a message that came in: what it is, and whom it is from. */
import { requireFor } from '../../domain/access/may.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { MessageLabel } from '../../domain/message/types.ts'
import { must, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { ensureThread, newestThreadWith } from './conversation.ts'
import { seenRecord } from './crm/read.ts'
import { markHandled } from './events.ts'
import { announce, protect, type Heard } from './heard.ts'
import { inboxMessage, type InboxMessage } from './inbox.ts'
import { accountById, contactById, openDealOf, openLeadOf, type Contact } from './records.ts'
import { enqueueSignal, openRunsFor } from './runs.ts'

/** Locked, and this viewer's to change. */
async function toChange(tx: Tx, viewer: Viewer, id: string): Promise<InboxMessage> {
  await tx.run('select 1 from message where id = $1 for update', [id])
  const message = await inboxMessage(tx, viewer, id)
  requireFor(viewer, 'message.change', { what: 'message', id, ownerId: message.ownerId })
  if (!message.read || message.label === null)
    throw new DealwrightError('conflict', `Message ${id} is still being read: try again in a moment.`)
  return message
}

/**
 * A person says what it is, whether it was taken for that already or not: kept as theirs, with what it was taken for. Whom it tells not to
 * write to is protected at once. No playbook begins anew by it; runs that wait for a message hear of it.
 * @param was the label that they saw
 * @throws DealwrightError `not_found`, `forbidden`, `conflict` when it is not read yet, or is another by now
 */
export async function sortMessage(
  tx: Tx,
  viewer: Viewer,
  id: string,
  { label, was }: { label: MessageLabel; was: MessageLabel },
): Promise<InboxMessage> {
  const before = await toChange(tx, viewer, id)
  if (before.label !== was)
    throw new DealwrightError('conflict', `Message ${id} is sorted as ${before.label} by now: look at it again.`)
  // What was read in a sentence is no longer said by it.
  await tx.run(
    `update message set label = $2, label_by = 'person', label_quote = case when label = $2 then label_quote end,
       label_margin = case when label = $2 then label_margin end where id = $1`,
    [id, label],
  )
  const made = await tx.row<{ id: string }>(
    'insert into label_correction (message_id, from_label, from_by, to_label, user_id) values ($1, $2, $3, $4, $5) returning id',
    [id, was, before.labelBy, label, viewer.userId],
  )
  const actor = `user:${viewer.userId}`
  await audit(tx, { actor, type: 'message.labelled', target: 'message', targetId: id, data: { from: was, to: label } })
  if (label !== was && before.contactId !== null) {
    const contact = await contactById(tx, before.contactId)
    await protect(tx, { messageId: id, label, contact, actor })
    await tellWaiting(tx, await heardOf(tx, id, contact), made?.id ?? '')
  }
  return inboxMessage(tx, viewer, id)
}

/** Runs that wait hear the message under its new label; the event counts as handled, so that nothing is started by it. */
async function tellWaiting(tx: Tx, heard: Heard, correction: string): Promise<void> {
  const eventId = await announce(tx, { ...heard, again: correction })
  await markHandled(tx, [eventId])
  const of = { name: 'message.received', contactId: heard.contactId, leadId: heard.leadId }
  for (const runId of await openRunsFor(tx, of)) await enqueueSignal(tx, runId, 'wake', eventId, eventId)
}

/**
 * A message of nobody is somebody's from now on: it joins their conversation, and what would have followed had it been known follows now.
 * @throws DealwrightError `not_found`, `forbidden`, `bad_input` for a contact that they may not see, `conflict` when it is not read yet, or is somebody's by now
 */
export async function assignMessage(tx: Tx, viewer: Viewer, id: string, contactId: string): Promise<InboxMessage> {
  const message = await toChange(tx, viewer, id)
  if (message.contactId !== null)
    throw new DealwrightError('conflict', `Message ${id} is ${message.contact ?? 'somebody'}’s already.`)
  await seenRecord(tx, viewer, 'contact', contactId).catch((error: unknown) => {
    if (!(error instanceof DealwrightError) || error.code !== 'not_found') throw error
    throw new DealwrightError('bad_input', 'contactId: is no contact that you may see.')
  })
  const contact = await contactById(tx, contactId)
  await join(tx, id, contact)
  const heard = await heardOf(tx, id, contact)
  await tx.run(
    `update fact set contact_id = $2, account_id = coalesce(account_id, $3), lead_id = coalesce(lead_id, $4)
     where source_id = (select source_id from message where id = $1) and contact_id is null`,
    [id, contactId, heard.accountId, heard.leadId],
  )
  await tx.run('update deal_reading set contact_id = $2 where message_id = $1 and contact_id is null', [id, contactId])
  await tx.run(`update task set status = 'done', done_at = now() where key = $1 and status = 'open'`, [
    `unmatched:${id}`,
  ])
  const actor = `user:${viewer.userId}`
  await audit(tx, {
    actor,
    type: 'message.assigned',
    target: 'message',
    targetId: id,
    data: { contact: contactId },
  })
  await protect(tx, { messageId: id, label: heard.label, contact, actor })
  await announce(tx, heard)
  return inboxMessage(tx, viewer, id)
}

/** Into the conversation with them, where there is one; "we" in it means their company. */
async function join(tx: Tx, id: string, contact: Contact): Promise<void> {
  const message = await must(
    'message',
    id,
    tx.row<{ messageId: string; subject: string; threadId: string | null }>(
      'select message_id, subject, thread_id from message where id = $1',
      [id],
    ),
  )
  const threadId =
    message.threadId ??
    (await newestThreadWith(tx, contact.id))?.id ??
    (await ensureThread(tx, {
      key: `mail:${message.messageId}`,
      subject: message.subject,
      contactId: contact.id,
      leadId: null,
      dealId: null,
      mailboxId: null,
    }))
  await tx.run(`update message set contact_id = $2, thread_id = $3, matched_by = 'a person' where id = $1`, [
    id,
    contact.id,
    threadId,
  ])
  await tx.run(
    `update thread t set contact_id = coalesce(t.contact_id, $2), last_message_at = greatest(t.last_message_at, m.at) from message m
     where t.id = $1 and m.id = $3`,
    [threadId, contact.id, id],
  )
  const account = contact.accountId ? await accountById(tx, contact.accountId) : null
  await tx.run(
    `update source set account_id = $2, publisher_name = $3, publisher_domain = $4 where id = (select source_id from message where id = $1)`,
    [id, account?.id ?? null, account?.name ?? contact.name, account?.domain ?? null],
  )
}

/** What there is to tell of a message of this contact, as it stands. */
async function heardOf(tx: Tx, id: string, contact: Contact): Promise<Heard> {
  const stored = await must(
    'message',
    id,
    tx.row<{
      label: MessageLabel
      margin: number | null
      until: string | null
      updates: number
      leadId: string | null
    }>(
      `select m.label, m.label_margin as margin, m.until_date as until, (select count(*) from deal_reading r where r.message_id = m.id)::int as updates,
         t.lead_id from message m left join thread t on t.id = m.thread_id where m.id = $1`,
      [id],
    ),
  )
  const lead = await openLeadOf(tx, contact.id)
  const deal = await openDealOf(tx, { leadId: stored.leadId ?? lead?.id ?? null, contactId: contact.id })
  return {
    messageId: id,
    label: stored.label,
    margin: stored.margin,
    until: stored.until === null ? null : `${stored.until}T00:00:00.000Z`,
    updates: stored.updates,
    contactId: contact.id,
    accountId: contact.accountId,
    leadId: lead?.id ?? null,
    dealId: deal?.id ?? null,
  }
}
