/**
 * The stop switch. Once `engageStop` has returned, nothing that it covers is carried out any more: no effect on records, no MAIL FROM.
 *
 * How. A claim and, again, the moment before MAIL FROM hold a shared advisory lock while they look whether a stop is engaged, the latter
 * until the mail server has answered. Engaging first commits its row, so that whoever looks from then on sees it, and then takes the lock
 * for itself alone, so that it waits for whoever looked before. A worker that froze holding the lock loses it with its transaction
 * (`idle_in_transaction_session_timeout`), and one that lost its database in between speaks only while its look is fresh, which engaging
 * waits out. Times are measured by each machine for itself: clocks need not agree.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Viewer } from '../../domain/access/viewer.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { scope } from '../access.ts'
import { must, type Db, type Sql, type Tx } from '../sql.ts'
import type { Action } from './actions.ts'
import { audit } from './audit.ts'
import type { ClaimRefusal } from './claims.ts'

export const STOP_SCOPES = ['organisation', 'team', 'playbook', 'mailbox'] as const
export type StopScope = (typeof STOP_SCOPES)[number]

export interface Stop {
  id: string
  scope: StopScope
  /** Id of the team or mailbox, name of the playbook; empty for the organisation. */
  target: string
  /** What people call the target; null for the organisation. */
  name: string | null
  reason: string
  engagedBy: string
  engagedAt: Date
  releasedBy: string | null
  releasedAt: Date | null
  releaseReason: string | null
}

/** The one lock of the switch. */
const LOCK = `hashtext('dealwright stop')`
/** A look that is older than this is not acted on; engaging waits as long. */
const FRESH_MS = 400
/** How often a look that grew stale is taken again. */
const LOOKS = 5
/** Longest that one who has looked may take before the database ends its transaction. */
const PASS_MS = 12_000
/** Engaging waits this long at most for those who looked before: longer than `PASS_MS`. */
const PATIENCE = '20s'

const COLUMNS = `s.id, s.scope, s.target, s.reason, s.engaged_by, s.engaged_at, s.released_by, s.released_at, s.release_reason,
  case s.scope when 'team' then (select name from team where id::text = s.target)
    when 'mailbox' then (select address from mailbox where id::text = s.target) when 'playbook' then s.target end as name`

interface Names {
  scope: string
  target: string
  mailbox: string
  run: string
  owner: string
}

/** Whether a stop of this scope and target covers an action of this mailbox, run and owner; all are SQL of texts and ids. */
const covers = ({ scope: of, target, mailbox, run, owner }: Names): string => `case ${of}
  when 'organisation' then true
  when 'mailbox' then ${target} = ${mailbox}
  when 'playbook' then ${target} = (select playbook from run where id = ${run})
  else ${target} in (select team_id::text from "user" where id = ${owner} or id = (select user_id from mailbox where id::text = ${mailbox})) end`

/** For the rest of this transaction no stop finishes engaging. To be called before any row is locked. */
export async function holdOffStops(tx: Tx): Promise<void> {
  await tx.run(`select pg_advisory_xact_lock_shared(${LOCK})`)
}

/** The stop that covers this action, as a reason to wait; null: none is engaged. Under `holdOffStops`. */
export async function stopped(sql: Sql, action: Action): Promise<ClaimRefusal | null> {
  const stop = await sql.row<{ scope: StopScope; name: string | null; reason: string }>(
    `select s.scope, s.reason, ${COLUMNS.slice(COLUMNS.indexOf('case'))} from stop s
     where s.released_at is null and ${covers({ scope: 's.scope', target: 's.target', mailbox: '$1', run: '$2', owner: '$3' })}
     order by s.engaged_at limit 1`,
    [action.mailboxId ?? '', action.runId, action.ownerId],
  )
  if (!stop) return null
  const what = stop.scope === 'organisation' ? 'everything' : `${stop.scope} ${stop.name ?? ''}`.trim()
  return { code: 'stopped', why: `${what} is stopped: ${stop.reason}`, settle: 'wait' }
}

