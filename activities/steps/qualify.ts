/** Need, budget, authority, timing: decided by code from facts whose quotes were checked. */
import { factsOf } from '../../db/stores/evidence.ts'
import { storeQualification } from '../../db/stores/judgement.ts'
import { decide } from '../../domain/qualification/qualify.ts'
import type { DoKind } from '../kinds.ts'
import { needLead } from '../about.ts'

const STATUS = { oneOf: ['met', 'unmet', 'unknown'] } as const

export const qualify: DoKind = {
  name: 'qualify',
  verb: 'do',
  with: { method: { type: 'string', oneOf: ['bant'] } },
  result: {
    verdict: { oneOf: ['qualified', 'disqualified', 'open'] },
    need: STATUS,
    budget: STATUS,
    authority: STATUS,
    timing: STATUS,
    met: 'double',
  },
  queue: 'records',
  async run(context) {
    const lead = needLead(context)
    const facts = await factsOf(context.deps.db, { leadId: lead.id })
    const result = decide(
      facts.map(fact => ({
        id: fact.id,
        kind: fact.kind,
        value: fact.value,
        quote: fact.quote,
        observed: fact.observedAt.toISOString(),
      })),
      'bant',
    )
    await context.deps.db.tx(tx => storeQualification(tx, context.key, lead.id, context.run.id, result))
    const statuses = Object.fromEntries(result.factors.map(factor => [factor.factor, factor.status]))
    return {
      verdict: result.verdict,
      ...statuses,
      met: result.factors.filter(factor => factor.status === 'met').length,
    }
  },
}
