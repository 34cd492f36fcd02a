/**
 * Answers that were paid for and are not yet kept: a store that is away for a moment must not cost a second call. They live as long as
 * this process, until the question is settled; the next try of the same question takes up where the one before broke off.
 */
import type { AgentRunRecord, Spend } from './ports.ts'

export interface HeldCall {
  answer: { text: string; finishReason: string | null }
  reservation: string
  spent: Spend
  /** Whether the budget knows of it. */
  settled: boolean
}

export interface Held {
  /** The record of the try that asked: under its id nothing is counted twice. */
  run: AgentRunRecord
  /** The first call, and the repair after it. */
  calls: HeldCall[]
}

/** Far more than are ever open at once; the oldest goes first. */
const MOST = 500

const open = new Map<string, Held>()

/** What an earlier try of this question left, else a fresh beginning with `run`. */
export function heldFor(key: string, run: AgentRunRecord): Held {
  const known = open.get(key)
  return known ?? { run, calls: [] }
}

/** Keeps what was answered so far; without an answer there is nothing to keep. */
export function hold(key: string, held: Held): void {
  if (held.calls.length === 0) return
  open.set(key, held)
  for (const oldest of open.keys()) {
    if (open.size <= MOST) return
    open.delete(oldest)
  }
}

/** The question is settled: its answer is kept, or there is none to keep. */
export function letGo(key: string): void {
  open.delete(key)
}
