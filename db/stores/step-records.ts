/** All that a step stands on, in one query: most of a run's activities begin with it. */
import type { JsonObject } from '../../domain/playbook/types.ts'
import type { Sql } from '../sql.ts'
import { ACCOUNT, CONTACT, LEAD, type Account, type Contact, type Lead } from './records.ts'
import { RUN, STEP, runById, stepByKey, type Run, type Step } from './runs.ts'

export interface StepRecords {
  run: Run
  step: Step
  lead: Lead | null
  /** The run's, else the lead's. */
  contact: Contact | null
  /** The run's, else the lead's, else the contact's. */
  account: Account | null
  /** Fields of the event that started the run. */
  trigger: JsonObject
}

/** `id, "with"` of `r` becomes `r.id as "r.id", r."with" as "r.with"`. */
const of = (table: string, columns: string): string =>
  columns
    .split(',')
    .map(column => column.trim())
    .map(column => `${table}.${column} as "${table}.${column.replaceAll('"', '')}"`)
    .join(', ')

const QUERY = `select ${of('r', RUN)}, ${of('s', STEP)}, ${of('l', LEAD)}, ${of('c', CONTACT)}, ${of('a', ACCOUNT)}, e.fields as trigger
  from run r join step_run s on s.run_id = r.id and s.key = $2 left join lead l on l.id = r.lead_id
    left join contact c on c.id = coalesce(r.contact_id, l.contact_id)
    left join account a on a.id = coalesce(r.account_id, l.account_id, c.account_id)
    left join domain_event e on e.id = r.event_id
  where r.id = $1`

/** Throws `not_found` when there is no such run or step. */
export async function stepRecords(sql: Sql, runId: string, key: string): Promise<StepRecords> {
  const row = await sql.row<Record<string, unknown>>(QUERY, [runId, key])
  if (row === null) {
    // One of the two is missing: ask for each, so that the error says which.
    await runById(sql, runId)
    await stepByKey(sql, runId, key)
    return stepRecords(sql, runId, key)
  }
  return {
    run: part(row, 'r') as unknown as Run,
    step: part(row, 's') as unknown as Step,
    lead: part(row, 'l') as unknown as Lead | null,
    contact: part(row, 'c') as unknown as Contact | null,
    account: part(row, 'a') as unknown as Account | null,
    trigger: (row.trigger as JsonObject | null) ?? {},
  }
}

/** Names in the row and in the record of each table's columns, found with the first row. */
const columns = new Map<string, [string, string][]>()

/** The columns of one table, or null where the join found no row. */
function part(row: Record<string, unknown>, table: string): Record<string, unknown> | null {
  const start = `${table}.`
  if (row[`${start}id`] === null) return null
  let names = columns.get(table)
  if (names === undefined) {
    const own = Object.keys(row).filter(name => name.startsWith(start))
    names = own.map(name => [name, name.slice(start.length)])
    columns.set(table, names)
  }
  const record: Record<string, unknown> = {}
  for (const [name, short] of names) record[short] = row[name]
  return record
}
