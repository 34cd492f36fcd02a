/** What people call what stands in fields as an id, and what they call the fields. */
import type { Json } from '../../domain/playbook/types.ts'
import type { Sql } from '../sql.ts'

/** Of stages, people, companies and contacts, by id; other texts have none. */
export async function namesOfIds(sql: Sql, values: readonly Json[]): Promise<Map<string, string>> {
  const ids = [...new Set(values.filter(value => typeof value === 'string'))]
  if (ids.length === 0) return new Map()
  const found = await sql.rows<{ id: string; name: string }>(
    `select id::text, name from stage where id::text = any($1) union all select id::text, name from "user" where id::text = any($1)
     union all select id::text, name from account where id::text = any($1) union all select id::text, name from contact where id::text = any($1)`,
    [ids],
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** `nextStep` and `next_step` are next step, `stageId` and `stage_id` stage, `custom.budget_year` budget year. */
export const fieldInWords = (field: string): string =>
  field
    .replace(/^custom\./, '')
    .replace(/(Id|_id)$/, '')
    .replace(/(Minor|_minor)$/, ' in minor units')
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)

export function valueInWords(value: Json, names: ReadonlyMap<string, string>): string {
  if (value === null) return 'nothing'
  return typeof value === 'string' ? (names.get(value) ?? `“${value}”`) : JSON.stringify(value)
}
