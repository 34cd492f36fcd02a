/** Reads a provider's answer: whole JSON that fits the schema, or a reason why not. Nothing is mended. */
import { z } from 'zod'

export type Parsed<T> =
  | { ok: true; value: T }
  | { ok: false; why: 'cut_off' }
  | { ok: false; why: 'misfit'; problem: string }

export function parseAnswer<T>(text: string, finishReason: string | null, schema: z.ZodType<T>): Parsed<T> {
  if (finishReason === 'length' || isCutOff(text)) return { ok: false, why: 'cut_off' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, why: 'misfit', problem: 'The answer is not JSON.' }
  }
  const result = schema.safeParse(json)
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, why: 'misfit', problem: z.prettifyError(result.error).slice(0, 1000) }
}

/** True where an object, list or string that was opened is not closed at the end: the rest never came. */
export function isCutOff(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (inString) {
      if (c === '\\') i++
      else if (c === '"') inString = false
    } else if (c === '"') inString = true
    else if (c === '{' || c === '[') depth++
    else if (c === '}' || c === ']') depth--
  }
  return inString || depth > 0
}

const schemas = new WeakMap<z.ZodType, Record<string, unknown>>()

/** JSON Schema as providers take it under `strict`: every object closed, every property required. Made once, and not to be changed. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const known = schemas.get(schema)
  if (known !== undefined) return known
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7' })
  schemas.set(schema, rest)
  return rest
}
