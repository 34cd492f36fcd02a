/**
 * Exit rules: what has to be true of a deal before it moves on from a stage. Conditions are those of playbooks, over `deal` alone: a
 * condition that hangs on something unknown is not true, so the rule is not met.
 */
import { type Conditions, ConditionError, conditionsOver } from '../playbook/condition.ts'
import type { Fields } from '../playbook/model.ts'
import type { Json, JsonObject } from '../playbook/types.ts'
import { conditionType, conditionValue, type ValueRules } from './custom-field.ts'

export interface ExitRule {
  /** A condition in CEL over `deal`, as `has(deal.amount) && deal.amount > 0.0`. */
  rule: string
  /** What a person reads who moved the deal too early. */
  message: string
}

export const MOST_RULES = 20

export interface DealField extends ValueRules {
  key: string
}

/** A deal as exit rules see it; amounts in whole units of their currency. */
export interface DealState {
  name: string
  stage: string
  amount: number | null
  currency: string | null
  /** ISO date. */
  close_date: string | null
  next_step: string | null
  has_account: boolean
  has_contact: boolean
  has_owner: boolean
  has_product: boolean
  custom: JsonObject
}

const OWN: Fields = {
  name: 'string',
  stage: 'string',
  amount: 'double',
  currency: 'string',
  close_date: 'timestamp',
  next_step: 'string',
  has_account: 'bool',
  has_contact: 'bool',
  has_owner: 'bool',
  has_product: 'bool',
}

function conditionsOn(fields: readonly DealField[]): Conditions {
  const custom = Object.fromEntries(fields.map(field => [field.key, conditionType(field)]))
  return conditionsOver({ events: {}, records: { deal: { ...OWN, custom: { object: custom } } }, steps: {} })
}

/** One line for each mistake in the rules, with the rule's place in the list; none: they can be used. */
export function exitRuleProblems(rules: readonly ExitRule[], fields: readonly DealField[]): string[] {
  const conditions = conditionsOn(fields)
  const unavailable = (name: string) => (name === 'event' ? 'an exit rule knows no event: it is about the deal' : null)
  return rules.flatMap(({ rule }, index) =>
    conditions
      .check(rule, '', unavailable)
      .map(({ offset, message }) => `Exit rule ${index + 1}, character ${offset + 1}: ${message}`),
  )
}

/** The rules that this deal does not meet, in their order. */
export function brokenRules(rules: readonly ExitRule[], fields: readonly DealField[], deal: DealState): ExitRule[] {
  if (rules.length === 0) return []
  const conditions = conditionsOn(fields)
  const values = { event: {}, records: { deal: seen(deal, fields) }, results: {} }
  return rules.filter(({ rule }) => !holds(conditions, rule, values))
}

function holds(conditions: Conditions, rule: string, values: Parameters<Conditions['evaluate']>[2]): boolean {
  try {
    return conditions.evaluate(rule, '', values) === true
  } catch (error) {
    // A value of another type than its field has (an import wrote it): what cannot be judged is not met.
    if (error instanceof ConditionError) return false
    throw error
  }
}

function seen(deal: DealState, fields: readonly DealField[]): JsonObject {
  const custom: Record<string, Json> = {}
  for (const field of fields) custom[field.key] = conditionValue(deal.custom[field.key] ?? null, field)
  return { ...deal, close_date: deal.close_date === null ? null : `${deal.close_date}T00:00:00Z`, custom }
}

export interface Place {
  pipelineId: string
  position: number
  kind: string
}

/**
 * Whether a move is one that exit rules are asked about. Back in the same pipeline and lost are free; everything else, another pipeline
 * too, is a way on.
 */
export const isForward = (from: Place, to: Place): boolean =>
  to.kind !== 'lost' && !(from.pipelineId === to.pipelineId && to.position <= from.position)
