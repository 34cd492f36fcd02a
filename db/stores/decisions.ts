/** Decisions on actions: made by the server alone, each signed: the policy's, a person's, or those of two people. */
import type { KeyObject } from 'node:crypto'
import { DealwrightError } from '../../domain/errors.ts'
import { keyId, signDecision, type Decision } from '../../domain/gate/decision.ts'
import { type PolicySubject, type PolicyVerdict, tighten } from '../../domain/policy/types.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { type Action, ACTION_COLUMNS, decisionOf, notOpen, settle, TASKS_CLOSED, wakeRun } from './actions.ts'
import { askedAnewWhy } from './asked-anew.ts'
import { tell, whomItWaitsFor } from './told.ts'
import { NEEDS_AS_JSON, signedNeeds, storeVerdict, type StoredNeeds } from './verdicts.ts'

/** Locks up to `limit` actions of which the policy has not spoken yet, oldest first; waiting ones are of a time before it was written down. */
export async function takeUndecided(tx: Tx, limit: number): Promise<Action[]> {
  return tx.rows<Action>(
    `select ${ACTION_COLUMNS} from action a where status = 'proposed'
       or (status = 'waiting' and not exists (select 1 from policy_verdict v where v.action_id = a.id))
     order by created_at limit $1 for update skip locked`,
    [limit],
  )
}

/** What the policy was asked, and by which version. */
export interface Facts {
  version: number | null
  subject: PolicySubject
}

/** Writes down what the policy says of an undecided action, and does it: allows, refuses, or lets it wait for people. */
export async function judge(
  tx: Tx,
  action: Action,
  said: PolicyVerdict,
  facts: Facts,
  key: KeyObject,
): Promise<Action> {
  // What waits for a person already goes on waiting: nothing is loosened behind their back.
  const verdict = action.status === 'waiting' ? tighten({ ...said, verdict: 'ask' }, said) : said
  const { rule } = await storeVerdict(tx, action, verdict, facts, key)
  if (action.status === 'waiting' && verdict.verdict === 'ask') return action
  if (verdict.verdict === 'ask') return ask(tx, action, verdict)
  const decided = verdict.verdict === 'allow' ? ('allow' as const) : ('refuse_policy' as const)
  const reason = decided === 'allow' ? null : `policy rule ${rule}`
  return decide(tx, action.id, { decision: decided, by: `policy:${rule}`, reason, rule }, key)
}

/** The action waits, for `approver` where that is stricter (owner, manager, ops) than whom it names itself. */
async function ask(tx: Tx, action: Action, { rule, approver }: PolicyVerdict): Promise<Action> {
  const order = ['owner', 'manager', 'ops']
  const stricter = order.indexOf(approver) > order.indexOf(action.approver) ? approver : action.approver
  await tx.run(
    `update action set status = 'waiting', policy_rule = $2, approver = $3 where id = $1 and status = 'proposed'`,
    [action.id, rule, stricter],
  )
  const waiting: Action = { ...action, status: 'waiting', policyRule: rule, approver: stricter }
  await tellIfAnew(tx, waiting)
  return waiting
}

/** Who had decided it hears at once that their word did not hold: nobody looks again at what they think is done. */
async function tellIfAnew(tx: Tx, action: Action): Promise<void> {
  const reason = await askedAnewWhy(tx, action)
  if (reason === null) return
  const { people } = await whomItWaitsFor(tx, action)
  const why = `the approval does not hold any more (${reason}), so it waits again: ${action.summary}`
  for (const { told } of people) await tell(tx, action, told, { what: 'anew', title: 'Decide a proposal again', why })
}

export interface Verdict {
  decision: Decision['decision']
  by: string
  reason: string | null
  rule?: string
  /** The user in whose place they decide, as a deputy or delegate. */
  forUser?: string | null
  /** The API key by which they came. */
  apiKey?: string | null
}

/**
 * Writes one signed decision and moves the action on when it is complete; wakes its run in the same transaction. An approval that is not
 * the last of those needed leaves it waiting: the answer's status says so.
 * Throws `action_not_open` when it is decided, expired or superseded already, saying what stands; `action_changed` when the content is not
 * the one whose hash the decider saw; `own_work` and `already_approved` where somebody else has to approve; `approval_invalid` when what
 * the policy said of it was changed.
 */
export async function decide(tx: Tx, id: string, verdict: Verdict, key: KeyObject, seenHash?: string): Promise<Action> {
  const action = await must(
    'action',
    id,
    tx.row<Action>(`select ${ACTION_COLUMNS} from action where id = $1 for update`, [id]),
  )
  const byPolicy = verdict.decision === 'allow' || verdict.decision === 'refuse_policy'
  const open = byPolicy ? ['proposed', ...(verdict.decision === 'refuse_policy' ? ['waiting'] : [])] : ['waiting']
  if (!open.includes(action.status)) throw notOpen(action)
  if (seenHash !== undefined && seenHash !== action.contentHash) {
    throw new DealwrightError(
      'action_changed',
      `Action ${id} is not the one you looked at: its content has hash ${action.contentHash}. Look at it again.`,
    )
  }
  const stands = await standing(tx, action)
  if (stands.late) {
    await settle(tx, action, 'expired', { code: 'expired', why: 'no decision came in time' })
    return { ...action, status: 'expired' }
  }
  const seat = verdict.decision === 'approve' ? seatFor(action, stands, verdict, key) : freeSeat(stands)
  await sign(tx, action, verdict, seat, stands.at, key)
  const complete = verdict.decision !== 'approve' || seat.seat === seat.people
  return complete ? conclude(tx, action, verdict) : firstWord(tx, action, verdict, seat)
}

