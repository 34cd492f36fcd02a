/** Definitions of custom fields. Whatever changes a definition is checked against the records that have a value. */
import { relationsFor } from '../../../domain/access/may.ts'
import type { Viewer } from '../../../domain/access/viewer.ts'
import { DealwrightError } from '../../../domain/errors.ts'
import type { ImportableField } from '../../../domain/import/custom-columns.ts'
import type { Json } from '../../../domain/playbook/types.ts'
import { type CustomKind, type CustomType, valueProblem, type ValueRules } from '../../../domain/shape/custom-field.ts'
import { type ExitRule, exitRuleProblems } from '../../../domain/shape/exit-rules.ts'
import { must, type Sql, type Tx } from '../../sql.ts'
import { audit } from '../audit.ts'
import { dealFields } from './deal-move.ts'

export interface CustomField {
  id: string
  kind: CustomKind
  key: string
  label: string
  type: CustomType
  choices: string[]
  required: boolean
  searchable: boolean
  sensitive: boolean
  archivedAt: Date | null
}

const COLUMNS = 'id, kind, key, label, type, choices, required, searchable, sensitive, archived_at'

/** By kind and label; the archived ones only when asked for. */
export const listCustomFields = (
  sql: Sql,
  { kind, archived }: { kind?: CustomKind | undefined; archived?: boolean | undefined } = {},
): Promise<CustomField[]> =>
  sql.rows<CustomField>(
    `select ${COLUMNS} from custom_field where ($1::text is null or kind = $1) and ($2 or archived_at is null) order by kind, label, key`,
    [kind ?? null, archived ?? false],
  )

/** Those in use, for an import by this viewer: a sensitive one only for whoever may write it in every record. */
export async function importableFields(sql: Sql, viewer: Viewer): Promise<ImportableField[]> {
  const all = await listCustomFields(sql)
  const sees = relationsFor(viewer, 'sensitive_field.see').includes('any')
  return all.map(({ kind, key, label, type, choices, required, sensitive }) => ({
    kind,
    key,
    label,
    type,
    choices,
    required,
    barred: sensitive && !sees,
  }))
}

export const customField = (sql: Sql, id: string): Promise<CustomField> =>
  must('custom field', id, sql.row<CustomField>(`select ${COLUMNS} from custom_field where id = $1`, [id]))

/** Whoever is writing a value of it has finished. */
export async function lockedCustomField(tx: Tx, id: string): Promise<CustomField> {
  await tx.run('select 1 from custom_field where id = $1 for update', [id])
  return customField(tx, id)
}

export type NewCustomField = Omit<CustomField, 'id' | 'archivedAt'>

export async function addCustomField(tx: Tx, field: NewCustomField, by: string): Promise<CustomField> {
  requireWhole(field)
  const { kind, key } = field
  if (await tx.row('select 1 from custom_field where kind = $1 and key = $2', [kind, key]))
    throw new DealwrightError('conflict', `A ${kind} has a field ${key} already; an archived one can be brought back.`)
  await requireFits(tx, field)
  const row = await tx.row<{ id: string }>(
    `insert into custom_field (kind, key, label, type, choices, required, searchable, sensitive) values ($1,$2,$3,$4,$5,$6,$7,$8)
     on conflict (kind, key) do nothing returning id`,
    [kind, key, field.label, field.type, field.choices, field.required, field.searchable, field.sensitive],
  )
  if (!row) throw new DealwrightError('conflict', `A ${kind} has a field ${key} already.`)
  await audit(tx, {
    actor: by,
    type: 'custom_field.created',
    target: 'custom_field',
    targetId: row.id,
    data: { kind, key },
  })
  return customField(tx, row.id)
}

export interface CustomFieldChange {
  label?: string | undefined
  type?: CustomType | undefined
  choices?: string[] | undefined
  required?: boolean | undefined
  searchable?: boolean | undefined
  sensitive?: boolean | undefined
  archived?: boolean | undefined
}

const CHANGEABLE = ['label', 'type', 'choices', 'required', 'searchable', 'sensitive', 'archived'] as const

