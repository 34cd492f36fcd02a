/**
 * One mail to one person. Proposed as the bytes that will leave; sent at most once. Recipient, sender, subject line of a thread and
 * links come from the records, never from the draft's author.
 */
import { messageIdFor, renderMail } from '../../connectors/mail/render.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { sha256 } from '../../domain/gate/canonical.ts'
import { unsubscribeToken } from '../../domain/gate/unsubscribe.ts'
import type { JsonObject } from '../../domain/playbook/types.ts'
import { currentFields, type Action, type NewAction } from '../../db/stores/actions.ts'
import { type ClaimRefusal } from '../../db/stores/claims.ts'
import { ensureThread, messagesOfThread, storeMessage, suppressed, threadById } from '../../db/stores/conversation.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import { draftById } from '../../db/stores/judgement.ts'
import {
  lockMailbox,
  type Mailbox,
  mailboxById,
  mailboxOf,
  type Organisation,
  organisation,
  userById,
} from '../../db/stores/people.ts'
import type { Sql, Tx } from '../../db/sql.ts'
import type { Deps } from '../deps.ts'
import type { ProposeKind, Proposal, StepContext } from '../kinds.ts'
import { needLead, textOf } from '../about.ts'

export const sendMail: ProposeKind = {
  name: 'send_mail',
  verb: 'propose',
  with: { draft: { type: 'step', kinds: ['draft'], required: true } },
  result: { message: 'string' },
  propose: context => proposeMail(context),
  again: (context, before) => proposeAgain(context, before),
  check: (sql, action) => mayBeSent(sql, action),
  effect: {
    where: 'outside',
    prepare: deps => deps.mail.ready(),
    async send(deps, action, pass) {
      const { envelope } = action.content as unknown as MailContent
      const sent = await deps.mail.send(envelope, action.rendered ?? Buffer.alloc(0), pass)
      if (sent.outcome !== 'sent') return sent
      await fileSent(deps, action)
      return { outcome: 'sent', detail: { response: sent.response.slice(0, 200) } }
    },
    record: (tx, action) => recordSent(tx, action),
  },
}

/** Servers that do not file sent mail by themselves get a copy: it is what settles doubt after a crash. Failing to file fails nothing. */
async function fileSent(deps: Deps, action: Action): Promise<void> {
  try {
    await deps.sent?.append(action.rendered ?? Buffer.alloc(0), (action.content as unknown as MailContent).messageId)
  } catch (error) {
    deps.log.warn(
      { action: action.id, code: (error as { code?: unknown }).code },
      'the Sent folder did not take a copy',
    )
  }
}

interface MailContent {
  envelope: { from: string; to: string[] }
  contactName: string
  messageId: string
  date: string
  subject: string
  text: string
  inReplyTo: string | null
  references: string[]
  threadKey: string
  emailKey: string
  unsubscribeUrl: string
  because: string[]
}

async function proposeMail(context: StepContext): Promise<Proposal> {
  const { db, publicUrl } = context.deps
  const lead = needLead(context)
  const reference = context.with.draft as JsonObject
  const draft = await draftById(db, textOf((reference.result as JsonObject).draft))
  const { contact, run } = context
  if (!contact?.email || !contact.emailKey) {
    throw new DealwrightError(
      'bad_input',
      `Lead ${lead.id} has no e-mail address to write to: add one to its contact, then resume the run.`,
    )
  }
  const owner = lead.ownerId ? await userById(db, lead.ownerId) : null
  const mailbox = owner ? await mailboxOf(db, owner.id) : null
  if (!owner || !mailbox) {
    throw new DealwrightError(
      'bad_input',
      `Lead ${lead.id} has no owner with a mailbox: give it one, then resume the run.`,
    )
  }
  const thread = draft.threadId ? await threadById(db, draft.threadId) : null
  const earlier = thread ? await messagesOfThread(db, thread.id) : []
  const references = earlier.map(message => message.messageId).slice(-20)
  const made = await compose(db, {
    key: context.key,
    mailbox,
    contact: { name: contact.name, email: contact.email, emailKey: contact.emailKey },
    subject: thread ? replySubject(thread.subject) : draft.subject,
    body: draft.body,
    date: context.step.startedAt,
    references,
    threadKey: thread?.key ?? `action:${context.key}`,
    unsubscribeUrl: `${publicUrl}/unsubscribe/${run.id}/${unsubscribeToken(contact.emailKey)}`,
    because: [becauseOf(lead.source, context.account?.name ?? null)],
  })
  return {
    kind: 'send_mail',
    summary: `mail to ${contact.name} <${contact.email}>: ${made.content.subject}`,
    content: made.content as unknown as JsonObject,
    rendered: made.rendered,
    reliedOn: await currentFields(db, [
      { table: 'contact', id: contact.id, field: 'email' },
      { table: 'contact', id: contact.id, field: 'stale_at' },
      { table: 'contact', id: contact.id, field: 'lawful_basis' },
      { table: 'lead', id: lead.id, field: 'owner_id' },
      { table: 'lead', id: lead.id, field: 'contact_id' },
      { table: 'mailbox', id: mailbox.id, field: 'address' },
    ]),
    by: draft.by,
    leadId: lead.id,
    contactId: contact.id,
    ownerId: owner.id,
    mailboxId: mailbox.id,
    draftId: draft.id,
  }
}

