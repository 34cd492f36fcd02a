/** `field=value` words of the command line as what a record's route takes. */
import { DealwrightError } from '../../domain/errors.ts'
import type { Json } from '../../domain/playbook/types.ts'
import { customKey, type CustomType, valueOfText } from '../../domain/shape/custom-field.ts'

export const RECORD_PATHS = {
  account: 'accounts',
  contact: 'contacts',
  lead: 'leads',
  deal: 'deals',
  task: 'tasks',
  product: 'products',
} as const
export type RecordWord = keyof typeof RECORD_PATHS

export interface CustomDefinition {
  kind: string
  key: string
  type: CustomType
  choices: string[]
}

/** Fields of ours that are numbers; all others are texts. */
const NUMBERS = new Set(['employees', 'founded', 'revenueMinor', 'amountMinor', 'priceMinor', 'costMinor'])

/**
 * An empty value empties the field. `custom.key` is read as its definition says.
 * @throws DealwrightError `bad_input`
 */
export function recordSet(words: readonly string[], definitions: readonly CustomDefinition[]): Record<string, Json> {
  const set: Record<string, Json> = {}
  const custom: Record<string, Json> = {}
  for (const word of words) {
    const at = word.indexOf('=')
    if (at < 1)
      throw new DealwrightError('bad_input', `“${word}”: give each as FIELD=VALUE, such as nextStep="call on Monday".`)
    const [field, text] = [word.slice(0, at).trim(), word.slice(at + 1).trim()]
    const key = customKey(field)
    if (key === null) set[field] = ownValue(field, text)
    else custom[key] = customValue(key, text, definitions)
  }
  return Object.keys(custom).length > 0 ? { ...set, custom } : set
}

function ownValue(field: string, text: string): Json {
  if (text === '') return null
  if (!NUMBERS.has(field)) return text
  if (/^-?\d+$/.test(text)) return Number(text)
  throw new DealwrightError('bad_input', `${field}: takes a whole number (amounts in cents).`)
}

function customValue(key: string, text: string, definitions: readonly CustomDefinition[]): Json {
  if (text === '') return null
  const found = definitions.find(one => one.key === key)
  if (!found)
    throw new DealwrightError('bad_input', `custom.${key}: there is no such field. See: dealwright field list`)
  const value = valueOfText(text, found)
  if (value !== undefined) return value
  const choices = found.type === 'choice' ? `: one of ${found.choices.join(', ')}` : ''
  throw new DealwrightError('bad_input', `custom.${key}: “${text}” is no ${found.type}${choices}.`)
}
