/**
 * An approval that does not hold any more: a right was lost, a field that it relied on changed, its time ran out before it was used. The
 * action is not carried out by it; a new one takes its place, made of the records as they are, which people decide like any other. Contents
 * and decisions stay as they were: the old one says why it ended, the new one names the old one.
 */
import { must, type Sql, type Tx } from '../sql.ts'
import { type Action, ACTION_COLUMNS, type NewAction, propose, settle } from './actions.ts'
import { audit } from './audit.ts'
import { needsOf } from './verdicts.ts'

/** How an action ended whose place a new one took for such a reason: its failure's code beside the status `superseded`. */
export const VOID_CODES = ['approval_void', 'action_changed', 'expired'] as const
export const IS_VOID = (alias: string): string =>
  `(${alias}.status = 'superseded' and ${alias}.failure_code in ('${VOID_CODES.join("', '")}'))`

const AGAIN = '/again'
/** What changes faster than people decide ends at last: a proposal is put before them so many times more at most. */
export const MOST_TIMES = 5

/** Actions that no run waits for are of nobody who could make them anew. */
export const mayBeAskedAnew = ({ key, runId }: Pick<Action, 'key' | 'runId'>): boolean =>
  runId !== null && key.split(AGAIN).length <= MOST_TIMES

export const keyAnew = ({ key }: Pick<Action, 'key'>): string => `${key}${AGAIN}`

/** What is made anew: the content and what it rests on. The terms under which people decide are the old one's, never looser. */
export type MadeAnew = Omit<
  NewAction,
  'key' | 'runId' | 'approver' | 'people' | 'notByMaker' | 'mustAsk' | 'madeBy' | 'escalateAt' | 'expiresAt'
>

/**
 * Puts `made` in the old one's place; null where that stands otherwise by now. It gets as much time as the first one had.
 * @param id of an action that is allowed or approved, and whose claim was refused for `refusal`
 */
export async function askAnew(
  tx: Tx,
  id: string,
  refusal: { code: string; why: string },
  made: MadeAnew,
): Promise<Action | null> {
  const action = await lockedOpen(tx, id)
  if (!action) return null
  const needs = await needsOf(tx, id)
  // When the transaction began, as the new one's time of creation is.
  const { now } = await must('clock', 'now', tx.row<{ now: Date }>('select now() as now'))
  const later = (at: Date | null): Date | null =>
    at && new Date(now.getTime() + (at.getTime() - action.createdAt.getTime()))
  await settle(tx, action, 'superseded', refusal)
  const next = await propose(tx, {
    ...made,
    key: keyAnew(action),
    runId: action.runId,
    supersedesId: action.id,
    approver: action.approver,
    escalateAt: later(action.escalateAt),
    escalateTo: action.escalateTo,
    escalateAfter: action.escalateAfter,
    expiresAt: later(action.expiresAt),
    people: needs?.people === 2 ? 2 : action.people,
    notByMaker: action.notByMaker || (needs?.notBy ?? null) !== null,
    // A person approved the old one: the new one is not let through without one.
    mustAsk: action.mustAsk || action.status === 'approved',
    madeBy: action.madeBy,
  })
  await audit(tx, {
    actor: 'worker',
    type: 'action.asked_anew',
    target: 'action',
    targetId: next.id,
    runId: action.runId,
    data: { instead: action.id, code: refusal.code },
  })
  return next
}

/** Ends it as its claim was refused: it cannot be made anew. */
export async function endRefused(
  tx: Tx,
  id: string,
  refusal: { code: string; why: string; settle: 'failed' | 'expired' },
): Promise<void> {
  const action = await lockedOpen(tx, id)
  if (action) await settle(tx, action, refusal.settle, refusal)
}

async function lockedOpen(tx: Tx, id: string): Promise<Action | null> {
  return tx.row<Action>(
    `select ${ACTION_COLUMNS} from action where id = $1 and status in ('allowed', 'approved') for update`,
    [id],
  )
}

/** Why an action is put before people again; null: it was not. */
export async function askedAnewWhy(sql: Sql, { supersedesId }: Pick<Action, 'supersedesId'>): Promise<string | null> {
  if (supersedesId === null) return null
  const row = await sql.row<{ why: string | null }>(
    `select b.failure_why as why from action b where b.id = $1 and ${IS_VOID('b')}`,
    [supersedesId],
  )
  return row?.why ?? null
}