/**
 * Runs `speak` while no stop that covers the action can finish engaging; null when it ran, else why it did not. `speak` is called without
 * delay and must come back as soon as its first word is certainly heard.
 */
export async function whileNotStopped(
  db: Db,
  action: Action,
  speak: () => Promise<void>,
): Promise<ClaimRefusal | null> {
  for (let attempt = 0; attempt < LOOKS; attempt++) {
    const look = await lookAndSpeak(db, action, speak)
    if (look !== 'stale') return look
  }
  return { code: 'busy', why: 'this worker is too busy to see in time whether it is stopped', settle: 'wait' }
}

async function lookAndSpeak(
  db: Db,
  action: Action,
  speak: () => Promise<void>,
): Promise<ClaimRefusal | null | 'stale'> {
  let spoken: { error: unknown } | 'well' | null = null
  let found: ClaimRefusal | null | 'stale' = 'stale'
  try {
    await db.tx(async tx => {
      if (spoken !== null) return // the transaction is tried again: what was said is said
      await tx.run(`set local idle_in_transaction_session_timeout = ${PASS_MS}`)
      await holdOffStops(tx)
      const looked = performance.now()
      found = await stopped(tx, action)
      if (found !== null) return
      if (performance.now() - looked > FRESH_MS) {
        found = 'stale'
        return
      }
      spoken = await speak().then(
        () => 'well' as const,
        (error: unknown) => ({ error }),
      )
    })
  } catch (error) {
    // Once it has spoken, the lock has done its work: losing the connection that held it changes nothing.
    if (spoken === null) throw error
  }
  const outcome = spoken as { error: unknown } | 'well' | null
  if (outcome !== null && outcome !== 'well') throw outcome.error
  return outcome === 'well' ? null : found
}

export interface Engage {
  scope: StopScope
  target: string
  reason: string
  by: string
}

/**
 * When it returns, nothing that it covers leaves any more. Engaging what is engaged gives the stop that stands.
 * @throws DealwrightError `stop_unsettled` when it is engaged, and somebody who looked before did not come back in time
 */
export async function engageStop(db: Db, { scope, target, reason, by }: Engage): Promise<Stop> {
  const id = await db.tx(async tx => {
    const made = await tx.row<{ id: string }>(
      `insert into stop (scope, target, reason, engaged_by) values ($1, $2, $3, $4) on conflict do nothing returning id`,
      [scope, target, reason, by],
    )
    if (!made) return null
    const data = { scope, of: target || null }
    await audit(tx, { actor: by, type: 'stop.engaged', target: 'stop', targetId: made.id, data })
    return made.id
  })
  await settleStop(db)
  return must(
    'stop',
    id ?? target,
    db.row<Stop>(
      id === null
        ? `select ${COLUMNS} from stop s where s.scope = $1 and s.target = $2 order by s.engaged_at desc limit 1`
        : `select ${COLUMNS} from stop s where s.id = $1`,
      id === null ? [scope, target] : [id],
    ),
  )
}

export interface StopPreview {
  /** Being carried out this moment: stopped too, unless its first word was heard. */
  underWay: number
  /** Allowed or approved: it waits until the stop is released. */
  ready: number
  /** Of these, mails. */
  mails: number
  /** Not decided yet: people may go on deciding, and it is not carried out. */
  undecided: number
  /** Held by another stop already. */
  stoppedAlready: number
  /** The stop of just this that is engaged. */
  engaged: boolean
}

/** What a stop would hold now. Nothing is changed. */
export async function previewStop(sql: Sql, of: StopScope, target: string): Promise<StopPreview> {
  const held = covers({
    scope: '$1',
    target: '$2',
    mailbox: 'a.mailbox_id::text',
    run: 'a.run_id',
    owner: 'a.owner_id',
  })
  return must(
    'preview',
    of,
    sql.row<StopPreview>(
      `select count(*) filter (where a.status = 'claimed')::int as under_way,
         count(*) filter (where a.status in ('allowed', 'approved'))::int as ready,
         count(*) filter (where a.status in ('allowed', 'approved') and a.kind = 'send_mail')::int as mails,
         count(*) filter (where a.status in ('proposed', 'waiting'))::int as undecided,
         count(*) filter (where a.held_code = 'stopped')::int as stopped_already,
         exists (select 1 from stop s where s.scope = $1 and s.target = $2 and s.released_at is null) as engaged
       from action a where a.status in ('proposed', 'waiting', 'allowed', 'approved', 'claimed') and ${held}`,
      [of, target],
    ),
  )
}

