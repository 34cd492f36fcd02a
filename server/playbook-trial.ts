/** What another text of a playbook would have made of its past runs. Nothing is done and nothing is asked of models. */
import { calendarAt } from '../domain/calendar/hours.ts'
import type { Playbook } from '../domain/playbook/model.ts'
import { retell, type Retold } from '../domain/playbook/retell.ts'
import type { Command, RunEvent } from '../domain/playbook/types.ts'
import type { Sql } from '../db/sql.ts'
import { workingHours } from '../db/stores/shape/working-hours.ts'

export interface PlaybookTrial {
  /** Ended runs that were looked at, the newest so many. */
  runs: number
  /** Of these: as many would have ended just so. */
  same: number
  changed: { run: string; about: string | null; startedAt: Date; was: string | null; would: Retold }[]
}

interface Past {
  id: string
  about: string | null
  outcome: string | null
  startedAt: Date
  zone: string
  country: string | null
  event: string
  history: { at: string; event: RunEvent; commands: Command[] }[]
}

/** Waits count by the organisation's working hours. */
export async function tryPlaybook(sql: Sql, playbook: Playbook, most: number): Promise<PlaybookTrial> {
  const hours = await workingHours(sql, null)
  const past = await pastOf(sql, playbook.name, most)
  const changed: PlaybookTrial['changed'] = []
  for (const { id, about, outcome, startedAt, event, history, ...place } of past) {
    const would = retell(playbook, event, history, calendarAt(place, hours))
    if (would.kind !== 'ended' || would.outcome !== outcome)
      changed.push({ run: id, about, startedAt, was: outcome, would })
  }
  return { runs: past.length, same: past.length - changed.length, changed }
}

/** Those whose states are kept still, newest first. */
const pastOf = (sql: Sql, playbook: string, most: number): Promise<Past[]> =>
  sql.rows<Past>(
    `select r.id, coalesce(c.name, a.name) as about, r.outcome, r.started_at, r.zone, r.country, v.on_event as event, s.history
     from (select * from run where playbook = $1 and ended_at is not null and emptied_at is null order by started_at desc, id desc limit $2) r
     join playbook_version v on v.id = r.version_id left join contact c on c.id = r.contact_id left join account a on a.id = r.account_id
     cross join lateral (select jsonb_agg(jsonb_build_object('at', s.at, 'event', s.event, 'commands', s.commands) order by s.seq) as history
       from run_state s where s.run_id = r.id) s
     where s.history->0->'event'->>'type' = 'started' order by r.started_at desc, r.id desc`,
    [playbook, most],
  )
