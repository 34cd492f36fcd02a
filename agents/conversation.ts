/**
 * The gateway's second door: an agent of several calls, with tools, on `langchain`'s createAgent. What holds for one call holds for each of
 * these: the budget is asked before it, usage is recorded after it, what was answered is kept so that a retry pays nothing, a cut-off
 * answer is an error. Beyond the given number of calls nothing but the tool that ends it is offered, so every conversation ends.
 */
import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { createAgent, createMiddleware } from 'langchain'
import type { z } from 'zod'
import { DealwrightError } from '../domain/errors.ts'
import { chatModel } from './chat-model.ts'
import { cacheKey, newRun, type ModelSettings } from './gateway.ts'
import { modelError } from './model-error.ts'
import type { AgentName, AgentRunRecord, ModelPorts } from './ports.ts'
import { costMicroUsd } from './prices.ts'
import { type Prompt, sha256 } from './prompt.ts'
import { jsonSchemaOf } from './answer.ts'
import { piecesOf, toolCallsBy } from './pieces.ts'

export interface ConversationTool {
  name: string
  description: string
  schema: z.ZodObject
  /** What the model reads of it. Whatever it throws ends the conversation with that. */
  run: (input: never) => Promise<string>
}

export interface Conversation {
  agent: AgentName
  prompt: Prompt
  input: string
  tools: readonly ConversationTool[]
  /** The tool that ends it. */
  last: ConversationTool
  /** The arguments of `last` as far as they have come, while they stream in. */
  onLast: (soFar: string) => void
  /** Calls to the model at most. */
  calls: number
  /** Answers are kept for a retry of the same work alone. */
  keptFor: string
  /** Asked before each call; throws where the work is over. */
  goesOn: () => Promise<void>
  signal?: AbortSignal | undefined
}

/**
 * @throws DealwrightError with a `model_…` code; whatever a tool or `goesOn` throws; the signal's reason when aborted. The run is recorded
 *   in each case. Resolves when the tool that ends it has run.
 */
export async function converse(of: Conversation, settings: ModelSettings, ports: ModelPorts): Promise<AgentRunRecord> {
  const schemas = [...of.tools, of.last].map(({ name, schema }) => [name, jsonSchemaOf(schema)])
  const run = newRun(of, settings.model, settings.prices, sha256(JSON.stringify([of.input, schemas])))
  const state: State = {
    of,
    settings,
    ports,
    run,
    schemaChars: JSON.stringify(schemas).length,
    made: 0,
    ended: false,
    failure: null,
  }
  try {
    await invoke(state)
    if (state.failure !== null) throw state.failure.error
    if (!state.ended) throw badAnswer(run)
    run.outcome = 'ok'
    return run
  } catch (thrown) {
    const error = state.failure?.error ?? (of.signal?.aborted ? (of.signal.reason as unknown) : thrown)
    if (error instanceof DealwrightError) run.outcome = error.code
    throw error
  } finally {
    await ports.usage.record(run)
  }
}

interface Agent {
  invoke(input: { messages: { role: 'user'; content: string }[] }, options: object): Promise<unknown>
}

interface State {
  of: Conversation
  settings: ModelSettings
  ports: ModelPorts
  run: AgentRunRecord
  schemaChars: number
  /** Calls so far, those answered from what was kept included. */
  made: number
  ended: boolean
  /** The agent tells tools' errors to the model and wraps others: the first of ours ends it, as it was. */
  failure: { error: unknown } | null
}

const badAnswer = (run: AgentRunRecord): DealwrightError =>
  new DealwrightError(
    'model_bad_answer',
    `Model ${run.model} ended without an answer in the form asked for (run ${run.id}).`,
    { details: { run: run.id } },
  )

async function invoke(state: State): Promise<void> {
  const { of, settings } = state
  const last = toolOf(state, of.last, true)
  const pieces = piecesOf(of.last.name, of.onLast)
  const parts = {
    model: chatModel(of.prompt, settings, { raw: false }),
    tools: [...of.tools.map(one => toolOf(state, one, false)), last],
    systemPrompt: of.prompt.text,
    middleware: [
      createMiddleware({
        name: 'meter',
        wrapModelCall: async (request, handler) => {
          try {
            if (state.failure !== null) throw state.failure.error
            await of.goesOn()
            if (state.made >= of.calls) throw badAnswer(state.run)
            state.made += 1
            const ending = state.made === of.calls
            const bounded = {
              ...request,
              ...(ending ? { tools: request.tools.filter(one => one === last) } : {}),
              toolChoice: ending
                ? { type: 'function' as const, function: { name: of.last.name } }
                : ('required' as const),
            }
            return await metered(state, request.messages, async () => {
              pieces.reset()
              return handler(bounded)
            })
          } catch (error) {
            state.failure ??= { error }
            throw error
          }
        },
      }),
    ],
  }
  // The library's types have an overload for each set of optional fields, none of them for tools that are made at run time.
  const agent = createAgent(parts as never) as unknown as Agent
  const timeout = AbortSignal.timeout(settings.timeoutMs * of.calls)
  const signal = of.signal ? AbortSignal.any([timeout, of.signal]) : timeout
  try {
    await agent.invoke(
      { messages: [{ role: 'user', content: of.input }] },
      { signal, recursionLimit: 4 * of.calls + 10, callbacks: [pieces.handler] },
    )
  } catch (error) {
    throw timeout.aborted ? modelError(error, settings.model, Date.now()) : error
  }
}