/** Waits for everybody who looked before the stop was there. */
async function settleStop(db: Db): Promise<void> {
  try {
    await db.tx(async tx => {
      await tx.run(`set local lock_timeout = '${PATIENCE}'`)
      await tx.run(`select pg_advisory_xact_lock(${LOCK})`)
    })
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw new DealwrightError(
      'stop_unsettled',
      'It is engaged, and one worker that had begun before does not answer: one more mail may leave. See: dealwright doctor',
    )
  }
  await sleep(FRESH_MS)
}

/** @throws DealwrightError `not_found`; `conflict` when it is released already */
export async function releaseStop(db: Db, id: string, by: string, reason: string): Promise<Stop> {
  return db.tx(async tx => {
    const stop = await must(
      'stop',
      id,
      tx.row<Stop>(`select ${COLUMNS} from stop s where s.id = $1 for update of s`, [id]),
    )
    if (stop.releasedAt !== null) throw new DealwrightError('conflict', `Stop ${id} is released already.`)
    await tx.run(
      'update stop set released_by = $2, released_at = clock_timestamp(), release_reason = $3 where id = $1',
      [id, by, reason],
    )
    const data = { scope: stop.scope, of: stop.target || null }
    await audit(tx, { actor: by, type: 'stop.released', target: 'stop', targetId: id, data })
    return must('stop', id, tx.row<Stop>(`select ${COLUMNS} from stop s where s.id = $1`, [id]))
  })
}

/** Engaged ones first, then what was released lately; newest first. */
export async function listStops(sql: Sql, limit = 100): Promise<Stop[]> {
  return sql.rows<Stop>(
    `select ${COLUMNS} from stop s order by (s.released_at is null) desc, s.engaged_at desc limit $1`,
    [limit],
  )
}

/**
 * The target by its name: a team's, a playbook's, a mailbox's address, or its id.
 * @throws DealwrightError `not_found`, `bad_input` where the organisation is given a name
 */
export async function stopTarget(sql: Sql, scope: StopScope, name: string | null): Promise<string> {
  if (scope === 'organisation') {
    if (name) throw new DealwrightError('bad_input', 'There is one organisation: leave the name out.')
    return ''
  }
  if (!name) throw new DealwrightError('bad_input', `Say which ${scope} to stop.`)
  const find = {
    team: `select id::text as target from team where name = $1 or id::text = $1`,
    mailbox: `select id::text as target from mailbox where address = lower($1) or id::text = $1`,
    playbook: `select name as target from playbook where name = $1`,
  }[scope]
  return (await must(scope, name, sql.row<{ target: string }>(find, [name]))).target
}

export interface HeldAction {
  id: string
  kind: string
  summary: string
  code: string
  why: string
  until: Date | null
}

/** Actions that may be carried out and are not yet, with the reason; oldest first. `code` narrows it, e.g. to `stopped`. */
export async function heldActions(
  sql: Sql,
  viewer: Viewer,
  { limit = 200, code }: { limit?: number; code?: string | undefined } = {},
): Promise<HeldAction[]> {
  const values: unknown[] = [limit, code ?? null]
  const mine = scope(viewer, 'action.see', 'owner_id', values)
  return sql.rows<HeldAction>(
    `select id, kind, summary, held_code as code, held_why as why, held_until as until from action
     where held_code is not null and status in ('allowed', 'approved') and ($2::text is null or held_code = $2) and ${mine}
     order by created_at limit $1`,
    values,
  )
}
