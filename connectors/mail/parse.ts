/** Reads a received mail. Never throws for what a mail holds: what can be had is returned, the rest is a warning. */
import { createHash } from 'node:crypto'
import { simpleParser } from 'mailparser'
import type { Attachment, ParsedMail as Parts, SimpleParserOptions } from 'mailparser'
import { automaticIn, dateIn, firstValue, headerRecord, isFromList, messageIdsIn, peopleIn } from './header.ts'
import type { MailPerson } from './header.ts'
import { textOfHtml } from './html-text.ts'
import { complaintReport, deliveryReport } from './report.ts'
import type { ComplaintReport, DeliveryReport, ReportPart } from './report.ts'

export type ParseWarning =
  /** Larger than the limit: only its head was read. */
  | 'too_large'
  /** Its structure could not be read: only its head was. */
  | 'body_unreadable'
  /** Characters that its stated charset does not have. */
  | 'charset'
  /** The text was longer than the limit and ends early. */
  | 'text_cut'
  | 'no_from'
  | 'no_date'
  | 'no_message_id'

export interface ParsedMail {
  /** With angle brackets. A mail without one gets one made of its bytes, and the warning `no_message_id`. */
  messageId: string
  inReplyTo: string | null
  references: string[]
  from: MailPerson | null
  to: MailPerson[]
  cc: MailPerson[]
  replyTo: MailPerson[]
  subject: string
  date: Date | null
  /** Of the plain-text parts, else of the HTML parts. Line breaks are "\n". */
  text: string
  textFrom: 'plain' | 'html' | 'none'
  attachments: { name: string | null; type: string; size: number }[]
  headers: Record<string, string>
  dsn: DeliveryReport | null
  arf: ComplaintReport | null
  /** "auto-replied", "auto-generated", …; null when the mail does not say that a machine wrote it. */
  autoSubmitted: string | null
  isList: boolean
  /** Without brackets; "" is the null sender of reports. Null when the header is missing. */
  returnPath: string | null
  warnings: ParseWarning[]
}

export interface ParseLimits {
  /** Bytes of the whole mail. */
  maxBytes: number
  /** Characters of the text that is returned. */
  maxText: number
}

const LIMITS: ParseLimits = { maxBytes: 30_000_000, maxText: 500_000 }
const MAX_HEAD = 256_000
const MAX_FIELD = 8_000
const MAX_FIELDS = 300
const MAX_HTML = 3_000_000
const MAX_ATTACHMENTS = 200
const REPORT_TYPES =
  /^(message\/((global-)?delivery-status|feedback-report|rfc822|global|global-headers|rfc822-headers)|text\/rfc822-headers)$/

const OPTIONS: SimpleParserOptions = {
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  checksumAlgo: false,
}

export async function parseMail(raw: Uint8Array, limits: Partial<ParseLimits> = {}): Promise<ParsedMail> {
  const { maxBytes, maxText } = { ...LIMITS, ...limits }
  const warnings = new Set<ParseWarning>()
  const parts = await partsOf(raw, maxBytes, warnings)
  const lines = parts.headerLines
  const { text, textFrom } = textOf(parts, maxText, warnings)
  const from = peopleIn(lines, 'from')[0] ?? null
  const date = dateIn(firstValue(lines, 'date'))
  const stated = messageIdsIn(firstValue(lines, 'message-id'))[0]
  if (!from) warnings.add('no_from')
  if (!date) warnings.add('no_date')
  if (stated === undefined) warnings.add('no_message_id')
  const isReport = /^\s*multipart\/report\b/i.test(firstValue(lines, 'content-type') ?? '')
  const reportParts = isReport ? parts.attachments.filter(isReportPart).map(asReportPart) : []
  return {
    messageId: stated ?? madeId(raw),
    inReplyTo: messageIdsIn(firstValue(lines, 'in-reply-to'))[0] ?? null,
    references: messageIdsIn(firstValue(lines, 'references')),
    from,
    to: peopleIn(lines, 'to'),
    cc: peopleIn(lines, 'cc'),
    replyTo: peopleIn(lines, 'reply-to'),
    subject: subjectOf(parts),
    date,
    text,
    textFrom,
    attachments: parts.attachments
      .filter(part => !isReport || !isReportPart(part))
      .slice(0, MAX_ATTACHMENTS)
      .map(({ filename, contentType, size }) => ({ name: filename ?? null, type: contentType, size })),
    headers: headerRecord(lines),
    dsn: deliveryReport(reportParts),
    arf: complaintReport(reportParts),
    autoSubmitted: automaticIn(lines),
    isList: isFromList(lines),
    returnPath: firstValue(lines, 'return-path')?.replace(/^<|>$/g, '').trim() ?? null,
    warnings: [...warnings],
  }
}

/** The whole mail, or its head alone where the whole is too large or beyond reading. */
async function partsOf(raw: Uint8Array, maxBytes: number, warnings: Set<ParseWarning>): Promise<Parts> {
  if (raw.byteLength <= maxBytes) {
    try {
      return await simpleParser(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), OPTIONS)
    } catch {
      warnings.add('body_unreadable')
    }
  } else warnings.add('too_large')
  return headOf(raw)
}

/** The fields of the head, a few hundred of usual length: enough for every mail, too little for any trap. */
async function headOf(raw: Uint8Array): Promise<Parts> {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_HEAD)).toString('latin1')
  const head = start.split(/\r?\n\r?\n/, 1)[0] ?? ''
  const fields = head.split(/\r?\n(?![ \t])/).filter(field => field.length <= MAX_FIELD && !/^content-/i.test(field))
  return simpleParser(Buffer.from(`${fields.slice(0, MAX_FIELDS).join('\r\n')}\r\n\r\n`, 'latin1'), OPTIONS)
}

function textOf(parts: Parts, maxText: number, warnings: Set<ParseWarning>): Pick<ParsedMail, 'text' | 'textFrom'> {
  const plain = tidy(parts.text ?? '')
  const fromHtml = plain === '' && parts.html !== false && parts.html !== ''
  const html = fromHtml ? textOfHtml(parts.html || '', MAX_HTML) : { text: '', complete: true }
  const text = fromHtml ? tidy(html.text) : plain
  if (text.includes('\uFFFD')) warnings.add('charset')
  if (text.length > maxText || !html.complete) warnings.add('text_cut')
  const textFrom = text === '' ? 'none' : fromHtml ? 'html' : 'plain'
  return { text: wellFormed(text.slice(0, maxText)), textFrom }
}

/** Even line breaks; no NUL, which Postgres cannot store. */
const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\0/g, '').trim()

/** A cut may have left half of a character. */
const wellFormed = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '')

/** mailparser reads raw 8-bit subjects as UTF-8 only. */
function subjectOf(parts: Parts): string {
  const subject = parts.subject ?? ''
  const text = subject.includes('\uFFFD') ? (firstValue(parts.headerLines, 'subject') ?? '') : subject
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 1000)
}

const isReportPart = ({ contentType }: Attachment): boolean => REPORT_TYPES.test(contentType.toLowerCase())

function asReportPart({ contentType, content }: Attachment): ReportPart {
  return { type: contentType.toLowerCase(), text: content.subarray(0, MAX_HEAD).toString('utf8') }
}

function madeId(raw: Uint8Array): string {
  return `<${createHash('sha256').update(raw).digest('hex')}@no-message-id.invalid>`
}
