/** Why an action waits for people: the policy's rule in words. */
import { describePolicy } from '../domain/policy/describe.ts'
import { readPolicy } from '../domain/policy/parse.ts'
import { policyVersion } from '../db/stores/policy.ts'
import type { Sql } from '../db/sql.ts'

/** Versions never change, so a process keeps what it has read. */
const read = new Map<number, Map<string, string>>()

/** What stands above the file: domain/policy/decide.ts. */
const BUILT_IN: Record<string, string> = {
  default: 'No rule of the policy fits, so a person is asked.',
  'no policy in force': 'There is no policy that can be followed, so a person is asked.',
  'the playbook asks': 'Its playbook says that people decide.',
  'what was drafted without a model needs a person': 'What was drafted without a model needs a person.',
  'sample of earned autonomy': 'Actions like it go alone; this one is a sample that people look at.',
}

/** @param rule as stored with the verdict; `(unknown)` behind it: it hangs on something that is not known */
export async function reasonFor(sql: Sql, version: number | null, rule: string | null): Promise<string> {
  if (rule === null) return 'The policy has not spoken of it.'
  const built = BUILT_IN[rule]
  if (built !== undefined) return built
  const [, name = rule, doubt] = /^(.*?)(?: \((unknown|its condition failed)\))?$/.exec(rule) ?? []
  const words = version === null ? undefined : (await wordsOf(sql, version)).get(name)
  const said = words === undefined ? `Rule “${name}” of the policy.` : `${capital(name)}: ${words}`
  return doubt === undefined ? said : `${said} (Whether it fits is not known, so a person is asked.)`
}

async function wordsOf(sql: Sql, version: number): Promise<Map<string, string>> {
  const known = read.get(version)
  if (known) return known
  const { text } = await policyVersion(sql, version)
  const { policy } = readPolicy(text, `policy v${version}`)
  const words = new Map(policy ? describePolicy(policy).rules.map(rule => [rule.name, rule.outcome]) : [])
  read.set(version, words)
  return words
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
