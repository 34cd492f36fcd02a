/** What has to run: Temporal, workers and the server; and the mail servers, if any are named. */
import { Client, Connection } from '@temporalio/client'
import { createSentFolder } from '../../connectors/mail/sent.ts'
import { createMailSender } from '../../connectors/mail/smtp.ts'
import type { Config } from '../config.ts'
import type { Home } from '../home.ts'
import { serverCall, serverUrl } from '../lib/server-call.ts'
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
    const { serverVersion } = await connection.workflowService.getSystemInfo({})
    await connection.workflowService.describeNamespace({ namespace })
    return `server ${serverVersion} at ${temporal.address}, namespace ${namespace}`
  })
  if (connection === undefined || !reached.ok)
    return [reached, { name: 'workers', ok: false, detail: 'cannot be asked for before Temporal runs' }]
  try {
    return [reached, await workers(new Client({ connection, namespace }), namespace)]
  } finally {
    await connection.close()
  }
}

function workers(client: Client, namespace: string): Promise<Check> {
  return probe('workers', async () => {
    const counts = await Promise.all(
      QUEUES.map(async queue => {
        const answer = await client.workflowService.describeTaskQueue({
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

export function checkServer(home: Home, config: Config): Promise<Check> {
  return probe('server', async () => {
    const url = await serverUrl(home, config)
    if (url === null) return bad('not running: start it with "npm start" (or "dealwright up") in another terminal')
    await serverCall('/healthz', { method: 'GET' })
    return `answers at ${url}`
  })
}

export function checkSmtp({ smtpUrl }: Config): Promise<Check> {
  return probe('smtp', async () => {
    if (smtpUrl === undefined) return 'no mail server is named (SMTP_URL): no mail leaves'
    await createMailSender(smtpUrl).ready()
    return `${new URL(smtpUrl).host} lets us in`
  })
}

export function checkImap({ imapUrl }: Config): Promise<Check> {
  return probe('imap', async () => {
    if (imapUrl === undefined) return 'no mailbox is named (IMAP_URL): mail of uncertain fate is settled by a person'
    const folder = createSentFolder(imapUrl)
    try {
      await folder.has('<doctor@dealwright.invalid>')
    } finally {
      folder.close()
    }
    return `${new URL(imapUrl).host} lets us in, and has a Sent folder`
  })
}
