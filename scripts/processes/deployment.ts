/**
 * Which workflow code is current. Workers name the code they carry; Temporal gives workflow tasks to the current version only, and moves
 * waiting runs to it (their replay is tested against stored histories). A worker that finds none current, or is told to, makes its own so.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { NativeConnection } from '@temporalio/worker'

export interface Deployment {
  namespace: string
  name: string
  buildId: string
}

/** gRPC's number for it. */
const NOT_FOUND = 5
const PATIENCE_MS = 30_000
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 500

/** Returns whether this version is current now. Tries for half a minute: a version exists once its worker has polled. */
export async function makeCurrent(
  connection: NativeConnection,
  deployment: Deployment,
  always: boolean,
): Promise<boolean> {
  const { namespace, name: deploymentName, buildId } = deployment
  const service = connection.workflowService
  const end = Date.now() + PATIENCE_MS
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      const current = await currentBuild(service, namespace, deploymentName)
      if (current === buildId) return true
      if (current && !always) return false
      await service.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId,
        ignoreMissingTaskQueues: true,
      })
      return true
    } catch (error) {
      if (Date.now() > end) throw error
      await sleep(pause)
    }
  }
}

/** Null where nothing is current: no worker of this deployment has ever polled, or none was made current. */
async function currentBuild(
  service: NativeConnection['workflowService'],
  namespace: string,
  deploymentName: string,
): Promise<string | null> {
  try {
    const { workerDeploymentInfo } = await service.describeWorkerDeployment({ namespace, deploymentName })
    return workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId || null
  } catch (error) {
    if ((error as { code?: number }).code === NOT_FOUND) return null
    throw error
  }
}
