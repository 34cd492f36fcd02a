/**
 * One playbook run: a small loop of turns, timers, events and activities. All that a playbook means lies in the interpreter, behind
 * the local activity `advance`; this file knows keys, ids and instants only. It may change as little as possible: waiting runs replay it.
 *
 * Guaranteed: a wake is taken in once, in the order of arrival; a run whose workflow is lost goes on from its last stored state.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  log,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import type { Occasion, Order, Turn } from '../activities/advance.ts'
import { AWAY } from './away.ts'
import { proposal } from './proposal.ts'
import { local, records } from './queues.ts'
import { research } from './research.ts'
import { work } from './work.ts'

/** Something happened: the id of its event. */
export const wake = defineSignal<[string]>('wake')
/** The action with this id was decided, settled or edited. */
export const decided = defineSignal<[string]>('decided')
/** A person's word on a run. */
export const control = defineSignal<[{ word: 'resume' | 'skip' | 'cancel'; why: string }]>('control')

/** After this many events of history a quiet run begins a new one. */
const HISTORY_EVENTS = 2_000

export interface RunInput {
  runId: string
  /** Handed over by the execution before: occasions that came and were not yet taken in. */
  carried?: Occasion[]
  /** Begin anew after this many events of history. Default 2,000; tests take fewer. */
  historyEvents?: number
}

export async function playbookRun(input: RunInput): Promise<void> {
  const { runId } = input
  const arrived: Occasion[] = [...(input.carried ?? [])]
  let decisions = 0
  setHandler(wake, eventId => {
    arrived.push({ type: 'happened', eventId })
  })
  setHandler(decided, () => {
    decisions += 1
  })
  setHandler(control, ({ word, why }) => {
    arrived.push(word === 'cancel' ? { type: 'cancel', why } : { type: word })
  })

  const opened = await steadily(() => local().openRun({ runId }))
  if (opened.ended) return
  const inFlight = new Map<string, CancellationScope>()
  const settling = new Set<Promise<unknown>>()
  const quiet = new Set<string>()
  let { seq, retry } = opened
  if (opened.fresh) arrived.unshift({ type: 'started' })
  for (const eventId of opened.missed) arrived.push({ type: 'happened', eventId })
  let ended = follow(opened.orders)

  while (!ended) {
    await condition(() => arrived.length > 0 || tooLong())
    // Also with occasions at hand, which are handed over: wakes may come faster than they are taken in.
    if (tooLong()) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof playbookRun>({ ...input, carried: arrived })
      return
    }
    const occasion = arrived.shift()
    if (!occasion) continue
    const turn: Turn = await steadily(() => local().advance({ runId, seq: seq + 1, occasion }))
    seq = turn.seq
    retry = turn.retry
    if (turn.took === false) arrived.unshift(occasion)
    ended = follow(turn.orders)
  }
  for (const scope of inFlight.values()) scope.cancel()
  await Promise.all(settling) // a proposal that is no longer wanted withdraws first
  await condition(allHandlersFinished)

  /** True once the run has ended. */
  function follow(orders: Order[]): boolean {
    for (const order of orders) {
      if (order.type === 'end') return true
      if (order.type === 'cancel') inFlight.get(order.key)?.cancel()
      else launch(order)
    }
    return false
  }

  function launch(order: Exclude<Order, { type: 'end' | 'cancel' }>): void {
    const { key } = order
    const scope = new CancellationScope()
    inFlight.set(key, scope)
    if (order.type === 'wait') quiet.add(key)
    const settled: Promise<unknown> = scope
      .run(() => carryOut(order))
      .then(
        occasion => arrived.push(occasion),
        (error: unknown) => (isCancellation(error) || scope.consideredCancelled ? undefined : failed(key, error)),
      )
      .finally(() => {
        inFlight.delete(key)
        quiet.delete(key)
        settling.delete(settled)
      })
    settling.add(settled)
  }

  async function carryOut(order: Exclude<Order, { type: 'end' | 'cancel' }>): Promise<Occasion> {
    const at = { runId, key: order.key }
    if (order.type === 'wait') {
      await sleep(Math.max(0, Date.parse(order.until) - Date.now()))
      return { type: 'timer', key: order.key }
    }
    if (order.type === 'propose')
      await proposal(
        at,
        () => decisions,
        now => rest(order.key, now),
      )
    else if (order.queue === 'procedure') await research(at, retry)
    else await work(order.queue, at, retry)
    return { type: 'completed', key: order.key }
  }

  function rest(key: string, now: boolean): void {
    if (now) quiet.add(key)
    else quiet.delete(key)
  }

  /** A step that failed for good: kept for people, and the run pauses at it. */
  async function failed(key: string, error: unknown): Promise<void> {
    const { code, message } = reasonOf(error)
    log.warn('step failed', { runId, key, code })
    await CancellationScope.nonCancellable(() => records().stepFailed({ runId, key, code, message }))
    arrived.push({ type: 'failed', key, code, message })
  }

  /** A long history with nothing but timers and resting proposals open: they are opened again from the store. */
  function tooLong(): boolean {
    return workflowInfo().historyLength > (input.historyEvents ?? HISTORY_EVENTS) && inFlight.size === quiet.size
  }
}

/** Local activities hold their task while they retry, so they give up soon; then the loop sleeps and tries again, for as long as it takes. */
async function steadily<T>(turn: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await turn()
    } catch (error) {
      if (isCancellation(error) || reasonOf(error).final) throw error
      await sleep(AWAY)
    }
  }
}

function reasonOf(error: unknown): { code: string; message: string; final: boolean } {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure) {
      return { code: cause.type ?? 'internal', message: cause.message, final: cause.nonRetryable === true }
    }
  }
  return { code: 'internal', message: error instanceof Error ? error.message : 'unknown', final: false }
}