interface Standing {
  /** Now, by the database's clock. */
  at: Date
  /** Its time is over. */
  late: boolean
  needs: StoredNeeds | null
  /** The words given so far. */
  words: Pick<ApprovalRow, 'by' | 'forUser'>[]
}

/** All that a decision hangs on besides the action itself: read once its row is locked, so that nobody else decides meanwhile. */
const standing = (tx: Tx, action: Action): Promise<Standing> =>
  must(
    'action',
    action.id,
    tx.row<Standing>(
      `select date_trunc('milliseconds', clock_timestamp()) as at, coalesce($2::timestamptz <= clock_timestamp(), false) as late,
         (select ${NEEDS_AS_JSON} from policy_verdict v where v.action_id = $1) as needs,
         array(select json_build_object('by', p.by, 'forUser', p.for_user) from approval p where p.action_id = $1) as words`,
      [action.id, action.expiresAt],
    ),
  )

interface Seat {
  seat: number
  people: number
  notBy: string | null
}

/** Which of the words that the action needs this approval is. */
function seatFor(action: Action, { needs: stored, words }: Standing, verdict: Verdict, key: KeyObject): Seat {
  const { by, forUser = null } = verdict
  const needs = signedNeeds(action, stored, key)
  if (needs.notBy !== null && (by === `user:${needs.notBy}` || forUser === needs.notBy))
    throw new DealwrightError('own_work', `You made action ${action.id}: the policy wants somebody else to approve it.`)
  // Somebody and who decides in their place are one of the people that it takes.
  const heads = new Set(words.flatMap(one => [one.by, `user:${one.forUser}`]))
  if (heads.has(by) || (forUser !== null && heads.has(`user:${forUser}`)))
    throw new DealwrightError(
      'already_approved',
      `You, or who stands in for you or you for them, have approved action ${action.id} already: it takes ${needs.people} different people.`,
    )
  return { seat: words.length + 1, people: needs.people, notBy: needs.notBy }
}

/** A refusal takes a free place: one is enough. */
const freeSeat = ({ words }: Standing): Seat => ({ seat: words.length + 1, people: words.length + 1, notBy: null })

async function sign(tx: Tx, action: Action, verdict: Verdict, seat: Seat, at: Date, key: KeyObject): Promise<void> {
  const { forUser = null, apiKey = null } = verdict
  const decision: Decision = { ...decisionOf(action, verdict.decision, verdict.by, at), ...seat, forUser, apiKey }
  await tx.run(
    `insert into approval (action_id, decision, by, reason, content_hash, relied_hash, expires_at, key_id, signature, at, seat, people, not_by,
       for_user, api_key)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
    [
      action.id,
      verdict.decision,
      verdict.by,
      verdict.reason,
      action.contentHash,
      action.reliedHash,
      action.expiresAt,
      keyId(key),
      signDecision(decision, key),
      at,
      seat.seat,
      seat.people,
      seat.notBy,
      forUser,
      apiKey,
    ],
  )
}

async function firstWord(tx: Tx, action: Action, verdict: Verdict, { seat, people }: Seat): Promise<Action> {
  await audit(tx, {
    actor: verdict.by,
    type: 'action.approved_in_part',
    target: 'action',
    targetId: action.id,
    runId: action.runId,
    data: { hash: action.contentHash, seat, people, for: verdict.forUser ?? null },
  })
  return action
}

async function conclude(tx: Tx, action: Action, verdict: Verdict): Promise<Action> {
  const status = verdict.decision === 'allow' ? 'allowed' : verdict.decision === 'approve' ? 'approved' : 'refused'
  await tx.run(
    `${TASKS_CLOSED} update action set status = $2, policy_rule = coalesce($3, policy_rule), settled_at = case when $2 = 'refused' then now() end where id = $1`,
    [action.id, status, verdict.rule ?? null],
  )
  await audit(tx, {
    actor: verdict.by,
    type: `action.${status}`,
    target: 'action',
    targetId: action.id,
    runId: action.runId,
    data: { hash: action.contentHash, rule: verdict.rule ?? null, for: verdict.forUser ?? null },
  })
  await wakeRun(tx, action, status)
  return { ...action, status }
}

export interface ApprovalRow {
  /** 1 to `people`. */
  seat: number
  people: number
  decision: Decision['decision']
  /** `user:<id>` or `policy:<rule>` */
  by: string
  /** In whose place, as a deputy or delegate. */
  forUser: string | null
  /** What people call them; null for the policy. */
  byName: string | null
  reason: string | null
  at: Date
}

/** The words given so far, in order: an action that needs two people has one or two, a refusal stands last. */
export async function approvalsOf(sql: Sql, actionId: string): Promise<ApprovalRow[]> {
  return sql.rows<ApprovalRow>(
    `select p.seat, p.people, p.decision, p.by, p.for_user, u.name as by_name, p.reason, p.at from approval p
       left join "user" u on 'user:' || u.id = p.by where p.action_id = $1 order by p.seat`,
    [actionId],
  )
}

/** Whether a person, and not the policy, allowed it. */
export async function approvedByPerson(sql: Sql, id: string): Promise<boolean> {
  return (await sql.row(`select 1 from approval where action_id = $1 and decision = 'approve'`, [id])) !== null
}
