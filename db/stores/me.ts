/** What people keep of themselves: their name, zone, hours and whether they are reminded. Role, team and rights are an admin's to change. */
import type { Hours } from '../../domain/calendar/hours.ts'
import type { Role } from '../../domain/access/viewer.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { hoursOfPerson, ownHours, type OwnHours, setOwnHours } from './shape/own-hours.ts'

export interface Me {
  id: string
  name: string
  email: string
  role: Role
  team: string | null
  zone: string
  /** Null: the team's, or the organisation's. */
  hours: OwnHours | null
  hoursInForce: Hours
  /** Whether a task reminds them of what waits for them. */
  reminders: boolean
}

export interface MeChange {
  name?: string | undefined
  zone?: string | undefined
  hours?: OwnHours | null | undefined
  reminders?: boolean | undefined
}

export async function me(sql: Sql, id: string): Promise<Me> {
  const row = await must(
    'user',
    id,
    sql.row<Omit<Me, 'hours' | 'hoursInForce'>>(
      `select u.id, u.name, u.email, u.role, t.name as team, u.zone, u.reminders from "user" u left join team t on t.id = u.team_id where u.id = $1`,
      [id],
    ),
  )
  return { ...row, hours: await ownHours(sql, id), hoursInForce: await hoursOfPerson(sql, '$1', [id]) }
}

/** With their row locked, for a change. */
export async function lockedMe(tx: Tx, id: string): Promise<Me> {
  await tx.run('select 1 from "user" where id = $1 for update', [id])
  return me(tx, id)
}

const FIELDS = ['name', 'zone', 'hours', 'reminders'] as const

/** Call it locked. @throws DealwrightError `calendar_invalid` */
export async function changeMe(tx: Tx, before: Me, change: MeChange): Promise<Me> {
  const { id } = before
  if (change.hours !== undefined) await setOwnHours(tx, id, change.hours)
  await tx.run(
    'update "user" set name = coalesce($2, name), zone = coalesce($3, zone), reminders = coalesce($4, reminders) where id = $1',
    [id, change.name ?? null, change.zone ?? null, change.reminders ?? null],
  )
  const after = await me(tx, id)
  const fields = FIELDS.filter(field => JSON.stringify(after[field]) !== JSON.stringify(before[field]))
  if (fields.length > 0)
    await audit(tx, { actor: `user:${id}`, type: 'user.changed', target: 'user', targetId: id, data: { fields } })
  return after
}
