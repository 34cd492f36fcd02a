/** A workflow that does nothing but call activities that do nothing, in a given shape. */
import { proxyActivities, workflowInfo } from '@temporalio/workflow'
import type { Stage } from '../shape.ts'

export async function bare(stages: readonly Stage[]): Promise<void> {
  const prefix = workflowInfo().taskQueue.replace(/-runs$/, '')
  const on = (queue: string) =>
    proxyActivities<{ nothing(): Promise<void> }>({
      taskQueue: `${prefix}-${queue}`,
      startToCloseTimeout: '1 minute',
    })
  for (const { queues, atOnce } of stages) {
    const waiting = [...queues]
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let queue = waiting.shift(); queue !== undefined; queue = waiting.shift()) await on(queue).nothing()
      }),
    )
  }
}
