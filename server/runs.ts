/** Runs as people see and steer them. */
import { DealwrightError } from '../domain/errors.ts'
import type { Viewer } from '../domain/access/viewer.ts'
import { scope } from '../db/access.ts'
import { keyset, pageOf, type Order, type Page, type PageRequest } from '../db/page.ts'
import { must, type Db, type Sql } from '../db/sql.ts'
import { audit } from '../db/stores/audit.ts'
import type { User } from '../db/stores/people.ts'
import { enqueueSignal, runById, stepsOf } from '../db/stores/runs.ts'

export interface RunRow {
  id: string
  playbook: string
  version: number
  status: string
  outcome: string | null
  currentKey: string | null
  errorCode: string | null
  errorWhy: string | null
  leadId: string | null
  dealId: string | null
  startedAt: Date
  endedAt: Date | null
  about: string | null
}

const ROWS = `from run r join playbook_version v on v.id = r.version_id left join contact c on c.id = r.contact_id left join account a on a.id = r.account_id`

const STARTED: Order['by'] = [
  { sql: 'r.started_at', type: 'timestamptz', key: 'startedAt' },
  { sql: 'r.id', type: 'uuid', key: 'id' },
]

/** Paused ones first, since they need a person; then the newest. The expressions of the index run_paused_first. */
const PAUSED_FIRST: Order = {
  by: [{ sql: `(case r.status when 'paused' then 1 else 0 end)`, type: 'int8', key: 'sortPaused' }, ...STARTED],
  descending: true,
}
/** Of one status. */
const NEWEST: Order = { by: STARTED, descending: true }

export async function listRuns(
  sql: Sql,
  viewer: Viewer,
  options: PageRequest & { status?: string | undefined; playbook?: string | undefined },
): Promise<Page<RunRow>> {
  const values: unknown[] = []
  const status = options.status === undefined ? 'true' : `r.status = $${values.push(options.status)}`
  const playbook = options.playbook === undefined ? 'true' : `r.playbook = $${values.push(options.playbook)}`
  const order = options.status === undefined ? PAUSED_FIRST : NEWEST
  const mine = scope(viewer, 'run.see', 'r.owner_id', values)
  const { where, tail } = keyset(order, options, values)
  const rows = await sql.rows<RunRow>(
    `select r.id, r.playbook, v.version, r.status, r.outcome, r.current_key, r.error_code, r.error_why, r.lead_id, r.deal_id, r.started_at, r.ended_at,
       coalesce(c.name, a.name) as about, (case r.status when 'paused' then 1 else 0 end) as sort_paused
     ${ROWS} where ${status} and ${playbook} and ${mine} and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, order, options)
}

/** Whose run it is, that of its lead or deal. @throws DealwrightError `not_found` also when the viewer may not see it */
export async function seenRun(sql: Sql, viewer: Viewer, id: string): Promise<{ id: string; ownerId: string | null }> {
  const values: unknown[] = [id]
  const mine = scope(viewer, 'run.see', 'r.owner_id', values)
  return must('run', id, sql.row(`select r.id, r.owner_id from run r where r.id = $1 and ${mine}`, values))
}

export async function showRun(db: Db, id: string) {
  const run = await runById(db, id)
  const [of, steps, actions, spent] = await Promise.all([
    must(
      'run',
      id,
      db.row<{ version: number; about: string | null }>(
        `select v.version, coalesce(c.name, a.name) as about ${ROWS} where r.id = $1`,
        [id],
      ),
    ),
    stepsOf(db, id),
    db.rows<{ id: string; kind: string; status: string; summary: string; failureWhy: string | null }>(
      'select id, kind, status, summary, failure_why from action where run_id = $1 order by created_at',
      [id],
    ),
    db.rows<Spent & { stepKey: string | null }>(
      `select step_key, coalesce(sum(calls), 0)::int as calls, coalesce(sum(tokens_in + tokens_out), 0)::int as tokens,
         coalesce(sum(cost_micros), 0)::bigint as micros from agent_run where run_id = $1 group by step_key`,
      [id],
    ),
  ])
  return {
    ...run,
    ...of,
    steps: steps.map(
      ({ key, kind, verb, with: given, status, result, attempts, errorCode, errorWhy, startedAt, endedAt }) => ({
        key,
        kind,
        verb,
        status,
        given: given.with ?? null,
        result,
        attempts,
        spent: spent.find(({ stepKey }) => stepKey === key) ?? null,
        errorCode,
        errorWhy,
        startedAt,
        endedAt,
      }),
    ),
    actions,
    model: totalOf(spent),
  }
}

interface Spent {
  calls: number
  tokens: number
  /** Millionths of a US dollar. */
  micros: number
}

const totalOf = (spent: readonly Spent[]): Spent => ({
  calls: spent.reduce((sum, { calls }) => sum + calls, 0),
  tokens: spent.reduce((sum, { tokens }) => sum + tokens, 0),
  micros: spent.reduce((sum, { micros }) => sum + micros, 0),
})

const ALLOWED_IN = { resume: ['paused'], skip: ['paused'], cancel: ['running', 'waiting', 'paused'] } as const

/**
 * A person's word: written with its reason, sent to the run through the outbox.
 * @param match called with the run as it stands, locked: throws when the word was meant for another state
 */
export async function controlRun(
  db: Db,
  id: string,
  word: 'resume' | 'skip' | 'cancel',
  why: string,
  user: User,
  match: (current: Awaited<ReturnType<typeof runById>>) => void = () => {},
): Promise<{ id: string; sent: string }> {
  return db.tx(async tx => {
    await tx.run('select 1 from run where id = $1 for update', [id])
    const run = await runById(tx, id)
    match(run)
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
