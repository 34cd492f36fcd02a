/** The ledger of why not: what agents did not do for a lead, contact or deal, and why; one query over what is stored. */
import { inWords, type WhyNot, type WhyNotRow } from '../../domain/why-not/sentence.ts'
import type { Right } from '../../domain/access/table.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { scope } from '../access.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { IS_VOID } from './asked-anew.ts'
import { heldByBasis } from './basis-blocks.ts'
import { KIND } from './crm/kinds.ts'

export type WhyNotSubject = 'lead' | 'contact' | 'deal'

/** The lead, contact and deal in question; a lead brings its contact, a deal its lead and contact, a contact all its leads and deals. */
const OF: Record<WhyNotSubject, string> = {
  lead: `select l.id as lead_id, l.contact_id, null::uuid as deal_id from lead l where l.id = $1`,
  deal: `select d.lead_id, coalesce(d.contact_id, l.contact_id), d.id from deal d left join lead l on l.id = d.lead_id where d.id = $1`,
  contact: `select l.id, c.id, null::uuid from contact c left join lead l on l.contact_id = c.id where c.id = $1
    union all select d.lead_id, c.id, d.id from contact c join deal d on d.contact_id = c.id where c.id = $1`,
}

const DOMAIN = `split_part(c.email_key, '@', 2)`

const LEDGER = (kind: WhyNotSubject): string => `
with subject(lead_id, contact_id, deal_id) as (${OF[kind]}),
  person as (select distinct c.* from contact c join subject s on s.contact_id = c.id),
  acts as (select a.* from action a where exists (select 1 from subject s where
    ${kind === 'deal' ? 'a.deal_id = s.deal_id or a.id = s.deal_id' : 'a.lead_id = s.lead_id or a.contact_id = s.contact_id'})),
  runs as (select r.* from run r where exists (select 1 from subject s where r.lead_id = s.lead_id or r.deal_id = s.deal_id
    or (r.lead_id is null and r.contact_id = s.contact_id)))
select code, at, source, id::text, subject, reason, who, until from (
  select 'suppressed' as code, x.created_at as at, 'suppression' as source, x.id, x.value as subject, x.reason, null as who, null::timestamptz as until
    from person c join suppression x on (x.kind = 'email' and x.value = c.email_key)
      or (x.kind = 'domain' and (${DOMAIN} = x.value or ${DOMAIN} like '%.' || x.value))
  union all select 'never_contact', x.added_at, 'never_contact', x.id, x.value, x.reason, x.added_by, null
    from person c join never_contact x on x.removed_at is null and ((x.kind = 'address' and x.value = c.email_key)
      or (x.kind = 'domain' and (${DOMAIN} = ltrim(x.value, '*.') or (x.value like '*.%' and ${DOMAIN} like '%.' || ltrim(x.value, '*.'))))
      or (x.kind = 'account' and x.value = c.account_id::text))
  union all select 'stale_address', c.stale_at, 'contact', c.id, '', c.stale_why, null, null from person c where c.stale_at is not null
  union all select 'no_address', c.created_at, 'contact', c.id, '', null, null, null from person c where c.email_key is null
  union all select case when a.status in ('allowed', 'approved') then 'held' when a.status = 'proposed' then 'waiting'
        when ${IS_VOID('a')} then 'asked_anew' else a.status end,
      coalesce(a.settled_at, a.claimed_at, a.created_at), 'action', a.id, a.summary,
      case when a.status in ('allowed', 'approved') then a.held_why
        when a.status = 'refused' then (select p.reason from approval p where p.action_id = a.id and p.decision like 'refuse%' limit 1)
        when a.status in ('waiting', 'proposed') then a.policy_rule else a.failure_why end,
      case when a.status = 'refused' then (select coalesce(u.name, replace(p.by, 'policy:', 'the policy, rule ')) from approval p
          left join "user" u on 'user:' || u.id = p.by where p.action_id = a.id and p.decision like 'refuse%' limit 1)
        when a.status = 'proposed' then 'the policy'
        when a.status = 'waiting' and a.approver = 'owner' then coalesce((select u.name || ', its owner' from "user" u where u.id = a.owner_id), 'its owner')
        when a.status = 'waiting' then 'a ' || a.approver end,
      case when a.status in ('allowed', 'approved') then a.held_until end
    from acts a where a.status in ('proposed', 'waiting', 'refused', 'expired', 'failed', 'superseded', 'uncertain')
      or (a.status in ('allowed', 'approved') and a.held_code is not null)
  union all select 'run_' || case r.status when 'completed' then 'ended' else r.status end, coalesce(r.ended_at, r.started_at), 'run', r.id, r.playbook,
      coalesce(r.error_why, r.outcome),
      case when r.status = 'completed' then (select round(l.score_value)::text from lead l where l.id = r.lead_id) end, null
    from runs r where r.status in ('paused', 'cancelled')
      or (r.status = 'completed' and not exists (select 1 from action a where a.run_id = r.id and a.kind = 'send_mail' and a.status = 'done'))
  union all select 'step_failed', coalesce(t.ended_at, t.started_at), 'step', t.id, t.kind, t.error_why, r.playbook, null
    from runs r join step_run t on t.run_id = r.id where t.status in ('failed', 'skipped')
  union all select 'no_evidence', coalesce(t.ended_at, t.started_at), 'step', t.id, r.playbook, null, null, null
    from runs r join step_run t on t.run_id = r.id where t.kind = 'draft' and t.status = 'done' and t.result->>'draft' = ''
  union all select 'by_rules', g.at, 'agent_run', g.id, g.agent,
      case g.outcome when 'model_budget_spent' then 'the budget is spent' else replace(replace(g.outcome, 'model_', ''), '_', ' ') end, null, null
    from runs r join agent_run g on g.run_id = r.id where g.outcome like 'model\\_%'
  union all select 'unknown', k.created_at, 'unknown', k.id, k.what, k.question, null, null
    from unknown k where exists (select 1 from subject s where s.lead_id = k.lead_id)
  union all select 'not_started', n.at, 'not_started', n.event_id, n.playbook,
      case n.code when 'condition' then 'its condition was not met' when 'once' then 'it runs once, and ran already'
        else 'its condition could not be decided' end, null, null
    from not_started n where exists (select 1 from subject s where n.lead_id = s.lead_id or n.deal_id = s.deal_id
      or (n.lead_id is null and n.contact_id = s.contact_id))
  union all select 'no_playbook', now(), '${kind}', $1, '', null, null, null where not exists (select 1 from runs)
  union all select 'other_lead', o.created_at, 'lead', o.id, o.id::text, null, null, null
    from lead o join subject s on o.contact_id = s.contact_id and o.id <> s.lead_id
    where '${kind}' = 'lead' and o.status not in ('closed', 'disqualified')
  union all select 'suggested', f.created_at, 'field_suggestion', f.id, f.field, null, null, null
    from field_suggestion f where f.status = 'open' and exists (select 1 from subject s where f.record_id in (s.lead_id, s.contact_id, s.deal_id))
  union all select 'row_kept', coalesce(j.ended_at, j.started_at), 'import_row', w.id, j.file, w.reason, null, null
    from person c join import_row w on c.email_key is not null and position(c.email_key in lower(w.raw)) > 0 join import_job j on j.id = w.job_id
) ledger order by at desc, code, id`

