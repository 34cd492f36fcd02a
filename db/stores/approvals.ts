/** The inbox of whoever decides: what waits for them and in which capacity, soonest expiry first. */
import type { Viewer } from '../../domain/access/viewer.ts'
import type { Duration } from '../../domain/calendar/duration.ts'
import type { PolicySubject } from '../../domain/policy/types.ts'
import { scope } from '../access.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../page.ts'
import type { Sql } from '../sql.ts'
import { IS_VOID } from './asked-anew.ts'
import { principalsOf } from './authority.ts'
import type { User } from './people.ts'

/** `instead`: its owner cannot decide it; `above`: may decide it, while it waits for somebody else first. */
export const CAPACITIES = [
  'owner',
  'instead',
  'manager',
  'ops',
  'escalated',
  'second',
  'delegated',
  'deputy',
  'above',
] as const
export type Capacity = (typeof CAPACITIES)[number]

export interface InboxItem {
  id: string
  kind: string
  playbook: string | null
  summary: string
  hash: string
  target: string | null
  owner: string | null
  by: string
  createdAt: Date
  expiresAt: Date | null
  capacity: Capacity
  /** In whose place, as a delegate or deputy. */
  forUser: string | null
  rule: string | null
  policyVersion: number | null
  /** How many people it takes, and how many have approved. */
  people: number
  approved: number
  /** Quotes and approved texts that it rests on. */
  evidence: number
  /** Open questions about it. */
  questions: number
  subject: PolicySubject | null
  recipients: number
  ownerId: string | null
  draftId: string | null
  supersedesId: string | null
  /** Why it is before people again; null: it is for the first time. */
  askedAnew: string | null
  approver: 'owner' | 'manager' | 'ops'
  escalateTo: string | null
  escalateAfter: Duration | null
  escalateAt: Date | null
  escalatedAt: Date | null
  /** Working hours without a decision until those above are told, where no playbook says otherwise. */
  escalateAfterHours: number
}

/** Later than anything that expires: what never does comes last. The same expression as the index's. */
const NEVER = `'9999-12-31 00:00:00+00'::timestamptz`
const SOONEST: Order = {
  by: [
    { sql: `coalesce(a.expires_at, ${NEVER})`, type: 'timestamptz', key: 'sortSoonest' },
    { sql: 'a.id', type: 'uuid', key: 'id' },
  ],
  descending: false,
}

const EVIDENCE = `case when a.by = 'person' then 0 when a.draft_id is not null then
    (select count(distinct i) from draft d, jsonb_array_elements(d.sentences) s, jsonb_array_elements_text(coalesce(s->'ids', '[]')) i where d.id = a.draft_id)
  when jsonb_typeof(a.content->'updates') = 'array' then
    (select count(*) from jsonb_array_elements(a.content->'updates') e where e->>'quote' is not null and e->>'sourceId' is not null)
  else 0 end`

export interface InboxRequest extends PageRequest {
  /** Also what one may decide and what waits for somebody else first. */
  all?: boolean | undefined
  kind?: string | undefined
  playbook?: string | undefined
}

