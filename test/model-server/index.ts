/**
 * A stand-in for a model provider, on loopback: it speaks the chat-completions API with JSON Schema answers and, asked with
 * tools, with calls of them (streamed where that is asked for), and can be told to lie or to fail. No model runs in it. Every answer says so in its `model` field (`stand-in`).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { honestReading, honestResearch, honestWriting } from './honest.ts'
import { analystCall } from './analyst.ts'
import { type Lied, lyingReading, lyingResearch, lyingWriting } from './lying.ts'
import type { ChatRequest, Fault, Mode, ModelCall, ModelServerOptions, ToolCall } from './types.ts'

export type * from './types.ts'

export interface ModelServer {
  /** For `OPENAI_BASE_URL`. */
  baseUrl: string
  /** Every request in the order in which it was taken up. */
  calls: ModelCall[]
  /** The most requests ever worked on at once. */
  maxInFlight(): number
  setMode(mode: Mode): void
  setLatency(ms: number): void
  /** Adds faults to the script; with an empty script all goes well. */
  push(...faults: Fault[]): void
  /** Lets go of every answer that is held. */
  release(): void
  close(): Promise<void>
}

export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const calls: ModelCall[] = []
  const script = [...(options.script ?? [])]
  let mode = options.mode ?? 'honest'
  let latency = options.latencyMs ?? 0
  let inFlight = 0
  let most = 0
  const line: (() => void)[] = []
  const held: (() => void)[] = []

  const enter = async () => {
    if (inFlight >= (options.maxConcurrent ?? Number.POSITIVE_INFINITY))
      await new Promise<void>(resolve => line.push(resolve))
    inFlight += 1
    most = Math.max(most, inFlight)
  }
  const leave = () => {
    inFlight -= 1
    line.shift()?.()
  }
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request)
    if (request.method !== 'POST' || !(request.url ?? '').endsWith('/chat/completions'))
      return fail(response, 404, 'not_found', 'unknown path')
    await enter()
    try {
      const chat = JSON.parse(body) as ChatRequest
      const fault = script.shift() ?? { kind: 'ok' }
      const call = chat.tools ? analystCall(chat, mode) : null
      const { content, lies } = call ? { content: '', lies: {} } : answerTo(chat, mode)
      calls.push({
        agent: agentOf(chat),
        model: chat.model,
        promptChars: charsOf(chat),
        at: Date.now(),
        fault: fault.kind,
        lies,
        body: chat,
      })
      await new Promise(resolve => setTimeout(resolve, latency))
      if (fault.kind === 'held') await new Promise<void>(resolve => held.push(resolve))
      if (call && (fault.kind === 'ok' || fault.kind === 'held')) callFor(response, chat, call)
      else respond(response, chat, content, fault)
    } finally {
      leave()
    }
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => fail(response, 400, 'bad_request', String(error)))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    maxInFlight: () => most,
    setMode: next => {
      mode = next
    },
    setLatency: ms => {
      latency = ms
    },
    push: (...faults) => {
      script.push(...faults)
    },
    release: () => {
      for (const go of held.splice(0)) go()
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function agentOf(chat: ChatRequest): string {
  if (chat.tools) return 'analyst'
  return chat.response_format?.json_schema?.name ?? ''
}

function charsOf(chat: ChatRequest): number {
  const schema = JSON.stringify(chat.response_format?.json_schema?.schema ?? {}).length
  return chat.messages.reduce((sum, message) => sum + (message.content ?? '').length, schema)
}

/** The first user message is the question; on a repair call it is asked again. */
function answerTo(chat: ChatRequest, mode: Mode): { content: string; lies: Record<string, number> } {
  const prompt = chat.messages.find(message => message.role === 'user')?.content ?? ''
  const honest: Record<string, (prompt: string) => unknown> = {
    researcher: honestResearch,
    reader: honestReading,
    writer: honestWriting,
  }
  const lying: Record<string, (prompt: string) => Lied<unknown>> = {
    researcher: lyingResearch,
    reader: lyingReading,
    writer: lyingWriting,
  }
  const agent = agentOf(chat)
  if (mode === 'honest') return { content: JSON.stringify(honest[agent]?.(prompt) ?? {}), lies: {} }
  const lied = lying[agent]?.(prompt)
  return { content: JSON.stringify(lied?.answer ?? {}), lies: lied?.lies ?? {} }
}

function respond(response: ServerResponse, chat: ChatRequest, content: string, fault: Fault): void {
  switch (fault.kind) {
    case 'ok':
    case 'held':
      return complete(response, chat, content, 'stop')
    case 'unauthorized':
      return fail(response, 401, 'invalid_api_key', 'Incorrect API key provided.')
    case 'rate_limited':
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter)
      return fail(response, 429, 'rate_limit_exceeded', 'Rate limit reached for requests.')
    case 'quota':
      return fail(
        response,
        429,
        'insufficient_quota',
        'You exceeded your current quota, please check your plan and billing details.',
      )
    case 'server_error':
      return fail(response, 500, 'server_error', 'The server had an error while processing your request.')
    case 'hang':
      return
    case 'drip':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"id":"chatcmpl-1","choices":[')
      return
    case 'reset':
      response.destroy()
      return
    case 'cut_off':
      return complete(response, chat, half(content), 'length')
    case 'cut_off_silently':
      return complete(response, chat, half(content), 'stop')
    case 'malformed':
      return complete(response, chat, `Sure! Here you go: ${content.replaceAll('"', "'")}`, 'stop')
    case 'misfit':
      return complete(response, chat, JSON.stringify({ answer: 42 }), 'stop')
    case 'refusal':
      return complete(response, chat, null, 'stop', 'I cannot help with that.')
    case 'context_too_long':
      return fail(response, 400, 'context_length_exceeded', "This model's maximum context length is 8192 tokens.")
  }
}

function half(content: string): string {
  return content.slice(0, Math.floor(content.length / 2))
}

function complete(
  response: ServerResponse,
  chat: ChatRequest,
  content: string | null,
  finish: string,
  refusal: string | null = null,
): void {
  const tokensIn = Math.ceil(charsOf(chat) / 4)
  const tokensOut = Math.ceil((content?.length ?? 0) / 4)
  send(response, 200, {
    id: 'chatcmpl-stand-in',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: 'stand-in',
    choices: [{ index: 0, message: { role: 'assistant', content, refusal }, finish_reason: finish, logprobs: null }],
    usage: { prompt_tokens: tokensIn, completion_tokens: tokensOut, total_tokens: tokensIn + tokensOut },
  })
}

/** An answer that calls for one tool, in pieces where the request asks for a stream. */
function callFor(response: ServerResponse, chat: ChatRequest, call: ToolCall): void {
  const args = JSON.stringify(call.arguments)
  const [tokensIn, tokensOut] = [Math.ceil(charsOf(chat) / 4), Math.ceil(args.length / 4)]
  const usage = { prompt_tokens: tokensIn, completion_tokens: tokensOut, total_tokens: tokensIn + tokensOut }
  const head = { id: 'chatcmpl-stand-in', created: Math.floor(Date.now() / 1000), model: 'stand-in' }
  const made = (text: string) => ({
    id: `call_${chat.messages.length}`,
    type: 'function',
    function: { name: call.name, arguments: text },
  })
  if (chat.stream !== true)
    return send(response, 200, {
      ...head,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: null, tool_calls: [made(args)] },
          finish_reason: 'tool_calls',
        },
      ],
      usage,
    })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const piece = (document: object) =>
    response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...document })}\n\n`)
  const delta = (of: object, finish: string | null = null) =>
    piece({ choices: [{ index: 0, delta: of, finish_reason: finish }] })
  delta({ role: 'assistant', content: null, tool_calls: [{ index: 0, ...made('') }] })
  for (let at = 0; at < args.length; at += 40)
    delta({ tool_calls: [{ index: 0, function: { arguments: args.slice(at, at + 40) } }] })
  delta({}, 'tool_calls')
  piece({ choices: [], usage })
  response.end('data: [DONE]\n\n')
}

function fail(response: ServerResponse, status: number, code: string, message: string): void {
  if (!response.headersSent) send(response, status, { error: { message, type: code, code, param: null } })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
