/** Threads and messages, and who must not be written to. A message is stored once per Message-ID. */
import type { MessageLabel } from '../../domain/message/types.ts'
import { json, must, type Sql, type Tx } from '../sql.ts'

export interface NewMessage {
  messageId: string
  direction: 'in' | 'out'
  threadId: string | null
  contactId: string | null
  inReplyTo: string | null
  refs: string[]
  fromAddress: string
  toAddresses: string[]
  subject: string
  sourceId: string
  raw: Uint8Array
  headers: Record<string, string>
  at: Date
  matchedBy: string | null
  actionId?: string | null
}

export interface Message extends Omit<NewMessage, 'raw'> {
  id: string
  label: MessageLabel | null
  labelBy: string | null
  labelQuote: string | null
  labelMargin: number | null
  untilDate: string | null
  readAt: Date | null
}

const COLUMNS = `id, message_id, direction, thread_id, contact_id, in_reply_to, refs, from_address, to_addresses, subject, source_id, headers, at,
  matched_by, action_id, label, label_by, label_quote, label_margin, until_date, read_at`

/** `made` is false when this Message-ID was known: nothing changed then. */
export async function storeMessage(tx: Tx, message: NewMessage): Promise<{ id: string; made: boolean }> {
  const made = await tx.row<{ id: string }>(
    `insert into message (message_id, direction, thread_id, contact_id, in_reply_to, refs, from_address, to_addresses, subject, source_id, raw,
       headers, at, matched_by, action_id)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) on conflict (message_id) do nothing returning id`,
    [
      message.messageId,
      message.direction,
      message.threadId,
      message.contactId,
      message.inReplyTo,
      message.refs,
      message.fromAddress,
      message.toAddresses,
      message.subject,
      message.sourceId,
      Buffer.from(message.raw),
      json(message.headers),
      message.at,
      message.matchedBy,
      message.actionId ?? null,
    ],
  )
  if (made) {
    if (message.threadId)
      await tx.run('update thread set last_message_at = greatest(last_message_at, $2) where id = $1', [
        message.threadId,
        message.at,
      ])
    return { id: made.id, made: true }
  }
  const known = await must(
    'message',
    message.messageId,
    tx.row<{ id: string }>('select id from message where message_id = $1', [message.messageId]),
  )
  return { id: known.id, made: false }
}

export async function messageById(sql: Sql, id: string): Promise<Message> {
  return must('message', id, sql.row<Message>(`select ${COLUMNS} from message where id = $1`, [id]))
}

export async function messageByMessageId(sql: Sql, messageId: string): Promise<Message | null> {
  return sql.row<Message>(`select ${COLUMNS} from message where message_id = $1`, [messageId])
}

export async function messagesOfThread(sql: Sql, threadId: string): Promise<Message[]> {
  return sql.rows<Message>(`select ${COLUMNS} from message where thread_id = $1 order by at, id`, [threadId])
}

export interface Reading {
  label: MessageLabel
  labelBy: 'protocol' | 'rules' | 'model' | 'person'
  labelQuote: string | null
  labelMargin: number | null
  untilDate: string | null
}

/** Sets the label once; a second reading changes nothing. Returns whether this one was the first. */
export async function storeReading(tx: Tx, id: string, reading: Reading): Promise<boolean> {
  const touched = await tx.run(
    `update message set label = $2, label_by = $3, label_quote = $4, label_margin = $5, until_date = $6, read_at = now() where id = $1 and read_at is null`,
    [id, reading.label, reading.labelBy, reading.labelQuote, reading.labelMargin, reading.untilDate],
  )
  return touched === 1
}

export interface Thread {
  id: string
  key: string
  subject: string
  contactId: string | null
  leadId: string | null
  dealId: string | null
  mailboxId: string | null
}

const THREAD = 'id, key, subject, contact_id, lead_id, deal_id, mailbox_id'

export async function ensureThread(tx: Tx, thread: Omit<Thread, 'id'>): Promise<string> {
  const row = await tx.row<{ id: string }>(
    `insert into thread (key, subject, contact_id, lead_id, deal_id, mailbox_id) values ($1,$2,$3,$4,$5,$6)
     on conflict (key) do update set deal_id = coalesce(thread.deal_id, excluded.deal_id) returning id`,
    [thread.key, thread.subject, thread.contactId, thread.leadId, thread.dealId, thread.mailboxId],
  )
  return (row as { id: string }).id
}

export async function threadById(sql: Sql, id: string): Promise<Thread> {
  return must('thread', id, sql.row<Thread>(`select ${THREAD} from thread where id = $1`, [id]))
}

/** The newest thread with a contact, for matching mail that names no earlier message. */
export async function newestThreadWith(sql: Sql, contactId: string): Promise<Thread | null> {
  return sql.row<Thread>(
    `select ${THREAD} from thread where contact_id = $1 order by last_message_at desc nulls last limit 1`,
    [contactId],
  )
}

export async function suppress(
  tx: Tx,
  entry: { kind: 'email' | 'domain'; value: string; reason: string; messageId?: string | null },
): Promise<boolean> {
  const made = await tx.run(
    'insert into suppression (kind, value, reason, message_id) values ($1, lower($2), $3, $4) on conflict do nothing',
    [entry.kind, entry.value, entry.reason, entry.messageId ?? null],
  )
  return made === 1
}

/** The reason an address may not be written to, or null. `emailKey` is the folded address. */
export async function suppressed(sql: Sql, emailKey: string): Promise<string | null> {
  const row = await sql.row<{ reason: string }>(
    `select reason from suppression where (kind = 'email' and value = lower($1)) or (kind = 'domain' and (split_part(lower($1), '@', 2) = value
       or split_part(lower($1), '@', 2) like '%.' || value)) limit 1`,
    [emailKey],
  )
  return row?.reason ?? null
}
