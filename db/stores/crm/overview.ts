/** What is known of a record and what waits about it: all that its page shows beside its fields and its timeline. */
import { may } from '../../../domain/access/may.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import type { Qualification } from '../../../domain/qualification/types.ts'
import type { ScorePart } from '../../../domain/scoring/score.ts'
import { scope } from '../../access.ts'
import type { Sql } from '../../sql.ts'
import type { BriefLine } from '../judgement.ts'
import { readableSources } from '../sources.ts'
import { around, type Around, type PageKind } from './around.ts'
import { listSuggestions, type Suggestion } from './suggestions.ts'

export interface KnownFact {
  id: string
  kind: string
  value: string
  quote: string
  sourceId: string
  url: string | null
  title: string | null
  start: number
  end: number
  by: string
  happenedOn: string | null
  observedAt: Date
}

export interface WaitingAction {
  id: string
  kind: string
  status: string
  summary: string
  expiresAt: Date | null
}

export interface OpenTask {
  id: string
  title: string
  why: string
  dueAt: Date | null
  owner: string | null
  ownerId: string | null
}

export interface RunOf {
  id: string
  playbook: string
  status: string
  outcome: string | null
  errorWhy: string | null
  startedAt: Date
  endedAt: Date | null
}

/** A record beside this one, as a line. */
export interface Beside {
  kind: PageKind
  id: string
  name: string
  /** Title, status or stage. */
  about: string | null
  owner: string | null
  amountMinor: number | null
  currency: string | null
  score: number | null
}

/** Of the one person that a page is about. */
export interface Reach {
  /** IANA name. */
  zone: string | null
  /** They must not be written to. */
  suppressed: boolean
  staleWhy: string | null
}

export interface Overview {
  may: { change: boolean; note: boolean; seeSensitive: boolean }
  /** Null on a company's page, and where nobody is named. */
  reach: Reach | null
  brief: { lines: BriefLine[]; by: string; at: Date } | null
  facts: KnownFact[]
  unknowns: { what: string; question: string }[]
  qualification: (Qualification & { at: Date }) | null
  score: { value: number; fit: number; engagement: number; parts: ScorePart[]; at: Date } | null
  suggestions: Suggestion[]
  actions: WaitingAction[]
  tasks: OpenTask[]
  runs: RunOf[]
  beside: Beside[]
}

const MOST_FACTS = 300
const MOST_ROWS = 50

/** @throws DealwrightError `not_found` also for a record that the viewer may not see */
export async function overviewOf(sql: Sql, viewer: Viewer, kind: PageKind, id: string): Promise<Overview> {
  const near = await around(sql, viewer, kind, id)
  const [known, judged, suggestions, actions, tasks, runs, beside, reach] = await Promise.all([
    factsAround(sql, viewer, near),
    judgement(sql, near.leadIds[0] ?? null),
    listSuggestions(sql, viewer, { status: 'open', record: id, limit: MOST_ROWS }),
    waitingActions(sql, viewer, near),
    openTasks(sql, viewer, near),
    runsOf(sql, viewer, near),
    besides(sql, near),
    kind === 'account' ? null : reachOf(sql, near),
  ])
  return {
    may: {
      change: may(viewer, `${kind}.change`, near.ownerId),
      note: kind !== 'account' && may(viewer, 'message.create', near.ownerId),
      seeSensitive: may(viewer, 'sensitive_field.see', near.ownerId),
    },
    reach,
    facts: known.facts,
    unknowns: await unknowns(sql, near),
    ...judged,
    brief: judged.brief && readableBrief(judged.brief, known),
    suggestions: suggestions.items,
    actions,
    tasks,
    runs,
    beside,
  }
}

interface Known {
  facts: KnownFact[]
  /** Of facts that stand in what this viewer may not read. */
  hidden: ReadonlySet<string>
}

async function factsAround(sql: Sql, viewer: Viewer, { accountId, leadIds, dealIds }: Around): Promise<Known> {
  const rows = await sql.rows<KnownFact>(
    `select f.id, f.kind, f.value, f.quote, f.source_id, s.url, s.title, f.start, f."end", f.by, f.happened_on, f.observed_at
     from fact f join source s on s.id = f.source_id
     where (f.account_id = $1 or f.lead_id = any($2::uuid[]) or f.deal_id = any($3::uuid[])) and (f.expires_at is null or f.expires_at > now())
     order by f.observed_at desc, f.id limit ${MOST_FACTS}`,
    [accountId, leadIds, dealIds],
  )
  const readable = await readableSources(sql, viewer, [...new Set(rows.map(({ sourceId }) => sourceId))])
  const facts = rows.filter(({ sourceId }) => readable.has(sourceId))
  return { facts, hidden: new Set(rows.filter(({ sourceId }) => !readable.has(sourceId)).map(({ id }) => id)) }
}

/** Lines that rest on what this viewer may not read are left out; so is what rests on nothing named, where there is any such. */
function readableBrief(brief: NonNullable<Overview['brief']>, { hidden }: Known): Overview['brief'] {
  if (hidden.size === 0) return brief
  const lines = brief.lines.filter(({ factIds }) => factIds.length > 0 && factIds.every(id => !hidden.has(id)))
  return lines.length === 0 ? null : { ...brief, lines }
}

