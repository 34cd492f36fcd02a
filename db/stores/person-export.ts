/** All that is stored of one person, as one document to be given to them. */
import { must, type Sql } from '../sql.ts'

export interface PersonDocument {
  contact: object
  leads: object[]
  deals: object[]
  messages: object[]
  notes: object[]
  facts: object[]
  sources: object[]
  drafts: object[]
  actions: object[]
  /** What people decided on these, and the reasons they gave. */
  decisions: object[]
  questions: object[]
  /** What people changed or refused of them. */
  lessons: object[]
  tasks: object[]
  changes: object[]
  runs: object[]
  suppressions: object[]
  /** Ids of the audit trail's events about these records. */
  auditIds: number[]
}

const LEADS = 'select id from lead where contact_id = $1'

const ACTIONS = `select a.id from action a left join deal d on d.id = a.deal_id where a.contact_id = $1 or a.lead_id in (${LEADS})
  or d.contact_id = $1 or d.lead_id in (${LEADS})`

const PARTS: Record<Exclude<keyof PersonDocument, 'contact' | 'auditIds'>, string> = {
  leads: `select l.*, t.text as message from lead l left join source s on s.id = l.message_source_id left join source_text t on t.hash = s.text_hash
    where l.contact_id = $1 order by l.created_at`,
  deals: `select d.*, s.name as stage from deal d join stage s on s.id = d.stage_id where d.contact_id = $1 or d.lead_id in (${LEADS}) order by d.created_at`,
  messages: `select m.id, m.direction, m.from_address, m.to_addresses, m.subject, m.at, m.label, t.text from message m join source s on s.id = m.source_id
    join source_text t on t.hash = s.text_hash where m.contact_id = $1 order by m.at`,
  notes: `select n.id, n.at, n.author_id, t.text from call_note n join source s on s.id = n.source_id join source_text t on t.hash = s.text_hash
    where n.contact_id = $1 or n.lead_id in (${LEADS}) order by n.at`,
  facts: `select id, kind, value, quote, source_id, observed_at from fact where contact_id = $1 or lead_id in (${LEADS}) order by created_at`,
  sources: `select id, kind, url, title, fetched_at from source where id in (select source_id from fact where contact_id = $1 or lead_id in (${LEADS})
    union select source_id from message where contact_id = $1) order by fetched_at`,
  drafts: `select id, kind, subject, body, created_at from draft where contact_id = $1 or lead_id in (${LEADS}) order by created_at`,
  actions: `select id, kind, status, summary, content, created_at from action where contact_id = $1 or lead_id in (${LEADS}) order by created_at`,
  decisions: `select action_id, decision, by, reason, at from approval where action_id in (${ACTIONS}) order by at`,
  questions: `select q.action_id, w.value as question, q.at, n.value as answer, q.answered_at from action_question q join field_value w on w.id = q.question_id
    left join field_value n on n.id = q.answer_id where q.action_id in (${ACTIONS}) order by q.at`,
  lessons: `select l.action_id, l.kind, b.value as before, n.value as after, r.value as reason, l.at from lesson l join field_value b on b.id = l.before_id
    left join field_value n on n.id = l.after_id left join field_value r on r.id = l.reason_id where l.action_id in (${ACTIONS}) order by l.at`,
  tasks: `select id, title, why, status, due_at from task where contact_id = $1 or lead_id in (${LEADS}) order by created_at`,
  changes: `select c."table", c.record_id, c.field, o.value as old, w.value as new, c.by, c.why, c.at from field_change c
    join field_value o on o.id = c.old_value_id join field_value w on w.id = c.new_value_id where c.record_id = $1 or c.record_id in (${LEADS}) order by c.at`,
  runs: `select id, playbook, status, outcome, started_at, ended_at from run where contact_id = $1 or lead_id in (${LEADS}) order by started_at`,
  suppressions: `select x.kind, x.value, x.reason, x.created_at from suppression x join contact c on c.email_key = x.value where c.id = $1 and x.kind = 'email'`,
}

export async function personDocument(sql: Sql, contactId: string): Promise<PersonDocument> {
  const contact = await must('contact', contactId, sql.row<object>('select * from contact where id = $1', [contactId]))
  const parts: Partial<Record<keyof typeof PARTS, object[]>> = {}
  for (const [name, text] of Object.entries(PARTS))
    parts[name as keyof typeof PARTS] = await sql.rows<object>(text, [contactId])
  const audit = await sql.rows<{ id: number }>(
    `select id from audit_event where target_id in (select $1::uuid::text union select id::text from lead where contact_id = $1::uuid
       union select id::text from message where contact_id = $1::uuid union select id::text from action where contact_id = $1::uuid) order by id`,
    [contactId],
  )
  return { contact, ...(parts as Record<keyof typeof PARTS, object[]>), auditIds: audit.map(({ id }) => id) }
}
