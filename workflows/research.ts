/**
 * Research, a fixed procedure: home page, plan from its links and the sitemap, pages side by side, one extraction. Each fetch and each
 * model call is an activity of its own. Pages travel as source ids.
 */
import { isCancellation } from '@temporalio/workflow'
import { exceptAway } from './away.ts'
import { model, records, web } from './queues.ts'
import type { Retry, StepAt } from './work.ts'

/** Pages of one site under way at once; the fetcher paces each host by itself. */
const AT_ONCE = 4

export async function research(at: StepAt, retry: Retry): Promise<void> {
  const begun = await records().beginResearch(at)
  if (begun.homes === null) return
  let home: string | null = null
  for (const url of begun.homes) home ??= await page(url)
  if (home !== null) {
    const urls = await planned()
    const waiting = [...urls]
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, waiting.length) }, async () => {
        for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) await page(url)
      }),
    )
  }
  await exceptAway(() => model(retry).extractFacts(at))

  async function planned(): Promise<string[]> {
    try {
      return await exceptAway(() => web().planPages(at))
    } catch (error) {
      if (isCancellation(error)) throw error
      return []
    }
  }

  /** A page that cannot be read is kept with its reason and left out: the rest goes on. */
  async function page(url: string): Promise<string | null> {
    try {
      return await exceptAway(() => web().fetchPage({ ...at, url }))
    } catch (error) {
      if (isCancellation(error)) throw error
      return null
    }
  }
}
