/** Temporal and the workers that take its tasks. */
import { Connection } from '@temporalio/client'
import type { Config } from '../config.ts'
import type { Home } from '../home.ts'
import { listed } from '../lib/words.ts'
import { openTemporal } from '../services/open.ts'
import { bad, probe, type Check } from './check.ts'

const QUEUES = ['runs', 'records', 'web', 'model', 'effects'] as const
const PREFIX = 'dealwright'
const WORKFLOW_QUEUE = 1
const ACTIVITY_QUEUE = 2

export async function checkTemporal(home: Home, config: Config): Promise<Check[]> {
  let connection: Connection | undefined
  let namespace = ''
  const reached = await probe('temporal', async () => {
    const temporal = await openTemporal(home, config)
    namespace = temporal.namespace
    const { temporalApiKey: apiKey } = config
    connection = await Connection.connect({
      address: temporal.address,
      connectTimeout: '10s',
      ...(apiKey === undefined ? {} : { apiKey, tls: true }),
    })
    return inWords(connection, temporal.address, namespace)
  })
  if (connection === undefined || !reached.ok)
    return [reached, { name: 'workers', ok: false, detail: 'cannot be asked for before Temporal runs' }]
  try {
    return [reached, await workers(connection, namespace)]
  } finally {
    await connection.close()
  }
}

/** Over a connection that stands: as the running server sees both. */
export async function checkOver(connection: Connection, address: string, namespace: string): Promise<Check[]> {
  return [await probe('temporal', () => inWords(connection, address, namespace)), await workers(connection, namespace)]
}

async function inWords({ workflowService }: Connection, address: string, namespace: string): Promise<string> {
  const { serverVersion } = await workflowService.getSystemInfo({})
  await workflowService.describeNamespace({ namespace })
  return `server ${serverVersion} at ${address}, namespace ${namespace}`
}

function workers({ workflowService }: Connection, namespace: string): Promise<Check> {
  return probe('workers', async () => {
    const counts = await Promise.all(
      QUEUES.map(async queue => {
        const answer = await workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: `${PREFIX}-${queue}` },
          taskQueueType: queue === 'runs' ? WORKFLOW_QUEUE : ACTIVITY_QUEUE,
        })
        return { queue, pollers: answer.pollers?.length ?? 0 }
      }),
    )
    const idle = counts.filter(one => one.pollers === 0).map(one => one.queue)
    if (idle.length === 0) return `at work on ${listed(QUEUES)}`
    return bad(`nobody works on ${listed(idle)}: start a worker with "dealwright up" or "dealwright worker"`)
  })
}
