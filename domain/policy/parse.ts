/**
 * Reads a policy file: rules in order, and limits that stand above every allowance. Each mistake is reported with line and column; so is
 * a rule that can never decide.
 */
import { z } from 'zod'
import { readDefinition } from '../definition-file.ts'
import { type Conditions, conditionsOver } from '../playbook/condition.ts'
import { didYouMean } from '../playbook/suggest.ts'
import type { PlaybookProblem } from '../playbook/types.ts'
import { ASKS, termsOf } from './asks.ts'
import { type Limits, limitProblems, limitsSchema, NO_LIMITS } from './limits.ts'
import { unreachable } from './reach.ts'
import { subjectFields, type Terms, VERDICTS } from './types.ts'

export const EVENT = 'proposed'

const rule = z.strictObject({
  name: z.string().min(1).max(80),
  /** Kinds of action it is about; all when left out. */
  actions: z.array(z.string().min(1).max(60)).min(1).optional(),
  when: z.string().min(1).max(1_000).optional(),
  decide: z.enum(VERDICTS),
  /** For `ask`: who, where it is not whom the playbook names. */
  ask: z.enum(ASKS).optional(),
  not_by: z.literal('maker').optional(),
})

const schema = z.strictObject({
  policy: z.literal(1),
  rules: z.array(rule).max(200),
  limits: limitsSchema.optional(),
})

export interface PolicyRule {
  name: string
  /** Null: every kind. */
  actions: readonly string[] | null
  when: string | null
  decide: 'allow' | 'ask' | 'refuse'
  terms: Terms
}

export interface Policy {
  rules: readonly PolicyRule[]
  limits: Limits
}

export interface ReadPolicy {
  /** There whenever the file can be followed, unreachable rules or not. */
  policy?: Policy
  problems: PlaybookProblem[]
}

const known = new Map<string, Conditions>()

/** Conditions over the policy's subject; `kinds` null: any word is taken for a kind of action. */
export function conditions(kinds: readonly string[] | null = null): Conditions {
  const key = kinds === null ? '*' : [...kinds].sort().join(' ')
  const made = known.get(key)
  if (made) return made
  const shapes = { events: { [EVENT]: {} }, records: subjectFields(kinds), steps: {} }
  const fresh = conditionsOver(shapes)
  known.set(key, fresh)
  return fresh
}

/**
 * For checking and publishing: no `policy` where there is any problem.
 * @param kinds of action that exist, so that a misspelt one is found; null: not known here
 */
export function parsePolicy(text: string, file: string, kinds: readonly string[] | null = null): ReadPolicy {
  const read = readPolicy(text, file, kinds)
  return read.problems.length > 0 ? { problems: read.problems } : read
}

/** For following what is in force: what an earlier version took and this one warns of is still followed. */
export function readPolicy(text: string, file: string, kinds: readonly string[] | null = null): ReadPolicy {
  const { value, problems, report } = readDefinition(text, file, schema)
  if (!value) return { problems }
  const names = new Set<string>()
  for (const [index, one] of value.rules.entries()) {
    const at = ['rules', index]
    if (names.has(one.name)) report([...at, 'name'], `two rules are called “${one.name}”`)
    names.add(one.name)
    for (const field of ['ask', 'not_by'] as const)
      if (one[field] !== undefined && one.decide !== 'ask')
        report([...at, field], 'only a rule that decides “ask” names who is asked')
    for (const [n, kind] of (one.actions ?? []).entries()) {
      if (kinds !== null && !kinds.includes(kind))
        report(
          [...at, 'actions', n],
          `there is no action '${kind}'${didYouMean(kind, kinds) || `: there are ${kinds.join(', ')}`}`,
        )
    }
    if (one.when === undefined) continue
    for (const problem of conditions(kinds).check(one.when, EVENT, () => null))
      report([...at, 'when'], problem.message, problem.offset)
  }
  for (const { path, message } of limitProblems(value.limits)) report(['limits', ...path], message)
  if (problems.length > 0) return { problems }
  const rules = value.rules.map(one => ({
    name: one.name,
    actions: one.actions ?? null,
    when: one.when ?? null,
    decide: one.decide,
    terms: termsOf(one.ask, one.not_by),
  }))
  for (const { index, why } of unreachable(rules, kinds)) report(['rules', index, 'name'], why)
  return { policy: { rules, limits: value.limits ?? NO_LIMITS }, problems }
}
