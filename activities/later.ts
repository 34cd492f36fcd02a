/**
 * All activities by name, their code loaded with the first call: a worker can take tasks before it has read everything that it is able
 * to do.
 */
import type { Activities } from './index.ts'

/** Complete by its type: a new activity is missed here by the checker. */
const NAMES: Record<keyof Activities, true> = {
  advance: true,
  openRun: true,
  step: true,
  stepFailed: true,
  propose: true,
  standing: true,
  perform: true,
  withdraw: true,
  beginResearch: true,
  fetchPage: true,
  planPages: true,
  extractFacts: true,
  readMessage: true,
  answerAsk: true,
  askFailed: true,
}

export function activitiesLater(
  load: () => Promise<Activities>,
): Record<keyof Activities, (...args: unknown[]) => Promise<unknown>> {
  const later = Object.keys(NAMES).map(name => [
    name,
    async (...args: unknown[]) => {
      const activities = (await load()) as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
      return activities[name]?.(...args)
    },
  ])
  return Object.fromEntries(later) as Record<keyof Activities, (...args: unknown[]) => Promise<unknown>>
}