function toolOf(state: State, one: ConversationTool, ends: boolean) {
  return tool(
    async (input: unknown) => {
      try {
        if (state.failure !== null) throw state.failure.error
        const text = await one.run(input as never)
        state.ended ||= ends
        return text
      } catch (error) {
        state.failure ??= { error }
        throw error
      }
    },
    { name: one.name, description: one.description, schema: one.schema, returnDirect: ends },
  )
}

/** What is kept of an answer. */
interface Kept {
  content: string
  calls: { name: string; args: Record<string, unknown>; id: string }[]
}

/** One call: looked up, else paid for out of the budget, recorded, and kept. */
async function metered(
  state: State,
  messages: readonly BaseMessage[],
  ask: () => Promise<AIMessage>,
): Promise<AIMessage> {
  const { of, ports, run } = state
  const said = JSON.stringify(messages.map(one => [one.type, one.content, toolCallsBy(one)]))
  const key = cacheKey(run.promptHash, run.model, sha256(JSON.stringify([of.keptFor, said])), run.generation)
  const kept = await ports.cache.get(key)
  if (kept !== null) {
    run.cached = true
    const { content, calls } = JSON.parse(kept.text) as Kept
    return new AIMessage({ content, tool_calls: calls.map(call => ({ ...call, type: 'tool_call' as const })) })
  }
  const chars = said.length + of.prompt.text.length + state.schemaChars
  const answer = await paid(state, chars, ask)
  if (answer.response_metadata['finish_reason'] === 'length')
    throw new DealwrightError(
      'model_cut_off',
      `The answer of model ${run.model} to the ${of.agent} was cut off (run ${run.id}). Raise max_output_tokens in prompts/${of.prompt.id}.md.`,
      { details: { run: run.id } },
    )
  if (answer.response_metadata['finish_reason'] === 'content_filter')
    throw new DealwrightError(
      'model_refused',
      `Model ${run.model} refused to answer the ${of.agent} (run ${run.id}).`,
      {
        details: { run: run.id },
      },
    )
  const text: Kept = { content: answer.text, calls: toolCallsBy(answer) }
  await ports.cache.put(key, { text: JSON.stringify(text) })
  return new AIMessage({ content: text.content, tool_calls: answer.tool_calls ?? [] })
}

async function paid(state: State, chars: number, ask: () => Promise<AIMessage>): Promise<AIMessage> {
  const { of, settings, ports, run } = state
  const { maxOutputTokens } = of.prompt.settings
  // Three characters a token is on the safe side for European languages.
  const expected = Math.ceil(chars / 3)
  const cost = (tokensIn: number, tokensOut: number) => costMicroUsd(run.model, tokensIn, tokensOut, settings.prices)
  const reservation = await ports.budget.reserve({
    tokens: expected + maxOutputTokens,
    microUsd: cost(expected, maxOutputTokens),
  })
  if (reservation === null)
    throw new DealwrightError(
      'model_budget_spent',
      `The budget does not allow another call of the ${of.agent} (run ${run.id}).`,
      {
        details: { run: run.id },
      },
    )
  let [tokensIn, tokensOut] = [0, 0]
  let started = performance.now()
  const inTurn = (): Promise<AIMessage> => {
    started = performance.now()
    run.calls += 1
    run.promptChars += chars
    return ask()
  }
  try {
    const answer = await (settings.turns ? settings.turns.take(inTurn, of.signal) : inTurn())
    tokensIn = answer.usage_metadata?.input_tokens ?? expected
    tokensOut = answer.usage_metadata?.output_tokens ?? maxOutputTokens
    return answer
  } catch (error) {
    throw of.signal?.aborted ? error : modelError(error, settings.model, Date.now())
  } finally {
    run.tokensIn += tokensIn
    run.tokensOut += tokensOut
    run.latencyMs += Math.round(performance.now() - started)
    run.costMicroUsd = cost(run.tokensIn, run.tokensOut)
    await ports.budget.settle(reservation, { tokens: tokensIn + tokensOut, microUsd: cost(tokensIn, tokensOut) })
    await ports.usage.record({ ...run, outcome: 'answered' })
  }
}
