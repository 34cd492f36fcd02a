/** The server's standing work: events to runs, outbox to Temporal, proposals to decisions, and the reconciler. */
import type { KeyObject } from 'node:crypto'
import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Db } from '../db/sql.ts'
import { createSealer } from './audit/sealer.ts'
import { createDecider } from './decider.ts'
import { dispatch } from './dispatcher.ts'
import { startLoop, type Loop } from './loop.ts'
import { reconcile } from './reconciler.ts'
import { keepHouse } from './housekeeping.ts'
import { sweepTurn } from '../db/stores/retention.ts'
import { routeEvents } from './router.ts'
import { watchApprovals } from './watch-approvals.ts'
import { sendWebhooks, type WebhookPort } from './webhooks/send.ts'

export interface FlowOptions {
  db: Db
  client: Client
  /** The workflows' queue: `<prefix>-runs`. */
  taskQueue: string
  privateKey: KeyObject
  log: Logger
  /** The file of the audit trail's signed checkpoints; without one, the trail is not sealed here. */
  checkpoints?: string
  /** Without it no webhook is sent: they wait. */
  webhooks?: WebhookPort
  /** Milliseconds between passes of the reconciler. */
  reconcileEveryMs?: number
}

export interface Flow {
  stop(): Promise<void>
}

const POLL_MS = 2_000
const RECONCILE_MS = 30_000
const HOUSEKEEPING_MS = 600_000
/** Reminders and escalations are counted in hours; a fall of quality is found by the next turn. */
const WATCH_MS = 60_000
/** Also how long an event may stand that no checkpoint covers, unless a transaction takes longer. */
const SEAL_MS = 5_000

export async function startFlow(options: FlowOptions): Promise<Flow> {
  const { db, client, taskQueue, log } = options
  const started = Date.now()
  let pass = 0
  const loops = {
    domain_event: startLoop('router', POLL_MS, () => routeEvents(db, log), log),
    outbox: startLoop('dispatcher', POLL_MS, () => dispatch(db, client, taskQueue), log),
    webhook_delivery: startLoop('webhooks', POLL_MS, webhookTurn(options), log),
    action: startLoop('decider', POLL_MS, createDecider(db, options.privateKey, log), log),
  }
  const reconciler = startLoop(
    'reconciler',
    options.reconcileEveryMs ?? RECONCILE_MS,
    async () => {
      await reconcile(db, client, `${started}.${++pass}`, log)
      return 0
    },
    log,
  )
  const housekeeping = startLoop('housekeeping', HOUSEKEEPING_MS, () => keepHouse(db), log)
  const watch = startLoop('approvals', WATCH_MS, () => watchApprovals(db, options.privateKey), log)
  const retention = startLoop('retention', HOUSEKEEPING_MS, () => sweepTurn(db), log)
  const standing = [reconciler, housekeeping, watch, retention, ...sealing(options)]
  const unlisten = await db.listen('dealwright', table => {
    for (const [name, loop] of Object.entries(loops)) if (table === name || table === 'connected') loop.poke()
  })
  return {
    async stop() {
      await unlisten()
      await Promise.all([...Object.values(loops), ...standing].map(loop => loop.stop()))
    },
  }
}

/** Sealed once more when it ends: what came until then is covered. */
function sealing({ db, privateKey, checkpoints, log }: FlowOptions): Loop[] {
  if (checkpoints === undefined) return []
  const turn = createSealer({ db, key: privateKey, checkpoints })
  const loop = startLoop('audit sealer', SEAL_MS, turn, log)
  const stop = async () => {
    await loop.stop()
    await turn().catch(() => {})
  }
  return [{ poke: () => loop.poke(), stop }]
}

function webhookTurn({ db, privateKey, webhooks: port, log }: FlowOptions): () => Promise<number> {
  return port ? () => sendWebhooks({ db, privateKey, port, log }) : async () => 0
}
