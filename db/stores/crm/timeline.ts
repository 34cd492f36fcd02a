/**
 * What happened with a record, newest first: mails, notes, runs, decisions, what agents did, changes of fields and stages, tasks. Each is
 * read where it is stored; texts only for those who may read them, values of hidden fields not at all.
 */
import type { Viewer } from '../../../domain/access/viewer.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import { scope } from '../../access.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../../page.ts'
import type { Sql } from '../../sql.ts'
import { namesOfIds } from '../names.ts'
import { valuesSeen } from '../shape/sensitive.ts'
import { around, type Around, type PageKind } from './around.ts'
import { SUBJECT_OWNER } from './suggestions.ts'

export const HAPPENINGS = [
  'mail',
  'note',
  'run',
  'decision',
  'deed',
  'change',
  'stage',
  'task',
  'lead',
  'deal',
] as const
export type Happening = (typeof HAPPENINGS)[number]

/** What a timeline can be narrowed to. */
export const TIMELINE_PARTS = {
  talks: ['mail', 'note'],
  agents: ['run', 'decision', 'deed'],
  changes: ['change', 'stage', 'task', 'lead', 'deal'],
} as const satisfies Record<string, readonly Happening[]>
export type TimelinePart = keyof typeof TIMELINE_PARTS

export interface TimelineItem {
  id: string
  kind: Happening
  at: Date
  /** Subject of a mail, playbook of a run, summary of an action, title of a task, name of a deal. */
  title: string | null
  /** The mail's or note's own words (the beginning of long ones), or why. */
  text: string | null
  /** Who did it, by name; of mails the address of the other side. */
  who: string | null
  direction: string | null
  label: string | null
  labelQuote: string | null
  sourceId: string | null
  runId: string | null
  actionId: string | null
  leadId: string | null
  dealId: string | null
  /** Of a run, a decision or a deed. */
  status: string | null
  field: string | null
  /** Values of a change, ids among them by their names. */
  old: Json
  new: Json
}

const NEWEST: Order = {
  by: [
    { sql: 'u.at', type: 'timestamptz', key: 'at' },
    { sql: 'u.id', type: 'uuid', key: 'id' },
  ],
  descending: true,
}

/** Longer texts are read in their source. */
const MOST_TEXT = 1_200

/** Every part of the union has these columns; what it does not name is null. */
const COLUMNS = {
  id: 'uuid',
  at: 'timestamptz',
  title: 'text',
  why: 'text',
  by: 'text',
  name: 'text',
  direction: 'text',
  label: 'text',
  label_quote: 'text',
  source_id: 'uuid',
  run_id: 'uuid',
  action_id: 'uuid',
  lead_id: 'uuid',
  deal_id: 'uuid',
  status: 'text',
  field: 'text',
  old_id: 'uuid',
  new_id: 'uuid',
} as const
type Column = keyof typeof COLUMNS

function part(kind: Happening, of: Partial<Record<Column, string>> & { id: string; at: string }, from: string): string {
  const columns = (Object.keys(COLUMNS) as Column[]).map(name => `${of[name] ?? 'null'}::${COLUMNS[name]} as "${name}"`)
  return `select '${kind}' as kind, ${columns.join(', ')} from ${from}`
}

/** @throws DealwrightError `not_found` also for a record that the viewer may not see */
export async function timelineOf(
  sql: Sql,
  viewer: Viewer,
  of: { kind: PageKind; id: string },
  request: PageRequest & { part?: TimelinePart | undefined },
): Promise<Page<TimelineItem>> {
  const near = await around(sql, viewer, of.kind, of.id)
  // A lead's story is its own; what becomes of a deal stands on the deal's page.
  const dealIds = of.kind === 'lead' ? [] : near.dealIds
  const values: unknown[] = [near.leadIds, near.contactIds, dealIds, of.kind, of.id]
  const parts = [...talks(viewer, values), ...agentsWork(viewer, values, near), ...changes(viewer, values)]
  const wanted = request.part === undefined ? 'true' : `u.kind = any($${values.push(TIMELINE_PARTS[request.part])})`
  const { where, tail } = keyset(NEWEST, request, values)
  const rows = await sql.rows<TimelineItem>(
    `select t.id, t.kind, t.at, t.title, ${WHO} as who, t.direction, t.label, t.label_quote, t.source_id, t.run_id, t.action_id, t.lead_id, t.deal_id,
       t.status, t.field, o.value as old, n.value as new,
       coalesce(t.why, (select left(x.text, ${MOST_TEXT}) from source s join source_text x on x.hash = s.text_hash where s.id = t.source_id)) as text
     from (select * from (${parts.join(' union all ')}) u where ${wanted} and ${where} ${tail}) t
       left join field_value o on o.id = t.old_id left join field_value n on n.id = t.new_id
     order by t.at desc, t.id desc`,
    values,
  )
  const page = pageOf(rows, NEWEST, request)
  const names = await namesOfIds(
    sql,
    page.items.flatMap(item => [item.old, item.new]),
  )
  const named = (value: Json): Json => (typeof value === 'string' ? (names.get(value) ?? value) : value)
  return { ...page, items: page.items.map(item => ({ ...item, old: named(item.old), new: named(item.new) })) }
}

/** Of what stands in `by`, in words. */
const WHO = `coalesce(t.name, case
  when t.by like 'person:%' or t.by like 'user:%' then (select p.name from "user" p where p.id::text = split_part(t.by, ':', 2))
  when t.by like 'policy:%' then 'the policy' when t.by like 'import:%' then 'an import'
  when t.by like 'run:%' then coalesce((select 'playbook ' || r.playbook from run r where r.id = t.run_id), 'an agent') end)`

