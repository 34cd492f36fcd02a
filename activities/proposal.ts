/** A proposal's life as activities: propose, see how it stands, pass deadlines, perform at most once. */
import { setTimeout as sleep } from 'node:timers/promises'
import { DealwrightError } from '../domain/errors.ts'
import type { Duration } from '../domain/calendar/duration.ts'
import type { JsonObject } from '../domain/playbook/types.ts'
import type { Tx } from '../db/sql.ts'
import {
  actionById,
  actionOfStep,
  knownAction,
  passDeadlines,
  propose,
  SETTLED,
  settle,
  supersede,
  type Action,
  type ActionStatus,
} from '../db/stores/actions.ts'
import { claim, complete, release, type ClaimRefusal } from '../db/stores/claims.ts'
import { audit } from '../db/stores/audit.ts'
import { whileNotStopped } from '../db/stores/stops.ts'
import { finishStep, stillPending } from '../db/stores/runs.ts'
import { currentContext } from './alive.ts'
import { proposeAnew } from './asked-anew.ts'
import { asFailure } from './failure.ts'
import type { Deps } from './deps.ts'
import type { Effect, ProposeKind } from './kinds.ts'
import { kindNamed } from './registry.ts'
import { contextOf } from './step.ts'

/** How a proposal stands, in ids and instants. */
export interface Standing {
  /** Null: the run moved on before anything was proposed. */
  actionId: string | null
  status: ActionStatus
  settled: boolean
  /** The next instant at which something is due by itself: its expiry. */
  nextAt: string | null
}

/** A refused claim that may hold later is tried again after this long; one whose time is known then, if that is not too far. */
const BUSY_MS = 30_000
/** What people stop and release again goes on soon after. */
const STOPPED_MS = 5_000
/** A limit may be published anew, a switch released: nothing is slept through for longer. */
const LONGEST_MS = 10 * 60_000

export function proposalActivities(deps: Deps) {
  const { db } = deps
  return {
    async propose(input: { runId: string; key: string }): Promise<Standing> {
      const context = await contextOf(deps, input.runId, input.key)
      const kind = proposeKind(context.step.kind)
      if (context.step.status !== 'pending') return standingOf(input)
      const terms = (context.step.with.approve ?? {}) as {
        by?: 'owner' | 'manager' | 'ops'
        always?: boolean
        people?: number
        notByMaker?: boolean
        escalateAt?: string | null
        escalateTo?: string | null
        escalateAfter?: Duration | null
        expiresAt?: string | null
      }
      const proposal = await kind.propose(context)
      const action = await db.tx(async tx => {
        // The run may have moved on while this was made: what nobody waits for any more is not put before people.
        if (!(await stillPending(tx, input.runId, input.key))) return null
        return propose(tx, {
          ...proposal,
          key: context.key,
          runId: input.runId,
          approver: terms.by ?? 'owner',
          mustAsk: terms.always === true,
          people: terms.people === 2 ? 2 : 1,
          notByMaker: terms.notByMaker === true,
          escalateAt: terms.escalateAt ? new Date(terms.escalateAt) : null,
          escalateTo: terms.escalateTo ?? null,
          escalateAfter: terms.escalateAfter ?? null,
          expiresAt: terms.expiresAt ? new Date(terms.expiresAt) : null,
        })
      })
      return action ? finishIfSettled(input, action) : standingOf(input)
    },

    /** How the step's proposal stands now; of one that was edited or asked anew, how that stands. Passes deadlines by the database's clock. */
    async standing(input: { runId: string; key: string }): Promise<Standing> {
      const action = await actionOfStep(db, `${input.runId}/${input.key}`)
      return finishIfSettled(input, await db.tx(tx => passDeadlines(tx, action.id)))
    },

    /** Carries out an allowed or approved action. Returns how it stands afterwards. */
    async perform(input: { runId: string; key: string }): Promise<Standing> {
      const action = await actionOfStep(db, `${input.runId}/${input.key}`)
      try {
        await performAction(deps, action, input.key)
      } catch (error) {
        // Decided otherwise, or claimed by an attempt that was given up as lost: how it stands now says what follows.
        if (!(error instanceof DealwrightError) || error.code !== 'action_not_open') throw error
      }
      return finishIfSettled(input, await actionOfStep(db, action.key))
    },

    /** The run has moved on: what nobody has claimed is superseded. */
    async withdraw(input: { runId: string; key: string; why: string }): Promise<Standing> {
      const action = await knownAction(db, `${input.runId}/${input.key}`)
      if (action && !(await db.tx(tx => supersede(tx, action.id, input.why)))) {
        const kind = proposeKind(action.kind)
        // Its attempt has ended (workflows/queues.ts): what is claimed still has been claimed by one that did not come back.
        if (kind.effect.where === 'outside') await doubt(deps, kind, action)
      }
      return standingOf(input)
    },
  }

  /** How it stands, also where nothing was proposed. */
  async function standingOf(at: { runId: string; key: string }): Promise<Standing> {
    const action = await knownAction(db, `${at.runId}/${at.key}`)
    return action ? finishIfSettled(at, action) : { actionId: null, status: 'superseded', settled: true, nextAt: null }
  }

  async function finishIfSettled(at: { runId: string; key: string }, action: Action): Promise<Standing> {
    const settled = SETTLED.includes(action.status)
    if (settled) await finishStep(db, at.runId, at.key, await resultOf(action))
    return {
      actionId: action.id,
      status: action.status,
      settled,
      nextAt: settled ? null : (action.expiresAt?.toISOString() ?? null),
    }
  }

  async function resultOf(action: Action): Promise<JsonObject> {
    const effect = await db.row<{ result: JsonObject }>('select result from effect where action_id = $1', [action.id])
    return { ...effect?.result, outcome: action.status, action: action.id }
  }
}

