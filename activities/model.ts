/** The model for one step: its cache, budgets and usage lie in the database. */
import { Context } from '@temporalio/activity'
import { createGateway } from '../agents/gateway.ts'
import type { ModelPorts, UsagePort } from '../agents/ports.ts'
import type { AgentContext } from '../agents/run.ts'
import {
  cacheAnswer,
  cachedAnswer,
  recordAgentRun,
  reserveBudget,
  settleBudget,
  type Limit,
} from '../db/stores/model.ts'
import type { Deps } from './deps.ts'

export interface ModelCallFor {
  runId: string | null
  stepKey: string
  /** Asks for a new answer to the same input. */
  generation?: number
  /** Millionths of a US dollar that this run may spend; null: only the day's budget holds. */
  runMicros?: number | null
}

export function agentContext(deps: Deps, call: ModelCallFor): AgentContext {
  const usage: UsagePort = {
    record: ({ costMicroUsd, ...run }) =>
      recordAgentRun(deps.db, { ...run, costMicros: costMicroUsd, runId: call.runId, stepKey: call.stepKey }),
  }
  const gateway = deps.model ? createGateway(deps.model, { ...portsFor(deps, call), usage }) : null
  return { gateway, usage, generation: call.generation ?? 0, ...activityFacts() }
}

/** Most that one question may spend, retries included: 0.25 USD, and as many tokens as its looks can come to. */
const ASK_BUDGET = { micros: 250_000, tokens: 150_000 }

/** For a question in plain words, which has no run. */
export function askPorts(deps: Deps, askId: string): ModelPorts {
  const usage: UsagePort = {
    record: ({ costMicroUsd, ...run }) =>
      recordAgentRun(deps.db, { ...run, costMicros: costMicroUsd, runId: null, stepKey: `ask:${askId}` }),
  }
  return { ...portsWithin(deps, [{ scope: `ask:${askId}`, ...ASK_BUDGET }]), usage }
}

function portsFor(deps: Deps, call: ModelCallFor): Omit<ModelPorts, 'usage'> {
  return portsWithin(
    deps,
    call.runId ? [{ scope: `run:${call.runId}`, micros: call.runMicros ?? null, tokens: null }] : [],
  )
}

/** Under the day's budget and these. */
function portsWithin(deps: Deps, own: Limit[]): Omit<ModelPorts, 'usage'> {
  const { db } = deps
  const model = deps.model?.model ?? 'none'
  const limits: Limit[] = [{ scope: `day:${new Date().toISOString().slice(0, 10)}`, ...deps.dayBudget }, ...own]
  return {
    cache: { get: key => cachedAnswer(db, key), put: (key, answer) => cacheAnswer(db, key, model, answer) },
    budget: {
      reserve: estimate => reserveBudget(db, limits, { micros: estimate.microUsd ?? 0, tokens: estimate.tokens }),
      settle: (reservation, actual) =>
        settleBudget(db, reservation, { micros: actual.microUsd ?? 0, tokens: actual.tokens }),
    },
  }
}

/** Whether this is the last try, and the signal that ends it; outside an activity (a command), there is one try. */
function activityFacts(): { lastTry: boolean; signal?: AbortSignal } {
  let context: Context
  try {
    context = Context.current()
  } catch {
    return { lastTry: true }
  }
  const most = context.info.retryPolicy?.maximumAttempts
  return { lastTry: most !== undefined && most > 0 && context.info.attempt >= most, signal: context.cancellationSignal }
}
