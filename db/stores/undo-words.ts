/** What an undo takes back and spares, in plain sentences with the names that people know. */
import type { Json } from '../../domain/playbook/types.ts'
import type { Sql } from '../sql.ts'
import { fieldInWords, namesOfIds, valueInWords } from './names.ts'
import type { Spared, UndoItem } from './undo.ts'

type Row = UndoItem | Spared

/** The same rows, each with its sentence. Values that are hidden from the viewer have to be taken out before. */
export async function withWords<R extends Row>(sql: Sql, rows: readonly R[]): Promise<(R & { words: string })[]> {
  const [labels, names] = [await labelsOf(sql, rows), await namesOfIds(sql, valuesOf(rows))]
  return rows.map(row => ({ ...row, words: inWords(row, labels.get(row.id) ?? null, names) }))
}

function inWords(row: Row, label: string | null, names: ReadonlyMap<string, string>): string {
  const what = `${row.kind === 'field_suggestion' ? 'suggestion' : row.kind}${label === null ? '' : ` “${label}”`}`
  const value = (of: Json): string => said(of, names)
  const place = row.field === null || row.what === 'task' ? what : `${what}, ${fieldInWords(row.field)}`
  if ('why' in row)
    return `${place}: stays ${row.what === 'task' ? value(row.from) : `at ${value(row.from)}`}, since ${row.why}`
  if (row.what === 'task') return `${what}: called off`
  if (row.what === 'suggestion') return `${what}: withdrawn`
  if (row.what === 'deal') return `${what}: closed as withdrawn`
  return `${place}: from ${value(row.from)} back to ${value(row.to)}`
}

function said(value: Json, names: ReadonlyMap<string, string>): string {
  return value === 'open' || value === 'done' || value === 'cancelled' ? value : valueInWords(value, names)
}

/** What people call these records, by id. */
async function labelsOf(sql: Sql, rows: readonly Row[]): Promise<Map<string, string>> {
  const found = await sql.rows<{ id: string; label: string | null }>(
    `select id, name as label from deal where id = any($1::uuid[]) union all select id, name from contact where id = any($1::uuid[])
     union all select id, name from account where id = any($1::uuid[]) union all select id, name from product where id = any($1::uuid[])
     union all select id, title from task where id = any($1::uuid[])
     union all select l.id, coalesce(c.name, a.name) from lead l left join contact c on c.id = l.contact_id left join account a on a.id = l.account_id
       where l.id = any($1::uuid[])
     union all select f.id, f."table" || ' ' || f.field from field_suggestion f where f.id = any($1::uuid[])`,
    [rows.map(({ id }) => id)],
  )
  return new Map(found.flatMap(({ id, label }) => (label === null ? [] : [[id, label]])))
}

const valuesOf = (rows: readonly Row[]): Json[] =>
  rows
    .filter(({ field }) => field?.endsWith('Id') === true)
    .flatMap(row => ('to' in row ? [row.from, row.to] : [row.from]))

/** One line for the whole: what was, or would be, taken back, spared and left. */
export function undoInWords(counts: { preview: boolean; reverted: number; spared: number; lasting: number }): string {
  const { preview, reverted, spared, lasting } = counts
  const parts = [
    `${many(reverted, 'change')} ${preview ? 'would be' : reverted === 1 ? 'was' : 'were'} taken back`,
    ...(spared > 0
      ? [
          `${many(spared, 'is', 'are')} spared, since ${spared === 1 ? 'it is' : 'they are'} not as the agent left ${spared === 1 ? 'it' : 'them'}`,
        ]
      : []),
    ...(lasting > 0 ? [`${many(lasting, 'mail')} cannot be called back`] : []),
  ]
  return `${parts.join('; ')}.`
}

const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`
