/** What a lead has done so far, as scoring reads it. */
import type { Sql } from '../sql.ts'

export interface Engagement {
  /** Messages of theirs, by label; unread ones count as `unread`. */
  messages: { label: string; at: string }[]
  /** Whether they wrote to us first, by the form. */
  wroteForm: boolean
  /** ISO instant of the last thing they did; null when nothing. */
  lastAt: string | null
}

export async function engagementOf(sql: Sql, leadId: string, contactId: string | null): Promise<Engagement> {
  const messages = await sql.rows<{ label: string | null; at: Date }>(
    `select label, at from message where contact_id = $1 and direction = 'in' order by at`,
    [contactId],
  )
  const lead = await sql.row<{ form: boolean; createdAt: Date }>(
    'select message_source_id is not null as form, created_at from lead where id = $1',
    [leadId],
  )
  const times = messages.map(message => message.at.toISOString())
  if (lead?.form) times.push(lead.createdAt.toISOString())
  times.sort()
  return {
    messages: messages.map(message => ({ label: message.label ?? 'unread', at: message.at.toISOString() })),
    wroteForm: lead?.form ?? false,
    lastAt: times.at(-1) ?? null,
  }
}
