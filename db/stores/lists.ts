/** The lists that people look at: leads and today; deals are in deal-list.ts. Each shows why it is where it is. */
import type { Json } from '../../domain/playbook/types.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { scope } from '../access.ts'
import { keyset, newestFirst, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import type { Sql } from '../sql.ts'
import { SUBJECT_OWNER } from './crm/suggestions.ts'
import { customCondition } from './shape/custom-values.ts'
import type { User } from './people.ts'
import { isSensitive, valuesSeen } from './shape/sensitive.ts'

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
  ownerId: string | null
  owner: string | null
  ownerWhy: string | null
  verdict: string | null
  reasons: unknown
  nextStep: string | null
  createdAt: Date
}

const LEADS = `select l.id, c.name, c.title, c.email, a.name as account, a.domain, l.source, l.status, l.score_value as score, l.owner_id, u.name as owner,
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

export const LEAD_SORTS = ['score', 'newest', 'oldest'] as const

/** Each is the order of an index. */
const LEAD_ORDERS: Record<(typeof LEAD_SORTS)[number], Order> = {
  score: BY_SCORE,
  newest: newestFirst('l'),
  oldest: { ...newestFirst('l'), descending: false },
}

type LeadsRequest = PageRequest & {
  status?: string | undefined
  owner?: string | undefined
  sort?: (typeof LEAD_SORTS)[number] | undefined
  custom?: Readonly<Record<string, Json>> | undefined
}

/** Best score first unless sorted otherwise; unscored leads behind, newest first. */
export async function listLeads(sql: Sql, viewer: Viewer, request: LeadsRequest): Promise<Page<LeadRow>> {
  const values: unknown[] = []
  const order = LEAD_ORDERS[request.sort ?? 'score']
  const status = request.status === undefined ? 'true' : `l.status = $${values.push(request.status)}`
  const owner = request.owner === undefined ? 'true' : `l.owner_id = $${values.push(request.owner)}::uuid`
  const mine = scope(viewer, 'lead.see', 'l.owner_id', values)
  const asked = { viewer, kind: 'lead', owner: 'l.owner_id', alias: 'l', values }
  const custom = await customCondition(sql, asked, request.custom)
  const { where, tail } = keyset(order, request, values)
  const rows = await sql.rows<LeadRow>(
    `${LEADS} where ${status} and ${owner} and ${mine} and ${custom} and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, order, request)
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
 * What needs somebody, or `person`: what is theirs or nobody's, and for those above (managers, ops) what asks for them or was
 * passed on to them, and others' work that stands still until somebody looks at it. Most urgent first: mail of uncertain fate, replies that wait for an answer, approvals (sooner expiry first),
 * paused runs, due tasks, suggestions, and new leads with a high score that nobody took up.
 */
export async function today(
  sql: Sql,
  viewer: Viewer,
  options: { person?: Pick<User, 'id' | 'role'> | null; limit?: number } = {},
): Promise<TodayItem[]> {
  const { id = null, role = null } = options.person ?? {}
  const above = role === 'manager' || role === 'ops' || role === 'admin'
  const values: unknown[] = [id, options.limit ?? 50, above, role]
  const mine = scope(viewer, 'lead.see', 'item.owner_id', values)
  const shown = valuesSeen(viewer, 'f', SUBJECT_OWNER, values)
  return sql.rows<TodayItem>(
    `with item as (
       select 'uncertain' as kind, a.id, a.summary as title, 'it is not known whether this left: look in Sent and say so' as reason, 1000::float as rank,
         null::timestamptz as due, a.owner_id, a.lead_id, true as owners, true as above from action a where a.status = 'uncertain'
       union all
       select 'approval', a.id, a.summary,
         case when a.escalated_at is not null then 'waiting too long: passed on to ' || coalesce(a.escalate_to, 'manager') else 'an agent asks to do this' end
           || coalesce(' for a lead of score ' || round(l.score_value), '') || coalesce(', expires ' || to_char(a.expires_at at time zone 'UTC', 'DD Mon HH24:MI') || ' UTC', ''),
         800 + coalesce(greatest(0, 100 - extract(epoch from a.expires_at - now()) / 3600), 0), a.expires_at, a.owner_id, a.lead_id,
         a.approver = 'owner', case when $4 = 'admin' then a.approver <> 'owner' or a.escalated_at is not null
           when $4 = 'ops' then a.approver = 'ops' or (a.escalated_at is not null and a.escalate_to = 'ops')
           else a.approver not in ('owner', 'ops') or (a.approver = 'owner' and a.escalated_at is not null) end
         from action a left join lead l on l.id = a.lead_id where a.status = 'waiting'
       union all
       select 'paused_run', r.id, r.playbook || ' stopped at ' || coalesce(r.current_key, 'start'), coalesce(r.error_why, r.error_code, 'paused'), 700,
         null, l.owner_id, r.lead_id, true, true from run r left join lead l on l.id = r.lead_id where r.status = 'paused'
       union all
       select 'task', t.id, t.title, t.why,
         600 + case when t.due_at < now() then 150 + least(100, extract(epoch from now() - t.due_at) / 86400)
           when t.due_at < now() + interval '1 day' then 100 else 0 end + coalesce(l.score_value, 0) / 10, t.due_at, t.assignee_id, t.lead_id, true, false
         from task t left join lead l on l.id = t.lead_id where t.status = 'open' and (t.due_at is null or t.due_at < now() + interval '3 days')
       union all
       select 'suggestion', f.id, f."table" || ' ' || f.field || ': ' || (f.value #>> '{}'), 'an agent read another value than yours', 300, null,
         ${SUBJECT_OWNER}, d.lead_id, true, ${isSensitive('f')} from field_suggestion f left join deal d on f."table" = 'deal' and d.id = f.record_id where f.status = 'open' and ${shown}
       union all
       select 'lead', l.id, coalesce(c.name, a.name, 'lead without a name'), 'new, score ' || round(l.score_value) || ', nobody has taken it up', 200 + l.score_value, null,
         l.owner_id, l.id, true, false from lead l left join contact c on c.id = l.contact_id left join account a on a.id = l.account_id
         where l.status = 'new' and coalesce(l.score_value, -1) >= 60 and not exists (select 1 from run r where r.lead_id = l.id and r.ended_at is null)
     )
     select item.kind, item.id, item.title, item.reason, item.rank, item.due, u.name as owner, item.lead_id
     from item left join "user" u on u.id = item.owner_id
     where ($1::uuid is null or (item.owners and (item.owner_id = $1 or item.owner_id is null)) or (item.above and $3)) and ${mine}
     order by item.rank desc, item.due nulls last limit $2`,
    values,
  )
}
