/**
 * What works and what does not, since when, and what to do about it: from what the database holds of it, so that a stand-still is seen
 * whichever process it is in; parts beyond it are asked by a port. Plain words, no addresses of people and no secrets.
 */
import type { Db, Sql } from '../db/sql.ts'
import type { ServerPorts } from './api/api.ts'

export interface HealthCheck {
  name: string
  ok: boolean
  /** What was found. */
  what: string
  /** Not well since then; null: it is well, or that is not known. */
  since: Date | null
  /** Null: nothing. */
  todo: string | null
}

/** Longer than this after it happened, what should have been done at once is late. */
const LATE = '1 minute'

type Look = (sql: Sql) => Promise<Omit<HealthCheck, 'name'>>

const well = (what: string): Omit<HealthCheck, 'name'> => ({ ok: true, what, since: null, todo: null })
const things = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

interface Late {
  n: number
  since: Date | null
}

/** How many rows there are that should not be, and since when. @param from trusted text of this file */
async function late(sql: Sql, at: string, from: string): Promise<Late> {
  const row = await sql.row<Late>(`select count(*)::int as n, min(${at}) as since from ${from}`)
  return row ?? { n: 0, since: null }
}

const LOG = 'Look into the server’s log for "turn failed", and start the server again.'

const LOOKS: Readonly<Record<string, Look>> = {
  async database(sql) {
    const row = await sql.row<{ version: string }>(`select current_setting('server_version') as version`)
    return well(`The database answers (Postgres ${row?.version ?? 'of unknown version'}).`)
  },
  async events(sql) {
    const from = `domain_event where handled_at is null and at < now() - interval '${LATE}'`
    const { n, since } = await late(sql, 'at', from)
    if (n === 0) return well('Everything that happened has reached its playbooks.')
    return { ok: false, what: `${things(n, 'event waits', 'events wait')} for their playbooks.`, since, todo: LOG }
  },
  async 'passing on'(sql) {
    const { n, since } = await late(
      sql,
      'created_at',
      `outbox where sent_at is null and created_at < now() - interval '${LATE}'`,
    )
    if (n === 0) return well('Everything that is to run has been passed on to Temporal.')
    const what = `${things(n, 'start or wake', 'starts and wakes')} of runs could not be passed on to Temporal.`
    return { ok: false, what, since, todo: 'See that Temporal runs: dealwright doctor names what is wrong with it.' }
  },
  async decisions(sql) {
    const from = `action where status = 'proposed' and created_at < now() - interval '${LATE}'`
    const { n, since } = await late(sql, 'created_at', from)
    if (n === 0) return well('The policy has judged everything that was proposed.')
    return { ok: false, what: `The policy has not judged ${things(n, 'proposal', 'proposals')}.`, since, todo: LOG }
  },
  async playbooks(sql) {
    const row = await sql.row<{ n: number; paused: number }>(
      'select count(active_id)::int as n, count(*) filter (where paused_at is not null)::int as paused from playbook',
    )
    const { n, paused } = row ?? { n: 0, paused: 0 }
    if (n > 0)
      return well(`${things(n, 'playbook is', 'playbooks are')} published${paused > 0 ? `, ${paused} paused` : ''}.`)
    return { ok: false, what: 'No playbook is published: nothing starts by itself.', since: null, todo: 'Publish one.' }
  },
  async runs(sql) {
    const { n, since } = await late(
      sql,
      'coalesce((select max(s.ended_at) from step_run s where s.run_id = r.id), r.started_at)',
      `run r where r.status = 'paused'`,
    )
    if (n === 0) return well('No run has stopped at a mistake.')
    const what = `${things(n, 'run has', 'runs have')} stopped at a step that failed.`
    return { ok: false, what, since, todo: 'Look at each: try its step again, skip it, or end the run.' }
  },
  async 'stop switch'(sql) {
    const { n, since } = await late(sql, 'engaged_at', 'stop where released_at is null')
    if (n === 0) return well('Nothing is stopped.')
    const what = `${things(n, 'stop is', 'stops are')} engaged: what they cover does not leave.`
    return { ok: false, what, since, todo: 'Release what may go on again.' }
  },
  async model(sql) {
    const row = await sql.row<{ answered: Date | null; failed: Date | null; since: Date | null; code: string | null }>(
      `with calls as (select at, outcome from agent_run where calls > 0 and at > now() - interval '7 days'),
         good as (select max(at) as at from calls where outcome in ('ok', 'answered'))
       select good.at as answered, max(c.at) as failed, min(c.at) as since, (array_agg(c.outcome order by c.at desc))[1] as code
       from good left join calls c on c.outcome not in ('ok', 'answered') and c.at > coalesce(good.at, '-infinity') group by good.at`,
    )
    if (row?.code)
      return {
        ok: false,
        what: `The language model has given no usable answer lately (${row.code}); rules do its work.`,
        since: row.since,
        todo: 'See key, address and budget of the model: dealwright doctor tries it.',
      }
    return well(
      row?.answered
        ? 'The language model answers.'
        : 'No language model was asked these seven days: rules read and write, and every mail waits for a person.',
    )
  },
  async 'mail out'(sql) {
    const row = await sql.row<Late & { code: string | null }>(
      `select count(*)::int as n, min(settled_at) as since, (array_agg(failure_code order by settled_at desc))[1] as code from action
       where kind = 'send_mail' and status = 'failed' and created_at > now() - interval '30 days' and settled_at > greatest(now() - interval '7 days',
         (select max(settled_at) from action where kind = 'send_mail' and status = 'done' and created_at > now() - interval '30 days'))`,
    )
    if (!row || row.n === 0) return well('No mail has failed since the last one that left.')
    return {
      ok: false,
      what: `${things(row.n, 'mail', 'mails')} in a row could not be sent (${row.code ?? 'unknown'}).`,
      since: row.since,
      todo: 'See address and password of the mail server: dealwright doctor tries it.',
    }
  },
  async 'uncertain mail'(sql) {
    const { n, since } = await late(sql, 'claimed_at', `action where status = 'uncertain'`)
    if (n === 0) return well('Of every mail it is known whether it left.')
    const what = `Of ${things(n, 'mail', 'mails')} it is not known whether it left; none is sent again by itself.`
    return { ok: false, what, since, todo: 'Look into the Sent folder and say what became of each.' }
  },
  async mailboxes(sql) {
    const { n, since } = await late(sql, 'paused_at', 'mailbox where paused_at is not null')
    if (n === 0) return well('Every mailbox may send.')
    const what = `${things(n, 'mailbox is', 'mailboxes are')} paused and sends nothing.`
    return { ok: false, what, since, todo: 'See why it was paused before it goes on.' }
  },
  async webhooks(sql) {
    const from = 'webhook_endpoint where deleted_at is null and disabled_at is not null and failures > 0'
    const { n, since } = await late(sql, 'disabled_at', from)
    if (n === 0) return well('Every webhook takes what it is sent.')
    const what = `${things(n, 'webhook was', 'webhooks were')} switched off after failing again and again.`
    return { ok: false, what, since, todo: 'Mend its receiver, try it with a test message, and switch it on.' }
  },
}

