/** The organisation's retention times, what is due by them, and the sweep that takes it away in small batches. */
import { DealwrightError } from '../../domain/errors.ts'
import {
  RETENTION_NAMES,
  retentionProblem,
  type RetentionName,
  type RetentionTimes,
} from '../../domain/privacy/retention.ts'
import { json, type Db, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'

/** Two sweeps never work at once; a legal hold and a change of the times wait for the batch under way. */
const TURN = 72_707_381
export const holdStill = (tx: Tx): Promise<number> => tx.run('select pg_advisory_xact_lock($1)', [TURN])

const AT_ONCE = 500
/** From one sweep's end to the next one's beginning; and from a change of the times, or their first being there, to a sweep by them. */
const EVERY = '24 hours'

export async function retentionTimes(sql: Sql): Promise<RetentionTimes> {
  const rows = await sql.rows<{ kind: RetentionName; days: number | null }>('select kind, days from retention_rule')
  const stored = new Map(rows.map(({ kind, days }) => [kind, days]))
  // What has no rule is not swept: that is what holds, so that is what is shown.
  return Object.fromEntries(RETENTION_NAMES.map(name => [name, stored.get(name) ?? null])) as RetentionTimes
}

/** One change after the other. */
export async function lockedTimes(tx: Tx): Promise<RetentionTimes> {
  await tx.run('select 1 from retention_rule order by kind for update')
  return retentionTimes(tx)
}

/** Call it locked. @throws DealwrightError `bad_input` for times that something relies on being longer */
export async function setRetentionTimes(
  tx: Tx,
  before: RetentionTimes,
  change: Partial<RetentionTimes>,
  by: string,
): Promise<RetentionTimes> {
  const after = { ...before, ...change }
  const problem = retentionProblem(after)
  if (problem !== null) throw new DealwrightError('bad_input', problem)
  await holdStill(tx)
  const changed = RETENTION_NAMES.filter(name => after[name] !== before[name])
  for (const name of changed)
    await tx.run('update retention_rule set days = $2, updated_at = now() where kind = $1', [name, after[name]])
  if (changed.length === 0) return before
  await audit(tx, {
    actor: by,
    type: 'retention.changed',
    target: 'retention',
    targetId: 'organisation',
    data: { kinds: changed.map(name => `${name}: ${after[name] ?? 'for good'}`) },
  })
  // One that is under way would go on by the new times at once.
  const open = await openSweep(tx)
  if (open) await endSweep(tx, open)
  return retentionTimes(tx)
}

/** How many of each kind would go now, by these times: the same question as the sweep asks. */
export async function previewRetention(sql: Sql, times: RetentionTimes): Promise<Record<RetentionName, number>> {
  const counts = {} as Record<RetentionName, number>
  for (const name of RETENTION_NAMES) {
    const days = times[name]
    const row =
      days === null
        ? null
        : await sql.row<{ n: number }>(
            `select count(*)::int as n from due_${name}(clock_timestamp() - make_interval(days => $1))`,
            [days],
          )
    counts[name] = row?.n ?? 0
  }
  return counts
}

export interface Sweep {
  id: string
  startedAt: Date
  endedAt: Date | null
  /** Its place in `RETENTION_NAMES`. */
  atKind: number
  rows: Partial<Record<RetentionName, number>>
}

const SWEEP = 'id, started_at, ended_at, at_kind, rows'

/** The last sweeps, newest first. */
export const sweeps = (sql: Sql, limit: number): Promise<Sweep[]> =>
  sql.rows<Sweep>(`select ${SWEEP} from retention_sweep order by started_at desc, id limit $1`, [limit])

const openSweep = (sql: Sql): Promise<Sweep | null> =>
  sql.row<Sweep>(`select ${SWEEP} from retention_sweep where ended_at is null`)

/**
 * One batch of the sweep that is due or under way, in a transaction of its own with its count: killed at any moment, the next turn goes on
 * with what is left. The end of a sweep leaves one audit event.
 * @param now begin one although none is due
 * @returns 0: nothing is to be done at present; else 1
 */
export async function sweepTurn(db: Db, { now = false, atOnce = AT_ONCE } = {}): Promise<number> {
  return db.tx(async tx => {
    const mine = await tx.row<{ got: boolean }>('select pg_try_advisory_xact_lock($1) as got', [TURN])
    if (mine?.got !== true) return 0
    const sweep = (await openSweep(tx)) ?? (await beginSweep(tx, now))
    if (sweep === null) return 0
    const name = RETENTION_NAMES[sweep.atKind]
    if (name === undefined) {
      await endSweep(tx, sweep)
      return 0
    }
    const row = await tx.row<{ n: number }>('select retention_take($1, $2) as n', [name, atOnce])
    const n = row?.n ?? 0
    const rows = n > 0 ? { ...sweep.rows, [name]: (sweep.rows[name] ?? 0) + n } : sweep.rows
    await tx.run('update retention_sweep set rows = $2, at_kind = $3 where id = $1', [
      sweep.id,
      json(rows),
      n > 0 ? sweep.atKind : sweep.atKind + 1,
    ])
    return 1
  })
}

function beginSweep(tx: Tx, now: boolean): Promise<Sweep | null> {
  return tx.row<Sweep>(
    `insert into retention_sweep (started_at) select clock_timestamp() where $1 or not exists (
       select 1 from retention_sweep where ended_at > clock_timestamp() - interval '${EVERY}'
       union all select 1 from retention_rule where updated_at > clock_timestamp() - interval '${EVERY}') returning ${SWEEP}`,
    [now],
  )
}

async function endSweep(tx: Tx, { id, rows }: Sweep): Promise<void> {
  await tx.run('update retention_sweep set ended_at = clock_timestamp() where id = $1', [id])
  await audit(tx, { actor: 'server', type: 'retention.swept', target: 'retention', targetId: id, data: { rows } })
}

/** All of one sweep, here and now; what another process sweeps at this moment is left to it. */
export async function sweepNow(db: Db): Promise<Sweep | null> {
  await sweepTurn(db, { now: true })
  while ((await sweepTurn(db)) > 0);
  return (await sweeps(db, 1))[0] ?? null
}
