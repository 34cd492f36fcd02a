/** The records that an event brings, as conditions see them (see `RECORDS` in activities/events.ts): small values, no texts. */
import type { JsonObject } from '../../domain/playbook/types.ts'
import type { Sql } from '../sql.ts'

export interface EventRecords {
  leadId: string | null
  contactId: string | null
  accountId: string | null
  dealId: string | null
}

/** Records that are not there are left out; unknown values are null. */
export async function recordFields(sql: Sql, of: EventRecords): Promise<JsonObject> {
  const row = await sql.row<{ fields: JsonObject }>(
    `select jsonb_strip_nulls(jsonb_build_object(
       'lead', (select jsonb_build_object('id', l.id, 'source', l.source, 'status', l.status, 'campaign', l.campaign, 'score', l.score_value,
         'has_owner', l.owner_id is not null) from lead l where l.id = $1),
       'contact', (select jsonb_build_object('id', c.id, 'title', c.title, 'country', c.country, 'language', c.language,
         'has_email', c.email_key is not null) from contact c where c.id = $2),
       'account', (select jsonb_build_object('id', a.id, 'industry', a.industry, 'country', a.country, 'employees', a.employees,
         'has_domain', a.domain is not null) from account a where a.id = $3),
       'deal', (select jsonb_build_object('id', d.id, 'stage', s.name, 'open', s.kind = 'open', 'amount', d.amount_minor / 100.0,
         'currency', d.currency) from deal d join stage s on s.id = d.stage_id where d.id = $4))) as fields`,
    [of.leadId, of.contactId, of.accountId, of.dealId],
  )
  return row?.fields ?? {}
}
