/** What of an event or a result a run keeps: the declared fields and nothing else, so that its state stays small. */
import { type Fields, NONE } from './model.ts'
import type { FieldType, Json, JsonObject } from './types.ts'

export function keepDeclared(given: JsonObject, fields: Fields): JsonObject {
  const kept: JsonObject = {}
  for (const [name, type] of Object.entries(fields)) {
    if (Object.hasOwn(given, name)) kept[name] = keepValue(given[name] ?? null, type)
  }
  return kept
}

function keepValue(value: Json, type: FieldType): Json {
  if (typeof type !== 'object' || value === null || typeof value !== 'object') return value
  if ('object' in type) return Array.isArray(value) ? null : keepDeclared(value, type.object)
  if ('list' in type && Array.isArray(value)) return value.map(one => keepValue(one, type.list))
  return value
}

/** What a wait gives when its time runs out: every text reads `none`, all else is unknown. */
export function nothingCame(fields: Fields): JsonObject {
  const result: JsonObject = {}
  for (const [name, type] of Object.entries(fields)) {
    if (type === 'string' || (typeof type === 'object' && 'oneOf' in type)) result[name] = NONE
  }
  return result
}

/** Bytes as JSON in UTF-8. */
export function sizeOf(value: Json): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}
