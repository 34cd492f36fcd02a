/** The worker process: the Temporal workers over the database's worker role. It verifies decisions and cannot make any. */
import path from 'node:path'
import { NativeConnection, Runtime } from '@temporalio/worker'
import { activitiesLater } from '../../activities/later.ts'
import { readConfig } from '../config.ts'
import { endOnFailure, onStop, sayReady, type ProcessSettings } from './child.ts'
import { patiently } from './patiently.ts'
import { makeCurrent } from './deployment.ts'
import { buildId, bundleWorkflows, workersOver } from './temporal-workers.ts'
import type { Work } from './work.ts'

/** Runs until it is told to stop, then ends the process. */
export async function runWorker(settings: ProcessSettings): Promise<void> {
  const work = workLater(settings)
  Runtime.install({ shutdownSignals: [], telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } })
  const { address, namespace, apiKey } = settings.temporal
  const bundle = bundleWorkflows(path.join(settings.home, 'cache'))
  const connection = await patiently(() =>
    NativeConnection.connect({ address, ...(apiKey ? { apiKey, tls: true } : {}) }),
  )
  const options = {
    connection,
    namespace,
    prefix: settings.queuePrefix,
    activities: activitiesLater(async () => (await work()).activities),
    bundle: await bundle,
    versioned: true,
  }
  const workers = await patiently(() => workersOver(options))
  const running = workers.map(worker => worker.run())
  await makeCurrent(
    connection,
    { namespace, name: settings.queuePrefix, buildId: buildId() },
    settings.makeCurrent === true,
  )
  onStop(async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
    await Promise.allSettled(running)
    await (await work()).close()
    await connection.close()
  })
  sayReady()
  // A worker that cannot do its work, or that ends by itself, is a fault: the process ends and is started again.
  setImmediate(() => void work().catch(endOnFailure))
  await Promise.race(running)
}

/** Opened once, by the first task or when the worker is ready. */
function workLater(settings: ProcessSettings): () => Promise<Work> {
  const config = readConfig()
  let opened: Promise<Work> | undefined
  return () => {
    opened ??= import('./work.ts').then(({ openWork }) => openWork(settings, config))
    return opened
  }
}
