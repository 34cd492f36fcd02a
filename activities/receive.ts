/**
 * A message comes in: stored once by its Message-ID, matched to a thread and a person, its reading ordered in the same transaction.
 * Nothing is dropped: what matches nobody is kept and a person is asked.
 */
import { parseMail, type ParsedMail } from '../connectors/mail/parse.ts'
import { sha256 } from '../domain/gate/canonical.ts'
import { normaliseEmail } from '../domain/import/normalise/email.ts'
import type { Db, Sql, Tx } from '../db/sql.ts'
import {
  messageByMessageId,
  newestThreadWith,
  storeMessage,
  threadById,
  ensureThread,
} from '../db/stores/conversation.ts'
import { refuseErased } from '../db/stores/erased.ts'
import { storeSource } from '../db/stores/evidence.ts'
import { enqueue } from '../db/stores/outbox.ts'
import { accountById, contactByEmailKey, contactById, type Contact } from '../db/stores/records.ts'
import { audit } from '../db/stores/audit.ts'

export interface Received {
  id: string
  /** False when this message was here before: nothing changed. */
  made: boolean
  threadId: string | null
  /** How it was matched, in words; null when it matched nobody. */
  matched: string | null
}

/** @throws DealwrightError `person_erased` for mail from or about somebody who was erased: nothing of it is stored */
export async function receiveMail(db: Db, raw: Uint8Array): Promise<Received> {
  const mail = await parseMail(raw)
  const people = [mail.from?.address, mail.dsn?.finalRecipient].map(one => (one ? normaliseEmail(one)?.emailKey : null))
  await refuseErased(db, people, 'mail')
  return db.tx(async tx => {
    const messageId = await ownId(tx, mail.messageId, raw)
    const match = await matchMail(tx, mail)
    const threadId = match.threadId ?? (match.contact ? await threadFor(tx, mail, match.contact) : null)
    const sourceId = await storeSource(tx, {
      key: `mail:${messageId}`,
      kind: 'mail',
      text: mail.text === '' ? ' ' : mail.text,
      title: mail.subject,
      fetchedAt: mail.date ?? new Date(),
      ...(await voiceOf(tx, match.contact)),
    })
    const stored = await storeMessage(tx, {
      messageId,
      direction: 'in',
      threadId,
      contactId: match.contact?.id ?? null,
      inReplyTo: mail.inReplyTo,
      refs: mail.references,
      fromAddress: mail.from?.address ?? '',
      toAddresses: mail.to.map(to => to.address),
      subject: mail.subject,
      sourceId,
      raw,
      headers: headersKept(mail),
      at: mail.date ?? new Date(),
      matchedBy: match.how,
    })
    if (stored.made) {
      await enqueue(tx, {
        key: `start:intake:${stored.id}`,
        kind: 'start',
        workflow: 'intake',
        workflowId: `intake/${stored.id}`,
        args: [{ messageId: stored.id }],
      })
      await audit(tx, {
        actor: 'server',
        type: 'message.received',
        target: 'message',
        targetId: stored.id,
        data: { matched: match.how },
      })
    }
    return { ...stored, threadId, matched: match.how }
  })
}

/** A Message-ID that somebody used before for another mail must not hide this one: it is kept under an id of its own. */
async function ownId(tx: Tx, messageId: string, raw: Uint8Array): Promise<string> {
  const known = await tx.row<{ same: boolean }>(
    `select direction = 'in' and raw = $2 as same from message where message_id = $1`,
    [messageId, Buffer.from(raw)],
  )
  return known && !known.same ? `${messageId}~${sha256(raw).slice(0, 16)}` : messageId
}

interface Match {
  threadId: string | null
  contact: Contact | null
  how: string | null
}

/** By the message it answers, by the message a bounce speaks of, by its sender; in this order. */
async function matchMail(tx: Tx, mail: ParsedMail): Promise<Match> {
  const answered = [
    mail.dsn?.originalMessageId,
    mail.arf?.originalMessageId,
    mail.inReplyTo,
    ...mail.references.toReversed(),
  ]
  for (const messageId of answered) {
    const earlier = messageId ? await messageByMessageId(tx, messageId) : null
    if (!earlier) continue
    const thread = earlier.threadId ? await threadById(tx, earlier.threadId) : null
    const contactId = earlier.contactId ?? thread?.contactId ?? null
    return {
      threadId: earlier.threadId,
      contact: contactId ? await contactById(tx, contactId) : null,
      how: mail.dsn ? 'bounce of a sent message' : 'answers an earlier message',
    }
  }
  const sender =
    (await contactOf(tx, mail.from?.address)) ?? (await contactOf(tx, mail.dsn?.finalRecipient ?? undefined))
  if (!sender) return { threadId: null, contact: null, how: null }
  const thread = await newestThreadWith(tx, sender.id)
  return { threadId: thread?.id ?? null, contact: sender, how: 'sender’s address' }
}

async function contactOf(sql: Sql, address: string | undefined): Promise<Contact | null> {
  const key = address ? normaliseEmail(address)?.emailKey : undefined
  return key ? contactByEmailKey(sql, key) : null
}

function threadFor(tx: Tx, mail: ParsedMail, contact: Contact): Promise<string> {
  return ensureThread(tx, {
    key: `mail:${mail.messageId}`,
    subject: mail.subject,
    contactId: contact.id,
    leadId: null,
    dealId: null,
    mailboxId: null,
  })
}

/** "We" in a mail means the sender's company. */
async function voiceOf(sql: Sql, contact: Contact | null) {
  const account = contact?.accountId ? await accountById(sql, contact.accountId) : null
  return {
    accountId: account?.id ?? null,
    publisherName: account?.name ?? contact?.name ?? null,
    publisherDomain: account?.domain ?? null,
  }
}

const KEPT_HEADERS = [
  'auto-submitted',
  'precedence',
  'list-id',
  'list-unsubscribe',
  'x-auto-response-suppress',
  'x-autoreply',
  'return-path',
  'content-type',
  'from',
]

function headersKept(mail: ParsedMail): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap(name => (mail.headers[name] === undefined ? [] : [[name, mail.headers[name].slice(0, 500)]])),
  )
}
