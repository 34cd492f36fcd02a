/** A mail as the prospects' server took it in. */
import { simpleParser } from 'mailparser'

export interface ReceivedMail {
  messageId: string
  /** One entry a recipient: a mail to two people is received twice. */
  to: string
  /** Envelope sender: where delivery reports go. */
  from: string
  raw: string
  /** ISO instant. */
  at: string
}

/** What a reply needs of the mail it answers. */
export interface Original {
  messageId: string
  subject: string
  replyTo: string
  fromName: string
  references: string[]
  text: string
  date: Date
  /** The header block, as delivery reports quote it. */
  headers: string
}

export async function readOriginal(mail: ReceivedMail): Promise<Original> {
  const parsed = await simpleParser(mail.raw)
  const sender = parsed.from?.value[0]
  const references = parsed.references ?? []
  return {
    messageId: mail.messageId,
    subject: parsed.subject ?? '',
    replyTo: parsed.replyTo?.value[0]?.address ?? sender?.address ?? mail.from,
    fromName: sender?.name || sender?.address || mail.from,
    references: typeof references === 'string' ? [references] : references,
    text: parsed.text ?? '',
    date: parsed.date ?? new Date(mail.at),
    headers: mail.raw.split(/\r?\n\r?\n/)[0] ?? '',
  }
}

/** The Message-ID header without parsing the rest; null where there is none. */
export function messageIdOf(raw: string): string | null {
  const head = raw.split(/\r?\n\r?\n/)[0] ?? ''
  return /^message-id:\s*(<[^>]+>)/im.exec(head.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? null
}
