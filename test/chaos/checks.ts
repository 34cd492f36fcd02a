/** What must hold after any number of kills: nothing twice, nothing lost, nothing out of step, and every wait one that a person can see. */
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client'
import type { Db } from '../../db/sql.ts'
import { workflowIdOf } from '../../db/stores/runs.ts'
import { TEMPORAL_NAMESPACE } from '../../scripts/services/temporal.ts'
import { brokenPromises } from '../../scripts/world/outcome.ts'
import { standing } from '../../scripts/world/settled.ts'
import type { MailServer } from '../world/index.ts'

export interface Runs {
  completed: number
  /** For a reply or for time to pass. */
  waiting: number
  /** On an action whose mail may or may not have left, and that is listed as such; or with an approved mail to the same person. */
  onUncertain: number
  /** At a failed step, or on anything else. */
  stuck: number
}

/** Groups that must have one row each; each statement returns the surplus. */
const ONCE: Record<string, string> = {
  'runs of inbound-lead for one contact': `select count(*) from run where playbook = 'inbound-lead' group by contact_id having count(*) > 1`,
  'runs of one playbook for one event': `select count(*) from run group by playbook, event_id having count(*) > 1`,
  'states of one run and seq': `select count(*) from run_state group by run_id, seq having count(*) > 1`,
  'events taken in by one run': `select count(*) from run_state where event->>'type' = 'happened' group by run_id, event->>'id' having count(*) > 1`,
  'results taken in for one step': `select count(*) from run_state where event->>'type' = 'completed' group by run_id, event->>'key' having count(*) > 1`,
  'drafts of one step': `select count(*) from draft group by run_id, key having count(*) > 1`,
  'drafts of one kind for one message': `select count(*) from draft where kind in ('answer', 'first_touch') group by run_id, kind having count(*) > 1`,
  'actions of one step that stand': `select count(*) from action where status <> 'superseded' group by split_part(key, '/edit-', 1) having count(*) > 1`,
  'effects of one action': `select count(*) from effect group by action_id having count(*) > 1`,
  'decisions on one action': `select count(*) from approval group by action_id having count(*) > 1`,
  'deals of one lead': `select count(*) from deal where lead_id is not null group by lead_id having count(*) > 1`,
  'tasks of one run and title': `select count(*) from task where run_id is not null group by run_id, title having count(*) > 1`,
  'stage changes of one deal by one action': `select count(*) from deal_stage_change where action_id is not null group by deal_id, action_id having count(*) > 1`,
  'messages of one action': `select count(*) from message where action_id is not null group by action_id having count(*) > 1`,
  'messages with one text of the wire': `select count(*) from message where direction = 'in' group by md5(raw) having count(*) > 1`,
  'facts with one quote in one place': `select count(*) from fact group by account_id, lead_id, kind, value, source_id, start, "end" having count(*) > 1`,
  'pages of one step': `select count(*) from source where kind = 'page' group by key having count(*) > 1`,
  'readings of one message': `select count(*) from deal_reading group by message_id, field, start, "end" having count(*) > 1`,
  'events of one message': `select count(*) from domain_event where name = 'message.received' group by fields->>'message' having count(*) > 1`,
}

/** Rows that must not be there at all. */
const NEVER: Record<string, string> = {
  'runs whose states have a gap': `select run_id from run_state group by run_id having count(*) <> max(seq) or min(seq) <> 1`,
  'runs that stand elsewhere than their last state': `select id from run r where seq <> coalesce((select max(seq) from run_state s where s.run_id = r.id), 0)`,
  'leads that no run was started for': `select e.id from domain_event e where e.name = 'lead.created'
     and not exists (select 1 from run r where r.playbook = 'inbound-lead' and r.contact_id = e.contact_id)`,
  'messages that no run was started for': `select e.id from domain_event e where e.name = 'message.received'
     and not exists (select 1 from run r where r.playbook = 'reply-received' and r.event_id = e.id)`,
  'done actions without their effect': `select id from action a where status = 'done' and not exists (select 1 from effect e where e.action_id = a.id)`,
  'effects of actions that are not done': `select action_id from effect e join action a on a.id = e.action_id where a.status <> 'done'`,
  'done steps without a result': `select id from step_run where status = 'done' and result is null`,
  'open steps of ended runs': `select s.id from step_run s join run r on r.id = s.run_id where r.ended_at is not null and s.status = 'pending'`,
}

/** Rows there are too many of, by what they are; empty when everything is there once. */
export async function duplicates(db: Db): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [what, statement] of Object.entries(ONCE)) {
    const row = await db.row<{ n: number }>(`select coalesce(sum(count - 1), 0)::int as n from (${statement}) groups`)
    if (row && row.n > 0) found[what] = row.n
  }
  return found
}

