/** Who has how much and how fast things are answered, for whoever leads them; and what people made of drafts, to learn from. */
import type { Viewer } from '../../domain/access/viewer.ts'
import type { MessageLabel } from '../../domain/message/types.ts'
import { scope } from '../access.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import type { Sql } from '../sql.ts'

export interface PersonFigures {
  id: string
  name: string
  role: string
  team: string | null
  capacity: number | null
  openLeads: number
  openDeals: number
  /** Proposals about what is theirs that wait for a person. */
  waiting: number
  waitingSince: Date | null
  /** Their tasks that are overdue. */
  overdue: number
  /** Of the last thirty days: what they decided, and of it refused or edited. */
  decided: number
  refused: number
  edited: number
  /** Hours from a proposal to their decision, the median; null: none was decided. */
  decisionHours: number | null
  /** Mails of people who want an answer that came for them in the last thirty days, and hours until we answered in the thread, the median. */
  received: number
  answered: number
  answerHours: number | null
}

const DAYS = 30
/** Of what people write, what wants an answer. */
const WANTS_ANSWER: readonly MessageLabel[] = ['interested', 'question', 'referral', 'complaint', 'other']
const HOURS = (from: string, until: string) =>
  `(percentile_cont(0.5) within group (order by extract(epoch from ${until} - ${from}) / 3600) filter (where ${until} is not null))::float`

/** Everybody who works here and whose figures the viewer may see, by team and name. Times are the database's. */
export function teamFigures(sql: Sql, viewer: Viewer): Promise<PersonFigures[]> {
  const values: unknown[] = [DAYS, [...WANTS_ANSWER]]
  const mine = scope(viewer, 'team.lead', 'u.id', values)
  return sql.rows<PersonFigures>(
    `select u.id, u.name, u.role, t.name as team, u.capacity,
       (select count(*)::int from lead l where l.owner_id = u.id and l.status in ('new', 'working', 'qualified')) as open_leads,
       (select count(*)::int from deal d join stage s on s.id = d.stage_id where d.owner_id = u.id and s.kind = 'open') as open_deals,
       w.waiting, w.waiting_since,
       (select count(*)::int from task k where k.assignee_id = u.id and k.status = 'open' and k.due_at < now()) as overdue,
       p.decided, p.refused, p.decision_hours,
       (select count(*)::int from lesson n where n.by = u.id and n.kind = 'edit' and n.at > now() - make_interval(days => $1)) as edited,
       m.received, m.answered, m.answer_hours
     from "user" u left join team t on t.id = u.team_id
     cross join lateral (
       select count(*)::int as waiting, min(a.created_at) as waiting_since from action a where a.owner_id = u.id and a.status = 'waiting') w
     cross join lateral (
       select count(*)::int as decided, count(*) filter (where p.decision = 'refuse')::int as refused, ${HOURS('a.created_at', 'p.at')} as decision_hours
       from approval p join action a on a.id = p.action_id where p.by = 'user:' || u.id and p.at > now() - make_interval(days => $1)) p
     cross join lateral (
       select count(*)::int as received, count(r.at)::int as answered, ${HOURS('i.at', 'r.at')} as answer_hours
       from message i join contact c on c.id = i.contact_id
         left join lateral (select min(o.at) as at from message o where o.thread_id = i.thread_id and o.direction = 'out' and o.at > i.at) r on true
       where i.direction = 'in' and c.owner_id = u.id and i.at > now() - make_interval(days => $1)
         and i.label = any($2)) m
     where u.active and u.role <> 'viewer' and ${mine} order by t.name nulls last, u.name`,
    values,
  )
}

export interface CoachingNote {
  id: string
  actionId: string
  kind: 'edit' | 'refusal'
  playbook: string
  actionKind: string
  summary: string
  owner: string | null
  by: string
  before: unknown
  after: unknown
  reason: unknown
  at: Date
}

const NEWEST: Order = {
  by: [
    { sql: 'l.at', type: 'timestamptz', key: 'at' },
    { sql: 'l.id', type: 'uuid', key: 'id' },
  ],
  descending: true,
}

/** What was edited and refused, newest first: of those alone whose texts the viewer may read. Erased texts are null. */
export async function coachingNotes(
  sql: Sql,
  viewer: Viewer,
  request: PageRequest & { by?: string | undefined },
): Promise<Page<CoachingNote>> {
  const values: unknown[] = [request.by ?? null]
  const readable = scope(viewer, 'message.see', 'a.owner_id', values)
  const theirs = scope(viewer, 'team.lead', 'l.by', values)
  const { where, tail } = keyset(NEWEST, request, values)
  const rows = await sql.rows<CoachingNote>(
    `select l.id, l.action_id, l.kind, l.playbook, l.action_kind, a.summary, o.name as owner, coalesce(u.name, '') as by,
       b.value as before, n.value as after, r.value as reason, l.at
     from lesson l join action a on a.id = l.action_id left join "user" o on o.id = a.owner_id left join "user" u on u.id = l.by
       left join field_value b on b.id = l.before_id left join field_value n on n.id = l.after_id left join field_value r on r.id = l.reason_id
     where ($1::uuid is null or l.by = $1) and ${readable} and ${theirs} and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, NEWEST, request)
}