function proposeKind(name: string): ProposeKind {
  const kind = kindNamed(name)
  if (kind.verb !== 'propose') throw new DealwrightError('internal', `${name} is not a kind of action.`)
  return kind
}

/**
 * Claim and effect. Promise: at most once, never silently. An effect on our records is one transaction with its claim. An effect
 * outside stands between claim and record: a crash there leaves it claimed, which the next attempt finds and makes `uncertain`.
 */
export async function performAction(deps: Deps, action: Action, stepKey: string): Promise<void> {
  const kind = proposeKind(action.kind)
  if (action.status === 'claimed') return doubt(deps, kind, action)
  if (action.status === 'uncertain') return settleDoubt(deps, kind, action)
  if (action.status !== 'allowed' && action.status !== 'approved') return
  const check = (tx: Tx, claimed: Action): Promise<ClaimRefusal | null> =>
    kind.check?.(tx, claimed) ?? Promise.resolve(null)
  const refusal =
    kind.effect.where === 'records'
      ? await performOnRecords(deps, kind, kind.effect, action, check)
      : await performOutside(deps, kind, kind.effect, action, check)
  if (refusal === null) return
  if (refusal.settle === 'wait') return notNow(refusal)
  if (refusal.anew === true) await proposeAnew(deps, kind, action, stepKey, { ...refusal, settle: refusal.settle })
}

type Check = (tx: Tx, action: Action) => Promise<ClaimRefusal | null>

async function performOnRecords(
  deps: Deps,
  kind: ProposeKind,
  effect: Extract<Effect, { where: 'records' }>,
  action: Action,
  check: Check,
): Promise<ClaimRefusal | null> {
  return deps.db.tx(async tx => {
    const claimed = await claim(tx, action.id, deps.publicKeys, check)
    if ('refusal' in claimed) return claimed.refusal
    await complete(tx, action.id, claimed.token, kind.name, await effect.apply(tx, claimed.action))
    return null
  })
}

