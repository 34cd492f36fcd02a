/** What the gateway needs from outside: a cache, a budget and a book of usage. Held by the database in the product. */
import type { RejectCounts } from '../domain/evidence/types.ts'
import type { ErrorCode } from '../domain/errors.ts'

export type AgentName = 'researcher' | 'reader' | 'writer' | 'analyst'

/** Tokens, and money in millionths of a US dollar; null where the model's price is not known. */
export interface Spend {
  tokens: number
  microUsd: number | null
}

/** An answer that passed its schema, as the provider sent it. */
export interface CachedAnswer {
  text: string
}

export interface CachePort {
  get(key: string): Promise<CachedAnswer | null>
  put(key: string, answer: CachedAnswer): Promise<void>
}

export interface BudgetPort {
  /**
   * Sets this much aside before a call is made, so that calls side by side cannot overspend together.
   * Null when the budget does not allow it: then no call is made.
   */
  reserve(estimate: Spend): Promise<string | null>
  /** Replaces what was set aside by what was spent. Called exactly once per reservation, also when the call failed. */
  settle(reservation: string, actual: Spend): Promise<void>
}

export interface UsagePort {
  /**
   * Keeps a record under its id; a second call with the same id replaces the first. The first comes as soon as the
   * provider has answered, before its answer is parsed; the second when the outcome is known.
   */
  record(run: AgentRunRecord): Promise<void>
}

export interface ModelPorts {
  cache: CachePort
  budget: BudgetPort
  usage: UsagePort
}

/** One run of an agent: what it cost and how it ended. Carries no text of prompt, page or answer. */
export interface AgentRunRecord {
  id: string
  agent: AgentName
  promptId: string
  promptVersion: number
  /** sha256 (hex) of the prompt file. */
  promptHash: string
  /** The model's name, or `rules` where no model answered. */
  model: string
  /** sha256 (hex) of the input and the schema of the answer. */
  inputHash: string
  /** 0 at first; a higher number asks for a new answer to the same input. */
  generation: number
  /** Calls that reached the provider: 0 from the cache or by rules, 2 with a repair. */
  calls: number
  promptChars: number
  tokensIn: number
  tokensOut: number
  /** Null when the model is not in the price table. */
  costMicroUsd: number | null
  latencyMs: number
  cached: boolean
  repaired: boolean
  rejects: RejectCounts
  /** `answered`: came, not yet parsed; `ok`; or the code of the error that ended it. */
  outcome: 'answered' | 'ok' | ErrorCode
}

export const NO_REJECTS: Readonly<RejectCounts> = { not_found: 0, wrong_subject: 0, unsupported: 0, negated: 0 }
