/** What the stand-in for a model provider is told and what it records. */

export type Mode = 'honest' | 'lying'

/** One scripted misbehaviour, used up by one request. */
export type Fault =
  | { kind: 'ok' }
  | { kind: 'unauthorized' }
  | { kind: 'rate_limited'; retryAfter?: string }
  | { kind: 'quota' }
  | { kind: 'server_error' }
  /** Never answers; the caller's time-out or close ends it. */
  | { kind: 'hang' }
  /** Answers as usual, once `release` is called. */
  | { kind: 'held' }
  /** Sends headers and half a body, then nothing. */
  | { kind: 'drip' }
  /** Breaks the connection. */
  | { kind: 'reset' }
  /** A whole answer cut in the middle, with finish_reason length. */
  | { kind: 'cut_off' }
  /** The same, but claiming finish_reason stop. */
  | { kind: 'cut_off_silently' }
  | { kind: 'malformed' }
  | { kind: 'misfit' }
  | { kind: 'refusal' }
  | { kind: 'context_too_long' }

export interface ModelServerOptions {
  mode?: Mode
  /** How long each answer takes. Default 0. */
  latencyMs?: number
  /** Requests worked on at once; others wait in line. Default unlimited. */
  maxConcurrent?: number
  script?: Fault[]
  /** 0, the default, takes any free port. */
  port?: number
}

export interface ModelCall {
  agent: string
  model: string
  /** Characters of all messages and of the schema. */
  promptChars: number
  at: number
  fault: Fault['kind']
  /** In a lying answer: how many claims of each kind of lie it holds. */
  lies: Record<string, number>
  body: ChatRequest
}

export interface ChatRequest {
  model: string
  stream?: boolean
  /** Content is null where a message calls for tools alone. */
  messages: { role: string; content: string | null }[]
  tools?: { function: { name: string } }[]
  response_format?: { type: string; json_schema?: { name: string; strict?: boolean; schema: Record<string, unknown> } }
}

/** One call for a tool, as an answer. */
export interface ToolCall {
  name: string
  arguments: object
}
