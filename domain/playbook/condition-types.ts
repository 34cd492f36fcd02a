/** How JSON values become CEL values: registered types with fields, so that a typo in a field name is found before a run. */
import { Environment } from '@marcbachmann/cel-js'
import type { Fields } from './model.ts'
import type { FieldType, Json, JsonObject } from './types.ts'

/** Makes the instance that CEL sees out of a JSON object; null where there is none. */
export type Convert = (value: Json | undefined) => unknown

/** Registers `fields` as a CEL type of this name (nested objects as `name.field`) and gives the conversion to it. */
export function registerFields(env: Environment, name: string, fields: Fields): Convert {
  // CEL knows an object's type by its constructor.
  const Instance = function () {} as unknown as new () => object
  const declared: Record<string, string> = {}
  const converts: [string, Convert][] = []
  for (const [field, type] of Object.entries(fields)) {
    const { cel, convert } = registerField(env, `${name}.${field}`, type)
    declared[field] = cel
    converts.push([field, convert])
  }
  env.registerType(name, { ctor: Instance, fields: declared })
  return value => {
    if (!isObject(value)) return undefined
    const instance: Record<string, unknown> = Object.create(Instance.prototype)
    for (const [field, convert] of converts) {
      // Null and missing are the same: CEL then says `no such key`, which stands for unknown.
      const given = Object.hasOwn(value, field) ? convert(value[field]) : undefined
      if (given !== undefined && given !== null) instance[field] = given
    }
    return instance
  }
}

function registerField(env: Environment, name: string, type: FieldType): { cel: string; convert: Convert } {
  if (type === 'timestamp') return { cel: 'google.protobuf.Timestamp', convert: toDate }
  if (typeof type === 'string') return { cel: type, convert: asIs }
  if ('oneOf' in type) return { cel: 'string', convert: asIs }
  if ('object' in type) return { cel: name, convert: registerFields(env, name, type.object) }
  const element = registerField(env, name, type.list)
  return {
    cel: `list<${element.cel}>`,
    convert: value =>
      Array.isArray(value) ? value.map(element.convert).filter(one => one !== undefined && one !== null) : asIs(value),
  }
}

function asIs(value: Json | undefined): unknown {
  return value
}

/** A text that is no instant is left as it is, so that reading it fails by name instead of passing for unknown. */
function toDate(value: Json | undefined): unknown {
  if (typeof value !== 'string') return value
  const time = Date.parse(value)
  return Number.isNaN(time) ? value : new Date(time)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * An environment in which whole numbers and decimals mix freely: all numbers of records and results are doubles, and CEL
 * alone would refuse `score.value == 40` and `score.value + 1`.
 */
export function newEnvironment(): Environment {
  const env = new Environment({
    limits: { maxAstNodes: 300, maxDepth: 24, maxListElements: 60, maxMapEntries: 1, maxCallArguments: 4 },
  })
  for (const [operator, calculate] of Object.entries(ARITHMETIC)) {
    for (const pair of [`double ${operator} int`, `int ${operator} double`]) {
      env.registerOperator(`${pair}: double`, (a: Numeric, b: Numeric) => calculate(Number(a), Number(b)))
    }
  }
  env.registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
  env.registerOperator('int in list<double>', (a: bigint, list: number[]) => list.includes(Number(a)))
  env.registerOperator('double in list<int>', (a: number, list: bigint[]) => list.some(one => Number(one) === a))
  return env
}

type Numeric = number | bigint

const ARITHMETIC: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
}
