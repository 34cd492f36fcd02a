/** Rules that can never decide, because earlier ones decide all that they are about. */
import type { PolicyRule } from './parse.ts'

export interface Unreachable {
  index: number
  why: string
}

/**
 * Found: a rule all of whose kinds are decided before, without a condition or under the very same one; one whose condition is the word
 * `false`; all that follow a rule for everything. Not found: conditions that exclude each other by what they mean.
 */
export function unreachable(rules: readonly PolicyRule[], kinds: readonly string[] | null): Unreachable[] {
  const found: Unreachable[] = []
  for (const [index, rule] of rules.entries()) {
    if (plain(rule.when) === 'false') {
      found.push({ index, why: `rule “${rule.name}” can never decide: its condition is false` })
      continue
    }
    const before = rules.slice(0, index).filter(one => always(one) || plain(one.when) === plain(rule.when))
    const by = coveredBy(rule, before, kinds)
    if (by !== null) found.push({ index, why: `rule “${rule.name}” can never decide: “${by}” decides before it` })
  }
  return found
}

/** The rule that completes the cover; null where something is left for this rule. */
function coveredBy(rule: PolicyRule, before: readonly PolicyRule[], kinds: readonly string[] | null): string | null {
  const left = rule.actions ?? kinds
  const open = new Set(left ?? [])
  for (const one of before) {
    if (one.actions === null) return one.name
    for (const kind of one.actions) open.delete(kind)
    if (left !== null && open.size === 0) return one.name
  }
  return null
}

const plain = (when: string | null): string => (when === null ? 'true' : when.trim().replaceAll(/\s+/g, ' '))
const always = (rule: PolicyRule): boolean => plain(rule.when) === 'true'
