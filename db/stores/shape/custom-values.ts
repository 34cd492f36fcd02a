/** Values of custom fields as people set them and lists look for them. */
import { may } from '../../../domain/access/may.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import { DealwrightError } from '../../../domain/errors.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import {
  type CustomKind,
  type CustomType,
  customKey,
  customName,
  CUSTOM_KINDS,
  valueProblem,
} from '../../../domain/shape/custom-field.ts'
import { scope } from '../../access.ts'
import { json, type Sql, type Tx } from '../../sql.ts'
import { SENSITIVE_FIELDS } from './sensitive.ts'

interface Definition {
  key: string
  label: string
  type: CustomType
  choices: string[]
  required: boolean
  searchable: boolean
  sensitive: boolean
}

const COLUMNS = 'key, label, type, choices, required, searchable, sensitive'
const hasCustom = (kind: string): kind is CustomKind => CUSTOM_KINDS.includes(kind as CustomKind)

/**
 * @param set document fields and their values; those called `custom.<key>` are checked, the rest passed over
 * @throws DealwrightError `bad_input`, `forbidden`, `field_required`, `field_value_invalid`
 */
export async function requireValues(
  tx: Tx,
  viewer: Viewer,
  kind: string,
  ownerId: string | null,
  set: Readonly<Record<string, Json>>,
): Promise<void> {
  for (const field of Object.keys(set))
    if (SENSITIVE_FIELDS.has(`${kind}.${field}`)) requireSight(viewer, ownerId, field)
  const given = Object.entries(set).flatMap(([field, value]) => {
    const key = customKey(field)
    return key === null ? [] : [[key, value] as const]
  })
  if (given.length === 0) return
  // The type stays as it is until this is written: whoever changes it waits, and then finds the value.
  const known = await tx.rows<Definition>(
    `select ${COLUMNS} from custom_field where kind = $1 and key = any($2) and archived_at is null order by key for share`,
    [kind, given.map(([key]) => key)],
  )
  for (const [key, value] of given) {
    const field = known.find(one => one.key === key)
    if (!field) throw new DealwrightError('bad_input', `custom.${key}: a ${kind} has no such field.`)
    if (field.sensitive) requireSight(viewer, ownerId, customName(key))
    if (value === null && field.required)
      throw new DealwrightError('field_required', `custom.${key}: ${field.label} is required.`)
    const problem = valueProblem(value, field)
    if (problem !== null) throw new DealwrightError('field_value_invalid', `custom.${key}: ${field.label} ${problem}.`)
  }
}

function requireSight(viewer: Viewer, ownerId: string | null, field: string): void {
  if (!may(viewer, 'sensitive_field.see', ownerId))
    throw new DealwrightError('forbidden', `${field}: is a sensitive field, which you may neither read nor write.`)
}

/** @throws DealwrightError `field_required` naming every required field that a new record lacks */
export async function requireRequired(tx: Tx, kind: string, given: Readonly<Record<string, Json>>): Promise<void> {
  if (!hasCustom(kind)) return
  const required = await tx.rows<Definition>(
    `select ${COLUMNS} from custom_field where kind = $1 and required and archived_at is null order by key`,
    [kind],
  )
  const missing = required.filter(({ key }) => (given[customName(key)] ?? null) === null)
  if (missing.length === 0) return
  const names = missing.map(({ key, label }) => `custom.${key} (${label})`)
  throw new DealwrightError('field_required', `A new ${kind} needs ${names.join(', ')}.`)
}

interface Asked {
  viewer: Viewer
  kind: string
  /** SQL of the owner. */
  owner: string
  /** The record's name in the query. */
  alias: string
  values: unknown[]
}

/** SQL texts that a search looks into, null where this viewer may not look. */
export async function searchedFields(sql: Sql, { viewer, kind, owner, alias, values }: Asked): Promise<string[]> {
  if (!hasCustom(kind)) return []
  const fields = await sql.rows<Definition>(
    `select ${COLUMNS} from custom_field where kind = $1 and searchable and archived_at is null order by key limit 50`,
    [kind],
  )
  const texts: string[] = []
  for (const { key, sensitive } of fields) {
    const value = `${alias}.custom->>'${key}'`
    texts.push(sensitive ? `case when ${scope(viewer, 'sensitive_field.see', owner, values)} then ${value} end` : value)
  }
  return texts
}

/**
 * A condition on custom fields: each of `wanted` has this value.
 * @throws DealwrightError `bad_input` for a field that is not there or not searchable, or a value it never has
 */
export async function customCondition(
  sql: Sql,
  asked: Asked,
  wanted: Readonly<Record<string, Json>> | undefined,
): Promise<string> {
  const { viewer, kind, owner, alias, values } = asked
  const keys = Object.keys(wanted ?? {})
  if (wanted === undefined || keys.length === 0) return 'true'
  const known = await sql.rows<Definition>(
    `select ${COLUMNS} from custom_field where kind = $1 and key = any($2) and searchable and archived_at is null`,
    [kind, keys],
  )
  for (const key of keys) {
    const field = known.find(one => one.key === key)
    if (!field)
      throw new DealwrightError('bad_input', `custom: a ${kind} has no field ${key} that lists can be searched by.`)
    const problem = wanted[key] === null ? 'is never null in a search' : valueProblem(wanted[key] ?? null, field)
    if (problem !== null) throw new DealwrightError('bad_input', `custom: ${key} ${problem}.`)
  }
  const has = `${alias}.custom @> $${values.push(json(wanted))}::jsonb`
  return known.some(({ sensitive }) => sensitive)
    ? `(${has} and ${scope(viewer, 'sensitive_field.see', owner, values)})`
    : has
}
