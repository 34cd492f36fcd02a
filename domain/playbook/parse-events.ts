/** Events that steps wait for or give way to, and the conditions on them. */
import type { Unless } from './model.ts'
import { parseEventName } from './parse-head.ts'
import type { Parsing } from './parse-steps.ts'
import { isText, type ParsedNode } from './yaml-source.ts'

/** The name of an event that a step takes in; its fields become part of the playbook's shapes. Null after reporting. */
export function parseWaitedEvent(parsing: Parsing, node: ParsedNode | null, at: ParsedNode | null): string | null {
  const event = parseEventName(parsing.source, node, at, parsing.events)
  if (event !== null && parsing.stopOn.includes(event)) {
    parsing.source.report(node, `'${event}' stops the playbook, so no step can see it`)
  }
  if (event !== null) parsing.shapes.events[event] = parsing.events.get(event)?.fields ?? {}
  return event
}

/** What withdraws a proposal: an event, and a condition on it. */
export function parseUnless(
  parsing: Parsing,
  entry: { key: ParsedNode; value: ParsedNode | null } | undefined,
  set: ReadonlySet<string>,
): Unless | null {
  if (!entry) return null
  const parts = parsing.source.entries(entry.value, entry.key, "'unless'", ['event', 'where'])
  if (parts === null) return null
  const named = parts.get('event')
  if (!named) {
    parsing.source.report(entry.value ?? entry.key, "'unless' needs the 'event' that withdraws the proposal")
    return null
  }
  const event = parseWaitedEvent(parsing, named.value, named.key)
  if (event === null) return null
  const where = parts.get('where')
  return { event, where: where ? parseCondition(parsing, where.value, where.key, "'where'", { set, event }) : null }
}

/** A condition's text, kept for checking once all steps are known. `event` null: the trigger's. Null after reporting. */
export function parseCondition(
  parsing: Parsing,
  node: ParsedNode | null,
  at: ParsedNode | null,
  what: string,
  { set, event }: { set: ReadonlySet<string>; event: string | null },
): string | null {
  const text = parsing.source.text(node, at, `${what} must be a condition in quotes, so it`)
  if (text !== null && isText(node)) parsing.conditions.push({ node, text, event, set })
  return text
}
