/** The API's process: the product's app on loopback, without the loops that carry on with what was decided, and with no limit on rates. */
import { readFileSync } from 'node:fs'
import { openDb } from '../../../db/sql.ts'
import { privateKeyFrom } from '../../../domain/gate/decision.ts'
import { onStop, sayReady, settingsFromParent } from '../../../scripts/processes/child.ts'
import { processLog } from '../../../scripts/processes/log.ts'
import { serverPorts } from '../../../scripts/processes/ports.ts'
import { createApp } from '../../../server/app.ts'
import { LIMITS, type LimitClass, type Limits } from '../../../server/api/rate-limit.ts'
import { serveOnLoopback } from '../../../test/support/loopback.ts'

const settings = await settingsFromParent()
const db = openDb(settings.databaseUrl, { max: 15, name: 'dealwright server' })
const unlimited = Object.fromEntries(
  (Object.keys(LIMITS) as LimitClass[]).map(kind => [kind, { burst: 1_000_000, perSecond: 1_000_000 }]),
) as Limits
const app = createApp({
  db,
  privateKey: privateKeyFrom(readFileSync(settings.privateKeyFile ?? '', 'utf8')),
  ports: serverPorts(db),
  localToken: null,
  temporalUi: null,
  log: processLog('server'),
  limits: unlimited,
})
const { server, url } = await serveOnLoopback(app.fetch)
onStop(async () => {
  server.close()
  await db.close()
})
sayReady({ url })
