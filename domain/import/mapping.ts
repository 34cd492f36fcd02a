/** How a file would be read, column by column, for people to look at and to change. */
import type { ImportableField } from './custom-columns.ts'
import { FIELD_NAMES, FIELDS, type FieldName } from './fields.ts'
import { TABLE_OF } from './merge/words.ts'
import type { ImportPlan } from './plan.ts'
import { customName } from '../shape/custom-field.ts'
import type { GoodRow, ImportKind } from './types.ts'

export interface MappedColumn {
  header: string
  /** As a map names it (`email`, `custom.region`); null: it is kept under its own name. */
  field: string | null
  /** It is left out: an export of kept rows added it, or a map says so. */
  ignored: boolean
  /** A few of its values, those that differ. */
  samples: string[]
}

export interface Mapping {
  columns: MappedColumn[]
  /** What a column of this kind of file can be. */
  fields: string[]
}

const SAMPLES = 3
const LONGEST = 80

/** @param custom the organisation's fields that whoever imports may fill */
export function mappingOf(plan: ImportPlan, sample: readonly GoodRow[], custom: readonly ImportableField[]): Mapping {
  const fields = new Map<number, string>()
  for (const [field, indexes] of Object.entries(plan.columns) as [FieldName, number[]][])
    for (const index of indexes) fields.set(index, field)
  for (const { key, columns } of plan.custom) for (const index of columns) fields.set(index, customName(key))
  const columns = plan.headers.map((header, index) => ({
    header,
    field: fields.get(index) ?? null,
    ignored: plan.ignored.includes(index),
    samples: samplesOf(sample, index),
  }))
  const own = custom.filter(({ kind, barred }) => kind === TABLE_OF[plan.kind] && !barred)
  const names = FIELD_NAMES.filter(name => (FIELDS[name].kinds as readonly ImportKind[]).includes(plan.kind))
  return { columns, fields: [...names, ...own.map(({ key }) => customName(key))] }
}

function samplesOf(sample: readonly GoodRow[], index: number): string[] {
  const found = new Set<string>()
  for (const { cells } of sample) {
    const value = cells[index]?.trim() ?? ''
    if (value !== '') found.add(value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value)
    if (found.size === SAMPLES) break
  }
  return [...found]
}
