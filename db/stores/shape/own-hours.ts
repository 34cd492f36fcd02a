/** Hours that a person keeps instead of their team's. Days off stay the team's, and being away is an absence. */
import { type Hours, hoursProblem, USUAL_HOURS } from '../../../domain/calendar/hours.ts'
import { DealwrightError } from '../../../domain/errors.ts'
import type { Sql, Tx } from '../../sql.ts'

export type OwnHours = Pick<Hours, 'workingDays' | 'from' | 'to'>

/** Null: they keep their team's. */
export const ownHours = (sql: Sql, userId: string): Promise<OwnHours | null> =>
  sql.row<OwnHours>('select working_days, "from", "to" from user_hours where user_id = $1', [userId])

/**
 * As they hold for somebody: their own, else their team's, else the organisation's, else the usual ones.
 * @param who SQL of a person's id; null is nobody in particular. Trusted text of a store, never input
 */
export async function hoursOfPerson(sql: Sql, who: string, values: unknown[]): Promise<Hours> {
  const row = await sql.row<{ [F in keyof Hours]: Hours[F] | null }>(
    `select coalesce(o.working_days, h.working_days) as working_days, coalesce(o."from", h."from") as "from", coalesce(o."to", h."to") as "to",
       h.days_off::text[] as days_off
     from (select (${who})::uuid as id) w left join "user" u on u.id = w.id left join user_hours o on o.user_id = w.id
       left join lateral (select * from working_hours t where t.team_id is null or t.team_id = u.team_id
         order by t.team_id nulls last limit 1) h on true`,
    values,
  )
  return {
    workingDays: row?.workingDays ?? USUAL_HOURS.workingDays,
    from: row?.from ?? USUAL_HOURS.from,
    to: row?.to ?? USUAL_HOURS.to,
    daysOff: row?.daysOff ?? USUAL_HOURS.daysOff,
  }
}

/** @param hours null: they give up their own @throws DealwrightError `calendar_invalid` */
export async function setOwnHours(tx: Tx, userId: string, hours: OwnHours | null): Promise<void> {
  if (hours === null) {
    await tx.run('delete from user_hours where user_id = $1', [userId])
    return
  }
  const workingDays = [...new Set(hours.workingDays)].sort((a, b) => a - b)
  const problem = hoursProblem({ ...hours, workingDays, daysOff: [] })
  if (problem !== null) throw new DealwrightError('calendar_invalid', problem)
  await tx.run(
    `insert into user_hours (user_id, working_days, "from", "to") values ($1, $2, $3, $4)
     on conflict (user_id) do update set working_days = excluded.working_days, "from" = excluded."from", "to" = excluded."to", updated_at = now()`,
    [userId, workingDays, hours.from, hours.to],
  )
}
