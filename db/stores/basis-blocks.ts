/** Whether it was the lawful basis for the recipient's data, or where we have them from, by which the policy held an action back. */
import { readPolicy } from '../../domain/policy/parse.ts'
import type { Sql } from '../sql.ts'
import { policyVersion } from './policy.ts'

/** Versions never change, so a process keeps what it has read: of each rule its condition. */
const read = new Map<number, Map<string, string | null>>()

/** Of those of the actions that a rule about it asked for or refused: what stood there, in words. */
export async function heldByBasis(sql: Sql, actionIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.rows<{
    id: string
    version: number
    rule: string
    basis: string | null
    origin: string | null
  }>(
    `select v.action_id as id, v.version, v.rule, v.subject->'recipient'->>'basis' as basis, v.subject->'recipient'->>'origin' as origin
     from policy_verdict v where v.action_id = any($1::uuid[]) and v.verdict <> 'allow' and v.version is not null`,
    [actionIds],
  )
  const held = new Map<string, string>()
  for (const { id, version, rule, basis, origin } of rows) {
    const when = (await conditionsOf(sql, version)).get(rule.replace(/ \((?:unknown|its condition failed)\)$/, ''))
    if (when?.includes('recipient.basis')) held.set(id, `the lawful basis for their data is ${words(basis)}`)
    else if (when?.includes('recipient.origin')) held.set(id, `where we have them from is ${words(origin)}`)
  }
  return held
}

const words = (value: string | null): string => (value ?? 'unknown').replaceAll('_', ' ')

async function conditionsOf(sql: Sql, version: number): Promise<Map<string, string | null>> {
  const known = read.get(version)
  if (known) return known
  const { policy } = readPolicy((await policyVersion(sql, version)).text, `policy v${version}`)
  const conditions = new Map((policy?.rules ?? []).map(rule => [rule.name, rule.when]))
  read.set(version, conditions)
  return conditions
}
