/** Task queues: one for each scarce thing, all named after the queue that the workflow itself runs on. */
import {
  ActivityCancellationType,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
  type RetryPolicy,
} from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'

/**
 * Every activity shows signs of life (`activities/alive.ts`), so that work of a lost worker is taken up again after this long, however
 * much time the work itself may take.
 */
const ALIVE = { heartbeatTimeout: '20 seconds' } as const

const TRY_AGAIN: RetryPolicy = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '20 seconds' }

/** `<prefix>-runs` is the workflows' own queue. */
function queue(name: 'records' | 'web' | 'model' | 'effects'): string {
  return workflowInfo().taskQueue.replace(/-runs$/, `-${name}`)
}

/** Database work. Tried again until it succeeds or the error says that it never will. */
export const records = () =>
  proxyActivities<Activities>({
    taskQueue: queue('records'),
    startToCloseTimeout: '1 minute',
    ...ALIVE,
    retry: TRY_AGAIN,
  })

/** One page. A site that stays away longer than this counts as not read. */
export const web = () =>
  proxyActivities<Activities>({
    taskQueue: queue('web'),
    startToCloseTimeout: '2 minutes',
    ...ALIVE,
    scheduleToCloseTimeout: '30 minutes',
    retry: { ...TRY_AGAIN, maximumAttempts: 3 },
  })

/**
 * One model call and at most one repair, each ended by the gateway at its own time-out, which may be an hour for a model on a slow
 * machine (DEALWRIGHT_MODEL_TIMEOUT). How often it is tried again is the playbook's word.
 */
export const model = (retry: { attempts: number; firstMs: number; factor: number; maxMs: number }) =>
  proxyActivities<Activities>({
    taskQueue: queue('model'),
    startToCloseTimeout: '130 minutes',
    ...ALIVE,
    retry: {
      maximumAttempts: retry.attempts,
      initialInterval: retry.firstMs,
      backoffCoefficient: retry.factor,
      maximumInterval: retry.maxMs,
    },
  })

/**
 * What leaves or changes records. Waits (a busy contact, a full day) are retries, so there is no end to them but the action's own. Called
 * off, an attempt at work is waited for: only then is it known whether something left.
 */
export const effects = () =>
  proxyActivities<Activities>({
    taskQueue: queue('effects'),
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    startToCloseTimeout: '15 minutes',
    ...ALIVE,
    retry: TRY_AGAIN,
  })

/** The interpreter's turn: short, since a local activity holds its workflow task while it retries. */
export const local = () =>
  proxyLocalActivities<Activities>({
    startToCloseTimeout: '3s',
    scheduleToCloseTimeout: '6s',
    retry: { initialInterval: '200ms', maximumInterval: '1s' },
  })