export async function inbox(sql: Sql, user: User, viewer: Viewer, request: InboxRequest): Promise<Page<InboxItem>> {
  const deputies = (await principalsOf(sql, user, null)).filter(({ way }) => way === 'deputy')
  const values: unknown[] = [user.id]
  const own = may(user, viewer, values)
  const places = deputies.map(one => ({ user: one.user, may: may(one.user, one.viewer, values) }))
  const capacity = `coalesce(${[
    waits(user, own, values, request.all === true),
    `case when ${open(user, values)} then (select 'delegated:' || d.from_id from delegation d join "user" f on f.id = d.from_id and f.active
       where d.action_id = a.id and d.to_id = $1 limit 1) end`,
    ...places.map(
      one =>
        `case when ${open(user, values)} and ${waits(one.user, one.may, values, false)} is not null then 'deputy:${one.user.id}' end`,
    ),
  ].join(', ')})`
  const reach = [
    own,
    'a.id in (select d.action_id from delegation d where d.to_id = $1)',
    ...places.map(one => one.may),
  ]
  const wanted = [
    request.kind === undefined ? 'true' : `a.kind = $${values.push(request.kind)}`,
    request.playbook === undefined
      ? 'true'
      : `(select r.playbook from run r where r.id = a.run_id) = $${values.push(request.playbook)}`,
  ]
  const { where, tail } = keyset(SOONEST, request, values)
  // The page first, then what is shown of it: planned apart, which is a fraction of the work of planning all these joins at once.
  const rows = await sql.rows<Omit<InboxItem, 'capacity' | 'forUser'> & { capacity: string; sortSoonest: Date }>(
    `select a.id, a.kind, r.playbook, a.summary, a.content_hash as hash, coalesce(c.name || coalesce(' <' || c.email || '>', ''), ac.name) as target,
       u.name as owner, a.by, a.created_at, a.expires_at, a.capacity, a.policy_rule as rule, a.policy_version, a.needed as people,
       (select count(*) from approval p where p.action_id = a.id and p.decision = 'approve')::int as approved, (${EVIDENCE})::int as evidence,
       (select count(*) from action_question q where q.action_id = a.id and q.answered_at is null)::int as questions,
       a.subject, case when a.kind = 'send_mail' then 1 else 0 end as recipients, a.owner_id, a.draft_id, a.supersedes_id,
       (select b.failure_why from action b where b.id = a.supersedes_id and ${IS_VOID('b')}) as asked_anew,
       a.approver, a.escalate_to, a.escalate_after, a.escalate_at, a.escalated_at, (select escalate_after_hours from organisation limit 1),
       coalesce(a.expires_at, ${NEVER}) as sort_soonest
     from (select a.*, w.capacity, v.version as policy_version, coalesce(v.people, 1) as needed, v.subject
         from action a left join policy_verdict v on v.action_id = a.id cross join lateral (select ${capacity} as capacity offset 0) w
         where a.status = 'waiting' and (${reach.join(' or ')}) and w.capacity is not null
           and coalesce(a.expires_at > clock_timestamp(), true) and ${wanted.join(' and ')} and ${where} ${tail}) a
       left join run r on r.id = a.run_id left join "user" u on u.id = a.owner_id left join contact c on c.id = a.contact_id
       left join lead l on l.id = a.lead_id left join account ac on ac.id = l.account_id
     ${tail}`,
    values,
  )
  const { items, next } = pageOf(rows, SOONEST, request)
  const names = new Map(deputies.map(one => [one.user.id, one.user.name]))
  return { items: await Promise.all(items.map(item => withName(sql, item, names))), next }
}

async function withName(
  sql: Sql,
  item: Omit<InboxItem, 'capacity' | 'forUser'> & { capacity: string },
  names: Map<string, string>,
): Promise<InboxItem> {
  const [capacity, id] = item.capacity.split(':') as [Capacity, string | undefined]
  if (id === undefined) return { ...item, capacity, forUser: null }
  if (!names.has(id)) {
    const row = await sql.row<{ name: string }>('select name from "user" where id = $1', [id])
    names.set(id, row?.name ?? '')
  }
  return { ...item, capacity, forUser: names.get(id) ?? null }
}

/** `decidesAlone` of authority.ts as a condition. */
function may(user: User, viewer: Viewer, values: unknown[]): string {
  const mine = scope(viewer, 'action.decide', 'a.owner_id', values)
  return `(${mine} and ${roleMay(user, values)})`
}

/** `mayDecide` of domain/policy/approver.ts as a condition. */
function roleMay({ id, role }: User, values: unknown[]): string {
  if (role === 'admin') return 'true'
  if (role === 'ops') return `(a.approver = 'ops' or (a.escalated_at is not null and a.escalate_to = 'ops'))`
  if (role === 'manager') return `a.approver <> 'ops'`
  if (role !== 'rep') return 'false'
  return `(a.approver = 'owner' and (a.owner_id is null or a.owner_id = $${values.push(id)}::uuid))`
}

/** How many words given on it are such; counted by its index. `exists` would have the planner read everybody's words ever, once and for all. */
const words = (such: string): string => `(select count(*) from approval p where p.action_id = a.id and (${such}))`

/** Neither its maker, where that is kept out, nor one who has approved it already. */
function open({ id }: User, values: unknown[]): string {
  const me = `$${values.push(id)}::uuid`
  return `(v.not_by is distinct from ${me} and ${words(`p.by = 'user:' || ${me} or p.for_user = ${me}`)} = 0)`
}

/** In which capacity it waits for this person, as an expression: null where it does not. */
function waits(user: User, mine: string, values: unknown[], all: boolean): string {
  const me = `$${values.push(user.id)}::uuid`
  const above = user.role === 'manager' || user.role === 'admin' || user.role === 'ops'
  return `case when not ${mine} or not ${open(user, values)} then null
    when exists (select 1 from delegation d where d.action_id = a.id and d.from_id = ${me}) then ${all ? `'above'` : 'null'}
    when a.approver = 'owner' and (a.owner_id = ${me} or a.owner_id is null) then 'owner'
    when a.approver <> 'owner' then a.approver
    when ${above} and not exists (select 1 from "user" w where w.id = a.owner_id and w.active and w.role in ('rep', 'manager', 'admin'))
      then 'instead'
    when ${above} and a.escalated_at is not null then 'escalated'
    when v.people = 2 and ${words('true')} > 0 or v.not_by = a.owner_id then 'second'
    else ${all ? `'above'` : 'null'} end`
}