/** How parts beyond the database are called here, and what to do about each. */
const TODO: Readonly<Record<string, string>> = {
  temporal: 'Start Temporal, or see TEMPORAL_ADDRESS. What happens meanwhile is kept and passed on later.',
  workers: 'Start a worker: "dealwright up", or "dealwright worker" beside it.',
}

export type Health = () => Promise<{ ok: boolean; at: Date; checks: HealthCheck[] }>

/** Remembers, for as long as the server runs, since when a part has not been well that nothing stored tells of. */
export function createHealth(db: Db, ports: Pick<ServerPorts, 'parts'>): Health {
  const seen = new Map<string, Date>()

  async function look(name: string): Promise<HealthCheck> {
    try {
      return { name, ...(await (LOOKS[name] as Look)(db)) }
    } catch {
      const todo = 'See that the database runs and that every migration is applied: dealwright doctor.'
      return { name, ok: false, what: 'The database did not answer this.', since: null, todo }
    }
  }

  async function parts(): Promise<HealthCheck[]> {
    const found = (await ports.parts?.()) ?? []
    return found.map(({ name, ok, detail }) => ({
      name,
      ok,
      what: detail,
      since: null,
      todo: ok ? null : (TODO[name] ?? 'See dealwright doctor.'),
    }))
  }

  return async () => {
    const at = new Date()
    const stored: HealthCheck[] = []
    // One after the other: a page of settings takes no more than one connection.
    for (const name of Object.keys(LOOKS)) stored.push(await look(name))
    const checks = [...stored, ...(await parts())].map(check => ({ ...check, since: sinceOf(check, at) }))
    return { ok: checks.every(check => check.ok), at, checks }
  }

  function sinceOf({ name, ok, since }: HealthCheck, at: Date): Date | null {
    if (ok) seen.delete(name)
    if (ok || since !== null) return since
    const first = seen.get(name) ?? at
    seen.set(name, first)
    return first
  }
}
