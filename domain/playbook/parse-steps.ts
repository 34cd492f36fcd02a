/** The six forms of a step, and which results are sure to be there at each place. */
import type { Duration } from '../calendar/duration.ts'
import { LIMITS } from './limits.ts'
import {
  type Branch,
  ENGINE_ENDS,
  ENGINE_OUTCOMES,
  type Fields,
  NAME,
  NONE,
  RESERVED,
  type Shapes,
  type Statement,
} from './model.ts'
import { parseApprove, parseArguments } from './parse-arguments.ts'
import { parseCondition, parseUnless, parseWaitedEvent } from './parse-events.ts'
import { parseDurationNode } from './parse-head.ts'
import { didYouMean } from './suggest.ts'
import { type EventKind, PROPOSAL_OUTCOMES, type StepKind } from './types.ts'
import { type Entries, isText, type ParsedNode, type Scalar, type Source } from './yaml-source.ts'

/** What is gathered over the whole file. */
export interface Parsing {
  source: Source
  events: ReadonlyMap<string, EventKind>
  stopOn: readonly string[]
  kinds: readonly StepKind[]
  shapes: Shapes
  ids: Map<string, StepInfo>
  conditions: ConditionUse[]
  references: ReferenceUse[]
  statements: number
  passes: number
}

export interface StepInfo {
  node: ParsedNode
  /** The step kind's name; `wait` or `delay`; null when it is unknown. */
  kind: string | null
}

/** A condition and the steps whose results are there. `event` null: the trigger. */
export interface ConditionUse {
  node: Scalar.Parsed
  text: string
  event: string | null
  set: ReadonlySet<string>
}

export interface ReferenceUse {
  node: ParsedNode
  id: string
  kinds: readonly string[]
  set: ReadonlySet<string>
}

/** Where a list of steps stands: how deep, how often it can run in all, and which steps have surely run before. */
export interface Place {
  depth: number
  times: number
  set: ReadonlySet<string>
}

interface Block {
  steps: Statement[]
  /** Whether every way through ends the run. */
  ends: boolean
  /** Steps that have surely run after it, where it does not end. */
  set: ReadonlySet<string>
}

const PROPOSAL_ENDS = [...PROPOSAL_OUTCOMES, ...ENGINE_ENDS]

const FORMS = {
  do: ['id', 'do', 'with'],
  propose: ['id', 'propose', 'with', 'approve', 'unless'],
  choose: ['choose'],
  repeat: ['repeat', 'steps'],
  wait: ['id', 'wait'],
  end: ['end'],
} as const
type Form = keyof typeof FORMS
const FORM_NAMES = Object.keys(FORMS) as Form[]
const ALL_KEYS = [...new Set(Object.values(FORMS).flat())]

export function parseSteps(parsing: Parsing, node: ParsedNode | null, at: ParsedNode | null, place: Place): Block {
  const { source } = parsing
  const block: Block = { steps: [], ends: false, set: place.set }
  const items = source.items(node, at, "'steps'")
  if (items === null) return block
  if (items.length === 0) source.report(node, 'a list of steps must not be empty')
  if (place.depth > LIMITS.depth) {
    source.report(node, `choose and repeat are nested deeper than ${LIMITS.depth} levels`)
    return block
  }
  let told = false
  for (const item of items) {
    if (block.ends && !told) {
      source.report(item, 'never reached: every way through the steps before it ends the run')
      told = true
    }
    if (!count(parsing, item, place)) break
    const known = parsing.ids.size
    const one = parseStatement(parsing, item, { ...place, set: block.set })
    if (one === null) {
      // A broken step still counts as set, or each use of it would be reported as well.
      block.set = new Set([...block.set, ...[...parsing.ids.keys()].slice(known)])
      continue
    }
    block.steps.push(one.statement)
    block.ends ||= one.ends
    block.set = one.set
  }
  return block
}

/** Keeps files and runs small; false when the file is refused for it. */
function count(parsing: Parsing, item: ParsedNode, place: Place): boolean {
  parsing.statements += 1
  parsing.passes += place.times
  if (parsing.statements === LIMITS.statements + 1) parsing.source.report(item, `more than ${LIMITS.statements} steps`)
  if (parsing.passes > LIMITS.passes && parsing.passes - place.times <= LIMITS.passes) {
    parsing.source.report(
      item,
      `with all repeats multiplied out, a run could pass through more than ${LIMITS.passes} steps`,
    )
  }
  return parsing.statements <= LIMITS.statements
}

interface Parsed {
  statement: Statement
  ends: boolean
  set: ReadonlySet<string>
}

