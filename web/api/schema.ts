/** What languages are described with. */
export type { JsonSchema } from '../../domain/json-schema.ts'
