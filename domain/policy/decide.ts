/**
 * The policy's answer to one proposed action. Rules in order, the first match decides, the default asks. Above the file stand rules that
 * no file can loosen: what was drafted without a model never leaves without a person; a rule whose condition cannot be decided never
 * allows; and what a playbook asks for is never asked less. `otherwise` is what holds where no rule matches.
 */
import type { JsonObject } from '../playbook/types.ts'
import { conditions, EVENT, type Policy, type PolicyRule } from './parse.ts'
import { LOOSEST, type PolicySubject, type PolicyVerdict, type Terms, tighten } from './types.ts'

/** What the playbook's `approve:` says. `mustAsk`: it names who approves, so a person is asked whatever the policy allows. */
export interface PlaybookTerms extends Terms {
  mustAsk: boolean
}

/** Pure and total: whatever the file says, the answer is one of the three. */
export function decideByPolicy(
  policy: Policy,
  subject: PolicySubject,
  playbook?: PlaybookTerms,
  otherwise: PolicyVerdict = ask('default'),
): PolicyVerdict {
  return aboveAll(firstMatch(policy.rules, subject, otherwise), subject, playbook)
}

/** The answer while no policy can be followed: a person is asked, unless there is none and the class has earned it. */
export function withoutPolicy(
  why: string,
  subject: PolicySubject,
  playbook?: PlaybookTerms,
  otherwise: PolicyVerdict = ask(why),
): PolicyVerdict {
  return aboveAll(otherwise, subject, playbook)
}

function aboveAll(verdict: PolicyVerdict, subject: PolicySubject, playbook: PlaybookTerms | undefined): PolicyVerdict {
  let out = verdict
  if (subject.action.kind === 'send_mail' && subject.action.by === 'rules')
    out = tighten(out, ask('what was drafted without a model needs a person'))
  if (playbook) {
    const { mustAsk, ...terms } = playbook
    const said: PolicyVerdict = { ...terms, verdict: mustAsk ? 'ask' : 'allow', rule: 'the playbook asks' }
    out = tighten(out, said)
  }
  return out
}

const ask = (rule: string, terms: Terms = LOOSEST): PolicyVerdict => ({ ...terms, verdict: 'ask', rule })

/** In place of the default, for classes of actions that were granted: a rule of the policy goes before it, whatever it says. */
export const EARNED: PolicyVerdict = { ...LOOSEST, verdict: 'allow', rule: 'earned autonomy' }
export const SAMPLED: PolicyVerdict = ask('sample of earned autonomy')

function firstMatch(rules: readonly PolicyRule[], subject: PolicySubject, otherwise: PolicyVerdict): PolicyVerdict {
  for (const [index, rule] of rules.entries()) {
    if (rule.actions && !rule.actions.includes(subject.action.kind)) continue
    const holds = test(rule, subject)
    if (holds === true) return { ...rule.terms, verdict: rule.decide, rule: rule.name }
    if (holds === false) continue
    // Undecided: a rule that would only allow is passed over; a stricter one counts as a question, and what follows can add to it.
    if (holds === null && rule.decide === 'allow') continue
    const name = holds === null ? `${rule.name} (unknown)` : `${rule.name} (its condition failed)`
    return tighten(ask(name, rule.terms), firstMatch(rules.slice(index + 1), subject, otherwise))
  }
  return otherwise
}

function test(rule: PolicyRule, subject: PolicySubject): boolean | null | 'failed' {
  if (rule.when === null) return true
  try {
    const values = { event: {}, records: subject as unknown as JsonObject, results: {} }
    return conditions().evaluate(rule.when, EVENT, values)
  } catch {
    return 'failed'
  }
}
