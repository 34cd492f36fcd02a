/**
 * LangChain's ChatOpenAI, with one thing changed. Asked for JSON Schema it calls the client's `parse`, which throws on a
 * cut-off or malformed answer and loses the usage that was paid for. Here it calls `create`: the gateway parses.
 */
import { ChatOpenAI, ChatOpenAICompletions, wrapOpenAIClientError } from '@langchain/openai'
import { Agent, fetch as undiciFetch } from 'undici'
import type { ModelSettings } from './gateway.ts'
import type { Prompt } from './prompt.ts'

// The built-in fetch gives up on headers after five minutes, and a local model may think longer. The time-out of the
// settings is held by the gateway's signal, from the first byte to the last.
const patient = new Agent({ headersTimeout: 0, bodyTimeout: 0 })
const patientFetch = ((url: string, init: object) =>
  undiciFetch(url, { ...init, dispatcher: patient })) as unknown as typeof fetch

type Create = ChatOpenAICompletions['completionWithRetry']

/**
 * One model, for one call or one conversation. It retries nothing.
 * @param raw keeps the raw answer beside the message; an answer that streams comes in too many pieces for that
 */
export function chatModel(prompt: Prompt, settings: ModelSettings, { raw = true }: { raw?: boolean } = {}): ChatOpenAI {
  const { temperature, maxOutputTokens } = prompt.settings
  const fields = {
    model: settings.model,
    apiKey: settings.apiKey,
    maxRetries: 0,
    maxTokens: maxOutputTokens,
    timeout: settings.timeoutMs,
    // The refusal stands only in the raw answer.
    __includeRawResponse: raw,
    ...(temperature === undefined ? {} : { temperature }),
    configuration: { baseURL: settings.baseUrl, fetch: patientFetch },
  }
  const completions = new ChatOpenAICompletions(fields)
  const create = async (request: Parameters<Create>[0], options?: Parameters<Create>[1]) => {
    const { maxRetries: _, ...rest } = options ?? {}
    const clientOptions = completions._getClientOptions(rest)
    try {
      return await completions['client'].chat.completions.create(request, clientOptions)
    } catch (error) {
      throw wrapOpenAIClientError(error)
    }
  }
  completions.completionWithRetry = create as Create
  return new ChatOpenAI({ ...fields, completions })
}

/** What the provider said instead of answering, or null. */
export function refusalOf(kwargs: Readonly<Record<string, unknown>>): string | null {
  const raw = kwargs['__raw_response'] as { choices?: { message?: { refusal?: unknown } }[] } | undefined
  const refusal = raw?.choices?.[0]?.message?.refusal
  return typeof refusal === 'string' && refusal !== '' ? refusal : null
}
