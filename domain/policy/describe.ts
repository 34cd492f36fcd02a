/** A policy in plain words, and what differs between two of them. */
import { askInWords } from './asks.ts'
import { type Cap, type QuietHours, WINDOW } from './limits.ts'
import type { Policy, PolicyRule } from './parse.ts'
import { inWords } from './words.ts'

export interface DescribedRule {
  name: string
  words: string
}

export interface DescribedPolicyRule extends DescribedRule {
  /** The words without the actions that it is about, for whoever looks at one of them. */
  outcome: string
}

export interface DescribedPolicy {
  /** In order: the first that matches decides. */
  rules: DescribedPolicyRule[]
  /** What stands above every allowance. */
  limits: DescribedRule[]
}

export function describePolicy({ rules, limits }: Policy): DescribedPolicy {
  return {
    rules: rules.map(rule => ({ name: rule.name, ...ruleInWords(rule) })),
    limits: [
      ...(limits.caps ?? []).map(cap => ({ name: cap.name, words: capInWords(cap) })),
      ...(limits.quiet_hours ?? []).map(entry => ({ name: entry.name, words: quietInWords(entry) })),
    ],
  }
}

/** The whole as lines, numbered, with the default at the end. */
export function policyInWords(policy: Policy): string[] {
  const { rules, limits } = describePolicy(policy)
  return [
    ...rules.map(({ name, words }, n) => `${n + 1}. ${name}: ${words}`),
    `${rules.length + 1}. Anything else: a person is asked.`,
    ...limits.map(({ name, words }) => `Above all: ${name}: ${words}`),
  ]
}

const DECIDED = { allow: 'it is allowed', refuse: 'it is refused' } as const

function ruleInWords(rule: PolicyRule): { words: string; outcome: string } {
  const what = rule.actions === null ? 'for every action' : `for ${either(rule.actions)}`
  const when = rule.when === null ? null : `when ${inWords(rule.when)}`
  const then = `${rule.decide === 'ask' ? `${askInWords(rule.terms)} must say yes` : DECIDED[rule.decide]}.`
  return when === null
    ? { words: `${what}: ${then}`, outcome: then }
    : { words: `${what}, ${when}: ${then}`, outcome: `${when}: ${then}` }
}

const PER: Record<Cap['per'], string> = {
  mailbox: 'from one mailbox',
  team: 'from one team',
  organisation: 'in all',
  playbook: 'of one playbook',
  recipient_domain: 'to one domain',
}

function capInWords(cap: Cap): string {
  const of = cap.of === undefined ? '' : ` (${cap.of.join(', ')})`
  return `at most ${cap.at_most} ${cap.at_most === 1 ? 'mail' : 'mails'} ${PER[cap.per]}${of} ${WINDOW[cap.in].words}.`
}

function quietInWords(entry: QuietHours): string {
  const where = entry.countries === undefined ? 'everybody' : `recipients in ${either(entry.countries)}`
  const hours =
    entry.outside === undefined ? '' : ` between ${entry.outside.from} and ${entry.outside.to} by their clock`
  const days = entry.days ?? 'working'
  const on =
    days === 'every'
      ? ' on every day'
      : days === 'working'
        ? ' on working days of their country'
        : ` on ${either(days)}`
  return `mail to ${where} leaves only${hours}${on}.`
}

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

export interface PolicyChange {
  name: string
  change: 'added' | 'removed' | 'changed' | 'moved'
  /** In words, with its place among the rules; null where it is not there. */
  before: string | null
  after: string | null
}

/** Rules and limits by name, in the order of the newer policy, what was removed at the end. Moved: same rule, other neighbours. */
export function policyChanges(before: Policy, after: Policy): PolicyChange[] {
  const [old, now] = [describePolicy(before), describePolicy(after)]
  return [...changes(old.rules, now.rules, true), ...changes(old.limits, now.limits, false)]
}

function changes(before: DescribedRule[], after: DescribedRule[], ordered: boolean): PolicyChange[] {
  const was = new Map(before.map(rule => [rule.name, rule]))
  const is = new Set(after.map(rule => rule.name))
  const kept = keptInOrder(
    before.filter(rule => is.has(rule.name)).map(rule => rule.name),
    after.filter(rule => was.has(rule.name)).map(rule => rule.name),
  )
  const found = after.flatMap((rule, n): PolicyChange[] => {
    const old = was.get(rule.name)
    if (!old) return [{ name: rule.name, change: 'added', before: null, after: rule.words }]
    if (old.words !== rule.words) return [{ name: rule.name, change: 'changed', before: old.words, after: rule.words }]
    if (!ordered || kept.has(rule.name)) return []
    const place = before.indexOf(old) + 1
    return [{ name: rule.name, change: 'moved', before: `was rule ${place}`, after: `is rule ${n + 1}` }]
  })
  const removed = before.filter(rule => !is.has(rule.name))
  return [
    ...found,
    ...removed.map(rule => ({ name: rule.name, change: 'removed' as const, before: rule.words, after: null })),
  ]
}

/** A longest run of names that keep their order (longest common subsequence): the others are what moved. */
function keptInOrder(before: string[], after: string[]): Set<string> {
  const best: string[][][] = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => []),
  )
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const [down, right, both] = [best[i + 1]?.[j] ?? [], best[i]?.[j + 1] ?? [], best[i + 1]?.[j + 1] ?? []]
      const row = best[i] as string[][]
      if (before[i] === after[j]) row[j] = [before[i] as string, ...both]
      else row[j] = down.length >= right.length ? down : right
    }
  return new Set(best[0]?.[0] ?? [])
}
