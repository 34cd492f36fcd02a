/** What a question looks at beside single records: changes of deals in a span of days, and counts. All under the viewer's scope. */
import type { Viewer } from '../../domain/access/viewer.ts'
import type { Json } from '../../domain/playbook/types.ts'
import { scope } from '../access.ts'
import type { Sql } from '../sql.ts'
import { valuesSeen } from './shape/sensitive.ts'

export interface Span {
  /** Inclusive days. */
  from: string
  to: string
  /** Whose days they are. */
  zone: string
}

export interface DealChange {
  id: string
  name: string
  owner: string | null
  on: string
  by: string | null
  why: string | null
  from: Json
  to: Json
  amountMinor: number | null
  currency: string | null
}

export interface DealChanges {
  changes: DealChange[]
  /** There are more than are here. */
  more: boolean
}

export const MOST_CHANGES = 100

/** `$1`, `$2`, `$3`: first day, last day, zone. */
const within = (column: string): string =>
  `${column} >= ($1::date)::timestamp at time zone $3 and ${column} < ($2::date + 1)::timestamp at time zone $3`

const WHO = (by: string): string => `case
  when ${by} like 'person:%' or ${by} like 'user:%' then coalesce((select p.name from "user" p where p.id::text = split_part(${by}, ':', 2)), 'a person')
  when ${by} like 'policy:%' then 'the policy' when ${by} like 'import:%' then 'an import' when ${by} like 'run:%' then 'an agent' end`

const DEAL = `d.id, d.name, coalesce(u.name, d.owner_name) as owner, d.amount_minor, d.currency`
const OWNER = 'left join "user" u on u.id = d.owner_id'

interface Wanted {
  span: Span
  /** Of the viewer's own deals alone. */
  mine: boolean
}

/** Newest first; a change that was undone is none. Reasons that may quote a mail are for those who may read it. */
export async function fieldChanges(
  sql: Sql,
  viewer: Viewer,
  field: 'closeDate' | 'amountMinor',
  { span, mine }: Wanted,
): Promise<DealChanges> {
  const values: unknown[] = [span.from, span.to, span.zone, field]
  const seen = scope(viewer, 'deal.see', 'd.owner_id', values)
  const shown = valuesSeen(viewer, 'f', 'd.owner_id', values)
  const own = mine ? `d.owner_id = $${values.push(viewer.userId)}` : 'true'
  const why = whyFor(viewer, 'f', values)
  return atMost(
    await sql.rows<DealChange>(
      `select ${DEAL}, to_char(f.at at time zone $3, 'YYYY-MM-DD') as on, ${WHO('f.by')} as by, ${why} as why, o.value as from, n.value as to
       from field_change f join deal d on d.id = f.record_id ${OWNER}
         left join field_value o on o.id = f.old_value_id left join field_value n on n.id = f.new_value_id
       where f."table" = 'deal' and f.field = $4 and f.reverted_at is null and ${within('f.at')} and ${seen} and ${shown} and ${own}
       order by f.at desc, f.id limit ${MOST_CHANGES + 1}`,
      values,
    ),
  )
}

/** From one stage to another, newest first. @param kind only into stages of this kind */
export async function stageChanges(
  sql: Sql,
  viewer: Viewer,
  kind: 'won' | 'lost' | null,
  { span, mine }: Wanted,
): Promise<DealChanges> {
  const values: unknown[] = [span.from, span.to, span.zone, kind]
  const seen = scope(viewer, 'deal.see', 'd.owner_id', values)
  const own = mine ? `d.owner_id = $${values.push(viewer.userId)}` : 'true'
  const why = whyFor(viewer, 'f', values)
  return atMost(
    await sql.rows<DealChange>(
      `select ${DEAL}, to_char(x.at at time zone $3, 'YYYY-MM-DD') as on, ${WHO('x.by')} as by, to_jsonb(b.name) as from, to_jsonb(e.name) as to,
         (select ${why} from field_change f where f."table" = 'deal' and f.record_id = d.id and f.field = 'stageId'
            and f.at between x.at - interval '5 seconds' and x.at + interval '5 seconds' order by f.at desc limit 1) as why
       from deal_stage_change x join deal d on d.id = x.deal_id ${OWNER} left join stage b on b.id = x.from_stage_id join stage e on e.id = x.to_stage_id
       where ${within('x.at')} and (case when $4::text is null then x.from_stage_id is not null else e.kind = $4 end) and ${seen} and ${own}
       order by x.at desc, x.id limit ${MOST_CHANGES + 1}`,
      values,
    ),
  )
}

/** Why a field changed: an agent's reason quotes what it read, which is for those who may read mails and notes. */
const whyFor = (viewer: Viewer, alias: string, values: unknown[]): string =>
  `case when ${alias}.by like 'person:%' or ${scope(viewer, 'message.see', 'd.owner_id', values)} then nullif(left(${alias}.why, 300), '') end`

const atMost = (rows: DealChange[]): DealChanges => ({
  changes: rows.slice(0, MOST_CHANGES),
  more: rows.length > MOST_CHANGES,
})

export interface ApprovalCounts {
  asked: number
  /** Of them, those that still wait. */
  waiting: number
  approved: number
  refused: number
  allowedByPolicy: number
  refusedByPolicy: number
}

/** Of actions asked in the span, and decisions made in it. */
export async function countApprovals(sql: Sql, viewer: Viewer, span: Span): Promise<ApprovalCounts> {
  const values: unknown[] = [span.from, span.to, span.zone]
  const mine = scope(viewer, 'action.see', 'a.owner_id', values)
  const decided = (word: string) => `(select count(*) from decided where decision = '${word}')::int`
  const row = await sql.row<ApprovalCounts>(
    `with asked as (select a.status from action a where ${within('a.created_at')} and ${mine}),
       decided as (select p.decision from approval p join action a on a.id = p.action_id where ${within('p.at')} and ${mine})
     select (select count(*) from asked)::int as asked, (select count(*) from asked where status = 'waiting')::int as waiting,
       ${decided('approve')} as approved, ${decided('refuse')} as refused, ${decided('allow')} as allowed_by_policy,
       ${decided('refuse_policy')} as refused_by_policy`,
    values,
  )
  return row ?? { asked: 0, waiting: 0, approved: 0, refused: 0, allowedByPolicy: 0, refusedByPolicy: 0 }
}

export interface MailCount {
  direction: 'in' | 'out'
  label: string | null
  n: number
}

/** Counts alone: neither subjects nor words of mails. */
export function countMails(sql: Sql, viewer: Viewer, span: Span): Promise<MailCount[]> {
  const values: unknown[] = [span.from, span.to, span.zone]
  const mine = scope(viewer, 'contact.see', 'c.owner_id', values)
  return sql.rows<MailCount>(
    `select m.direction, m.label, count(*)::int as n from message m left join contact c on c.id = m.contact_id
     where ${within('m.at')} and ${mine} group by m.direction, m.label order by m.direction, n desc, m.label`,
    values,
  )
}
