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

const TRIES = 60

/** Returns whether this version is current now. Tries for half a minute: a version exists once its worker has polled. */
export async function makeCurrent(
  connection: NativeConnection,
  deployment: Deployment,
  always: boolean,
): Promise<boolean> {
  const { namespace, name: deploymentName, buildId } = deployment
  const service = connection.workflowService
  for (let attempt = 1; ; attempt++) {
    try {
      if (!always) {
        const { workerDeploymentInfo } = await service.describeWorkerDeployment({ namespace, deploymentName })
        const current = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId
        if (current) return current === buildId
      }
      await service.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId,
        ignoreMissingTaskQueues: true,
      })
      return true
    } catch (error) {
      if (attempt >= TRIES) throw error
      await sleep(500)
    }
  }
}