/** To where they are read now, from whoever owns the lead now; in the words that people have seen, which were written for this one person. */
async function proposeAgain(context: StepContext, before: Action): Promise<Proposal> {
  const { lead, contact } = context
  if (contact?.id !== before.contactId || (lead !== null && lead.contactId !== before.contactId))
    throw new DealwrightError('bad_input', 'The lead is about somebody else now.')
  if (contact?.staleAt) throw new DealwrightError('bad_input', 'Their address is stale: mail to it comes back.')
  const made = await proposeMail(context)
  if (before.by !== 'person') return made
  const { subject, text } = before.content as unknown as MailContent
  const addressed = {
    ...before,
    content: made.content,
    mailboxId: made.mailboxId ?? null,
    ownerId: made.ownerId ?? null,
  }
  const edited = await editedMail(context.deps.db, addressed, { subject, body: text }, context.key)
  return { ...edited, reliedOn: made.reliedOn }
}

interface Letter {
  key: string
  mailbox: Mailbox
  contact: { name: string; email: string; emailKey: string }
  subject: string
  body: string
  date: Date
  references: string[]
  threadKey: string
  unsubscribeUrl: string
  /** Why they get this mail, for the footer. */
  because: string[]
}

/** The message as it will leave and what is kept of it. Equal letters give equal bytes. */
async function compose(sql: Sql, letter: Letter): Promise<{ content: MailContent; rendered: Buffer }> {
  const { mailbox, contact, references } = letter
  const org = await organisation(sql)
  const messageId = messageIdFor(sha256(letter.key), mailbox.address.split('@')[1] ?? 'localhost')
  const rendered = await renderMail({
    from: { name: mailbox.name, address: mailbox.address },
    to: { name: contact.name, address: contact.email },
    subject: letter.subject,
    body: letter.body,
    signature: signatureAfter(letter.body, mailbox.signature),
    footer: [...letter.because, ...footerOf(org)],
    unsubscribe: { url: letter.unsubscribeUrl, mailto: mailbox.address },
    messageId,
    date: letter.date,
    ...(references.length > 0 ? { inReplyTo: references.at(-1), references } : {}),
  })
  const content: MailContent = {
    envelope: { from: mailbox.address, to: [contact.email] },
    contactName: contact.name,
    messageId,
    date: letter.date.toISOString(),
    subject: letter.subject,
    text: letter.body,
    inReplyTo: references.at(-1) ?? null,
    references,
    threadKey: letter.threadKey,
    emailKey: contact.emailKey,
    unsubscribeUrl: letter.unsubscribeUrl,
    because: letter.because,
  }
  return { content, rendered }
}

/** The signature without the name that the body has just closed with. */
function signatureAfter(body: string, signature: string): string {
  const [first, ...rest] = signature.split('\n')
  return first !== undefined && body.trimEnd().endsWith(first.trim()) ? rest.join('\n') : signature
}

function footerOf(org: Organisation | null): string[] {
  if (!org) return []
  if (!org.address) return [org.name]
  return org.address.startsWith(org.name) ? [org.address] : [org.name, org.address]
}

/**
 * The mail as a person changed it: an action of its own under `key`, with its own bytes and Message-ID. What they typed is theirs: it
 * needs no evidence. Recipient, sender and thread stay those of the original.
 */
