/** What stands under `with` and `approve`. */
import { isScalar } from 'yaml'
import { ASKS, termsOf } from '../policy/asks.ts'
import { LIMITS } from './limits.ts'
import type { Approve, Argument } from './model.ts'
import { parseDurationNode } from './parse-head.ts'
import type { Parsing } from './parse-steps.ts'
import { didYouMean } from './suggest.ts'
import type { StepKind, WithField } from './types.ts'
import type { Entries, ParsedNode, Source } from './yaml-source.ts'

type Entry = { key: ParsedNode; value: ParsedNode | null } | undefined

export function parseArguments(
  parsing: Parsing,
  step: ParsedNode,
  entry: Entry,
  kind: StepKind,
  set: ReadonlySet<string>,
): Record<string, Argument> {
  const { source } = parsing
  const args: Record<string, Argument> = {}
  const keys = Object.keys(kind.with)
  if (entry && keys.length === 0) {
    source.report(entry.key, `'${kind.name}' takes nothing under 'with'`)
    return args
  }
  const given: Entries = (entry && source.entries(entry.value, entry.key, `'with' of ${kind.name}`, keys)) ?? new Map()
  for (const [name, field] of Object.entries(kind.with)) {
    const one = given.get(name)
    if (!one) {
      if (field.required) source.report(entry?.value ?? step, `'${kind.name}' needs '${name}' under 'with'`)
      continue
    }
    const argument = parseArgument(parsing, one.value, one.key, name, field, set)
    if (argument !== null) args[name] = argument
  }
  return args
}

function parseArgument(
  parsing: Parsing,
  node: ParsedNode | null,
  at: ParsedNode,
  name: string,
  field: WithField,
  set: ReadonlySet<string>,
): Argument | null {
  const { source } = parsing
  const what = `'${name}'`
  switch (field.type) {
    case 'step': {
      const id = source.text(node, at, `${what} names an earlier step, so it`)
      if (id === null) return null
      parsing.references.push({ node: node ?? at, id, kinds: field.kinds, set })
      return { step: id }
    }
    case 'duration': {
      const duration = parseDurationNode(source, node, at, what)
      return duration && { duration }
    }
    case 'boolean': {
      if (isScalar(node) && typeof node.value === 'boolean') return { value: node.value }
      source.report(node ?? at, `${what} must be true or false`)
      return null
    }
    case 'number': {
      const value = source.number(node, at, what, field.min ?? -1e12, field.max ?? 1e12)
      return value === null ? null : { value }
    }
    default:
      return parseText(source, node, at, what, field.oneOf)
  }
}

function parseText(
  source: Source,
  node: ParsedNode | null,
  at: ParsedNode,
  what: string,
  oneOf?: readonly string[],
): Argument | null {
  const value = source.text(node, at, what)
  if (value === null) return null
  if (value.length > LIMITS.textArgument) source.report(node, `${what} has at most ${LIMITS.textArgument} characters`)
  if (oneOf && !oneOf.includes(value)) {
    source.report(
      node,
      `${what} cannot be '${value.slice(0, 50)}'${didYouMean(value, oneOf) || `: it is one of ${oneOf.join(', ')}`}`,
    )
  }
  return { value }
}

const TO = ['manager', 'ops'] as const

/**
 * Who may approve, and by when: `by` and `not_by` in the words of the policy, `always: true` where a person is to be asked whatever the
 * policy allows. It can only add to what the policy asks for. Without it the owner is asked, and policy alone says how long.
 */
export function parseApprove(source: Source, entry: Entry): Approve {
  const approve: Approve = { by: 'owner', escalate: null, expires: null }
  const keys = ['by', 'not_by', 'always', 'escalate', 'expires']
  const parts = entry ? source.entries(entry.value, entry.key, "'approve'", keys) : null
  if (parts === null) return approve
  const by = parts.get('by')
  const notBy = parts.get('not_by')
  const terms = termsOf(
    (by && parseOneOf(source, by, "'by'", ASKS)) ?? undefined,
    (notBy && parseOneOf(source, notBy, "'not_by'", ['maker'] as const)) ?? undefined,
  )
  approve.by = terms.approver
  if (terms.people === 2) approve.people = 2
  if (terms.notByMaker) approve.notByMaker = true
  if (isTrue(source, parts.get('always'))) approve.always = true
  const expires = parts.get('expires')
  if (expires) approve.expires = parseDurationNode(source, expires.value, expires.key, "'expires'")
  const escalate = parts.get('escalate')
  if (escalate) approve.escalate = parseEscalate(source, escalate)
  return approve
}

function isTrue(source: Source, entry: Entry): boolean {
  if (!entry) return false
  if (isScalar(entry.value) && typeof entry.value.value === 'boolean') return entry.value.value
  source.report(entry.value ?? entry.key, "'always' must be true or false")
  return false
}

function parseEscalate(source: Source, entry: NonNullable<Entry>): Approve['escalate'] {
  const parts = source.entries(entry.value, entry.key, "'escalate'", ['to', 'after'])
  if (parts === null) return null
  const to = parts.get('to')
  const after = parts.get('after')
  if (!to || !after) {
    source.report(entry.value ?? entry.key, "'escalate' needs 'to' and 'after'")
    return null
  }
  const role = parseOneOf(source, to, "'to'", TO)
  const time = parseDurationNode(source, after.value, after.key, "'after'")
  return role && time ? { to: role, after: time } : null
}

function parseOneOf<T extends string>(
  source: Source,
  entry: NonNullable<Entry>,
  what: string,
  words: readonly T[],
): T | null {
  const text = source.text(entry.value, entry.key, what)
  const word = words.find(one => one === text)
  if (text !== null && word === undefined) source.report(entry.value, `${what} must be one of ${words.join(', ')}`)
  return word ?? null
}
