/** Evaluates the policy in force for each new proposal and signs what it decides; what it asks people for waits. */
import type { KeyObject } from 'node:crypto'
import type { Logger } from 'pino'
import { isSampled } from '../domain/autonomy/sample.ts'
import { decideByPolicy, EARNED, SAMPLED, withoutPolicy } from '../domain/policy/decide.ts'
import { type Policy, readPolicy } from '../domain/policy/parse.ts'
import type { PolicyVerdict } from '../domain/policy/types.ts'
import type { Db, Tx } from '../db/sql.ts'
import type { Action } from '../db/stores/actions.ts'
import { agentRecordOf, autonomyTerms, isGranted } from '../db/stores/autonomy.ts'
import { type Facts, judge, takeUndecided } from '../db/stores/decisions.ts'
import { definitionInForce } from '../db/stores/playbooks.ts'
import { policySubject, type AgentRecordOf } from '../db/stores/policy-subject.ts'
import { askedOf } from '../db/stores/verdicts.ts'

const AT_ONCE = 50

export interface DeciderOptions {
  /** Figures of earned autonomy; left out: read from what is stored, where the policy looks at them. */
  agentRecord?: AgentRecordOf
  /** The key that signs grants; without it nothing goes alone by a grant. */
  key?: KeyObject
}

export function createDecider(
  db: Db,
  key: KeyObject,
  log: Logger,
  options: DeciderOptions = {},
): () => Promise<number> {
  return () =>
    db.tx(async tx => {
      const inForce = await policyInForce(tx)
      if (inForce.problems > 0)
        log.error({ problems: inForce.problems }, 'the policy in force cannot be read: everything waits for a person')
      const actions = await takeUndecided(tx, AT_ONCE)
      for (const action of actions) {
        const { verdict, facts } = await verdictOn(tx, action, inForce, { ...options, key })
        await judge(tx, action, verdict, facts, key)
      }
      return actions.length
    })
}

export interface InForce {
  /** Null: none is in force, or it cannot be followed. */
  policy: Policy | null
  version: number | null
  problems: number
}

let read: { id: string; policy: Policy | null; problems: number } | null = null

export async function policyInForce(tx: Tx): Promise<InForce> {
  const definition = await definitionInForce(tx, 'policy')
  if (!definition) return { policy: null, version: null, problems: 0 }
  if (read?.id !== definition.id) {
    const { policy, problems } = readPolicy(definition.text, `policy v${definition.version}`)
    read = { id: definition.id, policy: policy ?? null, problems: policy ? 0 : problems.length }
  }
  return { policy: read.policy, version: definition.version, problems: read.problems }
}

/** What the policy in force says of this action now, and on which facts. */
export async function verdictOn(
  tx: Tx,
  action: Action,
  { policy, version, problems }: InForce,
  options: DeciderOptions = {},
): Promise<{ verdict: PolicyVerdict; facts: Facts }> {
  const looked = policy?.rules.some(rule => rule.when?.includes('agent.')) === true
  const subject = await policySubject(tx, action, options.agentRecord ?? (looked ? agentRecordOf : undefined))
  const playbook = askedOf(action)
  // A policy that is there and cannot be read may forbid it: nothing is earned then.
  const otherwise = problems > 0 ? undefined : await earned(tx, action, options.key)
  const verdict = policy
    ? decideByPolicy(policy, subject, playbook, otherwise)
    : withoutPolicy('no policy in force', subject, playbook, otherwise)
  return { verdict, facts: { version: policy ? version : null, subject } }
}

/** What holds for it where no rule of the policy does, if its class was granted: it goes alone, but for a sample. */
async function earned(tx: Tx, action: Action, key: KeyObject | undefined): Promise<PolicyVerdict | undefined> {
  if (!key || !(await isGranted(tx, action, key))) return undefined
  return isSampled(action.id, (await autonomyTerms(tx)).sample) ? SAMPLED : EARNED
}
