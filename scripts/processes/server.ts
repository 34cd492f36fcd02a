/** The server process: HTTP API, event flow, policy and the sandbox mailbox. It alone holds the key that signs decisions. */
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Client, Connection } from '@temporalio/client'
import { startMailListener } from '../../connectors/mail/listener.ts'
import { openDb } from '../../db/sql.ts'
import { useErasureKey } from '../../db/stores/erased.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { privateKeyFrom } from '../../domain/gate/decision.ts'
import { createApp } from '../../server/app.ts'
import { startFlow } from '../../server/flow.ts'
import { findWeb } from '../boot/web.mjs'
import { onStop, sayReady, type ProcessSettings } from './child.ts'
import { processLog } from './log.ts'
import { patiently } from './patiently.ts'
import { serverPorts } from './ports.ts'

/** Runs until it is told to stop, then ends the process. */
export async function runServer(settings: ProcessSettings): Promise<void> {
  const log = processLog('server')
  useErasureKey(settings.erasureKey)
  const db = openDb(settings.databaseUrl, { max: 15, name: 'dealwright server' })
  const privateKey = privateKeyFrom(readFileSync(settings.privateKeyFile ?? '', 'utf8'))
  const { address, namespace, apiKey } = settings.temporal
  const connection = await patiently(() => Connection.connect({ address, ...(apiKey ? { apiKey, tls: true } : {}) }))
  const client = new Client({ connection, namespace })
  const checkpoints = settings.checkpointsFile === undefined ? {} : { checkpoints: settings.checkpointsFile }
  const ports = serverPorts(db)
  const flow = await startFlow({
    db,
    client,
    taskQueue: `${settings.queuePrefix}-runs`,
    privateKey,
    webhooks: ports.webhooks,
    log,
    ...checkpoints,
  })
  const parts = async () => (await import('../doctor/temporal.ts')).checkOver(connection, address, namespace)
  const app = createApp({
    db,
    privateKey,
    ports: { ...ports, parts },
    localToken: settings.token ?? null,
    ...(settings.signIn ? { signIn: { ...settings.signIn, publicUrl: () => settings.publicUrl } } : {}),
    web: findWeb(),
    temporalUi: settings.temporalUi ?? null,
    temporalNamespace: namespace,
    ...checkpoints,
    log,
  })
  const host = settings.listen?.host ?? '127.0.0.1'
  const http = serve({ fetch: app.fetch, hostname: host, port: settings.listen?.port ?? 0 })
  await new Promise<void>((resolve, reject) => {
    http.once('listening', resolve)
    http.once('error', reject)
  })
  const mailbox =
    settings.mailboxPort === undefined
      ? null
      : await startMailListener({
          host: '127.0.0.1',
          port: settings.mailboxPort,
          accepts: async address =>
            (await db.row('select 1 from mailbox where address = lower($1)', [address])) !== null,
          onMail: async raw => {
            await ports.receive(raw).catch(unlessErased)
          },
        })
  onStop(async () => {
    http.close()
    await mailbox?.close()
    await flow.stop()
    await connection.close()
    await db.close()
  })
  sayReady({
    url: `http://${host}:${(http.address() as AddressInfo).port}`,
    ...(mailbox ? { mailboxPort: mailbox.port } : {}),
  })
}

/** Mail of somebody who was erased is refused for good, and in the trail: its server need not try again. */
function unlessErased(error: unknown): void {
  if (!(error instanceof DealwrightError) || error.code !== 'person_erased') throw error
}
