/** The file behind `--map`, YAML or JSON: which column fills which field. */
import { parse } from 'yaml'
import { z } from 'zod'
import { DealwrightError } from '../errors.ts'
import { customKey } from '../shape/custom-field.ts'
import { FIELD_NAMES, type FieldName } from './fields.ts'

/** Columns of a field, best first; for money its currency and the power of ten its numbers stand in. */
export interface ColumnChoice {
  headers: string[]
  currency?: string
  power?: number
}

/** null takes a guessed field away: its column stays as a custom one. `custom.<key>` is a field of the organisation's own; null leaves it out. */
export type FieldMap = Partial<Record<FieldName | `custom.${string}`, ColumnChoice | null>>

const POWERS = { ones: 0, thousands: 3, millions: 6, billions: 9 } as const

const choice = z.union([
  z.null(),
  z
    .string()
    .min(1)
    .transform(header => ({ headers: [header] })),
  z
    .array(z.string().min(1))
    .min(1)
    .transform(headers => ({ headers })),
  z
    .strictObject({
      header: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'a currency is three capital letters')
        .optional(),
      unit: z.enum(['ones', 'thousands', 'millions', 'billions']).optional(),
    })
    .transform(({ header, currency, unit }) => ({
      headers: [header].flat(),
      ...(currency === undefined ? {} : { currency }),
      ...(unit === undefined ? {} : { power: POWERS[unit] }),
    })),
])

/**
 * @example { email: E-Mail, revenue: { header: Umsatz, unit: millions, currency: EUR }, phone: [Mobil, Telefon], custom.region: Gebiet }
 * @throws DealwrightError `import_map_invalid`, naming the key
 */
export function parseMapFile(text: string): FieldMap {
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] as string) : 'unreadable'
    throw new DealwrightError('import_map_invalid', `The map is neither YAML nor JSON: ${why}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DealwrightError('import_map_invalid', 'The map must be a list of "field: column", one a line.')
  const map: FieldMap = {}
  for (const [field, given] of Object.entries(value)) {
    if (!FIELD_NAMES.includes(field as FieldName) && customKey(field) === null)
      throw new DealwrightError(
        'import_map_invalid',
        `The map names the field "${field}", which does not exist. Fields: ${FIELD_NAMES.join(', ')}, and custom.KEY of a custom field.`,
      )
    const parsed = choice.safeParse(given)
    if (!parsed.success)
      throw new DealwrightError(
        'import_map_invalid',
        `The map's "${field}" must be a column's name, a list of names, null, or { header, currency, unit }.`,
      )
    map[field as FieldName] = parsed.data
  }
  return map
}
