/** What people made of proposals: each edit and each refusal, kept for whoever writes playbooks. Texts lie apart, so that they can be erased. */
import { segmentSql } from '../../domain/autonomy/classes.ts'
import { editDistance } from '../../domain/autonomy/edit-distance.ts'
import type { JsonObject } from '../../domain/playbook/types.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import { json, type Sql, type Tx } from '../sql.ts'
import type { Action } from './actions.ts'

/** The size band of an action's company when the policy spoke of it. */
export const SEGMENT_OF = segmentSql(`(v.subject->'account'->>'employees')::numeric`)

/** An edit took the place of the proposal. One lesson an action: the edit of an edit is a lesson of that. */
export async function keepEdit(tx: Tx, before: Action, after: Action, by: string): Promise<void> {
  const { distance, length } = editDistance(textOf(before.content), textOf(after.content))
  const [beforeId, afterId] = await values(tx, [wordsOf(before.content), wordsOf(after.content)])
  await store(tx, before, by, { kind: 'edit', beforeId, afterId, reasonId: null, distance, length })
}

export async function keepRefusal(tx: Tx, action: Action, reason: string, by: string): Promise<void> {
  const [beforeId, reasonId] = await values(tx, [wordsOf(action.content), reason])
  await store(tx, action, by, { kind: 'refusal', beforeId, afterId: null, reasonId, distance: null, length: null })
}

interface Parts {
  kind: 'edit' | 'refusal'
  beforeId: string | undefined
  afterId: string | null | undefined
  reasonId: string | null | undefined
  distance: number | null
  length: number | null
}

async function store(tx: Tx, action: Action, by: string, parts: Parts): Promise<void> {
  await tx.run(
    `insert into lesson (action_id, kind, playbook, action_kind, segment, before_id, after_id, reason_id, distance, length, by)
     select a.id, $2, coalesce(r.playbook, ''), a.kind, ${SEGMENT_OF}, $3, $4, $5, $6, $7, $8
     from action a left join run r on r.id = a.run_id left join policy_verdict v on v.action_id = a.id where a.id = $1`,
    [action.id, parts.kind, parts.beforeId, parts.afterId, parts.reasonId, parts.distance, parts.length, by],
  )
}

async function values(tx: Tx, of: (JsonObject | string)[]): Promise<string[]> {
  const ids: string[] = []
  for (const value of of) {
    const row = await tx.row<{ id: string }>('insert into field_value (value) values ($1) returning id', [json(value)])
    ids.push((row as { id: string }).id)
  }
  return ids
}

/** What people read of it: subject and text of a mail; of anything else the whole content. */
function wordsOf(content: JsonObject): JsonObject {
  const { subject, text } = content
  return typeof text === 'string' ? { subject: subject ?? null, text } : content
}

function textOf(content: JsonObject): string {
  const { subject, text } = content
  return typeof text === 'string' ? `${typeof subject === 'string' ? subject : ''}\n${text}` : JSON.stringify(content)
}

export interface Lesson {
  id: string
  actionId: string
  kind: 'edit' | 'refusal'
  playbook: string
  actionKind: string
  segment: string
  /** Null: erased, or not of this kind. */
  before: unknown
  after: unknown
  reason: unknown
  distance: number | null
  length: number | null
  by: string
  at: Date
}

const NEWEST: Order = {
  by: [
    { sql: 'l.at', type: 'timestamptz', key: 'at' },
    { sql: 'l.id', type: 'uuid', key: 'id' },
  ],
  descending: true,
}

/** Newest first. @param bodies whether the viewer may read what people wrote */
export async function listLessons(
  sql: Sql,
  request: PageRequest & { playbook?: string | undefined },
  bodies: boolean,
): Promise<Page<Lesson>> {
  const args: unknown[] = [request.playbook ?? null, bodies]
  const { where, tail } = keyset(NEWEST, request, args)
  const rows = await sql.rows<Lesson>(
    `select l.id, l.action_id, l.kind, l.playbook, l.action_kind, l.segment, l.distance, l.length, l.at, coalesce(u.name, '') as by,
       case when $2 then b.value end as before, case when $2 then n.value end as after, case when $2 then r.value end as reason
     from lesson l left join field_value b on b.id = l.before_id left join field_value n on n.id = l.after_id
       left join field_value r on r.id = l.reason_id left join "user" u on u.id = l.by
     where ($1::text is null or l.playbook = $1) and ${where} ${tail}`,
    args,
  )
  return pageOf(rows, NEWEST, request)
}
