/** What a message is by protocol alone: RFC 3834 (automatic answers), RFC 3464 (delivery reports), RFC 5965 (complaints), RFC 2369/2919 (lists). */
import type { MessageLabel } from '../../domain/message/types.ts'

/** Header names in lower case; a header that occurs twice is joined by a comma. */
export type Headers = Readonly<Record<string, string>>

export type ByHeaders =
  /** Settled: no reading needed. */
  | { kind: 'label'; label: MessageLabel; why: string }
  /** A machine wrote it; which kind of automatic mail its words tell. */
  | { kind: 'automatic'; why: string }

const DAEMON = /(?:mailer-daemon|postmaster|mail delivery (?:subsystem|system)|mailsystem)/i

export function labelByHeaders(headers: Headers, text: string): ByHeaders | null {
  const type = headers['content-type'] ?? ''
  const report = /report-type\s*=\s*"?([\w-]+)/i.exec(type)?.[1]?.toLowerCase()
  if (report === 'feedback-report') return { kind: 'label', label: 'complaint', why: 'feedback report (RFC 5965)' }
  if (
    report === 'delivery-status' ||
    (DAEMON.test(headers['from'] ?? '') && /^\s*<?>?\s*$/.test(headers['return-path'] ?? '<>'))
  ) {
    return { kind: 'label', label: bounceOf(text), why: 'delivery report (RFC 3464)' }
  }
  if ((headers['x-failed-recipients'] ?? '') !== '')
    return { kind: 'label', label: bounceOf(text), why: 'x-failed-recipients' }

  const submitted = (headers['auto-submitted'] ?? '').trim().toLowerCase()
  if (submitted !== '' && !submitted.startsWith('no')) return { kind: 'automatic', why: 'Auto-Submitted (RFC 3834)' }
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply-from']) {
    if (headers[name] !== undefined && headers[name]?.toLowerCase() !== 'no') return { kind: 'automatic', why: name }
  }
  if (/\b(?:auto_reply|auto-reply)\b/i.test(headers['precedence'] ?? ''))
    return { kind: 'automatic', why: 'Precedence' }
  if (
    headers['list-id'] !== undefined ||
    headers['list-unsubscribe'] !== undefined ||
    /\b(?:bulk|list|junk)\b/i.test(headers['precedence'] ?? '')
  ) {
    return { kind: 'label', label: 'auto_reply', why: 'sent to a list (RFC 2919)' }
  }
  return null
}

const SOFT =
  /\b(?:mailbox (?:is )?(?:full|busy)|over ?quota|quota exceeded|insufficient (?:system )?storage|greylist|graylist|try again later|temporar|too many connections|being maintained|local error in processing|delayed|deferred|slow down|timed? ?out|postfach (?:ist )?voll|boîte pleine|buzón lleno)/i

/** RFC 3463: class 5 is permanent and class 4 is not; a full mailbox (x.2.2) empties, whatever class it is given. */
export function bounceOf(text: string): 'bounce_hard' | 'bounce_soft' {
  const status =
    /\bStatus:\s*([245])\.(\d{1,3})\.(\d{1,3})/i.exec(text) ??
    /(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])/.exec(text)
  if (/^Action:\s*delayed/im.test(text)) return 'bounce_soft'
  if (status !== null)
    return status[1] === '4' || (status[2] === '2' && status[3] === '2') ? 'bounce_soft' : 'bounce_hard'
  const code = /(?<!\d)([45])\d\d[\s-]/.exec(text)?.[1]
  if (code !== undefined) return code === '4' ? 'bounce_soft' : 'bounce_hard'
  return SOFT.test(text) ? 'bounce_soft' : 'bounce_hard'
}
