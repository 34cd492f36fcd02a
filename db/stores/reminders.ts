/**
 * Who is reminded of what waits for them, and when those above are told: after working hours of whoever decides, their holidays left out,
 * also where a playbook says after how many. Nothing waits unheard of: without an owner or a manager it is told to whoever may decide it.
 */
import { addDuration, type Calendar } from '../../domain/calendar/calendar.ts'
import type { Duration } from '../../domain/calendar/duration.ts'
import { calendarAt } from '../../domain/calendar/hours.ts'
import type { Approver } from '../../domain/policy/types.ts'
import type { Whom } from '../../domain/policy/whom.ts'
import type { Sql, Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { hoursOfPerson } from './shape/own-hours.ts'
import { type Reached, tell, type Telling, whomItWaitsFor } from './told.ts'

const AT_ONCE = 500

interface Waiting extends Telling {
  runId: string | null
  ownerId: string | null
  summary: string
  approver: Approver
  /** When the policy asked. */
  since: Date
  sinceKey: string
  now: Date
  country: string | null
  zone: string
  remindAfter: number
  escalateAfterHours: number
  escalateAt: Date | null
  escalateTo: string | null
  escalateAfter: Duration | null
  escalated: boolean
  /** Who was reminded. */
  reminded: string[]
}

/** Those of which something may be due, longest waiting first. Nothing is locked: people go on deciding meanwhile. */
const longWaiting = (sql: Sql, after: { sinceKey: string; id: string } | null): Promise<Waiting[]> =>
  sql.rows<Waiting>(
    `select a.id, a.run_id, a.lead_id, a.deal_id, a.contact_id, a.owner_id, a.summary, a.approver, v.at as since, v.at::text as since_key,
       clock_timestamp() as now, g.country, g.zone, g.remind_after_hours as remind_after, g.escalate_after_hours, a.escalate_at, a.escalate_to,
       a.escalate_after, a.escalated_at is not null as escalated,
       array(select m.user_id::text from action_reminder m where m.action_id = a.id and m.what = 'remind') as reminded
     from action a join policy_verdict v on v.action_id = a.id cross join organisation g
     where a.status = 'waiting' and ($1::timestamptz is null or (v.at, a.id) > ($1::timestamptz, $2::uuid))
       and (a.escalated_at is null or not exists (select 1 from action_reminder m where m.action_id = a.id and m.what = 'remind'))
       and (v.at < clock_timestamp() - make_interval(hours => g.remind_after_hours)
         or (a.escalated_at is null and (a.escalate_after is not null or a.escalate_at <= clock_timestamp())))
     order by v.at, a.id limit ${AT_ONCE}`,
    [after?.sinceKey ?? null, after?.id ?? null],
  )

/** Reminds and escalates what is due by the database's clock. Returns how many of both. */
export async function remind(tx: Tx): Promise<number> {
  const known: Known = { whom: new Map(), calendars: new Map() }
  let done = 0
  for (let last: Waiting | null = null; ; ) {
    const page: Waiting[] = await longWaiting(tx, last)
    for (const one of page) done += (await remindOf(tx, one, known)) + (await escalateIfDue(tx, one, known))
    last = page.at(-1) ?? null
    if (page.length < AT_ONCE) return done
  }
}

/** What was looked up in this turn: much waits for few people. */
interface Known {
  whom: Map<string, Whom<Reached>>
  calendars: Map<string, Calendar>
}

async function peopleOf(tx: Tx, one: Waiting, known: Known): Promise<Whom<Reached>> {
  const key = JSON.stringify([one.ownerId, one.approver, one.escalateTo])
  const found = known.whom.get(key) ?? (await whomItWaitsFor(tx, one))
  known.whom.set(key, found)
  return found
}

/** Of nobody in particular the organisation's. */
async function calendarOf(tx: Tx, one: Waiting, person: Reached | undefined, known: Known): Promise<Calendar> {
  const key = person?.id ?? ''
  const { country, zone } = one
  const found =
    known.calendars.get(key) ??
    calendarAt({ zone: person?.zone ?? zone, country }, await hoursOfPerson(tx, '$1', [person?.id ?? null]))
  known.calendars.set(key, found)
  return found
}

const isDue = ({ since, now }: Waiting, after: Duration, calendar: Calendar): boolean =>
  addDuration(since.toISOString(), after, calendar) <= now.toISOString()

const workingHours = (amount: number): Duration => ({ amount, unit: 'working hour' })

async function remindOf(tx: Tx, one: Waiting, known: Known): Promise<number> {
  const { people, instead } = await peopleOf(tx, one, known)
  let done = 0
  for (const person of people) {
    if (!person.reminders || one.reminded.includes(person.told)) continue
    if (!isDue(one, workingHours(one.remindAfter), await calendarOf(tx, one, person, known))) continue
    if (!(await stillWaits(tx, one))) return done
    const why = `it waits since ${one.since.toISOString()}${instead ? `, and ${instead}` : ''}: ${one.summary}`
    if (!(await tell(tx, one, person.told, { what: 'remind', title: 'Decide a proposal that waits for you', why })))
      continue
    await audit(tx, { ...eventOf(one, 'action.reminded'), data: { user: person.told } })
    done += 1
  }
  return done
}

async function escalateIfDue(tx: Tx, one: Waiting, known: Known): Promise<number> {
  if (one.escalated) return 0
  const { people, above } = await peopleOf(tx, one, known)
  const calendar = await calendarOf(tx, one, people[0], known)
  // Where a playbook says when to escalate, its word holds; of an earlier release only the instant is known.
  const after = one.escalateAfter ?? (one.escalateAt === null ? workingHours(one.escalateAfterHours) : null)
  if (after !== null && !isDue(one, after, calendar)) return 0
  if (!(await stillWaits(tx, one))) return 0
  const first = await tx.run(
    'update action set escalated_at = clock_timestamp() where id = $1 and escalated_at is null',
    [one.id],
  )
  if (first === 0) return 0
  const why = `it waits since ${one.since.toISOString()} and nobody has decided it: ${one.summary}`
  for (const person of above)
    await tell(tx, one, person.told, { what: 'escalate', title: 'Decide a proposal that others have not', why })
  await audit(tx, { ...eventOf(one, 'action.escalated'), data: { to: one.escalateTo ?? above[0]?.role ?? null } })
  return 1
}

const eventOf = <T extends string>(one: Waiting, type: T) =>
  ({ actor: 'server', type, target: 'action', targetId: one.id, runId: one.runId }) as const

/** Locked from here on; what is decided just now, or told of by another server, is left to that. */
async function stillWaits(tx: Tx, { id }: Waiting): Promise<boolean> {
  const row = await tx.row(`select 1 from action where id = $1 and status = 'waiting' for update skip locked`, [id])
  return row !== null
}
