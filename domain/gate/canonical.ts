/** One spelling for a value, so that equal contents have equal hashes whatever order their keys were written in. */
import { createHash } from 'node:crypto'
import type { Json } from '../playbook/types.ts'

/** Keys sorted, no white space, no undefined: JSON as RFC 8785 orders it, for the values we use (no floats in contents but plain numbers). */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.keys(value)
      .sort()
      .map(key => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`)
    return `{${entries.join(',')}}`
  }
  return JSON.stringify(value)
}

/** SHA-256 in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Hash of an action's content: its kind, its canonical fields and, for mail, the message as it will leave byte for byte. */
export function contentHash(kind: string, content: Json, rendered: Uint8Array | null): string {
  return sha256(canonical({ kind, content, rendered: rendered === null ? null : sha256(rendered) }))
}

/** A field of a record that an action relied on, with the value it had. */
export interface ReliedField {
  table: string
  id: string
  field: string
  value: Json
}

/** Hash of the relied-on fields, whatever their order. */
export function reliedHash(fields: ReliedField[]): string {
  const sorted = fields.map(field => canonical({ ...field })).sort()
  return sha256(canonical(sorted))
}
