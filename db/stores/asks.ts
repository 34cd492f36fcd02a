/** Questions in plain words: asked by people, answered step by step by a worker, seen by who asked alone. */
import type { Scope, Viewer } from '../../domain/access/viewer.ts'
import type { Offer } from '../../domain/ask/saved.ts'
import type { Sentence } from '../../domain/ask/types.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { scope, viewerOf } from '../access.ts'
import { keyset, newestFirst, pageOf, type Page, type PageRequest } from '../page.ts'
import { json, must, type Db, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'
import { enqueue } from './outbox.ts'
import { userById } from './people.ts'

export type AskStatus = 'asked' | 'answering' | 'answered' | 'offered' | 'failed' | 'cancelled'

export interface AskRow {
  id: string
  question: string
  status: AskStatus
  by: 'model' | 'rules' | null
  why: string | null
  createdAt: Date
  endedAt: Date | null
}

export interface LookStep {
  tool: string
  told: string
}

export interface WholeAsk extends AskRow {
  offers: Offer[]
  looks: (LookStep & { at: Date })[]
  sentences: Sentence[]
}

const COLUMNS = 'k.id, k.question, k.status, k.by, k.why, k.created_at, k.ended_at'
const NEWEST = newestFirst('k')

export const askWorkflow = (id: string): string => `ask/${id}`

/** Stores the question and starts its answer, with the transaction. */
export async function ask(tx: Tx, viewer: Viewer, of: { question: string; saved: string | null }): Promise<WholeAsk> {
  const made = await must(
    'question',
    'new',
    tx.row<{ id: string }>('insert into ask (user_id, scopes, question, saved) values ($1, $2, $3, $4) returning id', [
      viewer.userId,
      viewer.scopes,
      of.question,
      of.saved,
    ]),
  )
  await enqueueAsk(tx, made.id, 'first')
  await audit(tx, { actor: `user:${viewer.userId}`, type: 'ask.asked', target: 'ask', targetId: made.id })
  return seenAsk(tx, viewer, made.id)
}

/** @param occasion names why it is started: of one occasion it is started once */
export const enqueueAsk = (tx: Tx, id: string, occasion: string): Promise<void> =>
  enqueue(tx, {
    key: `start:ask:${id}:${occasion}`,
    kind: 'start',
    workflow: 'ask',
    workflowId: askWorkflow(id),
    args: [{ askId: id }],
  })

/** One's own, newest first. */
export async function listAsks(sql: Sql, viewer: Viewer, request: PageRequest): Promise<Page<AskRow>> {
  const values: unknown[] = []
  const mine = scope(viewer, 'ask.see', 'k.user_id', values)
  const { where, tail } = keyset(NEWEST, request, values)
  const rows = await sql.rows<AskRow>(`select ${COLUMNS} from ask k where ${mine} and ${where} ${tail}`, values)
  return pageOf(rows, NEWEST, request)
}

/** With the steps of its newest attempt. @throws DealwrightError `not_found` also for somebody else's */
export async function seenAsk(sql: Sql, viewer: Viewer, id: string): Promise<WholeAsk> {
  const values: unknown[] = [id]
  const mine = scope(viewer, 'ask.see', 'k.user_id', values)
  const { attempt, ...row } = await must(
    'question',
    id,
    sql.row<AskRow & { offers: Offer[] | null; attempt: number }>(
      `select ${COLUMNS}, k.offers, k.attempt from ask k where k.id = $1 and ${mine}`,
      values,
    ),
  )
  const steps = await sql.rows<{ kind: string; body: unknown; at: Date }>(
    'select kind, body, at from ask_step where ask_id = $1 and attempt = $2 order by n',
    [id, attempt],
  )
  return {
    ...row,
    offers: row.offers ?? [],
    looks: steps.flatMap(({ kind, body, at }) => (kind === 'look' ? [{ ...(body as LookStep), at }] : [])),
    sentences: steps.flatMap(({ kind, body }) => (kind === 'sentence' ? [body as Sentence] : [])),
  }
}

/** Ends it whatever its worker does: nothing that is written afterwards counts. Cancelled twice is cancelled once. */
export async function cancelAsk(tx: Tx, viewer: Viewer, id: string): Promise<WholeAsk> {
  await seenAsk(tx, viewer, id)
  const ended = await tx.run(
    `update ask set status = 'cancelled', ended_at = now() where id = $1 and ended_at is null`,
    [id],
  )
  if (ended > 0) {
    await enqueue(tx, {
      key: `cancel:ask:${id}`,
      kind: 'signal',
      workflow: 'cancelAsk',
      workflowId: askWorkflow(id),
      args: [],
    })
    await audit(tx, { actor: `user:${viewer.userId}`, type: 'ask.cancelled', target: 'ask', targetId: id })
  }
  return seenAsk(tx, viewer, id)
}

/** Asked and not answered for a while: the reconciler asks whether anybody is at work on them. */
export const openAsks = (sql: Sql, limit: number): Promise<{ id: string }[]> =>
  sql.rows<{ id: string }>(
    `select id from ask where ended_at is null and created_at < now() - interval '30 seconds' order by created_at limit $1`,
    [limit],
  )

const KEPT = '180 days'

export const pruneAsks = (sql: Sql): Promise<number> =>
  sql.run(`delete from ask where created_at < now() - interval '${KEPT}' and ended_at is not null`)

/** What a try of the work goes by. */
export interface Attempt {
  id: string
  attempt: number
  userId: string
  scopes: Scope[]
  question: string
  saved: string | null
}

/** Takes the next attempt: from now on those before it write nothing. Null: it has ended, or is not there any more. */
export const beginAttempt = (sql: Sql, id: string): Promise<Attempt | null> =>
  sql.row<Attempt>(
    `update ask set attempt = attempt + 1, status = 'answering' where id = $1 and ended_at is null
     returning id, attempt, user_id, scopes, question, saved`,
    [id],
  )

/** Appends a step. False: the attempt is over (cancelled, or another has begun) and nothing was written. */
export async function addStep(
  db: Db,
  of: Pick<Attempt, 'id' | 'attempt'>,
  n: number,
  step: { kind: 'look'; body: LookStep } | { kind: 'sentence'; body: Sentence },
): Promise<boolean> {
  const rows = await db.tx(async tx => {
    if ((await lockedAttempt(tx, of)) === null) return 0
    return tx.run('insert into ask_step (ask_id, attempt, n, kind, body) values ($1, $2, $3, $4, $5)', [
      of.id,
      of.attempt,
      n,
      step.kind,
      json(step.body),
    ])
  })
  return rows > 0
}

/** Whether the attempt is still the one that counts. */
export async function isCurrent(sql: Sql, of: Pick<Attempt, 'id' | 'attempt'>): Promise<boolean> {
  return (
    (await sql.row('select 1 from ask where id = $1 and attempt = $2 and ended_at is null', [of.id, of.attempt])) !==
    null
  )
}

const lockedAttempt = (tx: Tx, of: Pick<Attempt, 'id' | 'attempt'>): Promise<object | null> =>
  tx.row('select 1 from ask where id = $1 and attempt = $2 and ended_at is null for share', [of.id, of.attempt])

export interface AskEnd {
  status: 'answered' | 'offered' | 'failed'
  by: 'model' | 'rules' | null
  why: string | null
  offers?: Offer[]
}

/** Ends the attempt's question; of an attempt that is over, nothing. */
export async function endAttempt(sql: Sql, of: Pick<Attempt, 'id' | 'attempt'>, end: AskEnd): Promise<void> {
  await sql.run(
    `update ask set status = $3, by = $4, why = $5, offers = $6, ended_at = now() where id = $1 and attempt = $2 and ended_at is null`,
    [of.id, of.attempt, end.status, end.by, end.why, end.offers === undefined ? null : json(end.offers)],
  )
}

/** Whatever attempt was at it: nobody will answer any more. */
export async function failAsk(sql: Sql, id: string, why: string): Promise<void> {
  await sql.run(`update ask set status = 'failed', why = $2, ended_at = now() where id = $1 and ended_at is null`, [
    id,
    why,
  ])
}

/** The asker as they stand at this moment. @throws DealwrightError `forbidden` when they may not look at anything any more */
export async function askerNow(sql: Sql, of: Pick<Attempt, 'userId' | 'scopes'>): Promise<Viewer> {
  const user = await userById(sql, of.userId)
  if (!user.active)
    throw new DealwrightError('forbidden', 'Whoever asked this is not active here any more: ask an admin.')
  return viewerOf(sql, user, of.scopes)
}

/** The asker's zone, for what "this month" is. */
export async function askerZone(sql: Sql, userId: string): Promise<string> {
  return (await userById(sql, userId)).zone
}
