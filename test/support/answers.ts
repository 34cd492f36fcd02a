/**
 * Holds every answer of a server under test against its OpenAPI document: an undeclared status or media type, a wrong value, or a field
 * that the document does not name fails the request, and the test when it ends.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Inspected } from '../../server/app.ts'

type Json = Record<string, unknown>

export interface AnswerCheck {
  inspect: (answer: Inspected) => void
  /** Set once the server is there. */
  document: (document: Json) => void
  /** What was wrong, one line each. */
  wrong: string[]
}

export function checkAnswers(): AnswerCheck {
  const wrong: string[] = []
  const compiled = new Map<string, ValidateFunction>()
  let document: Json | undefined
  let components: Json = {}
  let ajv: Ajv2020 | undefined

  function validatorFor(route: string, status: number, mediaType: string): ValidateFunction | null | string {
    const [method = '', path = ''] = route.split(' ')
    const name = `${route} ${status} ${mediaType}`
    const known = compiled.get(name)
    if (known) return known
    const responses = at(document, 'paths', path, method.toLowerCase(), 'responses')
    const content = at(responses, String(status), 'content')
    if (at(responses, String(status)) === undefined) return `${route} does not declare ${status}`
    if (content === undefined) return null
    const schema = at(content, mediaType, 'schema')
    if (schema === undefined) return `${route} does not declare ${status} as ${mediaType}`
    const made = (ajv as Ajv2020).compile({ ...(closed(schema) as Json), components })
    compiled.set(name, made)
    return made
  }

  return {
    wrong,
    document(made) {
      document = made
      components = closedDocument(made)
      ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false })
    },
    inspect({ route, status, contentType, body }) {
      if (document === undefined) return
      const mediaType = contentType.split(';')[0]?.trim() ?? ''
      if (mediaType === '') return
      const validate = validatorFor(route, status, mediaType)
      if (validate === null) return
      const problem =
        typeof validate === 'string' ? validate : body === '' ? null : failure(route, status, validate, body)
      if (problem === null) return
      wrong.push(problem)
      throw new Error(problem)
    },
  }
}

function failure(route: string, status: number, validate: ValidateFunction, body: string): string | null {
  if (validate(JSON.parse(body))) return null
  const [first] = validate.errors ?? []
  return `${route} ${status}: ${first?.instancePath} ${first?.message} ${JSON.stringify(first?.params)}`
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value)
}

/**
 * A field that a schema does not name is one too many, unless the schema says that there may be others. `part`: of several that together
 * say what an object is (`allOf`), or a named schema, which may be such a part where it is used.
 */
function closed(schema: unknown, part = false): unknown {
  if (Array.isArray(schema)) return schema.map(one => closed(one, part))
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value, key === 'allOf')]))
  return !part && saysWhatItIs(schema) ? { ...inner, unevaluatedProperties: false } : inner
}

function saysWhatItIs(schema: object): boolean {
  if ('$ref' in schema || 'allOf' in schema) return true
  return 'type' in schema && 'properties' in schema && !('additionalProperties' in schema)
}

function closedDocument(document: Json): Json {
  const schemas = (at(document, 'components', 'schemas') ?? {}) as Json
  return { schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema, true)])) }
}
