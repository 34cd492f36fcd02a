/**
 * Limits `calls_qualified`, `calls_unqualified` and `prompt_chars`: model calls up to the first mail and the reading of its reply, for a
 * lead that got a mail and for one that was judged no fit, and the prompt characters of the former. The whole sample world at work: its
 * people decide and its prospects answer. The most that any lead took. What is counted are questions put to the model: repairs of
 * malformed answers are apart, as everywhere, and so is a question asked once more because its answer was lost (a worker that died, a
 * time-out); the details tell both.
 */
import { staffDesk } from '../scripts/world/people-at-work.ts'
import { sampleKeys } from '../scripts/world/sample.ts'
import { untilSettled } from '../scripts/world/settled.ts'
import type { Db } from '../db/sql.ts'
import { release } from './support/arrivals.ts'
import { openInstallation } from './support/installation.ts'
import type { BenchOptions, Limit } from './support/types.ts'

export interface Use {
  leadId: string
  mailed: boolean
  replied: boolean
  /** Questions, each by its agent, input and generation. */
  calls: number
  repairs: number
  /** Calls for a question that had been asked before. */
  askedAgain: number
  chars: number
  /** The questions in words: agent and step. */
  what: string
}

export async function calls({ quick, say }: BenchOptions): Promise<Limit[]> {
  const leads = quick ? 20 : 60
  const installation = await openInstallation({ leads: leads * 2, seed: 16, answers: true, people: true, say })
  const { db, world, up, mail } = installation
  const desk = staffDesk(world, up.serverUrl, await sampleKeys(db, world))
  try {
    const leadIds = await release(db, leads)
    const limitMs = 120_000 + leads * 10_000
    const busy = async (): Promise<boolean> => {
      await mail.idle()
      return false
    }
    if (!(await untilSettled(db, { limitMs, busy }))) throw new Error('the world did not come to rest in time')
    const used = await useOf(db, leadIds)
    const mailed = used.filter(use => use.mailed)
    const parked = used.filter(use => !use.mailed)
    const most = (of: Use[], what: 'calls' | 'chars' | 'repairs' | 'askedAgain') =>
      of.reduce((max, use) => Math.max(max, use[what]), 0)
    const apart = (of: Use[]) => ({ repairs: most(of, 'repairs'), askedAgain: most(of, 'askedAgain') })
    const over = (of: Use[], goal: number) => of.filter(use => use.calls > goal).map(use => use.what)
    const mean = (of: Use[], what: 'calls' | 'chars') =>
      Math.round((of.reduce((sum, use) => sum + use[what], 0) / Math.max(1, of.length)) * 10) / 10
    const replied = mailed.filter(use => use.replied).length
    return [
      {
        name: 'calls_qualified',
        value: most(mailed, 'calls'),
        goal: 3,
        detail: { leads: mailed.length, replied, mean: mean(mailed, 'calls'), ...apart(mailed), over: over(mailed, 3) },
      },
      {
        name: 'calls_unqualified',
        value: most(parked, 'calls'),
        goal: 1,
        detail: { leads: parked.length, mean: mean(parked, 'calls'), ...apart(parked), over: over(parked, 1) },
      },
      {
        name: 'prompt_chars',
        value: most(mailed, 'chars'),
        goal: 40_000,
        detail: { leads: mailed.length, mean: Math.round(mean(mailed, 'chars')) },
      },
    ]
  } finally {
    await desk.stop()
    await installation.close()
  }
}

/** Of each lead: the run's calls up to its first mail, and the reading of the first message that came after it. */
export function useOf(db: Db, leadIds: string[]): Promise<Use[]> {
  return db.rows<Use>(
    `with asked as (
       select r.lead_id, first_mail.at is not null as mailed, reply.id is not null as replied, g.agent, g.step_key,
         (g.agent, g.input_hash, g.generation)::text as question, g.calls, g.repaired, g.prompt_chars
       from run r
         left join lateral (select a.created_at as at from action a where a.run_id = r.id and a.kind = 'send_mail'
           order by a.created_at limit 1) first_mail on true
         left join lateral (select m.id from message m where m.contact_id = r.contact_id and m.direction = 'in' and m.created_at > first_mail.at
           order by m.created_at limit 1) reply on true
         left join agent_run g on g.calls > 0 and (g.step_key = 'message:' || reply.id
           or (g.run_id = r.id and (first_mail.at is null or g.at < first_mail.at)))
       where r.playbook = 'inbound-lead' and r.lead_id = any($1::uuid[])
     )
     select lead_id, mailed, replied, count(distinct question)::int as calls, coalesce(sum(repaired::int), 0)::int as repairs,
       coalesce(sum(calls - repaired::int), 0)::int - count(distinct question)::int as asked_again,
       coalesce(sum(prompt_chars), 0)::int as chars, coalesce(string_agg(agent || ' for ' || step_key, ', '), '') as what
     from asked group by lead_id, mailed, replied`,
    [leadIds],
  )
}
