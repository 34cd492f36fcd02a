/**
 * The one door to language models: one call with a schema in, one checked value out. Guarantees: usage is recorded
 * before an answer is parsed; a cut-off answer is an error, never content; at most one repair call; the budget is asked
 * before every call; what a provider answered is not asked for again because our own store failed. It never retries by itself: errors say whether trying later can help (`DealwrightError.retry`).
 */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { DealwrightError } from '../domain/errors.ts'
import { jsonSchemaOf, parseAnswer } from './answer.ts'
import { type Held, type HeldCall, heldFor, hold, letGo } from './held.ts'
import { modelError } from './model-error.ts'
import { type AgentName, type AgentRunRecord, type ModelPorts, NO_REJECTS, type Spend } from './ports.ts'
import { costMicroUsd, type PriceTable } from './prices.ts'
import { type Prompt, sha256 } from './prompt.ts'
import type { Turns } from './turns.ts'

export interface ModelSettings {
  /** The provider's address up to and with `/v1`; undefined for OpenAI itself. */
  baseUrl?: string | undefined
  apiKey: string
  model: string
  /** For one call, from its start to the last byte of its answer. */
  timeoutMs: number
  /** Characters of sources that a research call is shown; PASSAGE_CHARS when not given. */
  passageChars?: number | undefined
  prices?: PriceTable
  /** Calls at once, over all gateways that share it; without it, any number. */
  turns?: Turns
}

export interface ModelRequest<T> {
  agent: AgentName
  prompt: Prompt
  /** What the agent is asked about; everything untrusted in it is marked as such (see `untrusted.ts`). */
  input: string
  schema: z.ZodType<T>
  generation: number
  signal?: AbortSignal | undefined
}

export interface ModelAnswer<T> {
  value: T
  run: AgentRunRecord
}

export interface Gateway {
  readonly model: string
  /** Characters of sources that one call is shown; undefined: as many as the product allows. */
  readonly passageChars?: number | undefined
  /** Throws `DealwrightError` with a `model_…` code, or the signal's reason when aborted. */
  ask<T>(request: ModelRequest<T>): Promise<ModelAnswer<T>>
  /** Stores a record again, for instance with the rejects that the agent's checks counted. */
  record(run: AgentRunRecord): Promise<void>
}

export function createGateway(settings: ModelSettings, ports: ModelPorts): Gateway {
  return {
    model: settings.model,
    passageChars: settings.passageChars,
    record: run => ports.usage.record(run),
    ask: request => ask(request, settings, ports),
  }
}

/** sha256 of prompt hash, model, input hash and generation: the same question is paid for once. */
export function cacheKey(promptHash: string, model: string, inputHash: string, generation: number): string {
  return sha256(JSON.stringify([promptHash, model, inputHash, generation]))
}

async function ask<T>(request: ModelRequest<T>, settings: ModelSettings, ports: ModelPorts): Promise<ModelAnswer<T>> {
  const schema = jsonSchemaOf(request.schema)
  const fresh = newRun(request, settings.model, settings.prices, sha256(JSON.stringify([request.input, schema])))
  const key = cacheKey(fresh.promptHash, fresh.model, fresh.inputHash, fresh.generation)

  const cached = await ports.cache.get(key)
  if (cached !== null) {
    const parsed = parseAnswer(cached.text, 'stop', request.schema)
    if (parsed.ok) {
      fresh.cached = true
      fresh.outcome = 'ok'
      await ports.usage.record(fresh)
      return { value: parsed.value, run: fresh }
    }
  }

  const held = heldFor(key, fresh)
  const { run } = held
  try {
    const { value, text } = await askProvider(request, schema, held, settings, ports)
    await ports.cache.put(key, { text })
    run.outcome = 'ok'
    await ports.usage.record(run)
    letGo(key)
    return { value, run }
  } catch (error) {
    if (!(error instanceof DealwrightError && error.code.startsWith('model_'))) {
      // Aborted, or the store failed: what the provider has answered so far is not asked for again.
      hold(key, held)
      throw error
    }
    letGo(key)
    run.outcome = error.code
    await ports.usage.record(run)
    throw error
  }
}

async function askProvider<T>(
  request: ModelRequest<T>,
  schema: Record<string, unknown>,
  held: Held,
  settings: ModelSettings,
  ports: ModelPorts,
): Promise<{ value: T; text: string }> {
  const { run } = held
  const messages: Turn[] = [
    ['system', request.prompt.text],
    ['human', request.input],
  ]
  const first = await call(0, messages, request, schema, held, settings, ports)
  const parsed = parseAnswer(first.text, first.finishReason, request.schema)
  if (parsed.ok) return { value: parsed.value, text: first.text }
  if (parsed.why === 'cut_off') throw cutOff(request, run)

  run.repaired = true
  const repair: Turn = [
    'human',
    `Your answer does not fit the schema: ${parsed.problem}\nAnswer the same question again, as one JSON document that fits.`,
  ]
  const second = await call(
    1,
    [...messages, ['ai', first.text.slice(0, 4000)], repair],
    request,
    schema,
    held,
    settings,
    ports,
  )
  const again = parseAnswer(second.text, second.finishReason, request.schema)
  if (again.ok) return { value: again.value, text: second.text }
  if (again.why === 'cut_off') throw cutOff(request, run)
  throw new DealwrightError(
    'model_bad_answer',
    `Model ${run.model} gave the ${request.agent} no answer that fits the schema, also when asked to correct it (run ${run.id}).`,
    { details: { run: run.id } },
  )
}

