/** What mail servers report about a mail of ours: delivery (RFC 3464) and complaints (RFC 5965). */

export interface DeliveryReport {
  /** failed, delayed, delivered, relayed, expanded; null when not stated. */
  action: string | null
  /** "5.1.1"; null when not stated. */
  status: string | null
  finalRecipient: string | null
  /** Message-ID of the mail reported about, with angle brackets. */
  originalMessageId: string | null
  diagnostic: string | null
}

export interface ComplaintReport {
  /** abuse, fraud, not-spam, … */
  type: string
  originalMessageId: string | null
  originalRecipient: string | null
}

export interface ReportPart {
  type: string
  text: string
}

type Fields = Map<string, string>

/** The recipient that failed, or else the first. Null when there is no such part. */
export function deliveryReport(parts: readonly ReportPart[]): DeliveryReport | null {
  const part = parts.find(({ type }) => /^message\/(global-)?delivery-status$/.test(type))
  if (!part) return null
  const recipients = groupsOf(part.text).filter(fields => fields.has('action') || fields.has('final-recipient'))
  const chosen = recipients.find(fields => /^failed/i.test(fields.get('action') ?? '')) ?? recipients[0] ?? new Map()
  const diagnostic = chosen.get('diagnostic-code') ?? null
  return {
    action: /^[a-z]+/i.exec(chosen.get('action') ?? '')?.[0].toLowerCase() ?? null,
    status: statusIn(chosen.get('status')) ?? statusIn(diagnostic ?? undefined),
    finalRecipient: typedValue(chosen.get('final-recipient') ?? chosen.get('original-recipient')),
    originalMessageId: originalMessageId(parts),
    diagnostic: diagnostic?.replace(/^\s*smtp\s*;\s*/i, '').slice(0, 1000) ?? null,
  }
}

export function complaintReport(parts: readonly ReportPart[]): ComplaintReport | null {
  const part = parts.find(({ type }) => type === 'message/feedback-report')
  if (!part) return null
  const fields = groupsOf(part.text)[0] ?? new Map()
  return {
    type: (fields.get('feedback-type') ?? 'abuse').toLowerCase(),
    originalMessageId: originalMessageId(parts),
    originalRecipient: typedValue(fields.get('original-rcpt-to') ?? fields.get('removal-recipient')),
  }
}

function originalMessageId(parts: readonly ReportPart[]): string | null {
  const original = parts.find(({ type }) =>
    /^(text\/rfc822-headers|message\/(rfc822|global|global-headers|rfc822-headers))$/.test(type),
  )
  const id = original && groupsOf(original.text)[0]?.get('message-id')
  return /<[^<>\s]+>/.exec(id ?? '')?.[0] ?? null
}

/** Groups of "Name: value" separated by empty lines, continuation lines joined; of a repeated name the first. */
function groupsOf(text: string): Fields[] {
  const groups = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n/)
  return groups.map(group => {
    const fields: Fields = new Map()
    for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).trim().toLowerCase()
      if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
    }
    return fields
  })
}

const statusIn = (text: string | undefined): string | null =>
  /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(text ?? '')?.[0] ?? null

/** "rfc822; ann@example.com" without its type. */
function typedValue(text: string | undefined): string | null {
  const value = text
    ?.replace(/^\s*[\w-]+\s*;/, '')
    .replace(/^\s*<|>\s*$/g, '')
    .trim()
  return value ? value : null
}
