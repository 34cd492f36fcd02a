/** Requests from JSON Schemas: mostly what fits, often what nearly fits, sometimes anything at all. */
import fc from 'fast-check'

export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
  minLength?: number
  minItems?: number
  minimum?: number
}

/** Strings that have broken things somewhere. `toWellFormed` is not asked for: half a surrogate is among them. */
const HOSTILE = [
  '',
  ' ',
  '\u0000',
  'a\r\nBcc: everybody@orrin.example',
  "'; drop table lead; --",
  '%00',
  '../../etc/passwd',
  '=cmd|calc!A1',
  '<script>alert(1)</script>',
  '\uD800',
  '\u202Eevil',
  '{{7*7}}',
  '1e999',
  '-0',
  '9'.repeat(40),
  'é'.repeat(2_000),
  '2026-02-30',
  '2026-01-01T25:00:00Z',
  'not-a-uuid',
]

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
)

export function anythingFor(
  schema: Schema,
  schemas: Record<string, Schema>,
  ids: readonly string[],
): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: fitting(schema, schemas, ids) }, { weight: 2, arbitrary: odd })
}

export const pathValue = (schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> =>
  schema.enum
    ? fc.constantFrom(...schema.enum)
    : fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...(ids.length > 0 ? ids : ['x'])) },
        { weight: 1, arbitrary: fc.uuid() },
        {
          weight: 1,
          // Not `..` alone: whoever sends it resolves it, encoded too, and asks for another address.
          arbitrary: fc.constantFrom('x', '%', 'a b', '\u0000', '../x', 'é', '00000000-0000-0000-0000-000000000000'),
        },
      )

function fitting(schema: Schema, schemas: Record<string, Schema>, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.$ref) return fitting(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, ids)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const either = schema.anyOf ?? schema.allOf
  if (either) return fc.oneof(...either.map(one => fitting(one, schemas, ids)))
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return fc.oneof(...types.map(type => ofType(type, schema, schemas, ids)))
}

function ofType(
  type: string | undefined,
  schema: Schema,
  schemas: Record<string, Schema>,
  ids: readonly string[],
): fc.Arbitrary<unknown> {
  if (type === 'object')
    return fc.record(
      Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [name, anythingFor(one, schemas, ids)]),
      ),
      { requiredKeys: schema.required ?? [] },
    )
  if (type === 'array') return fc.array(anythingFor(schema.items ?? {}, schemas, ids), { maxLength: 4 })
  if (type === 'string') return ofFormat(schema.format, ids)
  if (type === 'integer')
    return fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(-1, 2 ** 31, 2 ** 53, 10 ** 18))
  if (type === 'number') return fc.double({ noNaN: true })
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return odd
}

function ofFormat(format: string | undefined, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...(ids.length > 0 ? ids : ['x'])), fc.uuid())
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map(date => date.toISOString())
  if (format === 'date')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') })
      .map(date => date.toISOString().slice(0, 10))
  return fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom(...HOSTILE))
}
