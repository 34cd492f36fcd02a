/** As much of JSON Schema as our languages are described with: for editors, which offer what may stand at a place. */
export interface JsonSchema {
  description?: string
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean'
  properties?: Readonly<Record<string, JsonSchema>>
  /** Of keys that are not among `properties`. */
  additionalProperties?: JsonSchema | boolean
  required?: readonly string[]
  items?: JsonSchema
  minItems?: number
  enum?: readonly (string | number | boolean)[]
  const?: string | number | boolean
  /** Words that could stand there, where others may as well. */
  examples?: readonly string[]
  pattern?: string
  maxLength?: number
  minimum?: number
  maximum?: number
  anyOf?: readonly JsonSchema[]
  /** `#/$defs/NAME` alone. */
  $ref?: string
  $defs?: Readonly<Record<string, JsonSchema>>
}
