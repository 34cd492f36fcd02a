/** Answering one question. Postgres holds the question and what was said; cancelled there, a signal lets go of the work. */
import { ApplicationFailure, CancellationScope, defineSignal, isCancellation, setHandler } from '@temporalio/workflow'
import { exceptAway } from './away.ts'
import { model, records } from './queues.ts'

export const cancelAsk = defineSignal('cancelAsk')

export interface AskInput {
  askId: string
}

const RETRY = { attempts: 3, firstMs: 2_000, factor: 2, maxMs: 30_000 }

export async function ask(input: AskInput): Promise<void> {
  const scope = new CancellationScope()
  setHandler(cancelAsk, () => scope.cancel())
  try {
    await scope.run(() => exceptAway(() => model(RETRY).answerAsk(input)))
  } catch (error) {
    if (isCancellation(error) || scope.consideredCancelled) return
    await exceptAway(() => records().askFailed({ ...input, code: codeOf(error) }))
  }
}

function codeOf(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ApplicationFailure) return cause.type ?? 'internal'
  return 'worker_lost'
}