/** Each broken promise in one line. */
export async function broken(db: Db, mail: MailServer): Promise<string[]> {
  const lines = await brokenPromises(db, mail)
  for (const [what, statement] of Object.entries(NEVER)) {
    const rows = await db.rows<Record<string, string>>(statement)
    if (rows.length > 0) lines.push(`${rows.length} ${what}: ${Object.values(rows[0] ?? {})[0]}`)
  }
  const now = await standing(db)
  if (now.outbox > 0) lines.push(`${now.outbox} outbox rows were never sent`)
  if (now.events > 0) lines.push(`${now.events} events were never handled`)
  if (now.unread > 0) lines.push(`${now.unread} messages were never read`)
  return [...lines, ...(await lostOnTheWay(db, mail))]
}

/** What one side says it sent and the other never got; and two different mails for one step. */
async function lostOnTheWay(db: Db, mail: MailServer): Promise<string[]> {
  const lines: string[] = []
  const mails = await db.rows<{ messageId: string; status: string; step: string; failureCode: string | null }>(
    `select content->>'messageId' as message_id, status, split_part(key, '/edit-', 1) as step, failure_code from action where kind = 'send_mail'`,
  )
  const delivered = new Set(mail.received.map(one => one.messageId))
  const lost = mails.filter(one => one.status === 'done' && !delivered.has(one.messageId))
  if (lost.length > 0) lines.push(`${lost.length} mails count as sent and never arrived: ${lost[0]?.messageId}`)
  const unsaid = mails.filter(one => delivered.has(one.messageId) && !['done', 'uncertain'].includes(one.status))
  if (unsaid.length > 0)
    lines.push(
      `${unsaid.length} mails arrived and do not count as sent: ${unsaid[0]?.messageId} is ${unsaid[0]?.status}`,
    )
  const steps = new Map<string, number>()
  for (const { messageId, step } of mails) if (delivered.has(messageId)) steps.set(step, (steps.get(step) ?? 0) + 1)
  const twice = [...steps].filter(([, count]) => count > 1)
  if (twice.length > 0) lines.push(`${twice.length} steps sent two different mails: ${twice[0]?.[0]}`)
  const kept = new Set(
    (await db.rows<{ messageId: string }>(`select message_id from message where direction = 'in'`)).map(
      row => row.messageId,
    ),
  )
  const unheard = mail.sent.filter(reply => !kept.has(reply.messageId))
  if (unheard.length > 0) lines.push(`${unheard.length} answers were taken from the sender and are not kept`)
  return lines
}

/** How each run stands, and in words those that stand as none should. */
export async function runsOf(db: Db): Promise<{ runs: Runs; stuck: string[] }> {
  const rows = await db.rows<{
    id: string
    playbook: string
    status: string
    step: string | null
    errorCode: string | null
    errorWhy: string | null
    action: string | null
    behind: boolean
  }>(
    `select r.id, r.playbook, r.status, r.current_key as step, r.error_code, r.error_why,
       (select a.status from action a where a.run_id = r.id and split_part(a.key, '/edit-', 1) = r.id || '/' || r.current_key
        order by a.created_at desc limit 1) as action,
       exists (select 1 from action u where u.contact_id = r.contact_id and u.status = 'uncertain') as behind
     from run r`,
  )
  const runs: Runs = { completed: 0, waiting: 0, onUncertain: 0, stuck: 0 }
  const stuck: string[] = []
  for (const row of rows) {
    if (row.status === 'completed' || row.status === 'cancelled') runs.completed += 1
    else if (row.status === 'waiting' && row.action === null) runs.waiting += 1
    else if (row.status === 'waiting' && (row.action === 'uncertain' || (row.action === 'approved' && row.behind)))
      runs.onUncertain += 1
    else {
      runs.stuck += 1
      stuck.push(
        `run ${row.id} of ${row.playbook} is ${row.status} at ${row.step} (action ${row.action}; ${row.errorCode}: ${row.errorWhy})`,
      )
    }
  }
  return { runs, stuck }
}

/** Runs that are open here and not in Temporal, or the other way round. */
export async function outOfStep(db: Db, address: string): Promise<string[]> {
  const connection = await Connection.connect({ address })
  try {
    const client = new Client({ connection, namespace: TEMPORAL_NAMESPACE })
    const lines: string[] = []
    for (const { id, open } of await db.rows<{ id: string; open: boolean }>(
      'select id, ended_at is null as open from run',
    )) {
      const status = await client.workflow
        .getHandle(workflowIdOf(id))
        .describe()
        .then(
          found => found.status.name as string,
          (error: unknown) => {
            if (error instanceof WorkflowNotFoundError) return 'unknown'
            throw error
          },
        )
      if (open !== (status === 'RUNNING'))
        lines.push(`run ${id} is ${open ? 'open' : 'ended'} and its workflow ${status}`)
    }
    return lines
  } finally {
    await connection.close()
  }
}
