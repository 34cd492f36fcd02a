/** One step on its queue. */
import { exceptAway } from './away.ts'
import { effects, model, records, web } from './queues.ts'
import type { Queue } from '../activities/kinds.ts'

export interface StepAt {
  runId: string
  key: string
}

export interface Retry {
  attempts: number
  firstMs: number
  factor: number
  maxMs: number
}

export async function work(queue: Queue, at: StepAt, retry: Retry): Promise<void> {
  const on = { records, web, effects, model: () => model(retry) }[queue]()
  await exceptAway(() => on.step(at))
}
