/** What all agents share: how they are given a model, and when they fall back on their rules. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { DealwrightError, type ErrorCode } from '../domain/errors.ts'
import type { RejectCounts } from '../domain/evidence/types.ts'
import { jsonSchemaOf } from './answer.ts'
import type { Gateway } from './gateway.ts'
import { type AgentName, type AgentRunRecord, NO_REJECTS, type UsagePort } from './ports.ts'
import { loadPrompt, type Prompt, sha256 } from './prompt.ts'

export interface AgentContext {
  /** Null: no model is configured, or the retry window is over; the rules answer. */
  gateway: Gateway | null
  usage: UsagePort
  /** 0 at first; a higher number asks the model again about the same input. */
  generation?: number
  signal?: AbortSignal
  /**
   * True when no retry will follow. Else an error that trying later can help (rate limit, provider down) is thrown, for
   * the caller to wait; all other errors of the model lead to the rules at once.
   */
  lastTry?: boolean
}

/** Who answered, and, where the rules did although a model was there, why. */
export interface Answered {
  by: 'model' | 'rules'
  fallback: ErrorCode | null
  run: AgentRunRecord
}

/** The model's value, or null where the rules have to answer. Throws only what the caller can wait for, or an abort. */
export async function askOrFallBack<T>(
  agent: AgentName,
  input: string,
  schema: z.ZodType<T>,
  context: AgentContext,
): Promise<Answered & { value: T | null }> {
  const prompt = loadPrompt(agent)
  const generation = context.generation ?? 0
  if (context.gateway === null) {
    return { value: null, by: 'rules', fallback: null, run: rulesRun(agent, prompt, input, schema, generation) }
  }
  try {
    const { value, run } = await context.gateway.ask({
      agent,
      prompt,
      input,
      schema,
      generation,
      signal: context.signal,
    })
    return { value, by: 'model', fallback: null, run }
  } catch (error) {
    if (!(error instanceof DealwrightError) || !error.code.startsWith('model_')) throw error
    if (error.retry === 'later' && context.lastTry !== true) throw error
    return { value: null, by: 'rules', fallback: error.code, run: rulesRun(agent, prompt, input, schema, generation) }
  }
}

/** Counts what the checks dropped and stores the record for good. */
export async function settleRun(answered: Answered, rejects: RejectCounts, context: AgentContext): Promise<void> {
  answered.run.rejects = { ...rejects }
  await context.usage.record(answered.run)
}

function rulesRun(
  agent: AgentName,
  prompt: Prompt,
  input: string,
  schema: z.ZodType,
  generation: number,
): AgentRunRecord {
  return {
    id: randomUUID(),
    agent,
    promptId: prompt.id,
    promptVersion: prompt.version,
    promptHash: prompt.hash,
    model: 'rules',
    inputHash: sha256(JSON.stringify([input, jsonSchemaOf(schema)])),
    generation,
    calls: 0,
    promptChars: 0,
    tokensIn: 0,
    tokensOut: 0,
    costMicroUsd: 0,
    latencyMs: 0,
    cached: false,
    repaired: false,
    rejects: { ...NO_REJECTS },
    outcome: 'ok',
  }
}
