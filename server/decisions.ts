/** Decisions that take more than one step: edit and approve, and settling mail of uncertain fate. */
import type { KeyObject } from 'node:crypto'
import { DealwrightError } from '../domain/errors.ts'
import {
  actionById,
  lockWaiting,
  propose,
  settle,
  supersede,
  type Action,
  type NewAction,
} from '../db/stores/actions.ts'
import { complete } from '../db/stores/claims.ts'
import { decide, judge } from '../db/stores/decisions.ts'
import { needsOf } from '../db/stores/verdicts.ts'
import { tighten } from '../domain/policy/types.ts'
import { policyInForce, verdictOn } from './decider.ts'
import { audit } from '../db/stores/audit.ts'
import { authorityOver } from '../db/stores/authority.ts'
import { keepEdit, keepRefusal } from '../db/stores/lessons.ts'
import { viewerOf } from '../db/access.ts'
import type { User } from '../db/stores/people.ts'
import type { JsonObject } from '../domain/playbook/types.ts'
import type { Db, Sql, Tx } from '../db/sql.ts'

export interface MailEdit {
  subject?: string | undefined
  body: string
}

/** Makes the edited mail as an action of its own: new content, new bytes, new hash. */
export type EditMail = (sql: Sql, action: Action, edit: MailEdit, key: string) => Promise<NewAction>

/** Who decides, in whose place, and by which key. */
export interface Signer {
  user: User
  forUser: string | null
  apiKey: string | null
}

const wordOf = ({ user, forUser, apiKey }: Signer) => ({ by: `user:${user.id}`, forUser, apiKey })

/** Approves exactly what stands. */
export function approve(db: Db, action: Action, signer: Signer, key: KeyObject, seenHash?: string): Promise<Action> {
  return db.tx(tx => decide(tx, action.id, { decision: 'approve', reason: null, ...wordOf(signer) }, key, seenHash))
}

/** Refuses it, and keeps why as a lesson. */
export function refuse(
  db: Db,
  action: Action,
  signer: Signer,
  why: string,
  key: KeyObject,
  seenHash?: string,
): Promise<Action> {
  return db.tx(async tx => {
    const verdict = { decision: 'refuse' as const, reason: why, ...wordOf(signer) }
    const done = await decide(tx, action.id, verdict, key, seenHash)
    if (done.status === 'refused') await keepRefusal(tx, done, why, signer.user.id)
    return done
  })
}

/** The edit takes the place of the original and is approved, in one transaction; the original's content stays as it was proposed. */
export async function editAndApprove(
  db: Db,
  action: Action,
  edit: MailEdit,
  signer: Signer,
  render: EditMail,
  key: KeyObject,
  seenHash?: string,
): Promise<Action> {
  if (action.kind !== 'send_mail')
    throw new DealwrightError('bad_input', `Only mail can be edited; action ${action.id} is a ${action.kind}.`)
  if (seenHash !== undefined && seenHash !== action.contentHash) {
    throw new DealwrightError('action_changed', `Action ${action.id} is not the one you looked at. Look at it again.`)
  }
  const { user } = signer
  return db.tx(async tx => {
    await lockWaiting(tx, action)
    const edited = await render(tx, action, edit, `${action.key}/edit-1`)
    await supersede(tx, action.id, 'edited')
    // A person asked for it: it goes on only by a person's word, whatever the policy allows by itself.
    const made = await propose(tx, { ...edited, supersedesId: action.id, madeBy: user.id, mustAsk: true })
    await keepEdit(tx, action, made, user.id)
    await tx.run(
      'insert into delegation (action_id, from_id, to_id) select $2, from_id, to_id from delegation where action_id = $1',
      [action.id, made.id],
    )
    await audit(tx, {
      actor: `user:${user.id}`,
      type: 'action.edited',
      target: 'action',
      targetId: made.id,
      runId: action.runId,
      data: { from: action.contentHash, to: made.contentHash },
    })
    const { verdict, needs, waiting } = await judgeEdit(tx, action, made, key)
    const authority = await authorityOver(tx, user, await viewerOf(tx, user), waiting)
    const forUser = authority?.principal?.user.id ?? null
    const keptOut = needs.notBy !== null && [user.id, forUser].includes(needs.notBy)
    const mayApprove = verdict === 'ask' && authority && !keptOut
    // Where the policy wants somebody else, or a second person, the edit goes on waiting.
    if (!mayApprove) return waiting
    return decide(tx, made.id, { decision: 'approve', reason: null, ...wordOf({ ...signer, forUser }) }, key)
  })
}

/** The policy speaks again, of what was drafted and of what the person made of it; the stricter of the two holds. */
async function judgeEdit(
  tx: Tx,
  original: Action,
  made: Action,
  key: KeyObject,
): Promise<{ verdict: string; needs: { notBy: string | null }; waiting: Action }> {
  const inForce = await policyInForce(tx)
  const [drafted, edited] = [await verdictOn(tx, original, inForce), await verdictOn(tx, made, inForce)]
  const before = await needsOf(tx, original.id)
  const people = before?.people === 2 || drafted.verdict.people === 2 ? 2 : 1
  const verdict = tighten(edited.verdict, { ...drafted.verdict, people })
  const waiting = await judge(tx, made, verdict, edited.facts, key)
  return { verdict: verdict.verdict, needs: { notBy: verdict.notByMaker ? made.madeBy : null }, waiting }
}

/** Keeps a sent mail as part of the conversation, so that its answer finds its thread. */
export type RecordSent = (tx: Tx, action: Action) => Promise<JsonObject>

/** A person says what became of a mail that nobody knows of. */
export async function settleByPerson(
  db: Db,
  id: string,
  word: { sent: boolean; why?: string | undefined },
  user: User,
  record: RecordSent,
): Promise<Action> {
  await db.tx(async tx => {
    await tx.run('select 1 from action where id = $1 for update', [id])
    const action = await actionById(tx, id)
    if (action.status !== 'uncertain')
      throw new DealwrightError('action_not_open', `Action ${id} is ${action.status}: its fate is known.`)
    await audit(tx, {
      actor: `user:${user.id}`,
      type: 'action.settled_by_person',
      target: 'action',
      targetId: id,
      runId: action.runId,
      data: { sent: word.sent },
    })
    if (word.sent)
      await complete(tx, id, action.claimToken ?? '', action.kind, {
        ...(await record(tx, action)),
        saidBy: user.id,
      })
    else
      await settle(tx, action, 'failed', { code: 'not_sent', why: word.why ?? 'a person found that it was not sent' })
  })
  return actionById(db, id)
}
