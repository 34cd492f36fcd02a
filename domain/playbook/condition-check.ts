/** What a condition may say beyond CEL's own types: allowed functions, names in scope, fields that exist, texts that can occur. */
import type { ASTNode } from '@marcbachmann/cel-js'
import type { Fields } from './model.ts'
import { didYouMean } from './suggest.ts'
import type { FieldType } from './types.ts'

/** `offset` counts characters from the start of the condition. */
export interface ConditionProblem {
  offset: number
  message: string
}

/** What is known at this place of the playbook. */
export interface ConditionScope {
  fields: (name: string) => Fields | null
  names: Iterable<string>
  /** Why a name that exists cannot be read here (set later, or only in a branch); null when it can. */
  unavailable: (name: string) => string | null
}

/** Macros that bind their first argument as a name. */
const BINDING = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])
const FUNCTIONS = new Set(
  (
    'all exists exists_one filter map has size contains startsWith endsWith timestamp duration int double string ' +
    'getFullYear getMonth getDayOfMonth getDayOfWeek getDayOfYear getHours getMinutes'
  ).split(' '),
)
/** Loops in loops multiply; two levels over short lists stay cheap. */
const MOST_NESTED_MACROS = 2

type Bound = ReadonlyMap<string, FieldType | null>

export function checkTree(root: ASTNode, scope: ConditionScope): ConditionProblem[] {
  const problems: ConditionProblem[] = []
  const report = (node: ASTNode, message: string, offset = node.start) => problems.push({ offset, message })

  const visit = (node: ASTNode, bound: Bound): void => {
    switch (node.op) {
      case 'value':
        if (node.args === null) report(node, 'null is not compared with: ask with has(record.field)')
        return
      case 'id':
        return visitName(node, node.args, bound)
      case '.':
        visit(node.args[0], bound)
        return visitField(node, node.args[0], node.args[1], bound)
      case '.?':
      case '[?]':
        return void report(node, 'optional access is not part of the language: ask with has(record.field)')
      case 'map':
        return void report(node, 'maps are not part of the language')
      case 'call':
        return visitCall(node, node.args[0], node.args[1], bound)
      case 'rcall':
        return visitMethod(node, node.args[0], node.args[1], node.args[2], bound)
      case '[]':
        visit(node.args[0], bound)
        visit(node.args[1], bound)
        if (fieldsOf(typeOf(node.args[0], bound))) report(node, 'write a field with a dot: record.field')
        return
      case '==':
      case '!=':
        checkTexts(node.args[0], [node.args[1]], bound)
        checkTexts(node.args[1], [node.args[0]], bound)
        return node.args.forEach(one => visit(one, bound))
      case 'in':
        if (node.args[1].op === 'list') checkTexts(node.args[0], node.args[1].args, bound)
        return node.args.forEach(one => visit(one, bound))
      case '!_':
      case '-_':
        return visit(node.args, bound)
      default:
        return node.args.forEach(one => visit(one, bound))
    }
  }

  const visitName = (node: ASTNode, name: string, bound: Bound) => {
    if (bound.has(name)) return
    if (scope.fields(name) === null) {
      report(node, scope.unavailable(name) ?? `nothing is called '${name}' here${didYouMean(name, scope.names)}`)
      return
    }
    const why = scope.unavailable(name)
    if (why !== null) report(node, why)
  }

  const visitField = (node: ASTNode, of: ASTNode, field: string, bound: Bound) => {
    const fields = fieldsOf(typeOf(of, bound))
    if (fields === null || Object.hasOwn(fields, field)) return
    const owner = of.input.slice(of.start, of.end)
    report(node, `'${owner}' has no field '${field}'${didYouMean(field, Object.keys(fields))}`, node.end - field.length)
  }

  const visitCall = (node: ASTNode, name: string, args: ASTNode[], bound: Bound) => {
    if (!FUNCTIONS.has(name)) report(node, refusal(name))
    args.forEach(one => visit(one, bound))
  }

  const visitMethod = (node: ASTNode, name: string, of: ASTNode, args: ASTNode[], bound: Bound) => {
    if (!FUNCTIONS.has(name)) report(node, refusal(name))
    else if (BINDING.has(name) && args[0]?.op === 'id') {
      visit(of, bound)
      if (bound.size >= MOST_NESTED_MACROS)
        report(node, `at most ${MOST_NESTED_MACROS} of exists, all, filter and map inside each other`)
      const list = typeOf(of, bound)
      const element = list !== null && typeof list === 'object' && 'list' in list ? list.list : null
      const inner = new Map(bound).set(args[0].args, element)
      return args.slice(1).forEach(one => visit(one, inner))
    } else visit(of, bound)
    args.forEach(one => visit(one, bound))
  }

  /** A comparison with a text that the field can never hold is a typo. */
  const checkTexts = (side: ASTNode, against: readonly ASTNode[], bound: Bound) => {
    const type = typeOf(side, bound)
    if (type === null || typeof type !== 'object' || !('oneOf' in type)) return
    for (const one of against) {
      if (one.op !== 'value' || typeof one.args !== 'string' || type.oneOf.includes(one.args)) continue
      const owner = side.input.slice(side.start, side.end)
      report(
        one,
        `'${owner}' is never '${one.args}'${didYouMean(one.args, type.oneOf) || `: it is one of ${type.oneOf.join(', ')}`}`,
      )
    }
  }

  const typeOf = (node: ASTNode, bound: Bound): FieldType | null => {
    if (node.op === 'id') {
      if (bound.has(node.args)) return bound.get(node.args) ?? null
      const fields = scope.fields(node.args)
      return fields === null ? null : { object: fields }
    }
    if (node.op !== '.') return null
    const fields = fieldsOf(typeOf(node.args[0], bound))
    const field = node.args[1]
    return fields !== null && Object.hasOwn(fields, field) ? (fields[field] ?? null) : null
  }

  visit(root, new Map())
  return problems
}

function fieldsOf(type: FieldType | null): Fields | null {
  return type !== null && typeof type === 'object' && 'object' in type ? type.object : null
}

function refusal(name: string): string {
  if (name === 'matches') {
    return 'matches() is refused: its regular expressions are unbounded; use contains(), startsWith() or endsWith()'
  }
  return `there is no function ${name}()${didYouMean(name, FUNCTIONS)}`
}
