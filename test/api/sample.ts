/** The least that a JSON Schema takes: for bodies of requests whose content does not matter. */
import type { Schema } from './generate.ts'

export function sampleOf(schema: Schema, schemas: Record<string, Schema>): unknown {
  if (schema.$ref) return sampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {}, schemas)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(part => sampleOf(part, schemas)))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object')
    return Object.fromEntries(
      (schema.required ?? []).map(name => [name, sampleOf(schema.properties?.[name] ?? {}, schemas)]),
    )
  if (type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, schemas))
  if (type === 'string') return stringOf(schema)
  if (type === 'number' || type === 'integer') return schema.minimum ?? 1
  if (type === 'boolean') return true
  return {}
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  email: 'ada@orrin.example',
  uri: 'https://orrin.example/',
}

const stringOf = ({ format, minLength }: Schema): string => FORMATS[format ?? ''] ?? 'x'.repeat(minLength ?? 1)
