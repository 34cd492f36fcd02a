/** Who is away, and who decides for them meanwhile. */
import { may } from '../../domain/access/may.ts'
import type { Role, Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { mayBeDeputy } from '../../domain/policy/deputy.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'

export interface Absence {
  id: string
  userId: string
  user: string
  deputyId: string
  deputy: string
  fromAt: Date
  /** Not away any more from here on. */
  toAt: Date
  endedAt: Date | null
  /** Now, by the database's clock. */
  away: boolean
}

const ROW = `select b.id, b.user_id, u.name as user, b.deputy_id, d.name as deputy, b.from_at, b.to_at, b.ended_at,
  b.from_at <= clock_timestamp() and least(b.to_at, b.ended_at) > clock_timestamp() as away
  from absence b join "user" u on u.id = b.user_id join "user" d on d.id = b.deputy_id`

/** Those that are not over yet, soonest first. */
export const listAbsences = (sql: Sql): Promise<Absence[]> =>
  sql.rows<Absence>(`${ROW} where least(b.to_at, b.ended_at) > clock_timestamp() order by b.from_at, b.id limit 500`)

export const absenceById = (sql: Sql, id: string): Promise<Absence> =>
  must('absence', id, sql.row<Absence>(`${ROW} where b.id = $1`, [id]))

export interface NewAbsence {
  userId: string
  deputyId: string
  fromAt: Date
  toAt: Date
}

/**
 * @throws DealwrightError `bad_input` for times or people that do not fit, `conflict` where one of the two is away already,
 *   `forbidden` for somebody else's absence that is not the viewer's to say
 */
export async function addAbsence(
  tx: Tx,
  viewer: Viewer,
  { userId, deputyId, fromAt, toAt }: NewAbsence,
): Promise<Absence> {
  requireOwn(viewer, userId)
  if (fromAt >= toAt) throw new DealwrightError('bad_input', 'to: is not after from.')
  // In the order of their ids, so that two who stand in for each other do not wait for each other.
  const people = await tx.rows<{ id: string; name: string; role: Role; active: boolean }>(
    'select id, name, role, active from "user" where id = any($1::uuid[]) order by id for update',
    [[userId, deputyId]],
  )
  const [away, deputy] = [userId, deputyId].map(id => people.find(one => one.id === id))
  if (userId === deputyId) throw new DealwrightError('bad_input', 'deputy: nobody stands in for themselves.')
  if (!away?.active) throw new DealwrightError('bad_input', 'user: is nobody who works here.')
  if (!deputy?.active) throw new DealwrightError('bad_input', 'deputy: is nobody who works here.')
  if (!mayBeDeputy(deputy.role, away.role))
    throw new DealwrightError('bad_input', `deputy: a ${deputy.role} cannot decide for a ${away.role}.`)
  await requireThere(tx, away, fromAt, toAt)
  await requireThere(tx, deputy, fromAt, toAt)
  const row = await tx.row<{ id: string }>(
    'insert into absence (user_id, deputy_id, from_at, to_at, made_by) values ($1, $2, $3, $4, $5) returning id',
    [userId, deputyId, fromAt, toAt, viewer.userId],
  )
  const id = row?.id ?? ''
  await audit(tx, {
    actor: `user:${viewer.userId}`,
    type: 'absence.made',
    target: 'absence',
    targetId: id,
    data: { user: userId, deputy: deputyId },
  })
  return absenceById(tx, id)
}

async function requireThere(tx: Tx, user: { id: string; name: string }, from: Date, to: Date): Promise<void> {
  const taken = await tx.row(
    'select 1 from absence where user_id = $1 and from_at < $3 and least(to_at, ended_at) > $2',
    [user.id, from, to],
  )
  if (taken) throw new DealwrightError('conflict', `${user.name} is away already in that time.`)
}

/** Back earlier than said; again: nothing. */
export async function endAbsence(tx: Tx, viewer: Viewer, id: string): Promise<Absence> {
  await tx.run('select 1 from absence where id = $1 for update', [id])
  const absence = await absenceById(tx, id)
  requireOwn(viewer, absence.userId)
  const ended = await tx.run(
    'update absence set ended_at = clock_timestamp() where id = $1 and ended_at is null and to_at > clock_timestamp()',
    [id],
  )
  if (ended > 0)
    await audit(tx, {
      actor: `user:${viewer.userId}`,
      type: 'absence.ended',
      target: 'absence',
      targetId: id,
      data: { user: absence.userId },
    })
  return absenceById(tx, id)
}

function requireOwn(viewer: Viewer, userId: string): void {
  if (may(viewer, 'absence.change', userId)) return
  throw new DealwrightError('forbidden', 'Only they themselves, their manager or an admin say when somebody is away.')
}
