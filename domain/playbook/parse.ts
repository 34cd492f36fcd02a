/**
 * Reads a playbook: YAML text in, a checked `Playbook` or all its problems out. Nothing here throws on bad text.
 *
 * @example
 * const { playbook, problems } = parsePlaybook(text, 'playbooks/inbound-lead.yaml', catalogue)
 */
import { conditionsOver } from './condition.ts'
import type { Fields, Playbook } from './model.ts'
import { type Head, parseHead } from './parse-head.ts'
import { type Parsing, parseSteps, whyUnavailable } from './parse-steps.ts'
import type { Catalogue, EventKind, PlaybookProblem } from './types.ts'
import { type ParsedNode, Source } from './yaml-source.ts'

const TOP_KEYS = ['playbook', 'language', 'on', 'stop_on', 'retry', 'budget', 'steps'] as const

/** `playbook` is there exactly when `problems` is empty. Problems come in the order of the file. */
export function parsePlaybook(
  text: string,
  file: string,
  catalogue: Catalogue,
): { playbook?: Playbook; problems: PlaybookProblem[] } {
  const source = new Source(text, file)
  const root = source.read()
  const playbook = root === null ? null : parseRoot(source, root, catalogue)
  if (playbook !== null && source.problems.length === 0) return { playbook, problems: [] }
  return { problems: source.problems.sort((a, b) => a.line - b.line || a.column - b.column) }
}

function parseRoot(source: Source, root: ParsedNode, catalogue: Catalogue): Playbook | null {
  const entries = source.entries(root, root, 'a playbook', TOP_KEYS)
  if (entries === null) return null
  for (const key of ['playbook', 'language', 'on', 'steps']) {
    if (!entries.has(key)) source.report(root, `a playbook needs '${key}'`)
  }
  const events = new Map(catalogue.events.map(kind => [kind.name, kind]))
  const head = parseHead(source, entries, events, kind => recordsOf(kind, catalogue))
  const trigger = head.on === null ? undefined : events.get(head.on.event)
  const parsing: Parsing = {
    source,
    events,
    stopOn: head.stopOn,
    kinds: catalogue.steps,
    shapes: {
      events: trigger ? { [trigger.name]: trigger.fields } : {},
      records: trigger ? recordsOf(trigger, catalogue) : {},
      steps: {},
    },
    ids: new Map(),
    conditions: [],
    references: [],
    statements: 0,
    passes: 0,
  }
  const body = entries.get('steps')
  const block = body ? parseSteps(parsing, body.value, body.key, { depth: 1, times: 1, set: new Set() }) : null
  checkUses(parsing, head)
  if (head.name === null || head.on === null || block === null) return null
  const { name, on, stopOn, retry, budget } = head
  return { name, language: 1, on, stopOn, retry, budget, steps: block.steps, shapes: parsing.shapes }
}

/** The records an event brings, and its own fields that are objects, by name. */
function recordsOf(kind: EventKind, catalogue: Catalogue): Record<string, Fields> {
  const records: Record<string, Fields> = {}
  for (const name of kind.records ?? []) records[name] = catalogue.records[name] ?? {}
  for (const [name, type] of Object.entries(kind.fields)) {
    if (typeof type === 'object' && 'object' in type) records[name] ??= type.object
  }
  return records
}

/** Done last, when every step's id and type is known, so that a name used too early is told from one that does not exist. */
function checkUses(parsing: Parsing, head: Head): void {
  const { source, ids } = parsing
  for (const use of parsing.references) {
    const why = whyUnavailable(parsing, use.id, use.node, use.set)
    if (why !== null) source.report(use.node, why)
    else if (!isBroken(parsing, use.id) && !use.kinds.includes(ids.get(use.id)?.kind ?? '')) {
      source.report(use.node, `'${use.id}' is no step of kind ${use.kinds.join(' or ')}`)
    }
  }
  // Without a known trigger, every name in a condition would look wrong.
  if (head.on === null) return
  const { event, when } = head.on
  const conditions = conditionsOver(parsing.shapes)
  const uses =
    head.whenNode && when !== null ? [{ node: head.whenNode, text: when, event, set: new Set<string>() }] : []
  const broken = [...ids.keys()].filter(id => isBroken(parsing, id))
  for (const use of [...uses, ...parsing.conditions]) {
    // What reads a broken step cannot be judged until that is put right.
    if (broken.some(id => new RegExp(`\\b${id}\\b`).test(use.text))) continue
    const unavailable = (name: string) => (ids.has(name) ? whyUnavailable(parsing, name, use.node, use.set) : null)
    for (const { offset, message } of conditions.check(use.text, use.event ?? event, unavailable)) {
      source.report(source.offsetIn(use.node, offset), message)
    }
  }
}

/** A step whose result is not known because it is written wrongly itself. */
function isBroken(parsing: Parsing, id: string): boolean {
  const step = parsing.ids.get(id)
  return step?.kind === null || (step?.kind !== 'delay' && !Object.hasOwn(parsing.shapes.steps, id))
}
