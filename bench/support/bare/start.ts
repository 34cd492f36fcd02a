/** Starts the baseline's worker beside an installation, on queues of its own, and runs bare workflows on it. */
import path from 'node:path'
import { startNodePart } from '../../../scripts/services/node-part.ts'
import type { Installation } from '../installation.ts'
import type { Stage } from '../shape.ts'

const PREFIX = 'bare'

export interface Bare {
  pid: number
  /** Runs one workflow for each shape, all begun as fast as they can be; seconds until the last has ended. */
  run(shapes: readonly (readonly Stage[])[]): Promise<number>
  stop(): Promise<void>
}

export async function startBare({ home, up, temporal }: Installation): Promise<Bare> {
  const part = await startNodePart(
    path.join(import.meta.dirname, 'worker.ts'),
    {
      home: home.folder,
      databaseUrl: '',
      temporal: { address: up.temporalAddress, namespace: 'default' },
      queuePrefix: PREFIX,
      publicUrl: '',
      publicKeyFile: '',
      erasureKey: '',
    },
    path.join(home.logs, 'bare-worker.log'),
  )
  let round = 0
  return {
    pid: part.pid,
    async run(shapes) {
      round += 1
      const began = performance.now()
      const handles = await Promise.all(
        shapes.map((stages, n) =>
          temporal.workflow.start('bare', {
            workflowId: `bare/${round}/${n}`,
            taskQueue: `${PREFIX}-runs`,
            args: [stages],
          }),
        ),
      )
      await Promise.all(handles.map(handle => handle.result()))
      return (performance.now() - began) / 1_000
    },
    stop: () => part.stop(),
  }
}
