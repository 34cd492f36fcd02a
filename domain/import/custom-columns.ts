/** Fields that the organisation added: which of a file's columns fill them, and what a cell means as a value of their type. */
import { DealwrightError } from '../errors.ts'
import { CUSTOM_KEY, type CustomKind, customName, type CustomType, valueProblem } from '../shape/custom-field.ts'
import type { Json } from '../playbook/types.ts'
import type { ColumnChoice, FieldMap } from './map-file.ts'
import { type DateOrder, detectDateOrder, parseDate } from './normalise/date.ts'
import { labelKey } from './normalise/name.ts'
import { currencyIn, type DecimalSign, detectDecimalSign, parseDecimal, parseMoney } from './normalise/number.ts'
import { isEmptyCell, parseBoolean } from './normalise/words.ts'
import type { GoodRow } from './types.ts'

/** What an import needs to know of a custom field. */
export interface ImportableField {
  kind: CustomKind
  key: string
  label: string
  type: CustomType
  choices: readonly string[]
  /** A new record needs it. */
  required: boolean
  /** It is sensitive, and whoever imports may not write it. */
  barred: boolean
}

export interface CustomColumn extends Omit<ImportableField, 'kind' | 'barred'> {
  /** Columns, best first: the first that is not empty counts. None: no column fills it. */
  columns: number[]
  dates: DateOrder
  sign: DecimalSign
  currency: string
  power: number
}

interface Place {
  headers: readonly string[]
  /** Columns that fill fields of ours, and those that are to be left out. */
  taken: ReadonlySet<number>
  sample: readonly GoodRow[]
  language: 'continental' | 'unknown'
  /** Of amounts that name none. */
  currency: string
}

/**
 * Every field of this kind, with the columns that fill it: as the map says, else by the field's key or label.
 * @param find the number of a column by its name; throws where the file has none
 * @throws DealwrightError `import_map_invalid` for a map that names a field which is not there, `forbidden` for a barred one
 */
export function customColumns(
  fields: readonly ImportableField[],
  map: FieldMap,
  place: Place,
  find: (header: string) => number,
): { custom: CustomColumn[]; ignored: number[] } {
  requireKnown(fields, map)
  const ignored: number[] = []
  const custom = fields.map(({ kind: _kind, barred, ...field }) => {
    const chosen = map[`custom.${field.key}`]
    const columns = chosen ? chosen.headers.map(find) : named(field, place)
    if (chosen === null) ignored.push(...columns)
    const filled = chosen === null ? [] : columns
    if (barred && filled.length > 0)
      throw new DealwrightError(
        'forbidden',
        `The column “${place.headers[filled[0] ?? 0]}” fills custom.${field.key}, a sensitive field, which you may not write. Leave it out: map custom.${field.key} to null.`,
      )
    return { ...field, columns: filled, ...formsOf(field.type, filled, place, chosen ?? null) }
  })
  return { custom, ignored }
}

function requireKnown(fields: readonly ImportableField[], map: FieldMap): void {
  const names = fields.map(({ key }) => customName(key))
  const unknown = Object.keys(map).find(name => name.startsWith('custom.') && !names.includes(name))
  if (unknown === undefined) return
  throw new DealwrightError(
    'import_map_invalid',
    `The map names the field "${unknown}", which these records do not have. Custom fields of theirs: ${names.join(', ') || 'none'}.`,
  )
}

/** Whether a column of this name holds it. */
export const isNamed = ({ key, label }: Pick<ImportableField, 'key' | 'label'>, header: string): boolean =>
  header === customName(key) || [labelKey(key), labelKey(label)].includes(labelKey(header))

const named = (field: Pick<ImportableField, 'key' | 'label'>, { headers, taken }: Place): number[] =>
  headers.flatMap((header, index) =>
    isNamed(field, header) && (!taken.has(index) || header === customName(field.key)) ? [index] : [],
  )

function formsOf(type: CustomType, columns: number[], place: Place, choice: ColumnChoice | null) {
  const values = place.sample.flatMap(row => columns.map(index => row.cells[index] ?? '')).filter(Boolean)
  const continental = place.language === 'continental'
  return {
    dates: type === 'date' ? (detectDateOrder(values) ?? (continental ? ('dmy' as const) : null)) : null,
    sign:
      type === 'number' || type === 'money'
        ? (detectDecimalSign(values) ?? (continental ? (',' as const) : null))
        : null,
    currency: choice?.currency ?? place.currency,
    power: choice?.power ?? 0,
  }
}

/** A cell as this field's value; undefined: the cell says nothing. The problem is words that follow the field's label. */
export function readCustom(text: string, field: CustomColumn): { value: Json } | { problem: string } | undefined {
  const clean = text.trim()
  if (isEmptyCell(clean)) return undefined
  const value = read(clean, field)
  const problem = value === null ? (valueProblem('\0', field) ?? 'does not take this') : valueProblem(value, field)
  return problem === null ? { value } : { problem }
}

/** Null: it is none. */
function read(text: string, { type, choices, dates, sign, currency, power }: CustomColumn): Json {
  switch (type) {
    case 'text':
    case 'url':
      return text
    case 'boolean':
      return parseBoolean(text)
    case 'choice':
      return choices.find(one => one === text) ?? choices.find(one => labelKey(one) === labelKey(text)) ?? null
    case 'date':
      return parseDate(text, dates)
    case 'number': {
      const found = parseDecimal(text, sign)
      return found && Number(`${found.negative ? '-' : ''}${found.digits}e-${found.scale}`)
    }
    case 'money': {
      const found = parseMoney(text, { currency: currencyIn(text) ?? currency, power, sign })
      return found && { minor: Number(found.minor), currency: found.currency }
    }
  }
}

/** What only a custom field's own value may stand under in a record. */
export const isKeyOf = (fields: readonly CustomColumn[], header: string): boolean =>
  CUSTOM_KEY.test(header) && fields.some(({ key }) => key === header)
