/** When a world has come to rest: nothing is under way, nothing waits for a decision, and whoever still waits waits for time to pass. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../db/sql.ts'

export interface Standing {
  events: number
  outbox: number
  undecided: number
  unread: number
  working: number
  waiting: number
  paused: number
  completed: number
  leads: number
}

export async function standing(db: Db): Promise<Standing> {
  const row = await db.row<Standing>(
    `select (select count(*) from domain_event where handled_at is null)::int as events,
       (select count(*) from outbox where sent_at is null)::int as outbox,
       (select count(*) from action where status in ('proposed', 'waiting', 'allowed', 'approved', 'claimed'))::int as undecided,
       (select count(*) from message where direction = 'in' and read_at is null)::int as unread,
       count(*) filter (where status = 'running')::int as working, count(*) filter (where status = 'waiting')::int as waiting,
       count(*) filter (where status = 'paused')::int as paused, count(*) filter (where status in ('completed', 'cancelled'))::int as completed,
       (select count(*) from lead)::int as leads
     from run`,
  )
  return row as Standing
}

const QUIET_MS = 1_500

/** Resolves when nothing has been under way for a while; false when `limitMs` passed first. `busy` tells of work outside the database. */
export async function untilSettled(
  db: Db,
  options: { limitMs: number; busy: () => Promise<boolean>; onLook?: (now: Standing) => void },
): Promise<boolean> {
  const end = Date.now() + options.limitMs
  let quietSince: number | null = null
  while (Date.now() < end) {
    const now = await standing(db)
    options.onLook?.(now)
    const atWork = now.events + now.outbox + now.undecided + now.unread + now.working > 0 || (await options.busy())
    if (atWork) quietSince = null
    else quietSince ??= Date.now()
    if (quietSince !== null && Date.now() - quietSince >= QUIET_MS) return true
    await sleep(250)
  }
  return false
}