async function performOutside(
  deps: Deps,
  kind: ProposeKind,
  effect: Extract<Effect, { where: 'outside' }>,
  action: Action,
  check: Check,
): Promise<ClaimRefusal | null> {
  // Reach the outside first: what fails here has claimed nothing and may simply be tried again.
  await effect.prepare(deps)
  const claimed = await deps.db.tx(tx => claim(tx, action.id, deps.publicKeys, check))
  if ('refusal' in claimed) return claimed.refusal
  let stop: ClaimRefusal | null = null
  const sent = await effect.send(deps, claimed.action, async speak => {
    try {
      stop = await whileNotStopped(deps.db, claimed.action, speak)
    } catch (error) {
      // Nothing was said: without the database nobody knows whether it is stopped.
      deps.log.warn({ action: action.id, code: (error as { code?: unknown }).code }, 'held before its first word')
      stop = { code: 'database_away', why: 'the database did not say whether it is stopped', settle: 'wait' }
    }
    return stop === null
  })
  if (sent.outcome === 'held') {
    const refusal = stop ?? { code: 'stopped', why: 'it was stopped', settle: 'wait' as const }
    await untilKept(deps, tx => release(tx, action.id, claimed.token, refusal))
    return refusal
  }
  if (sent.outcome === 'later') {
    await untilKept(deps, tx => release(tx, action.id, claimed.token))
    throw asFailure(
      new DealwrightError('mail_later', `The mail server asks to try again later (${sent.code}).`, {
        details: { retryAfterMs: 60_000, action: action.id },
      }),
    )
  }
  await untilKept(deps, async tx => {
    if (sent.outcome === 'never') return settle(tx, claimed.action, 'failed', { code: sent.code, why: sent.why })
    if (sent.outcome === 'uncertain')
      return settle(tx, claimed.action, 'uncertain', { code: 'uncertain', why: sent.why })
    const result = await effect.record(tx, claimed.action)
    return complete(tx, action.id, claimed.token, kind.name, { ...sent.detail, ...result })
  })
  return null
}

const TRY_AGAIN_MS = 1_000
/** Well within the activity's own time-out: the attempt after it would have to call the outcome uncertain. */
const KEEP_TRYING_MS = 300_000

/**
 * Keeps what the outside answered. Only this attempt knows it, so a database that is away or full is waited for: a known outcome must not become
 * an unknown one.
 */
async function untilKept(deps: Deps, work: (tx: Tx) => Promise<void>): Promise<void> {
  const end = Date.now() + KEEP_TRYING_MS
  for (;;) {
    try {
      return await deps.db.tx(work)
    } catch (error) {
      const away = error instanceof DealwrightError && ['database_away', 'disk_full'].includes(error.code)
      if (!away || Date.now() > end || stopping()) throw error
      await sleep(TRY_AGAIN_MS)
    }
  }
}

/** This worker is going down. A run that called its step off is no reason to forget what is known. */
function stopping(): boolean {
  const context = currentContext()
  return context?.cancellationSignal.aborted === true && context.cancellationDetails?.cancelRequested !== true
}

/** A refusal that may pass is tried again by Temporal; any other has settled the action already, or it is asked anew. */
function notNow(refusal: ClaimRefusal): never {
  throw asFailure(
    new DealwrightError('action_waits', `Not now: ${refusal.why}.`, {
      details: { retryAfterMs: tryAgainAfter(refusal), code: refusal.code },
    }),
  )
}

function tryAgainAfter({ code, until }: ClaimRefusal): number {
  if (code === 'stopped') return STOPPED_MS
  if (!until) return BUSY_MS
  return Math.min(LONGEST_MS, Math.max(BUSY_MS, until.getTime() - Date.now()))
}

/** Found claimed by an attempt that did not come back: nobody knows whether it left. */
async function doubt(deps: Deps, kind: ProposeKind, action: Action): Promise<void> {
  await deps.db.tx(async tx => {
    const now = await tx.row<{ status: string }>('select status from action where id = $1 for update', [action.id])
    if (now?.status === 'claimed')
      await settle(tx, action, 'uncertain', {
        code: 'uncertain',
        why: 'the worker was lost between sending and recording',
      })
  })
  await settleDoubt(deps, kind, await actionById(deps.db, action.id))
}

/** Looks the message up in the Sent folder: found is done. Not found proves nothing, so a person decides. */
async function settleDoubt(deps: Deps, kind: ProposeKind, action: Action): Promise<void> {
  const messageId = action.content.messageId
  if (action.status !== 'uncertain' || kind.effect.where !== 'outside' || !deps.sent || typeof messageId !== 'string')
    return
  const { effect } = kind
  if (!(await deps.sent.has(messageId))) return
  await deps.db.tx(async tx => {
    const current = await tx.row<{ status: string; claimToken: string }>(
      'select status, claim_token from action where id = $1 for update',
      [action.id],
    )
    if (current?.status !== 'uncertain') return
    const result = await effect.record(tx, action)
    await complete(tx, action.id, current.claimToken, kind.name, { ...result, foundInSent: true })
    await audit(tx, {
      actor: 'worker',
      type: 'action.found_in_sent',
      target: 'action',
      targetId: action.id,
      runId: action.runId,
    })
  })
}
