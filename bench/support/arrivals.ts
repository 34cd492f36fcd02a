/** Leads that come in all at once, and the wait until their runs rest. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../db/sql.ts'
import { recordEvent } from '../../db/stores/events.ts'

export interface Arrival {
  leadIds: string[]
  /** Of the `inbound-lead` runs. */
  runIds: string[]
  /** Runs whose mail waits for a person: what was drafted without a model always does. */
  held: number
  /** From the moment the leads were there until the last run came to rest. */
  seconds: number
}

/** Lets `count` of the loaded leads arrive and waits until each has ended, or waits for a reply or a person. Throws when a run failed. */
export async function arrive(db: Db, count: number, say: (line: string) => void): Promise<Arrival> {
  const began = Date.now()
  const leadIds = await release(db, count)
  const runs = await untilRested(db, leadIds, say)
  const last = Math.max(...runs.map(run => run.at.getTime()))
  const held = runs.filter(run => run.held).length
  return { leadIds, runIds: runs.map(run => run.id), held, seconds: (last - began) / 1_000 }
}

/** Lets leads arrive and does not wait. */
export async function release(db: Db, count: number): Promise<string[]> {
  return db.tx(async tx => {
    const leads = await tx.rows<{ id: string; contactId: string; accountId: string | null }>(
      `update lead set status = 'new' where id in (
         select l.id from lead l where l.status = 'nurture' and not exists (select 1 from run r where r.lead_id = l.id)
         order by l.created_at, l.id limit $1) returning id, contact_id, account_id`,
      [count],
    )
    if (leads.length < count) throw new Error(`only ${leads.length} of ${count} leads were left to arrive`)
    for (const { id, contactId, accountId } of leads)
      await recordEvent(tx, {
        key: `lead.created:${id}`,
        name: 'lead.created',
        fields: {},
        leadId: id,
        contactId,
        accountId,
      })
    return leads.map(lead => lead.id)
  })
}

interface Rested {
  id: string
  held: boolean
  at: Date
}

const HELD = `exists (select 1 from action a where a.run_id = r.id and a.status = 'waiting')`
const LOOK_MS = 500
const SAY_MS = 15_000
/** Without a single run coming to rest for this long, something is broken. */
const STUCK_MS = 180_000

async function untilRested(db: Db, leadIds: string[], say: (line: string) => void): Promise<Rested[]> {
  let rested = -1
  let moved = Date.now()
  let said = Date.now()
  for (;;) {
    const now = await db.row<{ rested: number; paused: number; why: string | null; open: string | null }>(
      `select count(*) filter (where ended_at is not null or current_key like 'reply#%' or ${HELD})::int as rested,
         count(*) filter (where status = 'paused')::int as paused, max(error_why) as why,
         string_agg(distinct current_key, ', ') filter (where ended_at is null and current_key not like 'reply#%') as open
       from run r where playbook = 'inbound-lead' and lead_id = any($1::uuid[])`,
      [leadIds],
    )
    if (now === null || now.paused > 0) throw new Error(`${now?.paused} runs failed: ${now?.why}`)
    if (now.rested === leadIds.length) break
    if (now.rested !== rested) [rested, moved] = [now.rested, Date.now()]
    if (Date.now() - moved > STUCK_MS)
      throw new Error(`${leadIds.length - rested} runs do not come to rest: ${now.open}`)
    if (Date.now() - said > SAY_MS) {
      said = Date.now()
      say(`  ${rested} of ${leadIds.length} leads`)
    }
    await sleep(LOOK_MS)
  }
  return db.rows<Rested>(
    `select r.id, ${HELD} as held, max(s.at) as at from run r join run_state s on s.run_id = r.id
     where r.playbook = 'inbound-lead' and r.lead_id = any($1::uuid[]) group by r.id`,
    [leadIds],
  )
}
