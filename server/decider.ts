/** Evaluates the policy in force for each new proposal and signs what it decides; what it asks a person for waits. */
import type { KeyObject } from 'node:crypto'
import type { Logger } from 'pino'
import { decideByPolicy, parsePolicy, type Policy, type PolicySubject } from '../domain/gate/policy.ts'
import type { Db, Tx } from '../db/sql.ts'
import { type Action } from '../db/stores/actions.ts'
import { askPerson, decide, takeUndecided } from '../db/stores/decisions.ts'
import { definitionInForce, type Definition } from '../db/stores/playbooks.ts'

const AT_ONCE = 50

export function createDecider(db: Db, key: KeyObject, log: Logger): () => Promise<number> {
  let parsed: { id: string; policy: Policy | null } | null = null

  function policyFrom(definition: Definition | null): Policy | null {
    if (!definition) return null
    if (parsed?.id !== definition.id) {
      const { policy, problems } = parsePolicy(definition.text, `policy v${definition.version}`)
      if (!policy) log.error({ problems }, 'the policy in force cannot be read: everything waits for a person')
      parsed = { id: definition.id, policy: policy ?? null }
    }
    return parsed.policy
  }

  return () =>
    db.tx(async tx => {
      const policy = policyFrom(await definitionInForce(tx, 'policy'))
      const actions = await takeUndecided(tx, AT_ONCE)
      for (const action of actions) await judge(tx, action, policy, key)
      return actions.length
    })
}

async function judge(tx: Tx, action: Action, policy: Policy | null, key: KeyObject): Promise<void> {
  const verdict = policy
    ? decideByPolicy(policy, await subjectOf(tx, action))
    : { verdict: 'ask' as const, rule: 'no policy in force' }
  if (verdict.verdict === 'allow') {
    await decide(
      tx,
      action.id,
      { decision: 'allow', by: `policy:${verdict.rule}`, reason: null, rule: verdict.rule },
      key,
    )
  } else if (verdict.verdict === 'refuse') {
    await decide(
      tx,
      action.id,
      {
        decision: 'refuse_policy',
        by: `policy:${verdict.rule}`,
        reason: `policy rule ${verdict.rule}`,
        rule: verdict.rule,
      },
      key,
    )
  } else {
    await askPerson(tx, action.id, verdict.rule, 'approver' in verdict ? verdict.approver : undefined)
  }
}

/** What a rule may look at. Text of mails is not among it. */
async function subjectOf(tx: Tx, action: Action): Promise<PolicySubject> {
  const row = await tx.row<{
    playbook: string | null
    leadStatus: string | null
    score: number | null
    amount: number | null
    stage: string | null
    country: string | null
    changes: number | null
  }>(
    `select r.playbook, l.status as lead_status, l.score_value as score, d.amount_minor as amount, s.name as stage, coalesce(c.country, ac.country) as country
     from (select 1) one left join run r on r.id = $1 left join lead l on l.id = $2 left join deal d on d.id = $3 left join stage s on s.id = d.stage_id
       left join contact c on c.id = $4 left join account ac on ac.id = c.account_id`,
    [action.runId, action.leadId, action.dealId, action.contactId],
  )
  const updates = Array.isArray(action.content.updates) ? action.content.updates : []
  return {
    action: {
      kind: action.kind,
      by: action.by,
      playbook: row?.playbook ?? '',
      changes: updates.length,
      status: typeof action.content.status === 'string' ? action.content.status : '',
    },
    lead: { status: row?.leadStatus ?? null, score: row?.score ?? null },
    deal: {
      amount: row?.amount === null || row?.amount === undefined ? null : row.amount / 100,
      stage: row?.stage ?? null,
    },
    contact: { country: row?.country ?? null },
  }
}
