/** Runs as people see and steer them. */
import { DealwrightError } from '../domain/errors.ts'
import type { Db } from '../db/sql.ts'
import { audit } from '../db/stores/audit.ts'
import type { User } from '../db/stores/people.ts'
import { undoChanges } from '../db/stores/records.ts'
import { enqueueSignal, runById, stepsOf } from '../db/stores/runs.ts'

export async function listRuns(db: Db): Promise<object[]> {
  return db.rows(
    `select r.id, r.playbook, v.version, r.status, r.outcome, r.current_key, r.error_code, r.error_why, r.lead_id, r.started_at, r.ended_at,
       coalesce(c.name, a.name) as about
     from run r join playbook_version v on v.id = r.version_id left join contact c on c.id = r.contact_id left join account a on a.id = r.account_id
     order by (r.status = 'paused') desc, r.started_at desc limit 200`,
  )
}

export async function showRun(db: Db, id: string): Promise<object> {
  const run = await runById(db, id)
  const [steps, actions, spent] = await Promise.all([
    stepsOf(db, id),
    db.rows('select id, kind, status, summary, failure_why from action where run_id = $1 order by created_at', [id]),
    db.row<{ calls: number; tokens: number; micros: number }>(
      `select coalesce(sum(calls), 0)::int as calls, coalesce(sum(tokens_in + tokens_out), 0)::int as tokens, coalesce(sum(cost_micros), 0)::bigint as micros
       from agent_run where run_id = $1`,
      [id],
    ),
  ])
  return {
    ...run,
    steps: steps.map(({ key, kind, verb, status, result, errorCode, errorWhy, startedAt, endedAt }) => ({
      key,
      kind,
      verb,
      status,
      result,
      errorCode,
      errorWhy,
      startedAt,
      endedAt,
    })),
    actions,
    model: spent,
  }
}

const ALLOWED_IN = { resume: ['paused'], skip: ['paused'], cancel: ['running', 'waiting', 'paused'] } as const

/** A person's word: written with its reason, sent to the run through the outbox. */
export async function controlRun(
  db: Db,
  id: string,
  word: 'resume' | 'skip' | 'cancel',
  why: string,
  user: User,
): Promise<{ id: string; sent: string }> {
  return db.tx(async tx => {
    const run = await runById(tx, id)
    if (!(ALLOWED_IN[word] as readonly string[]).includes(run.status)) {
      throw new DealwrightError(
        'conflict',
        `Run ${id} is ${run.status}: ${word} needs a run that is ${ALLOWED_IN[word].join(' or ')}.`,
      )
    }
    await enqueueSignal(tx, id, 'control', { word, why }, `${word}:${run.seq}`)
    await audit(tx, { actor: `user:${user.id}`, type: `run.${word}`, target: 'run', targetId: id, runId: id })
    return { id, sent: word }
  })
}

/** Takes back the fields that a run changed, sparing what was edited since. Mail that left stays sent and a deal stays open: the answer says so. */
export async function undoRun(
  db: Db,
  id: string,
  user: User,
): Promise<{ reverted: number; sparedBecauseEdited: number; cannotBeUndone: string[] }> {
  return db.tx(async tx => {
    await runById(tx, id)
    const undone = await undoChanges(tx, id, `person:${user.id}`)
    await tx.run(`update task set status = 'cancelled' where run_id = $1 and status = 'open'`, [id])
    const lasting = await tx.rows<{ summary: string }>(
      `select summary from action where run_id = $1
         and (kind = 'send_mail' and status in ('done', 'uncertain') or kind = 'open_deal' and status = 'done')`,
      [id],
    )
    await tx.run(
      `update effect e set undone_at = now() from action a where a.id = e.action_id and a.run_id = $1 and a.kind not in ('send_mail', 'open_deal') and e.undone_at is null`,
      [id],
    )
    await tx.run('update run set undone_at = now() where id = $1', [id])
    await audit(tx, {
      actor: `user:${user.id}`,
      type: 'run.undone',
      target: 'run',
      targetId: id,
      runId: id,
      data: { ...undone },
    })
    return { ...undone, cannotBeUndone: lasting.map(action => action.summary) }
  })
}
