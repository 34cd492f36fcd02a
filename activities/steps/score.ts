/** Fit and engagement, 0 to 100, with named parts that add up; by the scoring file in force. */
import { factsOf } from '../../db/stores/evidence.ts'
import { newestQualification, storeScore } from '../../db/stores/judgement.ts'
import { engagementOf } from '../../db/stores/engagement.ts'
import type { Account, Contact, Lead } from '../../db/stores/records.ts'
import type { Sql } from '../../db/sql.ts'
import { parseScoring } from '../../domain/scoring/parse.ts'
import { type ScoredLead, scoreLead } from '../../domain/scoring/score.ts'
import { inForce } from '../definitions.ts'
import type { DoKind } from '../kinds.ts'
import { needLead } from '../about.ts'

const scoringInForce = inForce('scoring', (text, file) => parseScoring(text, file).scoring)

export const score: DoKind = {
  name: 'score',
  verb: 'do',
  with: {},
  result: { value: 'double', fit: 'double', engagement: 'double' },
  queue: 'records',
  async run(context) {
    const lead = needLead(context)
    const { db } = context.deps
    const scoring = await scoringInForce(db)
    const known = await scoredLead(db, { lead, account: context.account, contact: context.contact })
    const result = scoreLead(scoring.value, known, new Date().toISOString())
    await db.tx(tx =>
      storeScore(tx, {
        key: context.key,
        leadId: lead.id,
        ...result,
        definitionId: scoring.id,
        runId: context.run.id,
      }),
    )
    return { value: result.value, fit: result.fit, engagement: result.engagement }
  },
}

/** All that scoring looks at. */
export async function scoredLead(
  sql: Sql,
  { lead, account, contact }: { lead: Lead; account: Account | null; contact: Contact | null },
): Promise<ScoredLead> {
  const [facts, qualification, engagement] = await Promise.all([
    factsOf(sql, { accountId: account?.id ?? null, leadId: lead.id }),
    newestQualification(sql, lead.id),
    engagementOf(sql, lead.id, contact?.id ?? null),
  ])
  return {
    lead: { source: lead.source, status: lead.status, campaign: lead.campaign },
    account: account && { industry: account.industry, country: account.country, employees: account.employees },
    contact: contact && { title: contact.title, country: contact.country },
    facts: facts.map(fact => ({ id: fact.id, kind: fact.kind, value: fact.value })),
    factors: (qualification?.factors ?? []).map(({ factor, status, factIds }) => ({ factor, status, factIds })),
    engagement,
  }
}
