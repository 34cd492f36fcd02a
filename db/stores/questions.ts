/** Questions that whoever decides asks back, and actions handed on. The action goes on waiting through all of it. */
import { DealwrightError } from '../../domain/errors.ts'
import { hasWeight } from '../../domain/policy/deputy.ts'
import { may } from '../../domain/access/may.ts'
import { viewerOf } from '../access.ts'
import { json, type Sql, type Tx } from '../sql.ts'
import { type Action, lockWaiting } from './actions.ts'
import { audit } from './audit.ts'
import { userById } from './people.ts'
import { createTask } from './records.ts'
import { needsOf } from './verdicts.ts'

export interface Question {
  id: string
  askedBy: string
  askedOf: string
  /** Null: erased. */
  question: unknown
  at: Date
  answer: unknown
  answeredAt: Date | null
}

/** Oldest first. @param bodies whether the viewer may read what people wrote */
export const questionsOf = (sql: Sql, actionId: string, bodies: boolean): Promise<Question[]> =>
  sql.rows<Question>(
    `select q.id, b.name as asked_by, o.name as asked_of, case when $2 then w.value end as question, q.at,
       case when $2 then n.value end as answer, q.answered_at
     from action_question q join "user" b on b.id = q.asked_by join "user" o on o.id = q.asked_of
       left join field_value w on w.id = q.question_id left join field_value n on n.id = q.answer_id
     where q.action_id = $1 order by q.at, q.id`,
    [actionId, bodies],
  )

/** Of whoever made it, if a person did, else of its owner. @throws DealwrightError `conflict` where that is nobody, or the asker */
export async function ask(tx: Tx, action: Action, question: string, userId: string): Promise<string> {
  await lockWaiting(tx, action)
  const of = [action.madeBy, action.ownerId].find(id => id !== null && id !== userId)
  if (!of)
    throw new DealwrightError(
      'conflict',
      `There is nobody to ask about action ${action.id}: its owner is you or nobody.`,
    )
  const row = await tx.row<{ id: string }>(
    `insert into action_question (action_id, asked_by, asked_of, question_id) values ($1, $2, $3, $4) returning id`,
    [action.id, userId, of, await textId(tx, question)],
  )
  const id = row?.id ?? ''
  await createTask(tx, {
    key: `question:${id}`,
    title: 'Answer a question about a proposal',
    why: `somebody who decides asks about: ${action.summary}`,
    assigneeId: of,
    leadId: action.leadId,
    dealId: action.dealId,
    contactId: action.contactId,
  })
  await audit(tx, {
    actor: `user:${userId}`,
    type: 'action.asked',
    target: 'action',
    targetId: action.id,
    runId: action.runId,
    data: { question: id, of },
  })
  return id
}

/** @throws DealwrightError `bad_input` where this action has no such open question, `forbidden` where another person was asked */
export async function answer(tx: Tx, action: Action, questionId: string, text: string, userId: string): Promise<void> {
  const open = await tx.row<{ askedOf: string }>(
    'select asked_of from action_question where id = $1 and action_id = $2 and answered_at is null for update',
    [questionId, action.id],
  )
  if (!open) throw new DealwrightError('bad_input', `question: is none of action ${action.id} that is open.`)
  if (open.askedOf !== userId) throw new DealwrightError('forbidden', 'This question was asked of somebody else.')
  await tx.run(
    'update action_question set answer_id = $2, answered_by = $3, answered_at = clock_timestamp() where id = $1',
    [questionId, await textId(tx, text), userId],
  )
  await tx.run(
    `update task set status = 'done', done_at = now(), updated_at = now() where key = $1 and status = 'open'`,
    [`question:${questionId}`],
  )
  await audit(tx, {
    actor: `user:${userId}`,
    type: 'action.answered',
    target: 'action',
    targetId: action.id,
    runId: action.runId,
    data: { question: questionId },
  })
}

/**
 * Hands one action to one person; twice is once. Who hands it on may still decide it; a deputy hands it on in the other's place.
 * @throws DealwrightError `bad_input` for somebody whose word is not enough for it, who may not see it, or who made it where that matters
 */
export async function delegate(
  tx: Tx,
  action: Action,
  toId: string,
  userId: string,
  forUser: string | null,
): Promise<void> {
  await lockWaiting(tx, action)
  const to = await userById(tx, toId).catch(() => null)
  const wrong = (why: string) => new DealwrightError('bad_input', `to: ${why}`)
  if (!to?.active) throw wrong('is nobody who works here.')
  const from = forUser ?? userId
  if (to.id === userId || to.id === from) throw wrong('is whom it waits for already.')
  if (!hasWeight(to.role, action.approver))
    throw wrong(
      `a ${to.role} cannot decide what waits for ${action.approver === 'owner' ? 'its owner' : `a ${action.approver}`}.`,
    )
  if (!may(await viewerOf(tx, to), 'action.see', action.ownerId)) throw wrong('may not see this action.')
  if ((await needsOf(tx, action.id))?.notBy === to.id) throw wrong('made it, and the policy wants somebody else.')
  const made = await tx.run(
    'insert into delegation (action_id, from_id, to_id) values ($1, $2, $3) on conflict do nothing',
    [action.id, from, to.id],
  )
  if (made === 0) return
  await audit(tx, {
    actor: `user:${userId}`,
    type: 'action.delegated',
    target: 'action',
    targetId: action.id,
    runId: action.runId,
    data: { to: to.id },
  })
}

async function textId(tx: Tx, text: string): Promise<string> {
  const row = await tx.row<{ id: string }>('insert into field_value (value) values ($1) returning id', [json(text)])
  return row?.id ?? ''
}
