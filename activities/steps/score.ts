/** Fit and engagement, 0 to 100, with named parts that add up; by the scoring file in force. */
import { factsOf } from '../../db/stores/evidence.ts'
import { newestQualification, storeScore } from '../../db/stores/judgement.ts'
import { definitionInForce } from '../../db/stores/playbooks.ts'
import { engagementOf } from '../../db/stores/engagement.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { parseScoring } from '../../domain/scoring/parse.ts'
import { scoreLead } from '../../domain/scoring/score.ts'
import type { DoKind } from '../kinds.ts'
import { needLead } from '../about.ts'

export const score: DoKind = {
  name: 'score',
  verb: 'do',
  with: {},
  result: { value: 'double', fit: 'double', engagement: 'double' },
  queue: 'records',
  async run(context) {
    const lead = needLead(context)
    const { db } = context.deps
    const definition = await definitionInForce(db, 'scoring')
    if (!definition)
      throw new DealwrightError(
        'not_found',
        'No scoring file is published. Publish one with: dealwright scoring publish FILE',
      )
    const { scoring } = parseScoring(definition.text, `scoring v${definition.version}`)
    if (!scoring)
      throw new DealwrightError('internal', `Scoring version ${definition.version} was published but cannot be read.`)
    const [facts, qualification, engagement] = await Promise.all([
      factsOf(db, { accountId: context.account?.id ?? null, leadId: lead.id }),
      newestQualification(db, lead.id),
      engagementOf(db, lead.id, context.contact?.id ?? null),
    ])
    const result = scoreLead(
      scoring,
      {
        lead: { source: lead.source, status: lead.status, campaign: lead.campaign },
        account: context.account && {
          industry: context.account.industry,
          country: context.account.country,
          employees: context.account.employees,
        },
        contact: context.contact && { title: context.contact.title, country: context.contact.country },
        facts: facts.map(fact => ({ id: fact.id, kind: fact.kind, value: fact.value })),
        factors:
          qualification?.factors.map(factor => ({
            factor: factor.factor,
            status: factor.status,
            factIds: factor.factIds,
          })) ?? [],
        engagement,
      },
      new Date().toISOString(),
    )
    await db.tx(tx =>
      storeScore(tx, {
        key: context.key,
        leadId: lead.id,
        ...result,
        definitionId: definition.id,
        runId: context.run.id,
      }),
    )
    return { value: result.value, fit: result.fit, engagement: result.engagement }
  },
}
