/** Fields that an organisation adds to records: what a value of each type is. */
import type { FieldType, Json } from '../playbook/types.ts'

export const CUSTOM_KINDS = ['account', 'contact', 'lead', 'deal', 'product'] as const
export type CustomKind = (typeof CUSTOM_KINDS)[number]

export const CUSTOM_TYPES = ['text', 'number', 'money', 'date', 'boolean', 'choice', 'url'] as const
export type CustomType = (typeof CUSTOM_TYPES)[number]

/** Stands in a record's `custom`, in conditions and in queries. */
export const CUSTOM_KEY = /^[a-z][a-z0-9_]{0,39}$/
export const MOST_CHOICES = 200

const PREFIX = 'custom.'

/** The key of `custom.<key>`; null for every other field. */
export function customKey(field: string): string | null {
  const key = field.startsWith(PREFIX) ? field.slice(PREFIX.length) : ''
  return CUSTOM_KEY.test(key) ? key : null
}
export const customName = (key: string): string => PREFIX + key

export interface ValueRules {
  type: CustomType
  choices: readonly string[]
}

const LONGEST = 2_000

/** What is wrong with a value, in words that follow the field's label; null: it fits. Null is no value and always fits. */
export function valueProblem(value: Json, { type, choices }: ValueRules): string | null {
  if (value === null) return null
  switch (type) {
    case 'text':
      return isText(value) ? null : `takes a text of 1 to ${LONGEST} characters`
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'takes a number'
    case 'money':
      return isMoney(value) ? null : 'takes {"minor": whole number of minor units, "currency": a code such as EUR}'
    case 'date':
      return isDate(value) ? null : 'takes a date such as 2027-03-31'
    case 'boolean':
      return typeof value === 'boolean' ? null : 'takes true or false'
    case 'choice':
      return typeof value === 'string' && choices.includes(value) ? null : `takes one of ${choices.join(', ')}`
    case 'url':
      return isUrl(value) ? null : 'takes an address that begins with https:// or http://'
  }
}

const isText = (value: Json): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST && !/[^\P{Cc}\n\t]/u.test(value)

function isMoney(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { minor, currency, ...more } = value
  return (
    Number.isSafeInteger(minor) &&
    typeof currency === 'string' &&
    /^[A-Z]{3}$/.test(currency) &&
    Object.keys(more).length === 0
  )
}

function isDate(value: Json): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const at = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
}

function isUrl(value: Json): boolean {
  if (!isText(value) || !/^https?:\/\//i.test(value)) return false
  const url = URL.canParse(value) ? new URL(value) : null
  return url !== null && url.username === '' && url.password === ''
}

/** A value written as a text, as a filter, a command or a file has it; undefined where it cannot be one of this type. */
export function valueOfText(text: string, rules: ValueRules): Json | undefined {
  const value = read(text.trim(), rules.type)
  return value !== undefined && valueProblem(value, rules) === null ? value : undefined
}

function read(text: string, type: CustomType): Json | undefined {
  if (type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
  if (type === 'boolean') return { true: true, yes: true, false: false, no: false }[text.toLowerCase()]
  if (type !== 'money') return text
  const money = /^(-?\d+)(?:\.(\d{2}))? ([A-Z]{3})$/.exec(text)
  if (!money) return undefined
  const [, whole = '0', cents = '00', currency = ''] = money
  return { minor: Number(`${whole}${cents}`), currency }
}

const IN_CONDITIONS: Readonly<Record<Exclude<CustomType, 'choice'>, FieldType>> = {
  text: 'string',
  number: 'double',
  money: 'double',
  date: 'timestamp',
  boolean: 'bool',
  url: 'string',
}

/** Its type where conditions read it. */
export const conditionType = ({ type, choices }: ValueRules): FieldType =>
  type === 'choice' ? { oneOf: [...choices] } : IN_CONDITIONS[type]

/** Its value where conditions read it: money as an amount in hundredths' whole (12.50), a date as the instant that begins it in UTC. */
export function conditionValue(value: Json, { type }: ValueRules): Json {
  if (type === 'money' && isMoney(value)) return (value as { minor: number }).minor / 100
  if (type === 'date' && isDate(value)) return `${value as string}T00:00:00Z`
  return value
}
