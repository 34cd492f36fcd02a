/** The organisation's working hours, and those of teams that keep others. Runs wait by them. */
import { type Hours, hoursProblem, USUAL_HOURS } from '../../../domain/calendar/hours.ts'
import { DealwrightError } from '../../../domain/errors.ts'
import { must, type Sql, type Tx } from '../../sql.ts'
import { audit } from '../audit.ts'
import { hoursOfPerson } from './own-hours.ts'

export interface WorkingHours extends Hours {
  /** null: the organisation's, which hold for every team without its own. */
  teamId: string | null
  team: string | null
}

const COLUMNS = `h.team_id, t.name as team, h.working_days, h."from", h."to", h.days_off::text[] as days_off`

/** The organisation's first, then the teams' by name. */
export async function listWorkingHours(sql: Sql): Promise<WorkingHours[]> {
  const teams = await sql.rows<WorkingHours>(
    `select ${COLUMNS} from working_hours h join team t on t.id = h.team_id order by t.name`,
  )
  return [await workingHours(sql, null), ...teams]
}

/** As they hold: a team without its own has the organisation's, and that has the usual ones until somebody says otherwise. */
export async function workingHours(sql: Sql, teamId: string | null): Promise<WorkingHours> {
  const row = await sql.row<WorkingHours>(
    `select ${COLUMNS} from working_hours h left join team t on t.id = h.team_id where h.team_id is null or h.team_id = $1
     order by h.team_id nulls last limit 1`,
    [teamId],
  )
  const hours = row ?? { ...USUAL_HOURS, teamId: null, team: null }
  if (teamId === null || hours.teamId === teamId) return hours
  const team = await must('team', teamId, sql.row<{ name: string }>('select name from team where id = $1', [teamId]))
  return { ...hours, teamId, team: team.name }
}

/** One change after the other. */
export async function lockedWorkingHours(tx: Tx, teamId: string | null): Promise<WorkingHours> {
  await tx.run(`select pg_advisory_xact_lock(hashtext('working_hours'))`)
  return workingHours(tx, teamId)
}

const FIELDS = ['workingDays', 'from', 'to', 'daysOff'] as const

/** Call it locked. @param hours null: a team gives up its own @throws DealwrightError `calendar_invalid` */
export async function setWorkingHours(
  tx: Tx,
  before: WorkingHours,
  hours: Hours | null,
  by: string,
): Promise<WorkingHours> {
  const { teamId } = before
  if (hours === null) {
    const gone = await tx.run('delete from working_hours where team_id = $1', [teamId])
    if (gone > 0) await tell(tx, teamId, [...FIELDS], by)
    return workingHours(tx, teamId)
  }
  const tidy = {
    ...hours,
    workingDays: [...new Set(hours.workingDays)].sort((a, b) => a - b),
    daysOff: [...new Set(hours.daysOff)].sort(),
  }
  const problem = hoursProblem(tidy)
  if (problem !== null) throw new DealwrightError('calendar_invalid', problem)
  const done = await tx.run(
    `update working_hours set working_days = $2, "from" = $3, "to" = $4, days_off = $5::date[], updated_at = now()
     where team_id is not distinct from $1`,
    [teamId, tidy.workingDays, tidy.from, tidy.to, tidy.daysOff],
  )
  if (done === 0)
    await tx.run(
      'insert into working_hours (team_id, working_days, "from", "to", days_off) values ($1, $2, $3, $4, $5::date[])',
      [teamId, tidy.workingDays, tidy.from, tidy.to, tidy.daysOff],
    )
  const fields = FIELDS.filter(field => JSON.stringify(tidy[field]) !== JSON.stringify(before[field]))
  await tell(tx, teamId, fields, by)
  return workingHours(tx, teamId)
}

async function tell(tx: Tx, team: string | null, fields: string[], by: string): Promise<void> {
  await audit(tx, {
    actor: by,
    type: 'working_hours.changed',
    target: 'working_hours',
    targetId: team ?? 'organisation',
    data: { team, fields },
  })
}

interface RunRecords {
  leadId: string | null
  dealId: string | null
  contactId: string | null
  accountId: string | null
}

/** The hours a run keeps: of whoever owns its lead, else its deal, contact or account; else the organisation's. */
export const hoursOfRun = (sql: Sql, { leadId, dealId, contactId, accountId }: RunRecords): Promise<Hours> =>
  hoursOfPerson(
    sql,
    `coalesce((select owner_id from lead where id = $1), (select owner_id from deal where id = $2),
       (select owner_id from contact where id = $3), (select owner_id from account where id = $4))`,
    [leadId, dealId, contactId, accountId],
  )
