/** What a language's schema says of a place in a text. */
import type { JsonSchema as Schema } from '../../api/schema.ts'

export type { Schema }

/** One step into a text: into a key of a mapping, whose other keys are known so far, or into a list. */
export type Step = { key: string; beside: ReadonlyMap<string, string | null> } | 'item'

/** All that may stand at a place: references followed, alternatives side by side, those that what stands beside rules out left away. */
export function schemasAt(root: Schema, path: readonly Step[]): Schema[] {
  let here = spread(root, root)
  for (const step of path) {
    here = here
      .flatMap(schema => (step === 'item' ? (schema.items ? [schema.items] : []) : []))
      .concat(step === 'item' ? [] : fitting(here, step.beside).flatMap(schema => ofKey(schema, step.key)))
      .flatMap(schema => spread(root, schema))
  }
  return here
}

function ofKey({ properties = {}, additionalProperties }: Schema, key: string): Schema[] {
  if (Object.hasOwn(properties, key)) return [properties[key] as Schema]
  return typeof additionalProperties === 'object' ? [additionalProperties] : []
}

/** Alternatives that have all keys which stand there, with values that they allow; all of them where none does. */
export function fitting(schemas: readonly Schema[], beside: ReadonlyMap<string, string | null>): readonly Schema[] {
  const fits = schemas.filter(schema =>
    [...beside].every(([key, value]) => ofKey(schema, key).some(one => value === null || allows(one, value))),
  )
  return fits.length > 0 ? fits : schemas
}

function allows(schema: Schema, value: string): boolean {
  const words = wordsOf(schema)
  return words === null || words.includes(value)
}

/** The only values that may stand there; null: others may as well. */
export function wordsOf(schema: Schema): string[] | null {
  if (schema.const !== undefined) return [String(schema.const)]
  if (schema.enum) return schema.enum.map(String)
  return schema.type === 'boolean' ? ['true', 'false'] : null
}

const DEEPEST = 20

function spread(root: Schema, schema: Schema, depth = 0): Schema[] {
  if (depth > DEEPEST) return []
  if (schema.$ref !== undefined) {
    const found = root.$defs?.[schema.$ref.replace('#/$defs/', '')]
    return found ? spread(root, found, depth + 1) : []
  }
  return schema.anyOf ? schema.anyOf.flatMap(one => spread(root, one, depth + 1)) : [schema]
}