function talks(viewer: Viewer, values: unknown[]): string[] {
  const reads = (owner: string) => scope(viewer, 'message.see', owner, values)
  const noteOwner = 'coalesce(l.owner_id, d.owner_id, c.owner_id)'
  return [
    part(
      'mail',
      {
        id: 'm.id',
        at: 'm.at',
        title: 'm.subject',
        name: `case m.direction when 'in' then m.from_address else array_to_string(m.to_addresses, ', ') end`,
        direction: 'm.direction',
        label: 'm.label',
        label_quote: `case when ${reads('c.owner_id')} then m.label_quote end`,
        source_id: `case when ${reads('c.owner_id')} then m.source_id end`,
        action_id: 'm.action_id',
      },
      `message m left join contact c on c.id = m.contact_id where m.id in (select id from message where contact_id = any($2::uuid[])
         union select x.id from thread h join message x on x.thread_id = h.id where h.lead_id = any($1::uuid[])
         union select x.id from thread h join message x on x.thread_id = h.id where h.deal_id = any($3::uuid[]))`,
    ),
    part(
      'note',
      { id: 'k.id', at: 'k.at', by: `'person:' || k.author_id`, source_id: 'k.source_id', deal_id: 'k.deal_id' },
      `call_note k left join lead l on l.id = k.lead_id left join deal d on d.id = k.deal_id left join contact c on c.id = k.contact_id
       where (k.lead_id = any($1::uuid[]) or k.contact_id = any($2::uuid[]) or k.deal_id = any($3::uuid[])) and ${reads(noteOwner)}`,
    ),
  ]
}

function agentsWork(viewer: Viewer, values: unknown[], { kind, accountId }: Around): string[] {
  const runs = scope(viewer, 'run.see', 'r.owner_id', values)
  const actions = scope(viewer, 'action.see', 'a.owner_id', values)
  // Research of a company is about nobody in particular.
  const itsOwn =
    kind === 'account'
      ? `or r.account_id = $${values.push(accountId)} and r.lead_id is null and r.contact_id is null`
      : ''
  const OF_ACTION = '(a.lead_id = any($1::uuid[]) or a.contact_id = any($2::uuid[]) or a.deal_id = any($3::uuid[]))'
  return [
    part(
      'run',
      {
        id: 'r.id',
        at: 'r.started_at',
        title: 'r.playbook',
        why: `case when r.status = 'paused' then coalesce(r.error_why, r.error_code) else r.outcome end`,
        run_id: 'r.id',
        status: 'r.status',
      },
      `run r where (r.lead_id = any($1::uuid[]) or r.deal_id = any($3::uuid[])
         or r.lead_id is null and r.contact_id = any($2::uuid[]) ${itsOwn}) and ${runs}`,
    ),
    part(
      'decision',
      {
        id: 'p.id',
        at: 'p.at',
        title: 'a.summary',
        why: 'p.reason',
        by: 'p.by',
        action_id: 'a.id',
        run_id: 'a.run_id',
        status: 'p.decision',
      },
      `approval p join action a on a.id = p.action_id where ${OF_ACTION} and ${actions}`,
    ),
    part(
      'deed',
      {
        id: 'a.id',
        at: 'a.settled_at',
        title: 'a.summary',
        why: 'a.failure_why',
        action_id: 'a.id',
        run_id: 'a.run_id',
        status: 'a.status',
      },
      // A mail that left stands there as the mail.
      `action a where ${OF_ACTION} and a.settled_at is not null and ${actions}
         and (a.status in ('failed', 'expired') or a.status = 'done' and a.kind <> 'send_mail')`,
    ),
  ]
}

function changes(viewer: Viewer, values: unknown[]): string[] {
  const shown = valuesSeen(viewer, 'f', SUBJECT_OWNER, values)
  const tasks = scope(viewer, 'task.see', 'k.assignee_id', values)
  return [
    part(
      'change',
      {
        id: 'f.id',
        at: 'f.at',
        by: 'f.by',
        why: 'f.why',
        run_id: 'f.run_id',
        action_id: 'f.action_id',
        field: 'f.field',
        old_id: 'f.old_value_id',
        new_id: 'f.new_value_id',
        status: `case when f.reverted_at is not null then 'reverted' end`,
      },
      // A deal's stage has a history of its own.
      `field_change f where f."table" = $4 and f.record_id = $5 and f.field <> 'stageId' and ${shown}`,
    ),
    part(
      'stage',
      {
        id: 'x.id',
        at: 'x.at',
        title: 'd.name',
        by: 'x.by',
        why: '(select b.name from stage b where b.id = x.from_stage_id)',
        status: '(select b.name from stage b where b.id = x.to_stage_id)',
        deal_id: 'x.deal_id',
        action_id: 'x.action_id',
      },
      'deal_stage_change x join deal d on d.id = x.deal_id where x.deal_id = any($3::uuid[])',
    ),
    part(
      'task',
      {
        id: 'k.id',
        at: 'k.done_at',
        title: 'k.title',
        why: 'k.why',
        by: `'person:' || k.assignee_id`,
        status: 'k.status',
      },
      `task k where k.done_at is not null and (k.lead_id = any($1::uuid[]) or k.contact_id = any($2::uuid[]) or k.deal_id = any($3::uuid[])) and ${tasks}`,
    ),
    part(
      'lead',
      { id: 'l.id', at: 'l.created_at', title: 'c.name', why: 'l.source', lead_id: 'l.id' },
      `lead l left join contact c on c.id = l.contact_id where l.id = any($1::uuid[])`,
    ),
    part(
      'deal',
      { id: 'd.id', at: 'd.created_at', title: 'd.name', deal_id: 'd.id' },
      'deal d where d.id = any($3::uuid[])',
    ),
  ]
}
