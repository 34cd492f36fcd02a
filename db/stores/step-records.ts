/** All that a step stands on, in one query: most of a run's activities begin with it. */
import type { JsonObject } from '../../domain/playbook/types.ts'
import type { Sql } from '../sql.ts'
import { joined } from './joined.ts'
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

const JOINED = joined({ r: RUN, s: STEP, l: LEAD, c: CONTACT, a: ACCOUNT })

const QUERY = `select ${JOINED.columns}, e.fields as trigger
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
    run: JOINED.part(row, 'r') as unknown as Run,
    step: JOINED.part(row, 's') as unknown as Step,
    lead: JOINED.part(row, 'l') as unknown as Lead | null,
    contact: JOINED.part(row, 'c') as unknown as Contact | null,
    account: JOINED.part(row, 'a') as unknown as Account | null,
    trigger: (row.trigger as JsonObject | null) ?? {},
  }
}