export async function editedMail(
  sql: Sql,
  action: Action,
  edit: { subject?: string | undefined; body: string },
  key: string,
): Promise<NewAction> {
  const original = action.content as unknown as MailContent
  const mailbox = await mailboxById(sql, action.mailboxId ?? '')
  const made = await compose(sql, {
    key,
    mailbox,
    contact: { name: original.contactName, email: original.envelope.to[0] ?? '', emailKey: original.emailKey },
    subject: original.references.length > 0 ? original.subject : (edit.subject ?? original.subject),
    body: edit.body,
    date: new Date(original.date),
    references: original.references,
    threadKey: original.threadKey,
    unsubscribeUrl: original.unsubscribeUrl,
    because: original.because,
  })
  const summary = `mail to ${original.contactName} <${original.envelope.to[0]}>: ${made.content.subject} (edited)`
  return {
    key,
    runId: action.runId,
    kind: action.kind,
    leadId: action.leadId,
    dealId: action.dealId,
    contactId: action.contactId,
    ownerId: action.ownerId,
    mailboxId: action.mailboxId,
    draftId: action.draftId,
    approver: action.approver,
    escalateAt: action.escalateAt,
    escalateTo: action.escalateTo,
    escalateAfter: action.escalateAfter,
    expiresAt: action.expiresAt,
    summary,
    content: made.content as unknown as JsonObject,
    rendered: made.rendered,
    // As they were when the recipient was taken from the records: an address that has changed since holds the edit back too.
    reliedOn: action.reliedOn,
    by: 'person',
  }
}

/** Why they get this mail, as the law of several countries asks to say. */
function becauseOf(source: string, company: string | null): string {
  if (source === 'form') return 'You get this mail because you wrote to us.'
  return `You get this mail because we think it concerns your work${company ? ` at ${company}` : ''}.`
}

const replySubject = (subject: string): string => (/^re:/i.test(subject) ? subject : `Re: ${subject}`)

/** Suppression, a paused mailbox and the day's cap, in the claim's transaction. */
async function mayBeSent(sql: Sql, action: Action): Promise<ClaimRefusal | null> {
  const { emailKey } = action.content as unknown as MailContent
  const reason = await suppressed(sql, emailKey)
  if (reason) return { code: 'suppressed', why: `this address must not be written to (${reason})`, settle: 'failed' }
  // One claim at a time for a mailbox: two cannot both take the last place of the day, and what was paused is paused.
  await lockMailbox(sql, action.mailboxId ?? '')
  const mailbox = await mailboxById(sql, action.mailboxId ?? '')
  if (mailbox.pausedAt)
    return { code: 'mailbox_paused', why: `the mailbox ${mailbox.address} is paused`, settle: 'wait' }
  const today = await sql.row<{ n: number }>(
    `select count(*)::int as n from action where mailbox_id = $1 and kind = 'send_mail' and status in ('claimed', 'done', 'uncertain')
       and claimed_at >= date_trunc('day', now())`,
    [mailbox.id],
  )
  if ((today?.n ?? 0) >= mailbox.dailyCap)
    return { code: 'daily_cap', why: `the mailbox has sent its ${mailbox.dailyCap} mails of today`, settle: 'wait' }
  return null
}

/** The mail as part of the conversation: thread, message, and its text as a source. */
export async function recordSent(tx: Tx, action: Action): Promise<JsonObject> {
  const content = action.content as unknown as MailContent
  const threadId = await ensureThread(tx, {
    key: content.threadKey,
    subject: content.subject.replace(/^re:\s*/i, ''),
    contactId: action.contactId,
    leadId: action.leadId,
    dealId: action.dealId,
    mailboxId: action.mailboxId,
  })
  const org = await organisation(tx)
  const sourceId = await storeSource(tx, {
    key: `mail:${content.messageId}`,
    kind: 'mail',
    text: content.text,
    title: content.subject,
    publisherName: org?.name ?? null,
    publisherDomain: org?.domain ?? null,
    fetchedAt: new Date(content.date),
  })
  const message = await storeMessage(tx, {
    messageId: content.messageId,
    direction: 'out',
    threadId,
    contactId: action.contactId,
    inReplyTo: content.inReplyTo,
    refs: content.references,
    fromAddress: content.envelope.from,
    toAddresses: content.envelope.to,
    subject: content.subject,
    sourceId,
    raw: action.rendered ?? Buffer.alloc(0),
    headers: {},
    at: new Date(),
    matchedBy: 'sent',
    actionId: action.id,
  })
  await tx.run(`update lead set status = 'working', updated_at = now() where id = $1 and status = 'new'`, [
    action.leadId,
  ])
  return { message: message.id, messageId: content.messageId }
}
