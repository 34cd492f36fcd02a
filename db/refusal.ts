/**
 * What the database's own rules say no to. Only where a request may have brought it about is that the request's fault: a value that no
 * column takes, or a record that people name and write. Anywhere else it is a fault of ours, and must be seen as one.
 */
import { sqlState } from './sql.ts'

/** Tables whose rows people make, change or point at by what they send. What is not here is our own bookkeeping. */
export const NAMED: ReadonlySet<string> = new Set([
  'absence', 'account', 'action_question', 'api_key', 'contact', 'custom_field', 'deal', 'definition', 'delegation', 'import_job', 'invitation',
  'knowledge_item', 'lead', 'lead_form', 'legal_hold', 'mailbox', 'never_contact', 'organisation', 'pipeline', 'playbook', 'playbook_version', 'price',
  'price_list', 'privacy_setting', 'product', 'retention_rule', 'stage', 'stop', 'suppression', 'task', 'team', 'user', 'user_hours', 'webhook_endpoint', 'working_hours',
]) // biome-ignore format: a list

/** Too long, out of range, no date, no such character, not of the type: values, not statements. The rest of class 22 is ours to avoid. */
const VALUES = new Set(['22001', '22003', '22007', '22008', '22021', '22P02', '22P05'])
const TAKEN = '23505'
/** Points at nothing; breaks a check. A missing value (23502) is not among them: what a route needs, it asks for. */
const RULES = new Set(['23503', '23514'])

export interface Refusal {
  /** `taken`: there is such a record already; `value`: one that cannot be stored, or names a record that is not there. */
  what: 'taken' | 'value'
  state: string
  /** The rule that was broken; null for a value that no rule of ours was asked about. */
  constraint: string | null
}

/** Null: not a refusal that a request can have brought about. */
export function refusalOf(error: unknown): Refusal | null {
  const state = sqlState(error)
  if (state === null) return null
  const { table, constraint = null } = error as { table?: string; constraint?: string }
  if (VALUES.has(state)) return { what: 'value', state, constraint }
  if (table === undefined || !NAMED.has(table)) return null
  if (state === TAKEN) return { what: 'taken', state, constraint }
  return RULES.has(state) ? { what: 'value', state, constraint } : null
}
