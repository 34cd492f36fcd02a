/** The message as it will leave, byte for byte: equal input gives equal bytes, on every machine and at any time. */
import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { DealwrightError } from '../../domain/errors.ts'
import { isMessageId, plainAddress } from './address.ts'
import { htmlOf } from './body.ts'

export interface MailName {
  name: string
  address: string
}

export interface OutgoingMail {
  from: MailName
  to: MailName
  subject: string
  /** Plain text as drafted and approved. */
  body: string
  signature: string
  /** Name and postal address of the organisation, and why they get this mail; one line each. */
  footer: string[]
  /** The page stands in the last line of the footer; both stand in List-Unsubscribe. `label` defaults to "Unsubscribe". */
  unsubscribe: { url: string; mailto: string; label?: string }
  /** With angle brackets: see `messageIdFor`. */
  messageId: string
  date: Date
  inReplyTo?: string
  references?: string[]
  /** Pages that the HTML part may link to besides the unsubscribe page. Any other address stays plain text. */
  links?: string[]
}

/**
 * The Message-ID of an action, so that its mail can be found again. `actionKeyHash`: 16 to 128 characters of
 * `A-Za-z0-9_-`. Throws `mail_invalid`.
 */
export function messageIdFor(actionKeyHash: string, domain: string): string {
  const host = plainAddress(`x@${domain}`)?.slice(2)
  if (!host) throw invalid('the domain of the Message-ID is not a domain')
  if (!/^[\w-]{16,128}$/.test(actionKeyHash)) throw invalid('the hash for the Message-ID is not one')
  return `<${actionKeyHash}@${host}>`
}

/**
 * text/plain and text/html with the same words, no remote content. Throws `mail_invalid` for what no header may carry:
 * line breaks and control characters, addresses that are not plain, a bad Message-ID. References that are not
 * well-formed are left out, since a reply must not fail over another's broken mail program.
 */
export async function renderMail(mail: OutgoingMail): Promise<Buffer> {
  const unsubscribe = { url: pageUrl(mail.unsubscribe.url), mailto: address(mail.unsubscribe.mailto, 'unsubscribe') }
  const text = fullText(mail, unsubscribe.url)
  const html = htmlOf(text, [...(mail.links ?? []), unsubscribe.url])
  if (!isMessageId(mail.messageId)) throw invalid('the Message-ID is malformed')
  if (Number.isNaN(mail.date.getTime())) throw invalid('the date is not a date')
  const composer = new MailComposer({
    from: { name: oneLine(mail.from.name, 'sender name'), address: address(mail.from.address, 'sender') },
    to: { name: oneLine(mail.to.name, 'recipient name'), address: address(mail.to.address, 'recipient') },
    subject: oneLine(mail.subject, 'subject'),
    messageId: mail.messageId,
    date: mail.date,
    ...threadOf(mail),
    headers: unsubscribeHeaders(unsubscribe),
    text,
    html,
    encoding: 'quoted-printable',
    newline: 'win',
    boundaryPrefix: 'dw',
    baseBoundary: boundaryOf(mail.messageId, text),
    disableUrlAccess: true,
    disableFileAccess: true,
  })
  return composer.compile().build()
}

function fullText(mail: OutgoingMail, unsubscribeUrl: string): string {
  const label = oneLine(mail.unsubscribe.label ?? 'Unsubscribe', 'unsubscribe label')
  const footer = [...mail.footer.map(line => printable(line, 'footer')), `${label}: ${unsubscribeUrl}`]
  const signature = printable(mail.signature, 'signature')
  // "-- " alone in its line begins the signature for mail programs.
  const parts = [printable(mail.body, 'body'), ...(signature === '' ? [] : [`-- \n${signature}`]), footer.join('\n')]
  return `${parts.join('\n\n')}\n`
}

function threadOf(mail: OutgoingMail): { inReplyTo?: string; references?: string[] } {
  const references = (mail.references ?? []).filter(isMessageId)
  return {
    ...(mail.inReplyTo !== undefined && isMessageId(mail.inReplyTo) ? { inReplyTo: mail.inReplyTo } : {}),
    ...(references.length > 0 ? { references } : {}),
  }
}

/** One click (RFC 8058) is promised only where the page is reached over https. `prepared`: a URL is never encoded or folded. */
function unsubscribeHeaders({ url, mailto }: { url: string; mailto: string }) {
  const list = `<mailto:${encodeURIComponent(mailto).replaceAll('%40', '@')}?subject=unsubscribe>,\r\n <${url}>`
  const oneClick = url.startsWith('https:')
    ? [{ key: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' }]
    : []
  return [{ key: 'List-Unsubscribe', value: { prepared: true, foldLines: false, value: list } }, ...oneClick]
}

/** Made of the text, so that no text can contain its own boundary. */
function boundaryOf(messageId: string, text: string): string {
  return createHash('sha256')
    .update(JSON.stringify([messageId, text]))
    .digest('hex')
    .slice(0, 32)
}

function address(text: string, what: string): string {
  const plain = plainAddress(text)
  if (plain === null) throw invalid(`the ${what} address is not a plain e-mail address`)
  return plain
}

function pageUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) throw invalid('the unsubscribe address is not an http or https URL')
  return url.href
}

/** Header text. White space is evened out; line breaks and control characters are refused, not repaired. */
function oneLine(text: string, what: string): string {
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) throw invalid(`the ${what} holds a line break or control character`)
  return text.trim().replace(/\s+/gu, ' ')
}

/** Body text: line breaks evened out, no control characters but line break and tab. */
function printable(text: string, what: string): string {
  const lines = text.replace(/\r\n?/g, '\n')
  if (/[^\P{Cc}\n\t]|\p{Cs}/u.test(lines)) throw invalid(`the ${what} holds a control character`)
  return lines.replace(/\n+$/, '')
}

function invalid(what: string): DealwrightError {
  return new DealwrightError('mail_invalid', `The mail cannot be made: ${what}. Correct it, then propose it again.`)
}