function parseStatement(parsing: Parsing, node: ParsedNode, place: Place): Parsed | null {
  const { source } = parsing
  const all = source.entries(node, node, 'a step', ALL_KEYS)
  if (all === null) return null
  const forms = FORM_NAMES.filter(name => all.has(name))
  const form = forms[0]
  if (form === undefined || forms.length > 1) {
    const found = form === undefined ? '' : `, not ${forms.join(' and ')}`
    // A misspelt form was already reported as an unknown key.
    if (form !== undefined || all.size === countKeys(node))
      source.report(node, `a step has one of ${FORM_NAMES.join(', ')}${found}`)
    return null
  }
  for (const [key, { key: at }] of all) {
    if (!(FORMS[form] as readonly string[]).includes(key)) source.report(at, `'${form}' has no '${key}'`)
  }
  const line = source.line(node)
  switch (form) {
    case 'do':
    case 'propose':
      return parseWork(parsing, node, all, form, place, line)
    case 'wait':
      return parseWait(parsing, node, all, place, line)
    case 'choose':
      return parseChoose(parsing, all, place, line)
    case 'repeat':
      return parseRepeat(parsing, node, all, place, line)
    default:
      return parseEnd(parsing, all, place, line)
  }
}

function countKeys(node: ParsedNode): number {
  return 'items' in node ? node.items.length : 0
}

/** A new step's id, entered under its kind; null after reporting. */
function parseId(parsing: Parsing, node: ParsedNode, entries: Entries, kind: string | null): string | null {
  const { source, ids, shapes } = parsing
  const entry = entries.get('id')
  if (!entry) {
    source.report(node, "this step needs an 'id'")
    return null
  }
  const id = source.text(entry.value, entry.key, "'id'")
  if (id === null) return null
  const at = entry.value ?? entry.key
  const before = ids.get(id)
  if (before) source.report(at, `the id '${id}' is already used at line ${source.line(before.node)}`)
  else if (!NAME.test(id))
    source.report(at, `'${id.slice(0, 50)}' is no id: small letters, digits and _, beginning with a letter, at most 40`)
  else if (RESERVED.has(id)) source.report(at, `'${id}' is a word of the language: choose another id`)
  else if (Object.hasOwn(shapes.records, id)) source.report(at, `'${id}' is a record here: choose another id`)
  else {
    ids.set(id, { node: at, kind })
    return id
  }
  return null
}

function parseWork(
  parsing: Parsing,
  node: ParsedNode,
  entries: Entries,
  verb: 'do' | 'propose',
  place: Place,
  line: number,
): Parsed | null {
  const { source, kinds, shapes } = parsing
  const entry = entries.get(verb)
  const name = source.text(entry?.value ?? null, entry?.key ?? node, `'${verb}'`)
  const kind = kinds.find(one => one.verb === verb && one.name === name)
  if (name !== null && kind === undefined) source.report(entry?.value ?? node, unknownKind(kinds, verb, name))
  const id = parseId(parsing, node, entries, kind?.name ?? null)
  if (kind === undefined || id === null) return null
  shapes.steps[id] = verb === 'do' ? kind.result : { ...kind.result, outcome: { oneOf: PROPOSAL_ENDS } }
  const args = parseArguments(parsing, node, entries.get('with'), kind, place.set)
  const set = new Set(place.set).add(id)
  if (verb === 'do') return { statement: { line, form: 'do', id, kind: kind.name, with: args }, ends: false, set }
  const approve = parseApprove(source, entries.get('approve'))
  const unless = parseUnless(parsing, entries.get('unless'), place.set)
  return { statement: { line, form: 'propose', id, kind: kind.name, with: args, approve, unless }, ends: false, set }
}

function unknownKind(kinds: readonly StepKind[], verb: 'do' | 'propose', name: string): string {
  const other = kinds.find(one => one.name === name)
  if (other) return `'${name}' is something to ${other.verb}, not to ${verb}`
  const names = kinds.filter(one => one.verb === verb).map(one => one.name)
  return `there is nothing to ${verb} called '${name.slice(0, 50)}'${didYouMean(name, names) || `: there are ${names.join(', ')}`}`
}

function parseWait(parsing: Parsing, node: ParsedNode, entries: Entries, place: Place, line: number): Parsed | null {
  const { source, shapes } = parsing
  const entry = entries.get('wait')
  if (isText(entry?.value ?? null)) {
    const id = parseId(parsing, node, entries, 'delay')
    const time = parseDurationNode(source, entry?.value ?? null, entry?.key ?? node, "'wait'")
    return id && time
      ? { statement: { line, form: 'delay', id, time }, ends: false, set: new Set(place.set).add(id) }
      : null
  }
  const wait = source.entries(entry?.value ?? null, entry?.key ?? node, "'wait'", ['for', 'where', 'at_most'])
  const id = parseId(parsing, node, entries, 'wait')
  if (wait === null) return null
  const event = parseWaitEvent(parsing, wait, entry?.value ?? node)
  const atMost = parseAtMost(source, wait, entry?.value ?? node)
  const where = wait.get('where')
  const text =
    where && event !== null ? parseCondition(parsing, where.value, where.key, "'where'", { ...place, event }) : null
  if (event === null || id === null || atMost === null) {
    // Known well enough for what reads it, when only the time is missing.
    if (event !== null && id !== null) shapes.steps[id] = resultOfWait(shapes.events[event] ?? {})
    return null
  }
  shapes.steps[id] = resultOfWait(shapes.events[event] ?? {})
  return {
    statement: { line, form: 'wait', id, for: event, where: text, atMost },
    ends: false,
    set: new Set(place.set).add(id),
  }
}

