/** The top of a playbook: its name, what starts and stops it, how steps are retried and what a run may spend. */
import { type Duration, parseDuration } from '../calendar/duration.ts'
import type { Fields, Playbook, RetryTerms } from './model.ts'
import { didYouMean } from './suggest.ts'
import type { EventKind } from './types.ts'
import { type Entries, isText, type ParsedNode, type Scalar, type Source } from './yaml-source.ts'

export interface Head extends Pick<Playbook, 'stopOn' | 'retry' | 'budget'> {
  name: string | null
  on: Playbook['on'] | null
  whenNode: Scalar.Parsed | null
}

export const DEFAULT_RETRY: RetryTerms = {
  attempts: 6,
  first: { amount: 2, unit: 'second' },
  factor: 2,
  max: { amount: 5, unit: 'minute' },
}

const PLAYBOOK_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

export function parseHead(
  source: Source,
  entries: Entries,
  events: ReadonlyMap<string, EventKind>,
  recordsOf: (kind: EventKind) => Record<string, Fields>,
): Head {
  const language = entries.get('language')
  if (language && !isScalarOne(language.value)) {
    source.report(
      language.value ?? language.key,
      'this version of Dealwright knows playbook language 1 only: write language: 1',
    )
  }
  return {
    name: parseName(source, entries),
    ...parseOn(source, entries, events, recordsOf),
    stopOn: parseStopOn(source, entries, events),
    retry: parseRetry(source, entries),
    budget: parseBudget(source, entries),
  }
}

function isScalarOne(node: ParsedNode | null): boolean {
  return node !== null && 'value' in node && node.value === 1
}

function parseName(source: Source, entries: Entries): string | null {
  const entry = entries.get('playbook')
  if (!entry) return null
  const name = source.text(entry.value, entry.key, 'the name of a playbook')
  if (name === null || (PLAYBOOK_NAME.test(name) && name.length <= 60)) return name
  source.report(entry.value, 'a playbook is named in small letters, digits and dashes, such as inbound-lead')
  return null
}

function parseOn(
  source: Source,
  entries: Entries,
  events: ReadonlyMap<string, EventKind>,
  recordsOf: (kind: EventKind) => Record<string, Fields>,
): Pick<Head, 'on' | 'whenNode'> {
  const nothing = { on: null, whenNode: null }
  const entry = entries.get('on')
  const on = entry ? source.entries(entry.value, entry.key, "'on'", ['event', 'when', 'once_per']) : null
  if (!entry || on === null) return nothing
  const named = on.get('event')
  if (!named) {
    source.report(entry.value ?? entry.key, "'on' needs the 'event' that starts the playbook")
    return nothing
  }
  const event = parseEventName(source, named.value, named.key, events)
  const kind = event === null ? undefined : events.get(event)
  if (event === null || kind === undefined) return nothing
  const condition = on.get('when')
  const when = condition
    ? source.text(condition.value, condition.key, "'when' must be a condition in quotes, so it")
    : null
  const once = on.get('once_per')
  const oncePer = once ? source.text(once.value, once.key, "'once_per'") : null
  const records = Object.keys(recordsOf(kind))
  if (once && oncePer !== null && !records.includes(oncePer)) {
    source.report(
      once.value,
      `'${event}' brings no record '${oncePer}'${didYouMean(oncePer, records) || `: it brings ${records.join(', ')}`}`,
    )
  }
  return { on: { event, when, oncePer }, whenNode: condition && isText(condition.value) ? condition.value : null }
}

/** The name of an event in the catalogue, or null after reporting. */
export function parseEventName(
  source: Source,
  node: ParsedNode | null,
  at: ParsedNode | null,
  events: ReadonlyMap<string, EventKind>,
): string | null {
  const name = source.text(node, at, 'the name of an event')
  if (name === null || events.has(name)) return name
  source.report(
    node,
    `there is no event '${name}'${didYouMean(name, events.keys()) || `: there are ${[...events.keys()].join(', ')}`}`,
  )
  return null
}

function parseStopOn(source: Source, entries: Entries, events: ReadonlyMap<string, EventKind>): string[] {
  const entry = entries.get('stop_on')
  if (!entry) return []
  const names: string[] = []
  for (const item of source.items(entry.value, entry.key, "'stop_on'") ?? []) {
    const name = parseEventName(source, item, item, events)
    if (name !== null && names.includes(name)) source.report(item, `'${name}' is listed twice`)
    else if (name !== null) names.push(name)
  }
  return names
}

function parseRetry(source: Source, entries: Entries): RetryTerms {
  const entry = entries.get('retry')
  const retry = entry ? source.entries(entry.value, entry.key, "'retry'", ['attempts', 'first', 'factor', 'max']) : null
  if (retry === null) return DEFAULT_RETRY
  const attempts = retry.get('attempts')
  const factor = retry.get('factor')
  return {
    attempts:
      (attempts && source.wholeNumber(attempts.value, attempts.key, "'attempts'", 1, 20)) ?? DEFAULT_RETRY.attempts,
    first: elapsed(source, retry, 'first') ?? DEFAULT_RETRY.first,
    factor: (factor && source.number(factor.value, factor.key, "'factor'", 1, 10)) ?? DEFAULT_RETRY.factor,
    max: elapsed(source, retry, 'max') ?? DEFAULT_RETRY.max,
  }
}

/** Pauses between attempts are elapsed time: a machine has no working hours. */
function elapsed(source: Source, entries: Entries, key: string): Duration | null {
  const entry = entries.get(key)
  const duration = entry ? parseDurationNode(source, entry.value, entry.key, `'${key}'`) : null
  if (duration === null || ['second', 'minute', 'hour'].includes(duration.unit)) return duration
  source.report(entry?.value ?? null, `'${key}' must be in seconds, minutes or hours`)
  return null
}

/** A duration, or null after reporting. */
export function parseDurationNode(
  source: Source,
  node: ParsedNode | null,
  at: ParsedNode | null,
  what: string,
): Duration | null {
  const text = source.text(node, at, what)
  if (text === null) return null
  const duration = parseDuration(text)
  if (!('problem' in duration)) return duration
  source.report(node, `${what}: ${duration.problem}`)
  return null
}

function parseBudget(source: Source, entries: Entries): Playbook['budget'] {
  const entry = entries.get('budget')
  if (!entry) return null
  const text = source.text(entry.value, entry.key, "'budget'")
  const found = text === null ? null : /^([0-9]{1,6})(?:\.([0-9]{2}))? ([A-Z]{3})$/.exec(text)
  if (found) return { minor: Number(found[1]) * 100 + Number(found[2] ?? 0), currency: found[3] ?? '' }
  if (text !== null)
    source.report(
      entry.value,
      `'budget' must be an amount and a currency, such as 0.50 USD, not '${text.slice(0, 40)}'`,
    )
  return null
}
