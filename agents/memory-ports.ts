/** Ports held in memory: for a trial of a model outside the database (`doctor`), and for tests. */
import { randomUUID } from 'node:crypto'
import type { AgentRunRecord, CachedAnswer, ModelPorts, Spend } from './ports.ts'

export interface MemoryPorts extends ModelPorts {
  /** Latest record of each run, in the order of their first. */
  runs(): AgentRunRecord[]
  /** Every record as it came. */
  history: AgentRunRecord[]
  spent(): { tokens: number; microUsd: number }
}

/** `limit`: what may be spent in all, in tokens; without one, everything. */
export function memoryPorts(limit: { tokens: number } | null = null): MemoryPorts {
  const answers = new Map<string, CachedAnswer>()
  const open = new Map<string, Spend>()
  const runs = new Map<string, AgentRunRecord>()
  const history: AgentRunRecord[] = []
  const spent = { tokens: 0, microUsd: 0 }
  return {
    cache: {
      get: async key => answers.get(key) ?? null,
      put: async (key, answer) => {
        answers.set(key, answer)
      },
    },
    budget: {
      reserve: async estimate => {
        const reserved = [...open.values()].reduce((sum, spend) => sum + spend.tokens, spent.tokens)
        if (limit !== null && reserved + estimate.tokens > limit.tokens) return null
        const id = randomUUID()
        open.set(id, estimate)
        return id
      },
      settle: async (reservation, actual) => {
        open.delete(reservation)
        spent.tokens += actual.tokens
        spent.microUsd += actual.microUsd ?? 0
      },
    },
    usage: {
      record: async run => {
        const copy = structuredClone(run)
        history.push(copy)
        runs.set(run.id, copy)
      },
    },
    runs: () => [...runs.values()],
    history,
    spent: () => ({ ...spent }),
  }
}
