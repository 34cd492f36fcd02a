/**
 * A research run in this process, where no worker runs: the interpreter's own turns and the worker's own activities, in the order
 * of workflows/research.ts. Cut off, it is left open and the next worker goes on with it.
 */
import { advanceActivities, type Order, type Turn } from '../../activities/advance.ts'
import type { Deps } from '../../activities/deps.ts'
import { researchActivities } from '../../activities/research.ts'
import { stepActivities } from '../../activities/step.ts'
import { DealwrightError } from '../../domain/errors.ts'

export interface PageFailure {
  url: string
  code: string
  message: string
}

export interface Watch {
  /** Pages read so far, of how many, as far as known. */
  onPage: (done: number, total: number) => void
  onFailure: (failure: PageFailure) => void
}

/** Pages of one site under way at once; the fetcher paces the host by itself. */
const AT_ONCE = 4

/** Runs until the run ends, stops at a failed step, or comes to something that a command cannot do. */
export async function runHere(deps: Deps, runId: string, watch: Watch): Promise<void> {
  const turns = advanceActivities(deps)
  const opened = await turns.openRun({ runId })
  if (opened.ended) return
  let turn: Turn = opened.fresh ? await turns.advance({ runId, seq: 1, occasion: { type: 'started' } }) : opened
  for (;;) {
    const order = turn.orders.find(one => one.type !== 'cancel')
    if (order?.type !== 'act') return
    const occasion = await carryOut(deps, runId, order, watch)
    turn = await turns.advance({ runId, seq: turn.seq + 1, occasion })
  }
}

async function carryOut(deps: Deps, runId: string, order: Extract<Order, { type: 'act' }>, watch: Watch) {
  const at = { runId, key: order.key }
  const steps = stepActivities(deps)
  try {
    await (order.queue === 'procedure' ? research(deps, at, watch) : steps.step(at))
    return { type: 'completed', key: order.key } as const
  } catch (error) {
    // What may help to try again is left to the next worker, with the run still open.
    if (!(error instanceof DealwrightError) || error.retry === 'later') throw error
    await steps.stepFailed({ ...at, code: error.code, message: error.message })
    return { type: 'failed', key: order.key, code: error.code, message: error.message } as const
  }
}

async function research(deps: Deps, at: { runId: string; key: string }, watch: Watch): Promise<void> {
  const activities = researchActivities(deps)
  const { homes } = await activities.beginResearch(at)
  if (homes === null) return
  let [done, total] = [0, 1]
  let failures: PageFailure[] = []
  const page = async (url: string): Promise<string | null> => {
    try {
      return await activities.fetchPage({ ...at, url })
    } catch (error) {
      if (!(error instanceof DealwrightError) || !error.code.startsWith('web_')) throw error
      failures.push({ url, code: error.code, message: error.message })
      return null
    } finally {
      done += 1
      watch.onPage(done, total)
    }
  }
  let home: string | null = null
  for (const url of homes) home ??= await page(url)
  if (home !== null) {
    failures = [] // a site that answers by plain http alone has no page that was not read
    const waiting = await activities.planPages(at)
    total = done + waiting.length
    watch.onPage(done, total)
    const lane = async () => {
      for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) await page(url)
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, lane))
  }
  failures.forEach(watch.onFailure)
  await activities.extractFacts(at)
}