function parseWaitEvent(parsing: Parsing, wait: Entries, at: ParsedNode): string | null {
  const entry = wait.get('for')
  if (!entry) {
    parsing.source.report(at, "a wait needs the event it is 'for', or is a duration alone")
    return null
  }
  return parseWaitedEvent(parsing, entry.value, entry.key)
}

function parseAtMost(source: Source, wait: Entries, at: ParsedNode): Duration | null {
  const entry = wait.get('at_most')
  if (entry) return parseDurationNode(source, entry.value, entry.key, "'at_most'")
  source.report(at, "a wait needs 'at_most': without it the run might never end")
  return null
}

/** The event's own fields and how the wait ended. When its time runs out, texts read `none` and all else is unknown. */
function resultOfWait(fields: Fields): Fields {
  const result: Fields = {}
  for (const [name, type] of Object.entries(fields)) {
    result[name] = typeof type === 'object' && 'oneOf' in type ? { oneOf: [...type.oneOf, NONE] } : type
  }
  return { ...result, outcome: { oneOf: ['happened', NONE] } }
}

function parseChoose(parsing: Parsing, entries: Entries, place: Place, line: number): Parsed | null {
  const { source } = parsing
  const entry = entries.get('choose')
  const items = source.items(entry?.value ?? null, entry?.key ?? null, "'choose'")
  if (items === null) return null
  if (items.length === 0) source.report(entry?.value ?? null, "'choose' needs at least one branch")
  const branches: Branch[] = []
  const ways: Block[] = []
  let complete = false
  for (const item of items) {
    if (complete) source.report(item, "never reached: 'else' must be the last branch")
    const parts = source.entries(item, item, 'a branch', ['when', 'steps', 'else'])
    if (parts === null) continue
    const last = parts.get('else')
    const inner = { ...place, depth: place.depth + 1 }
    let when: string | null = null
    if (last) {
      complete = true
      if (parts.size > 1) source.report(item, "an 'else' branch has nothing but 'else' and its steps")
    } else when = parseBranchCondition(parsing, parts, item, place)
    const body = last ?? parts.get('steps')
    if (!body) source.report(item, "a branch needs 'steps'")
    const block = parseSteps(parsing, body?.value ?? null, body?.key ?? item, inner)
    ways.push(block)
    branches.push({ line: source.line(item), when, steps: block.steps })
  }
  const open = ways.filter(way => !way.ends).map(way => way.set)
  if (!complete) open.push(place.set)
  const [first, ...others] = open
  const set = new Set([...(first ?? place.set)].filter(id => others.every(other => other.has(id))))
  return { statement: { line, form: 'choose', branches }, ends: open.length === 0, set }
}

function parseBranchCondition(parsing: Parsing, parts: Entries, item: ParsedNode, place: Place): string | null {
  const when = parts.get('when')
  if (when) return parseCondition(parsing, when.value, when.key, "'when'", { ...place, event: null })
  parsing.source.report(item, "a branch needs 'when' and 'steps', or 'else'")
  return null
}

function parseRepeat(parsing: Parsing, node: ParsedNode, entries: Entries, place: Place, line: number): Parsed | null {
  const { source } = parsing
  const count = entries.get('repeat')
  const times = source.wholeNumber(count?.value ?? null, count?.key ?? node, "'repeat'", 1, LIMITS.repeat)
  const body = entries.get('steps')
  if (!body) source.report(node, "'repeat' needs 'steps'")
  const inner = { depth: place.depth + 1, times: place.times * (times ?? 1), set: place.set }
  const block = parseSteps(parsing, body?.value ?? null, body?.key ?? node, inner)
  if (times === null) return null
  return { statement: { line, form: 'repeat', times, steps: block.steps }, ends: block.ends, set: block.set }
}

function parseEnd(parsing: Parsing, entries: Entries, place: Place, line: number): Parsed | null {
  const { source } = parsing
  const entry = entries.get('end')
  const outcome = source.text(entry?.value ?? null, entry?.key ?? null, "'end'")
  if (outcome === null) return null
  if (!NAME.test(outcome) || (ENGINE_OUTCOMES as readonly string[]).includes(outcome)) {
    source.report(
      entry?.value ?? null,
      `'${outcome.slice(0, 50)}' is no outcome: small letters, digits and _, and none of ${ENGINE_OUTCOMES.join(', ')}`,
    )
  }
  return { statement: { line, form: 'end', outcome }, ends: true, set: place.set }
}

/** Why a step's result cannot be used at a place, or null when it can. */
export function whyUnavailable(parsing: Parsing, id: string, at: ParsedNode, set: ReadonlySet<string>): string | null {
  const { ids, source } = parsing
  const step = ids.get(id)
  if (step === undefined) return `no step is called '${id.slice(0, 50)}'${didYouMean(id, ids.keys())}`
  const line = source.line(step.node)
  if (set.has(id)) return step.kind === 'delay' ? `'${id}' only lets time pass: it has no result` : null
  if ((step.node.range?.[0] ?? 0) > (at.range?.[0] ?? 0)) return `'${id}' is used before it is set at line ${line}`
  return `'${id}' is set at line ${line}, in a branch that may not have been taken`
}
