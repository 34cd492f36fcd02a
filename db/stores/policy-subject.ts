/** What the policy's rules look at, read from the records as they stand. Texts of mails are not among it. */
import { FREE_MAIL } from '../../domain/import/normalise/free-mail.ts'
import type { LawfulBasis, Origin } from '../../domain/privacy/basis.ts'
import { localTime } from '../../domain/policy/local-time.ts'
import type { AgentRecord, PolicySubject } from '../../domain/policy/types.ts'
import type { Sql } from '../sql.ts'
import type { Action } from './actions.ts'

/** Figures of earned autonomy for the action's class (playbook, kind, segment). */
export type AgentRecordOf = (sql: Sql, action: Action) => Promise<AgentRecord>

export const UNKNOWN_RECORD: AgentRecord = { cases: null, unchanged: null, lowerBound: null }

interface Row {
  playbook: string | null
  version: number | null
  runZone: string | null
  runCountry: string | null
  leadStatus: string | null
  score: number | null
  source: string | null
  amountMinor: number | null
  currency: string | null
  stage: string | null
  stageKind: string | null
  discount: unknown
  accountName: string | null
  accountDomain: string | null
  industry: string | null
  accountCountry: string | null
  employees: number | null
  contactCountry: string | null
  title: string | null
  basis: LawfulBasis | null
  origin: Origin | null
  zone: string | null
  orgZone: string | null
  known: boolean
  now: Date
}

export async function policySubject(
  sql: Sql,
  action: Action,
  agentRecord: AgentRecordOf = async () => UNKNOWN_RECORD,
): Promise<PolicySubject> {
  const row = await recordsOf(sql, action)
  const agent = await agentRecord(sql, action)
  const updates = Array.isArray(action.content.updates) ? (action.content.updates as unknown as Update[]) : []
  const proposed = updates.find(update => update.field === 'amountMinor')?.value
  const at = (minor: unknown): number | null => (typeof minor === 'number' ? minor / 10 ** digits(row.currency) : null)
  const amounts = [at(row.amountMinor), at(proposed)].filter(one => one !== null)
  const domain = recipientDomain(action)
  const country = row.contactCountry ?? row.accountCountry
  const local = action.contactId ? localTime(row.now, [row.zone, row.runZone, row.orgZone]) : null
  return {
    action: {
      kind: action.kind,
      by: action.by,
      playbook: row.playbook ?? '',
      version: row.version,
      changes: updates.length,
      status: typeof action.content.status === 'string' ? action.content.status : '',
    },
    lead: { status: row.leadStatus, score: row.score, source: row.source },
    deal: { amount: at(row.amountMinor), currency: row.currency, stage: row.stage, stage_kind: row.stageKind },
    account: {
      name: row.accountName,
      domain: row.accountDomain,
      industry: row.industry,
      country: row.accountCountry,
      employees: row.employees,
    },
    contact: { country, title: row.title },
    money: {
      amount: amounts.length === 0 ? null : Math.max(...amounts),
      currency: row.currency,
      discount: number(action.content.discount) ?? number(row.discount),
    },
    recipient: {
      country: action.contactId ? (country ?? row.runCountry) : null,
      domain,
      free_mail: domain === null ? null : FREE_MAIL.has(domain),
      first_contact: action.contactId ? !row.known : null,
      hour: local?.hour ?? null,
      weekday: local?.weekday ?? null,
      basis: action.contactId ? (row.basis ?? 'unknown') : null,
      origin: action.contactId ? (row.origin ?? 'unknown') : null,
    },
    claims: await claimsOf(sql, action, updates, row.now),
    agent: { cases: agent.cases, unchanged: agent.unchanged, lower_bound: agent.lowerBound },
  }
}

async function recordsOf(sql: Sql, action: Action): Promise<Row> {
  const row = await sql.row<Row>(
    `select r.playbook, v.version, r.zone as run_zone, r.country as run_country, l.status as lead_status, l.score_value as score, l.source,
       d.amount_minor, d.currency, s.name as stage, s.kind as stage_kind, d.custom->'discount' as discount,
       ac.name as account_name, ac.domain as account_domain, ac.industry, ac.country as account_country, ac.employees,
       c.country as contact_country, c.title, c.lawful_basis as basis, c.origin, c.zone, (select zone from organisation limit 1) as org_zone,
       exists (select 1 from message m where m.contact_id = c.id) as known, clock_timestamp() as now
     from (select 1) one left join run r on r.id = $1 left join playbook_version v on v.id = r.version_id left join lead l on l.id = $2
       left join deal d on d.id = $3 left join stage s on s.id = d.stage_id left join contact c on c.id = $4
       left join account ac on ac.id = coalesce(c.account_id, l.account_id, d.account_id)`,
    [action.runId, action.leadId, action.dealId, action.contactId],
  )
  return row as Row
}

interface Update {
  field: string
  value: unknown
  quote?: string
  sourceId?: string
}

/** Of a mail: its sentences that claim something. Of a change: the fields with their quotes. What a person wrote has no quotes to look at. */
async function claimsOf(sql: Sql, action: Action, updates: Update[], now: Date): Promise<PolicySubject['claims']> {
  const drafted_by = action.by
  if (action.kind === 'send_mail') {
    const draft = await sql.row<{ sentences: { by: string; ids: string[] }[] }>(
      'select sentences from draft where id = $1',
      [action.draftId],
    )
    const claims = (draft?.sentences ?? []).filter(({ by }) => by !== 'courtesy')
    const quoted =
      action.by !== 'person' && claims.every(({ by, ids }) => by !== 'person' && by !== 'none' && ids.length > 0)
    const ids = claims.flatMap(claim => claim.ids)
    const oldest = await sql.row<{ at: Date | null }>(
      'select min(observed_at) as at from fact where id::text = any($1::text[])',
      [ids],
    )
    return { count: claims.length, quoted, oldest_days: daysSince(oldest?.at ?? null, now), drafted_by }
  }
  const sources = updates.map(update => update.sourceId).filter(id => typeof id === 'string')
  const oldest = await sql.row<{ at: Date | null }>(
    'select min(fetched_at) as at from source where id::text = any($1::text[])',
    [sources],
  )
  const quoted = updates.every(update => Boolean(update.quote) && Boolean(update.sourceId))
  return { count: updates.length, quoted, oldest_days: daysSince(oldest?.at ?? null, now), drafted_by }
}

function daysSince(at: Date | null, now: Date): number | null {
  return at === null ? null : Math.max(0, (now.getTime() - at.getTime()) / 86_400_000)
}

/** In ASCII, as folded; null for what goes to nobody. */
export function recipientDomain(action: Pick<Action, 'content'>): string | null {
  const { emailKey } = action.content
  return typeof emailKey === 'string' ? (emailKey.split('@')[1]?.toLowerCase() ?? null) : null
}

const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/** Minor digits of a currency, by the runtime's tables (ISO 4217); two where it is unknown. */
function digits(currency: string | null): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency ?? 'EUR' })
    return format.resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}
