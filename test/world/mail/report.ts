/** A delivery report as RFC 3464 describes it: prose for people, fields for machines, the headers of the lost mail. */
import type { Bounce, Contact } from '../types.ts'
import type { Original } from './inbound.ts'

export interface ReportParts {
  daemon: string
  id: string
  contact: Contact
  bounce: Bounce
  original: Original
  now: Date
}

export function deliveryReport({ daemon, id, contact, bounce, original, now }: ReportParts): string {
  const host = contact.email.split('@')[1] as string
  const final = bounce.smtpCode >= 500
  const boundary = `=_report_${id.replace(/[^a-z0-9]/gi, '').slice(0, 24)}`
  const prose = final
    ? `I'm sorry to have to inform you that your message could not be delivered to one or more recipients.\n\n<${contact.email}>: ${bounce.smtpCode} ${bounce.enhanced} ${bounce.text}`
    : `Your message has not been delivered yet. It will be tried again; you need not send it again.\n\n<${contact.email}>: ${bounce.smtpCode} ${bounce.enhanced} ${bounce.text}`
  return [
    `From: Mail Delivery System <${daemon}>`,
    `To: <${original.replyTo}>`,
    `Subject: ${final ? 'Undelivered Mail Returned to Sender' : 'Delayed Mail (still being retried)'}`,
    `Message-ID: ${id}`,
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    prose,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mx.${host}`,
    `Arrival-Date: ${original.date.toUTCString().replace('GMT', '+0000')}`,
    '',
    `Final-Recipient: rfc822; ${contact.email}`,
    `Action: ${final ? 'failed' : 'delayed'}`,
    `Status: ${bounce.enhanced}`,
    `Diagnostic-Code: smtp; ${bounce.smtpCode} ${bounce.enhanced} ${bounce.text}`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    original.headers,
    '',
    `--${boundary}--`,
    '',
  ]
    .join('\n')
    .replace(/\r?\n/g, '\r\n')
}
