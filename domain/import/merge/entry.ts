/** A stored or new record in the hands of an import, and who may change which of its fields. */

import { customName } from '../../shape/custom-field.ts'
import type { CustomValues } from '../types.ts'

export type Value = string | number | boolean | null | CustomValues

export interface Owner {
  by: string
  id?: string
  at?: string
}

/** Whoever made the whole record: fields without an owner of their own are theirs. */
export const WHOLE = '*'

export interface Entry {
  id: string
  isNew: boolean
  values: Record<string, Value>
  owners: Record<string, Owner>
  /** Old values of the fields changed here, for the history; empty for new records. */
  changed: Map<string, Value>
  /** Orders records of equal claim: the one that was there first wins. */
  order: number
}

/** What the store hands over: fields by name, `custom` among them. */
export interface Stored {
  id: string
  values: Record<string, Value>
  owners: Record<string, Owner>
}

export function storedEntry(stored: Stored, order: number): Entry {
  return { ...stored, isNew: false, changed: new Map(), order }
}

/** @param mark what stands as owner of the whole record: this import */
export function newEntry(id: string, values: Record<string, Value>, mark: Owner, order: number): Entry {
  return { id, isNew: true, values, owners: { [WHOLE]: mark }, changed: new Map(), order }
}

export type Setting = 'set' | 'same' | 'spared'

/**
 * Writes one field. An empty field is filled unless a person or an agent emptied it; a filled one is changed only by
 * `update`, and only where an import set it: what a person or an agent set is spared.
 */
export function setField(entry: Entry, field: string, value: Value, mode: 'fill' | 'update', mark: Owner): Setting {
  if (value === null) return 'same'
  const current = entry.values[field] ?? null
  if (current === value) return 'same'
  const owner = entry.owners[field]
  if (owner !== undefined && owner.by !== 'import') return 'spared'
  if (current !== null) {
    if (mode === 'fill') return 'same'
    if ((owner ?? entry.owners[WHOLE])?.by !== 'import') return 'spared'
  }
  write(entry, field, current, value, mark)
  return 'set'
}

/**
 * Custom fields and columns one by one: those that are there already change only where an import made them, and those that a person or an
 * agent set or emptied not at all.
 */
export function mergeCustom(entry: Entry, custom: CustomValues, mark: Owner): Setting {
  const current = (entry.values.custom ?? {}) as CustomValues
  const other = Object.keys(custom).filter(key => !alike(custom[key], current[key]))
  if (other.length === 0) return 'same'
  const whole = entry.owners.custom ?? entry.owners[WHOLE]
  const news = other.filter(key => {
    const own = entry.owners[customName(key)]
    if (own !== undefined) return own.by === 'import'
    return !(key in current) || whole?.by === 'import'
  })
  if (news.length === 0) return 'spared'
  const merged = { ...current }
  for (const key of news) merged[key] = custom[key] as CustomValues[string]
  write(entry, 'custom', current, merged, mark)
  return 'set'
}

function alike(a: CustomValues[string] | undefined, b: CustomValues[string] | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  return a.minor === b.minor && a.currency === b.currency
}

function write(entry: Entry, field: string, old: Value, value: Value, mark: Owner): void {
  entry.values[field] = value
  if (entry.isNew) return
  if (!entry.changed.has(field)) entry.changed.set(field, old)
  // Custom columns of another's record stay the other's, also where some were added.
  if (field !== 'custom' && entry.owners[WHOLE]?.by !== 'import') entry.owners[field] = mark
}

/** Whether a stored record has other values now than in the store. A field set back to its old value is no change. */
export function isChanged(entry: Entry): boolean {
  for (const [field, old] of entry.changed) if (same(old, entry.values[field] ?? null)) entry.changed.delete(field)
  return entry.changed.size > 0
}

function same(a: Value, b: Value): boolean {
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => alike(a[key], b[key]))
}
