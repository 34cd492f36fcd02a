/**
 * Conditions: CEL over the trigger's records, the event and the results of earlier steps.
 *
 * Unknown values. A field that is null or missing is unknown, and a condition that cannot be decided without it is *not
 * true*: its branch is not taken, its event does not match. `&&` and `||` still decide where one side suffices
 * (`lead.size > 50 || lead.source == "form"` is true for a form lead of unknown size). `!=` and `!` do not turn unknown
 * into true. To ask whether something is known, write `has(score.value)`.
 */
import { type Environment, EvaluationError, ParseError } from '@marcbachmann/cel-js'
import { checkTree, type ConditionProblem, type ConditionScope } from './condition-check.ts'
import { type Convert, newEnvironment, registerFields } from './condition-types.ts'
import { LIMITS } from './limits.ts'
import type { Fields, Shapes } from './model.ts'
import type { JsonObject } from './types.ts'

/** A condition failed while a run evaluated it: a division by zero, a value of another type than declared. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError'
}

export interface Conditions {
  /**
   * All mistakes of one condition that stands where `event` means this event. `unavailable` says why a step that exists
   * cannot be read at this place, or null.
   */
  check(text: string, event: string, unavailable: (name: string) => string | null): ConditionProblem[]
  /** True, false, or null where it hangs on something unknown. Throws `ConditionError`. */
  evaluate(text: string, event: string, values: Values): boolean | null
}

/** What conditions read: the event, the trigger's records by name, results by step id. */
export interface Values {
  event: JsonObject
  records: JsonObject
  results: Record<string, JsonObject>
}

export function conditionsOver(shapes: Shapes): Conditions {
  const worlds = new Map<string, World>()
  const worldOf = (event: string) => {
    const known = worlds.get(event)
    if (known) return known
    const world = newWorld(shapes, event)
    worlds.set(event, world)
    return world
  }
  return {
    check: (text, event, unavailable) => checkCondition(text, worldOf(event), unavailable),
    evaluate: (text, event, values) => evaluateCondition(text, worldOf(event), values),
  }
}

/** One environment per event, since `event` has that event's type. */
interface World {
  env: Environment
  variables: Map<string, { fields: Fields; convert: Convert }>
  programs: Map<string, (context: Record<string, unknown>) => unknown>
}

function newWorld(shapes: Shapes, event: string): World {
  const world: World = { env: newEnvironment(), variables: new Map(), programs: new Map() }
  const add = (name: string, fields: Fields) => {
    const convert = registerFields(world.env, `of.${name}`, fields)
    world.env.registerVariable(name, `of.${name}`)
    world.variables.set(name, { fields, convert })
  }
  add('event', shapes.events[event] ?? {})
  for (const [name, fields] of Object.entries(shapes.records)) add(name, fields)
  for (const [id, fields] of Object.entries(shapes.steps)) add(id, fields)
  return world
}

function checkCondition(text: string, world: World, unavailable: ConditionScope['unavailable']): ConditionProblem[] {
  if (text.length > LIMITS.condition)
    return [{ offset: 0, message: `a condition has at most ${LIMITS.condition} characters` }]
  try {
    const program = world.env.parse(text)
    const problems = checkTree(program.ast, {
      fields: name => world.variables.get(name)?.fields ?? null,
      names: world.variables.keys(),
      unavailable,
    })
    if (problems.length > 0) return problems
    const checked = program.check()
    if (!checked.valid)
      return [{ offset: checked.error?.range?.start ?? 0, message: explain(checked.error?.summary ?? 'invalid') }]
    if (checked.type !== 'bool') {
      return [
        {
          offset: program.ast.start,
          message: `a condition must be true or false, this is ${inWords(checked.type ?? 'unclear')}`,
        },
      ]
    }
    return []
  } catch (error) {
    if (error instanceof ParseError)
      return [{ offset: error.range?.start ?? 0, message: `cannot be read as a condition: ${error.summary}` }]
    throw error
  }
}

function evaluateCondition(text: string, world: World, values: Values): boolean | null {
  try {
    let program = world.programs.get(text)
    if (!program) {
      program = world.env.parse(text)
      world.programs.set(text, program)
    }
    const context: Record<string, unknown> = {}
    for (const [name, { convert }] of world.variables) {
      const value = name === 'event' ? values.event : (values.results[name] ?? values.records[name])
      // A record that the trigger did not bring is an object of unknowns.
      context[name] = convert(value ?? {})
    }
    return program(context) === true
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'no_such_key') return null
    if (error instanceof EvaluationError || error instanceof ParseError) {
      throw new ConditionError(`${explain(error.summary)} in the condition ${text}`, { cause: error })
    }
    throw error
  }
}

/** CEL's own words, made plainer where they are about types. */
function explain(summary: string): string {
  const overload = /^no such overload: (.+) (==|!=|<=|>=|<|>|\+|-|\*|\/|%|in) (.+)$/.exec(summary)
  if (!overload) return summary
  const [, left = '', operator = '', right = ''] = overload
  return `'${operator}' does not work between ${inWords(left)} and ${inWords(right)}`
}

function inWords(type: string): string {
  if (type === 'double' || type === 'int' || type === 'uint') return 'a number'
  if (type === 'string') return 'a text'
  if (type === 'bool') return 'true or false'
  if (type === 'google.protobuf.Timestamp') return 'an instant'
  if (type.startsWith('list<')) return 'a list'
  if (type.startsWith('of.')) return `the whole of '${type.slice(3)}'`
  return type
}
