/** Sends what is due. A server that ends meanwhile loses nothing: what it had taken is due again a minute later. */
import type { KeyObject } from 'node:crypto'
import type { Logger } from 'pino'
import { giveUpWhy, isDelivered, waitAfter, type Outcome } from '../../domain/webhook.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Db } from '../../db/sql.ts'
import { disableEndpoint, recordAttempt, takeDue, type DueDelivery } from '../../db/stores/webhooks.ts'
import { derive } from '../api/vault.ts'

/** As connectors/webhooks/post.ts has it; it comes in as a port. */
export interface WebhookPort {
  post(message: { url: string; id: string; body: string; secret: Uint8Array }): Promise<number>
  check(url: string): void
}

export interface WebhookSending {
  db: Db
  privateKey: KeyObject
  port: WebhookPort
  log: Logger
}

const AT_ONCE = 20

/** Returns how many were sent: a turn of the server's loop. */
export async function sendWebhooks(of: WebhookSending): Promise<number> {
  const due = await takeDue(of.db, AT_ONCE)
  await Promise.all(due.map(delivery => attempt(of, delivery)))
  return due.length
}

/** The secret of this version of an endpoint's: it stands in no table. */
export function secretOf(privateKey: KeyObject, id: string, version: number): Buffer {
  return derive(privateKey, `webhook:${id}:${version}`)
}

/** As the receiver's library takes it. */
export function secretText(privateKey: KeyObject, id: string, version: number): string {
  return `whsec_${secretOf(privateKey, id, version).toString('base64')}`
}

async function attempt({ db, privateKey, port, log }: WebhookSending, delivery: DueDelivery): Promise<void> {
  const begun = performance.now()
  const secret = secretOf(privateKey, delivery.endpointId, delivery.secretVersion)
  const outcome = await port
    .post({ url: delivery.url, id: `msg_${delivery.id}`, body: delivery.body, secret })
    .then((status): Outcome => ({ status, code: null }), failed)
  const delivered = isDelivered(outcome)
  await db.tx(async tx => {
    const ms = Math.round(performance.now() - begun)
    const waitSeconds = delivered ? null : waitAfter(delivery.attempts, Math.random())
    const failures = await recordAttempt(tx, { delivery, outcome, delivered, ms, waitSeconds })
    const why = delivered ? null : giveUpWhy(outcome, failures)
    if (why !== null) await disableEndpoint(tx, delivery.endpointId, why)
  })
  if (!delivered) log.warn({ delivery: delivery.id, endpoint: delivery.endpointId, ...outcome }, 'webhook not taken')
}

const failed = (error: unknown): Outcome => ({
  status: null,
  code: error instanceof DealwrightError ? error.code : 'internal',
})