function cutOff(request: ModelRequest<unknown>, run: AgentRunRecord): DealwrightError {
  return new DealwrightError(
    'model_cut_off',
    `The answer of model ${run.model} to the ${request.agent} was cut off (run ${run.id}). Raise max_output_tokens in prompts/${request.prompt.id}.md.`,
    { details: { run: run.id } },
  )
}

/** One message, by whom it is. */
type Turn = ['system' | 'human' | 'ai', string]

type RawAnswer = HeldCall['answer']

/** One call to the provider: money set aside, asked, usage recorded, settled. What an earlier try has of it is not done again. */
async function call<T>(
  index: 0 | 1,
  messages: Turn[],
  request: ModelRequest<T>,
  schema: Record<string, unknown>,
  held: Held,
  settings: ModelSettings,
  ports: ModelPorts,
): Promise<RawAnswer> {
  const { run } = held
  let done = held.calls[index]
  if (done === undefined) {
    const chars = messages.reduce((sum, [, text]) => sum + text.length, JSON.stringify(schema).length)
    const reservation = await reserve(request, run, chars, settings, ports)
    const before = { tokens: run.tokensIn + run.tokensOut, microUsd: run.costMicroUsd ?? 0 }
    const spent = (): Spend => ({
      tokens: run.tokensIn + run.tokensOut - before.tokens,
      microUsd: run.costMicroUsd === null ? null : run.costMicroUsd - before.microUsd,
    })
    try {
      const answer = await timed(messages, request, schema, run, chars, settings)
      done = { answer, reservation, spent: spent(), settled: false }
      held.calls.push(done)
    } catch (error) {
      await ports.budget.settle(reservation, spent())
      await ports.usage.record({ ...run, outcome: 'answered' })
      throw request.signal?.aborted ? error : modelError(error, settings.model, Date.now())
    }
  }
  if (!done.settled) await ports.budget.settle(done.reservation, done.spent)
  done.settled = true
  await ports.usage.record({ ...run, outcome: 'answered' })
  return done.answer
}

async function reserve(
  request: ModelRequest<unknown>,
  run: AgentRunRecord,
  chars: number,
  settings: ModelSettings,
  ports: ModelPorts,
): Promise<string> {
  const { maxOutputTokens } = request.prompt.settings
  // Three characters a token is on the safe side for European languages.
  const tokensIn = Math.ceil(chars / 3)
  const reservation = await ports.budget.reserve({
    tokens: tokensIn + maxOutputTokens,
    microUsd: costMicroUsd(run.model, tokensIn, maxOutputTokens, settings.prices),
  })
  if (reservation !== null) return reservation
  throw new DealwrightError(
    'model_budget_spent',
    `The budget does not allow another call of the ${request.agent} (run ${run.id}).`,
    { details: { run: run.id } },
  )
}

/** Asks, when it is this call's turn, and notes in the record what it took. */
async function timed<T>(
  messages: Turn[],
  request: ModelRequest<T>,
  schema: Record<string, unknown>,
  run: AgentRunRecord,
  chars: number,
  settings: ModelSettings,
): Promise<RawAnswer> {
  let started = performance.now()
  const ask = (): Promise<RawAnswer> => {
    started = performance.now()
    run.calls += 1
    run.promptChars += chars
    return invoke(messages, request, schema, run, settings)
  }
  try {
    return await (settings.turns ? settings.turns.take(ask, request.signal) : ask())
  } finally {
    run.latencyMs += Math.round(performance.now() - started)
    run.costMicroUsd = costMicroUsd(run.model, run.tokensIn, run.tokensOut, settings.prices)
  }
}

async function invoke<T>(
  messages: Turn[],
  request: ModelRequest<T>,
  schema: Record<string, unknown>,
  run: AgentRunRecord,
  settings: ModelSettings,
): Promise<RawAnswer> {
  // Loaded with the first call: the client library is large, and most processes never ask a model. That is no time of the model's.
  const { chatModel, refusalOf } = await import('./chat-model.ts')
  const model = chatModel(request.prompt, settings)
  // The client's own time-out ends with the headers; this one also covers an answer that drips.
  const timeout = AbortSignal.timeout(settings.timeoutMs)
  const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal])
  const answer = await model.invoke(messages, {
    signal,
    response_format: { type: 'json_schema', json_schema: { name: request.agent, strict: true, schema } },
  })
  run.tokensIn += answer.usage_metadata?.input_tokens ?? 0
  run.tokensOut += answer.usage_metadata?.output_tokens ?? 0

  const finishReason: unknown = answer.response_metadata['finish_reason']
  if (finishReason === 'content_filter' || refusalOf(answer.additional_kwargs) !== null) {
    throw new DealwrightError(
      'model_refused',
      `Model ${run.model} refused to answer the ${request.agent} (run ${run.id}).`,
      {
        details: { run: run.id },
      },
    )
  }
  return { text: answer.text, finishReason: typeof finishReason === 'string' ? finishReason : null }
}

/** The record of a run that has not asked yet. */
export function newRun(
  request: { agent: AgentName; prompt: Prompt; generation?: number },
  model: string,
  prices: PriceTable | undefined,
  inputHash: string,
): AgentRunRecord {
  return {
    id: randomUUID(),
    agent: request.agent,
    promptId: request.prompt.id,
    promptVersion: request.prompt.version,
    promptHash: request.prompt.hash,
    model,
    inputHash,
    generation: request.generation ?? 0,
    calls: 0,
    promptChars: 0,
    tokensIn: 0,
    tokensOut: 0,
    costMicroUsd: costMicroUsd(model, 0, 0, prices),
    latencyMs: 0,
    cached: false,
    repaired: false,
    rejects: { ...NO_REJECTS },
    outcome: 'answered',
  }
}
