/** The baseline's worker process: the product's worker set-up, queue by queue, over activities that do nothing. */
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, NativeConnection, Runtime } from '@temporalio/worker'
import { onStop, sayReady, settingsFromParent } from '../../../scripts/processes/child.ts'
import { workersOver } from '../../../scripts/processes/temporal-workers.ts'

const settings = await settingsFromParent()
Runtime.install({ shutdownSignals: [], telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } })
const { address, namespace } = settings.temporal
const connection = await NativeConnection.connect({ address })
const { code } = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)) })
const workers = await workersOver({
  connection,
  namespace,
  prefix: settings.queuePrefix,
  activities: { nothing: () => Promise.resolve() },
  bundle: code,
})
const running = workers.map(worker => worker.run())
onStop(async () => {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  await Promise.allSettled(running)
  await connection.close()
})
sayReady()
await Promise.race(running)