/** Newest first. @throws DealwrightError `not_found` also for what the viewer may not see */
export async function whyNot(sql: Sql, viewer: Viewer, kind: WhyNotSubject, id: string): Promise<WhyNot[]> {
  const values: unknown[] = [id]
  const mine = scope(viewer, `${kind}.see` as Right, KIND[kind].owner, values)
  await must(kind, id, sql.row(`select 1 from "${KIND[kind].table}" r where r.id = $1 and ${mine}`, values))
  const rows = await sql.rows<WhyNotRow>(LEDGER(kind), [id])
  return (await withBasis(sql, rows)).map(inWords)
}

/** Where the policy looked at the lawful basis, the ledger says what it saw. */
async function withBasis(sql: Sql, rows: WhyNotRow[]): Promise<WhyNotRow[]> {
  const byPolicy = ({ code, who }: WhyNotRow) =>
    code === 'waiting' || (code === 'refused' && who?.startsWith('the policy'))
  const held = await heldByBasis(
    sql,
    rows.flatMap(row => (row.id !== null && byPolicy(row) ? [row.id] : [])),
  )
  return rows.map(row => {
    const basis = held.get(row.id ?? '')
    return basis === undefined ? row : { ...row, reason: [row.reason, basis].filter(Boolean).join('; ') }
  })
}

export interface NotStarted {
  eventId: string
  playbook: string
  version: number
  leadId: string | null
  contactId: string | null
  dealId: string | null
  code: 'condition' | 'condition_failed' | 'once'
}

/** Keeps that an event did not start a playbook; of an event and a playbook, the first word stays. */
export async function recordNotStarted(tx: Tx, one: NotStarted): Promise<void> {
  await tx.run(
    `insert into not_started (event_id, playbook, version, lead_id, contact_id, deal_id, code) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (event_id, playbook) do nothing`,
    [one.eventId, one.playbook, one.version, one.leadId, one.contactId, one.dealId, one.code],
  )
}