/** Call it with the row locked. Archiving keeps the values; they come back with the field. */
export async function changeCustomField(
  tx: Tx,
  before: CustomField,
  change: CustomFieldChange,
  by: string,
): Promise<CustomField> {
  const was = { ...before, archived: before.archivedAt !== null }
  // The choices of a field that is no choice any more are none.
  const emptied = change.type !== undefined && change.type !== 'choice' ? { choices: [] } : {}
  const given = Object.fromEntries(Object.entries({ ...emptied, ...change }).filter(([, value]) => value !== undefined))
  const after = { ...was, ...(given as Partial<typeof was>) }
  const fields = CHANGEABLE.filter(field => JSON.stringify(after[field]) !== JSON.stringify(was[field]))
  if (fields.length === 0) return before
  requireWhole(after)
  const retyped = fields.includes('type') || fields.includes('choices')
  if (!after.archived && (retyped || fields.includes('archived'))) await requireFits(tx, after)
  await tx.run(
    `update custom_field set label = $2, type = $3, choices = $4, required = $5, searchable = $6, sensitive = $7,
       archived_at = case when $8 then coalesce(archived_at, now()) end, updated_at = now() where id = $1`,
    [
      before.id,
      after.label,
      after.type,
      after.choices,
      after.required,
      after.searchable,
      after.sensitive,
      after.archived,
    ],
  )
  if (before.kind === 'deal' && (retyped || fields.includes('archived'))) await requireRulesHold(tx, before)
  await audit(tx, {
    actor: by,
    type: 'custom_field.changed',
    target: 'custom_field',
    targetId: before.id,
    data: { fields },
  })
  return customField(tx, before.id)
}

function requireWhole(field: NewCustomField): void {
  const wrong = (why: string) => new DealwrightError('bad_input', why)
  if (field.type === 'choice' && field.choices.length === 0) throw wrong('choices: a choice needs at least one.')
  if (field.type !== 'choice' && field.choices.length > 0) throw wrong('choices: only a choice has them.')
  if (new Set(field.choices).size < field.choices.length) throw wrong('choices: one stands twice.')
  if (field.required && field.sensitive)
    throw wrong('required: a sensitive field cannot be required, since who may not see it could make no record.')
}

const EXAMPLES = 5
const BATCH = 5_000

/** @throws DealwrightError `conflict` saying how many records have a value that does not fit, with some of their ids */
async function requireFits(
  tx: Tx,
  { kind, key, ...rules }: ValueRules & { kind: CustomKind; key: string },
): Promise<void> {
  const examples: string[] = []
  let misfits = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await tx.rows<{ id: string; value: Json }>(
      `select id, custom->$1::text as value from "${kind}" where custom ? $1 and id > $2 order by id limit ${BATCH}`,
      [key, after],
    )
    for (const { id, value } of rows) {
      if (valueProblem(value, rules) === null) continue
      misfits += 1
      if (examples.length < EXAMPLES) examples.push(id)
    }
    if (rows.length < BATCH) break
    after = rows.at(-1)?.id ?? ''
  }
  if (misfits === 0) return
  const words = misfits === 1 ? '1 record has a value that does' : `${misfits} records have values that do`
  throw new DealwrightError(
    'conflict',
    `${words} not fit ${rules.type} in ${key}: change or empty them first, for example ${kind} ${examples.join(', ')}.`,
    { details: { misfits } },
  )
}

/** @throws DealwrightError `conflict` when an exit rule reads the field as it was */
async function requireRulesHold(tx: Tx, { key }: CustomField): Promise<void> {
  const stages = await tx.rows<{ name: string; exitRules: ExitRule[] }>(
    `select name, exit_rules from stage where archived_at is null and exit_rules <> '[]' order by name for share`,
  )
  const fields = await dealFields(tx)
  const broken = stages.filter(({ exitRules }) => exitRuleProblems(exitRules, fields).length > 0)
  if (broken.length > 0)
    throw new DealwrightError(
      'conflict',
      `Exit rules of ${broken.map(({ name }) => name).join(', ')} read ${key} as it is: change them first.`,
    )
}
