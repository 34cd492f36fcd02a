/** Briefs, qualifications, scores and drafts: each stored once per business key (`run/step#visit`), a repeat returns the first. */
import type { JsonObject } from '../../domain/playbook/types.ts'
import type { Qualification } from '../../domain/qualification/types.ts'
import { json, must, type Sql, type Tx } from '../sql.ts'

type By = 'model' | 'rules' | 'person'

async function once(tx: Tx, insert: string, values: unknown[], table: string, key: string): Promise<string> {
  const made = await tx.row<{ id: string }>(`${insert} on conflict (key) do nothing returning id`, values)
  if (made) return made.id
  return (await must(table, key, tx.row<{ id: string }>(`select id from "${table}" where key = $1`, [key]))).id
}

/** One line of a brief, under its section, with the facts it rests on. */
export interface BriefLine {
  section: string
  text: string
  factIds: string[]
}

export interface NewBrief {
  key: string
  leadId: string
  lines: BriefLine[]
  by: By
  runId: string | null
}

export function storeBrief(tx: Tx, brief: NewBrief): Promise<string> {
  return once(
    tx,
    'insert into brief (key, lead_id, lines, by, run_id) values ($1,$2,$3,$4,$5)',
    [brief.key, brief.leadId, json(brief.lines), brief.by, brief.runId],
    'brief',
    brief.key,
  )
}

export async function newestBrief(
  sql: Sql,
  leadId: string,
): Promise<{ id: string; lines: BriefLine[]; by: string; createdAt: Date } | null> {
  return sql.row('select id, lines, by, created_at from brief where lead_id = $1 order by created_at desc limit 1', [
    leadId,
  ])
}

export async function storeQualification(
  tx: Tx,
  key: string,
  leadId: string,
  runId: string | null,
  result: Qualification,
): Promise<string> {
  return once(
    tx,
    'insert into qualification (key, lead_id, method, verdict, factors, run_id) values ($1,$2,$3,$4,$5,$6)',
    [key, leadId, result.method, result.verdict, json(result.factors), runId],
    'qualification',
    key,
  )
}

export async function newestQualification(sql: Sql, leadId: string): Promise<(Qualification & { id: string }) | null> {
  return sql.row(
    'select id, method, verdict, factors from qualification where lead_id = $1 order by created_at desc limit 1',
    [leadId],
  )
}

export interface NewScore {
  key: string
  leadId: string
  value: number
  fit: number
  engagement: number
  parts: unknown
  definitionId: string | null
  runId: string | null
}

export async function storeScore(tx: Tx, score: NewScore): Promise<string> {
  const id = await once(
    tx,
    'insert into score (key, lead_id, value, fit, engagement, parts, definition_id, run_id) values ($1,$2,$3,$4,$5,$6,$7,$8)',
    [
      score.key,
      score.leadId,
      score.value,
      score.fit,
      score.engagement,
      json(score.parts),
      score.definitionId,
      score.runId,
    ],
    'score',
    score.key,
  )
  await tx.run('update lead set score_value = $2, updated_at = now() where id = $1', [score.leadId, score.value])
  return id
}

export async function newestScore(
  sql: Sql,
  leadId: string,
): Promise<{ value: number; fit: number; engagement: number; parts: unknown } | null> {
  return sql.row(
    'select value, fit, engagement, parts from score where lead_id = $1 order by created_at desc limit 1',
    [leadId],
  )
}

export interface NewDraft {
  key: string
  leadId: string | null
  contactId: string | null
  threadId: string | null
  kind: 'first_touch' | 'follow_up' | 'answer'
  subject: string
  body: string
  /** As the mail check bound them: [{text, start, end, by, ids}]. */
  sentences: unknown
  by: By
  generation: number
  runId: string | null
}

export interface Draft extends NewDraft {
  id: string
  sentences: JsonObject[]
}

export function storeDraft(tx: Tx, draft: NewDraft): Promise<string> {
  return once(
    tx,
    'insert into draft (key, lead_id, contact_id, thread_id, kind, subject, body, sentences, by, generation, run_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)',
    [
      draft.key,
      draft.leadId,
      draft.contactId,
      draft.threadId,
      draft.kind,
      draft.subject,
      draft.body,
      json(draft.sentences),
      draft.by,
      draft.generation,
      draft.runId,
    ],
    'draft',
    draft.key,
  )
}

export async function draftById(sql: Sql, id: string): Promise<Draft> {
  return must(
    'draft',
    id,
    sql.row<Draft>(
      'select id, key, lead_id, contact_id, thread_id, kind, subject, body, sentences, by, generation, run_id from draft where id = $1',
      [id],
    ),
  )
}

/** What the mails to a lead that left, or may have left, rested on: how many, and the ids of their facts and knowledge. */
export async function toldTo(sql: Sql, leadId: string): Promise<{ mails: number; ids: string[] }> {
  const rows = await sql.rows<{ sentences: { ids?: string[] }[] }>(
    `select d.sentences from draft d where d.lead_id = $1
       and exists (select 1 from action a where a.draft_id = d.id and a.kind = 'send_mail' and a.status in ('claimed', 'done', 'uncertain'))`,
    [leadId],
  )
  const ids = rows.flatMap(row => row.sentences.flatMap(sentence => sentence.ids ?? []))
  return { mails: rows.length, ids: [...new Set(ids)] }
}
