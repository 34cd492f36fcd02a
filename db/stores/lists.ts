/** The lists that people look at: leads, deals, today. Each shows why it is where it is. */
import type { Json } from '../../domain/playbook/types.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { scope } from '../access.ts'
import { cursorOf, keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import type { Sql } from '../sql.ts'
import { SUBJECT_OWNER } from './crm/suggestions.ts'
import { customCondition } from './shape/custom-values.ts'
import { valuesSeen } from './shape/sensitive.ts'

export interface LeadRow {
  id: string
  name: string | null
  title: string | null
  email: string | null
  account: string | null
  domain: string | null
  source: string
  status: string
  score: number | null
  owner: string | null
  ownerWhy: string | null
  verdict: string | null
  reasons: unknown
  nextStep: string | null
  createdAt: Date
}

const LEADS = `select l.id, c.name, c.title, c.email, a.name as account, a.domain, l.source, l.status, l.score_value as score, u.name as owner,
    l.owner_why, q.verdict, s.parts as reasons, l.created_at, coalesce(l.score_value, -1) as sort_rank,
    coalesce(
      (select 'approve: ' || x.summary from action x where x.lead_id = l.id and x.status = 'waiting' order by x.created_at limit 1),
      (select t.title from task t where t.lead_id = l.id and t.status = 'open' order by t.due_at nulls last limit 1),
      (select r.playbook || ': ' || coalesce(r.current_key, r.status) from run r where r.lead_id = l.id and r.ended_at is null order by r.started_at limit 1)
    ) as next_step
  from lead l left join contact c on c.id = l.contact_id left join account a on a.id = l.account_id left join "user" u on u.id = l.owner_id
    left join lateral (select verdict from qualification where lead_id = l.id order by created_at desc limit 1) q on true
    left join lateral (select parts from score where lead_id = l.id order by created_at desc limit 1) s on true`

const BY_SCORE: Order = {
  by: [
    { sql: 'coalesce(l.score_value, -1)', type: 'float8', key: 'sortRank' },
    { sql: 'l.created_at', type: 'timestamptz', key: 'createdAt' },
    { sql: 'l.id', type: 'uuid', key: 'id' },
  ],
  descending: true,
}

/** Best score first; unscored leads behind, newest first. */
export async function listLeads(
  sql: Sql,
  viewer: Viewer,
  options: PageRequest & { status?: string | undefined; custom?: Readonly<Record<string, Json>> | undefined },
): Promise<Page<LeadRow>> {
  const values: unknown[] = []
  const status = options.status === undefined ? 'true' : `l.status = $${values.push(options.status)}`
  const mine = scope(viewer, 'lead.see', 'l.owner_id', values)
  const asked = { viewer, kind: 'lead', owner: 'l.owner_id', alias: 'l', values }
  const custom = await customCondition(sql, asked, options.custom)
  const { where, tail } = keyset(BY_SCORE, options, values)
  const rows = await sql.rows<LeadRow>(
    `${LEADS} where ${status} and ${mine} and ${custom} and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, BY_SCORE, options)
}

export interface DealRow {
  id: string
  name: string
  account: string | null
  contact: string | null
  owner: string | null
  stage: string
  stageKind: string
  amountMinor: number | null
  currency: string | null
  closeDate: string | null
  nextStep: string | null
  suggestions: number
  createdAt: Date
}

/** The expressions of the index deal_by_stage. */
const CLOSES = `coalesce(d.close_date, date '9999-12-31')`
const SOONEST = `${CLOSES}, d.created_at, d.id`
/** 0: its stage is open. */
const CLOSED = `(case s.kind when 'open' then 0 else 1 end)`

const BY_CLOSE_DATE: Order = {
  by: [
    { sql: CLOSED, type: 'int8', key: 'sortClosed' },
    { sql: CLOSES, type: 'date', key: 'sortCloses' },
    { sql: 'd.created_at', type: 'timestamptz', key: 'createdAt' },
    { sql: 'd.id', type: 'uuid', key: 'id' },
  ],
  descending: false,
}

type DealsRequest = PageRequest & {
  open?: boolean | undefined
  custom?: Readonly<Record<string, Json>> | undefined
}

/** Open deals first, soonest close date first. */
export async function listDeals(sql: Sql, viewer: Viewer, request: DealsRequest): Promise<Page<DealRow>> {
  const last = cursorOf(BY_CLOSE_DATE, request)
  const rows: DealRow[] = []
  for (const closed of [0, 1]) {
    const done = last !== null && Number(last[0]) > closed
    const wanted = request.open === undefined || request.open === (closed === 0)
    const left = request.limit + 1 - rows.length
    if (done || !wanted || left <= 0) continue
    const after = last !== null && last[0] === closed ? last.slice(1) : null
    rows.push(...(await dealsOf(sql, viewer, { closed, after, limit: left, custom: request.custom })))
  }
  return pageOf(rows, BY_CLOSE_DATE, request)
}

interface Part {
  closed: number
  /** Close date, creation and id of the deal before. */
  after: unknown[] | null
  limit: number
  custom: DealsRequest['custom']
}

/** Of the open stages or of the closed ones: the first of each stage by its index, and of these the first. */
async function dealsOf(sql: Sql, viewer: Viewer, { closed, after, limit, custom }: Part): Promise<DealRow[]> {
  const values: unknown[] = [limit, closed, ...(after ?? [])]
  const behind = after === null ? 'true' : `(${SOONEST}) > ($3::date, $4::timestamptz, $5::uuid)`
  const mine = scope(viewer, 'deal.see', 'd.owner_id', values)
  const asked = { viewer, kind: 'deal', owner: 'd.owner_id', alias: 'd', values }
  const fitting = await customCondition(sql, asked, custom)
  return sql.rows<DealRow>(
    `select d.id, d.name, a.name as account, c.name as contact, coalesce(u.name, d.owner_name) as owner, s.name as stage, s.kind as stage_kind,
       d.amount_minor, d.currency, d.close_date, d.next_step, d.created_at, ${CLOSED} as sort_closed, ${CLOSES} as sort_closes,
       (select count(*) from field_suggestion f where f."table" = 'deal' and f.record_id = d.id and f.status = 'open')::int as suggestions
     from stage s cross join lateral (
         select d.* from deal d where d.stage_id = s.id and ${mine} and ${fitting} and ${behind} order by ${SOONEST} limit $1) d
       left join account a on a.id = d.account_id left join contact c on c.id = d.contact_id left join "user" u on u.id = d.owner_id
     where ${CLOSED} = $2 order by ${SOONEST} limit $1`,
    values,
  )
}

export interface TodayItem {
  kind: 'approval' | 'reply' | 'task' | 'paused_run' | 'uncertain' | 'suggestion' | 'lead'
  id: string
  title: string
  reason: string
  /** Higher comes first. The number is the rank's base plus what makes this one more urgent; see the query. */
  rank: number
  due: Date | null
  owner: string | null
  leadId: string | null
}

/**
 * What needs a person, most urgent first: mail of uncertain fate, replies that wait for an answer, approvals (sooner expiry first),
 * paused runs, due tasks, suggestions, and new leads with a high score that nobody took up.
 */
export async function today(
  sql: Sql,
  viewer: Viewer,
  options: { userId?: string | null; limit?: number } = {},
): Promise<TodayItem[]> {
  const values: unknown[] = [options.userId ?? null, options.limit ?? 50]
  const mine = scope(viewer, 'lead.see', 'item.owner_id', values)
  const shown = valuesSeen(viewer, 'f', SUBJECT_OWNER, values)
  return sql.rows<TodayItem>(
    `with item as (
       select 'uncertain' as kind, a.id, a.summary as title, 'it is not known whether this left: look in Sent and say so' as reason, 1000::float as rank,
         null::timestamptz as due, a.owner_id, a.lead_id from action a where a.status = 'uncertain'
       union all
       select 'approval', a.id, a.summary,
         case when a.escalated_at is not null then 'waiting too long: passed on to ' || coalesce(a.escalate_to, 'manager') else 'an agent asks to do this' end
           || coalesce(', expires ' || to_char(a.expires_at at time zone 'UTC', 'DD Mon HH24:MI') || ' UTC', ''),
         800 + coalesce(greatest(0, 100 - extract(epoch from a.expires_at - now()) / 3600), 0), a.expires_at, a.owner_id, a.lead_id
         from action a where a.status = 'waiting'
       union all
       select 'paused_run', r.id, r.playbook || ' stopped at ' || coalesce(r.current_key, 'start'), coalesce(r.error_why, r.error_code, 'paused'), 700,
         null, l.owner_id, r.lead_id from run r left join lead l on l.id = r.lead_id where r.status = 'paused'
       union all
       select 'task', t.id, t.title, t.why,
         600 + case when t.due_at < now() then 150 + least(100, extract(epoch from now() - t.due_at) / 86400)
           when t.due_at < now() + interval '1 day' then 100 else 0 end + coalesce(l.score_value, 0) / 10, t.due_at, t.assignee_id, t.lead_id
         from task t left join lead l on l.id = t.lead_id where t.status = 'open' and (t.due_at is null or t.due_at < now() + interval '3 days')
       union all
       select 'suggestion', f.id, f."table" || ' ' || f.field || ': ' || (f.value #>> '{}'), 'an agent read another value than yours', 300, null,
         ${SUBJECT_OWNER}, d.lead_id from field_suggestion f left join deal d on f."table" = 'deal' and d.id = f.record_id where f.status = 'open' and ${shown}
       union all
       select 'lead', l.id, coalesce(c.name, a.name, 'lead without a name'), 'new, score ' || round(l.score_value) || ', nobody has taken it up', 200 + l.score_value, null,
         l.owner_id, l.id from lead l left join contact c on c.id = l.contact_id left join account a on a.id = l.account_id
         where l.status = 'new' and coalesce(l.score_value, -1) >= 60 and not exists (select 1 from run r where r.lead_id = l.id and r.ended_at is null)
     )
     select item.kind, item.id, item.title, item.reason, item.rank, item.due, u.name as owner, item.lead_id
     from item left join "user" u on u.id = item.owner_id
     where ($1::uuid is null or item.owner_id = $1 or item.owner_id is null) and ${mine}
     order by item.rank desc, item.due nulls last limit $2`,
    values,
  )
}
