/**
 * The policy: for each proposed action, allow, ask or refuse. Rules in order, first match decides, the default asks. Above the file
 * stand rules that no file can loosen: what was drafted without a model never leaves without a person, and a rule whose condition
 * cannot be decided never allows.
 */
import { z } from 'zod'
import { readDefinition } from '../definition-file.ts'
import { type Conditions, conditionsOver } from '../playbook/condition.ts'
import type { Fields } from '../playbook/model.ts'
import type { JsonObject, PlaybookProblem } from '../playbook/types.ts'

/** What a rule may look at. Amounts in whole units of the deal's currency; null is unknown, and a condition on it is not true. */
export interface PolicySubject {
  action: { kind: string; by: string; playbook: string; changes: number; status: string }
  lead: { status: string | null; score: number | null }
  deal: { amount: number | null; stage: string | null }
  contact: { country: string | null }
}

const RECORDS: Record<string, Fields> = {
  action: {
    kind: 'string',
    by: { oneOf: ['model', 'rules', 'person', 'code'] },
    playbook: 'string',
    changes: 'double',
    status: 'string',
  },
  lead: { status: 'string', score: 'double' },
  deal: { amount: 'double', stage: 'string' },
  contact: { country: 'string' },
}
const EVENT = 'proposed'

const APPROVERS = ['owner', 'manager', 'ops'] as const

const rule = z.strictObject({
  name: z.string().min(1).max(80),
  /** Kinds of action it is about; all when left out. */
  actions: z.array(z.string().min(1)).min(1).optional(),
  when: z.string().max(1_000).optional(),
  decide: z.enum(['allow', 'ask', 'refuse']),
  /** For `ask`: who, where it is not whom the playbook names. */
  ask: z.enum(APPROVERS).optional(),
})

const schema = z.strictObject({ policy: z.literal(1), rules: z.array(rule).max(200) })

export type PolicyRule = z.infer<typeof rule>
export interface Policy {
  rules: PolicyRule[]
}

export interface PolicyVerdict {
  verdict: 'allow' | 'ask' | 'refuse'
  /** The rule that decided, in its own name. */
  rule: string
  approver?: (typeof APPROVERS)[number]
}

let shared: Conditions | undefined
const conditions = (): Conditions =>
  (shared ??= conditionsOver({ events: { [EVENT]: {} }, records: RECORDS, steps: {} }))

export function parsePolicy(text: string, file: string): { policy?: Policy; problems: PlaybookProblem[] } {
  const { value, problems, report } = readDefinition(text, file, schema)
  if (!value) return { problems }
  const names = new Set<string>()
  for (const [index, one] of value.rules.entries()) {
    const at = ['rules', index]
    if (names.has(one.name)) report([...at, 'name'], `two rules are called “${one.name}”`)
    names.add(one.name)
    if (one.ask !== undefined && one.decide !== 'ask')
      report([...at, 'ask'], 'only a rule that decides “ask” names who is asked')
    if (one.when === undefined) continue
    for (const problem of conditions().check(one.when, EVENT, () => null))
      report([...at, 'when'], problem.message, problem.offset)
  }
  return problems.length > 0 ? { problems } : { policy: { rules: value.rules }, problems }
}

/** Pure and total: whatever the file says, the answer is one of the three. */
export function decideByPolicy(policy: Policy, subject: PolicySubject): PolicyVerdict {
  const verdict = firstMatch(policy, subject)
  if (verdict.verdict === 'allow' && subject.action.kind === 'send_mail' && subject.action.by === 'rules') {
    return { verdict: 'ask', rule: 'what was drafted without a model needs a person' }
  }
  return verdict
}

function firstMatch(policy: Policy, subject: PolicySubject): PolicyVerdict {
  for (const one of policy.rules) {
    if (one.actions && !one.actions.includes(subject.action.kind)) continue
    let holds: boolean | null
    try {
      holds =
        one.when === undefined ||
        conditions().evaluate(one.when, EVENT, { event: {}, records: subject as unknown as JsonObject, results: {} })
    } catch {
      return { verdict: 'ask', rule: `${one.name} (its condition failed)` }
    }
    // A rule that refuses or asks, and hangs on something unknown, is taken for the stricter: a person looks.
    if (holds === null && one.decide !== 'allow') return { verdict: 'ask', rule: `${one.name} (unknown)` }
    if (holds === true) return { verdict: one.decide, rule: one.name, ...(one.ask ? { approver: one.ask } : {}) }
  }
  return { verdict: 'ask', rule: 'default' }
}
