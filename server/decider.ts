/** Evaluates the policy in force for each new proposal and signs what it decides; what it asks people for waits. */
import type { KeyObject } from 'node:crypto'
import type { Logger } from 'pino'
import { decideByPolicy, withoutPolicy } from '../domain/policy/decide.ts'
import { type Policy, readPolicy } from '../domain/policy/parse.ts'
import type { PolicyVerdict } from '../domain/policy/types.ts'
import type { Db, Tx } from '../db/sql.ts'
import type { Action } from '../db/stores/actions.ts'
import { type Facts, judge, takeUndecided } from '../db/stores/decisions.ts'
import { definitionInForce } from '../db/stores/playbooks.ts'
import { policySubject, type AgentRecordOf } from '../db/stores/policy-subject.ts'
import { askedOf } from '../db/stores/verdicts.ts'

const AT_ONCE = 50

export interface DeciderOptions {
  /** Figures of earned autonomy; unknown when left out. */
  agentRecord?: AgentRecordOf
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
        const { verdict, facts } = await verdictOn(tx, action, inForce, options)
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
  { policy, version }: InForce,
  options: DeciderOptions = {},
): Promise<{ verdict: PolicyVerdict; facts: Facts }> {
  const subject = await policySubject(tx, action, options.agentRecord)
  const playbook = askedOf(action)
  const verdict = policy
    ? decideByPolicy(policy, subject, playbook)
    : withoutPolicy('no policy in force', subject, playbook)
  return { verdict, facts: { version: policy ? version : null, subject } }
}