async function unknowns(sql: Sql, { accountId, leadIds }: Around): Promise<Overview['unknowns']> {
  const rows = await sql.rows<{ what: string; question: string }>(
    `select what, question from unknown where account_id = $1 or lead_id = any($2::uuid[]) order by created_at desc, what limit ${MOST_ROWS}`,
    [accountId, leadIds],
  )
  return [...new Map(rows.map(row => [row.what, row])).values()]
}

async function judgement(
  sql: Sql,
  leadId: string | null,
): Promise<Pick<Overview, 'brief' | 'qualification' | 'score'>> {
  if (leadId === null) return { brief: null, qualification: null, score: null }
  const newest = <R>(columns: string, table: string) =>
    sql.row<R>(
      `select ${columns}, created_at as at from ${table} where lead_id = $1 order by created_at desc limit 1`,
      [leadId],
    )
  const [brief, qualification, score] = await Promise.all([
    newest<NonNullable<Overview['brief']>>('lines, by', 'brief'),
    newest<NonNullable<Overview['qualification']>>('method, verdict, factors', 'qualification'),
    newest<NonNullable<Overview['score']>>('value, fit, engagement, parts', 'score'),
  ])
  return { brief, qualification, score }
}

function reachOf(sql: Sql, { contactIds }: Around): Promise<Reach | null> {
  return sql.row<Reach>(
    `select c.zone, exists (select 1 from suppression x where x.kind = 'email' and x.value = c.email_key) as suppressed,
       case when c.stale_at is not null then coalesce(c.stale_why, 'stale') end as stale_why
     from contact c where c.id = any($1::uuid[]) limit 1`,
    [contactIds],
  )
}

/** `$1`, `$2`, `$3`: leads, contacts, deals. */
const ids = ({ leadIds, contactIds, dealIds }: Around): unknown[] => [leadIds, contactIds, dealIds]

function waitingActions(sql: Sql, viewer: Viewer, near: Around): Promise<WaitingAction[]> {
  const values = ids(near)
  const mine = scope(viewer, 'action.see', 'a.owner_id', values)
  return sql.rows<WaitingAction>(
    `select a.id, a.kind, a.status, a.summary, a.expires_at from action a
     where a.status in ('waiting', 'uncertain') and ${mine}
       and (a.lead_id = any($1::uuid[]) or a.contact_id = any($2::uuid[]) or a.deal_id = any($3::uuid[]))
     order by a.expires_at nulls last, a.created_at limit ${MOST_ROWS}`,
    values,
  )
}

function openTasks(sql: Sql, viewer: Viewer, near: Around): Promise<OpenTask[]> {
  const values = ids(near)
  const mine = scope(viewer, 'task.see', 't.assignee_id', values)
  return sql.rows<OpenTask>(
    `select t.id, t.title, t.why, t.due_at, u.name as owner, t.assignee_id as owner_id from task t left join "user" u on u.id = t.assignee_id
     where t.status = 'open' and ${mine}
       and (t.lead_id = any($1::uuid[]) or t.contact_id = any($2::uuid[]) or t.deal_id = any($3::uuid[]))
     order by t.due_at nulls last, t.created_at limit ${MOST_ROWS}`,
    values,
  )
}

function runsOf(sql: Sql, viewer: Viewer, near: Around): Promise<RunOf[]> {
  const values = [...ids(near), near.kind === 'account' ? near.id : null]
  const mine = scope(viewer, 'run.see', 'r.owner_id', values)
  return sql.rows<RunOf>(
    `select r.id, r.playbook, r.status, r.outcome, r.error_why, r.started_at, r.ended_at from run r
     where (r.lead_id = any($1::uuid[]) or r.deal_id = any($3::uuid[]) or r.lead_id is null and r.contact_id = any($2::uuid[])
       or r.account_id = $4 and r.lead_id is null and r.contact_id is null) and ${mine}
     order by (r.status = 'paused') desc, (r.ended_at is null) desc, r.started_at desc limit ${MOST_ROWS}`,
    values,
  )
}

/** Those of the ids around, which are seen, and the company. */
async function besides(sql: Sql, near: Around): Promise<Beside[]> {
  const rows = await sql.rows<Beside>(
    `select 'account' as kind, a.id, a.name, a.industry as about, u.name as owner, null::bigint as amount_minor, null as currency, null::float as score
       from account a left join "user" u on u.id = a.owner_id where a.id = $4
     union all select 'contact', c.id, c.name, c.title, u.name, null, null, null
       from contact c left join "user" u on u.id = c.owner_id where c.id = any($2::uuid[])
     union all select 'lead', l.id, coalesce(c.name, a.name, 'Without a name'), l.status, u.name, null, null, l.score_value
       from lead l left join contact c on c.id = l.contact_id left join account a on a.id = l.account_id left join "user" u on u.id = l.owner_id
       where l.id = any($1::uuid[])
     union all select 'deal', d.id, d.name, s.name, coalesce(u.name, d.owner_name), d.amount_minor, d.currency, null
       from deal d join stage s on s.id = d.stage_id left join "user" u on u.id = d.owner_id where d.id = any($3::uuid[])`,
    [...ids(near), near.accountId],
  )
  return rows.filter(row => row.id !== near.id)
}
