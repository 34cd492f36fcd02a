/**
 * Webhooks: who is told of what, and what was sent. Deliveries are written with the change that they tell of (trigger `told`), so none is
 * lost; each is sent until it is answered or given up, at least once, every time under the same id and with the same bytes.
 */
import type { Outcome } from '../../domain/webhook.ts'
import { keyset, newestFirst, pageOf, type Page, type PageRequest } from '../page.ts'
import { must, type Db, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'

export interface Endpoint {
  id: string
  url: string
  description: string
  events: string[]
  secretVersion: number
  failures: number
  disabledAt: Date | null
  disabledWhy: string | null
  createdAt: Date
}

const ENDPOINT = 'id, url, description, events, secret_version, failures, disabled_at, disabled_why, created_at'

export const endpoints = (sql: Sql): Promise<Endpoint[]> =>
  sql.rows<Endpoint>(`select ${ENDPOINT} from webhook_endpoint where deleted_at is null order by created_at, id`)

export const endpointById = (sql: Sql, id: string): Promise<Endpoint> =>
  must(
    'webhook',
    id,
    sql.row<Endpoint>(`select ${ENDPOINT} from webhook_endpoint where id = $1 and deleted_at is null`, [id]),
  )

/** Locked until the transaction ends. */
export const lockEndpoint = (tx: Tx, id: string): Promise<Endpoint> =>
  must(
    'webhook',
    id,
    tx.row<Endpoint>(`select ${ENDPOINT} from webhook_endpoint where id = $1 and deleted_at is null for update`, [id]),
  )

export interface EndpointFields {
  url: string
  description: string
  events: string[]
}

export async function makeEndpoint(tx: Tx, fields: EndpointFields, userId: string): Promise<Endpoint> {
  const row = await tx.row<Endpoint>(
    `insert into webhook_endpoint (url, description, events, created_by) values ($1, $2, $3, $4) returning ${ENDPOINT}`,
    [fields.url, fields.description, fields.events, userId],
  )
  const made = row as Endpoint
  await audit(tx, { actor: `user:${userId}`, type: 'webhook.created', target: 'webhook_endpoint', targetId: made.id })
  return made
}

export type EndpointChange = Partial<EndpointFields> & { active?: boolean; newSecret?: boolean }

/** Switched on again, an address begins without failures; what was given up stays so and can be sent again one by one. */
export async function changeEndpoint(tx: Tx, id: string, change: EndpointChange, userId: string): Promise<Endpoint> {
  const row = await tx.row<Endpoint>(
    `update webhook_endpoint set url = coalesce($2, url), description = coalesce($3, description), events = coalesce($4, events),
       secret_version = secret_version + $5, failures = case when $6 then 0 else failures end,
       disabled_at = case when $6 then null when $6 = false then coalesce(disabled_at, now()) else disabled_at end,
       disabled_why = case when $6 then null when $6 = false then coalesce(disabled_why, 'A person switched it off.') else disabled_why end
     where id = $1 returning ${ENDPOINT}`,
    [
      id,
      change.url ?? null,
      change.description ?? null,
      change.events ?? null,
      change.newSecret === true ? 1 : 0,
      change.active ?? null,
    ],
  )
  const fields = Object.keys(change).filter(name => change[name as keyof EndpointChange] !== undefined)
  await audit(tx, {
    actor: `user:${userId}`,
    type: 'webhook.changed',
    target: 'webhook_endpoint',
    targetId: id,
    data: { fields },
  })
  return row as Endpoint
}

/** Its log stays. */
export async function deleteEndpoint(tx: Tx, id: string, userId: string): Promise<void> {
  await tx.run('update webhook_endpoint set deleted_at = now() where id = $1', [id])
  await tx.run(
    `update webhook_delivery set status = 'failed', settled_at = now() where endpoint_id = $1 and status = 'pending'`,
    [id],
  )
  await audit(tx, { actor: `user:${userId}`, type: 'webhook.deleted', target: 'webhook_endpoint', targetId: id })
}

export interface Delivery {
  id: string
  type: string
  status: 'pending' | 'delivered' | 'failed'
  attempts: number
  nextAt: Date | null
  createdAt: Date
  settledAt: Date | null
  /** Of the newest attempt. */
  httpStatus: number | null
  errorCode: string | null
}

const NEWEST = newestFirst('d')

const DELIVERY = `select d.id, d.type, d.status, d.attempts, case d.status when 'pending' then d.next_at end as next_at, d.created_at,
  d.settled_at, a.http_status, a.error_code from webhook_delivery d
  left join lateral (select http_status, error_code from webhook_attempt a where a.delivery_id = d.id order by a.id desc limit 1) a on true`

export async function deliveries(
  sql: Sql,
  endpointId: string,
  request: PageRequest & { status?: string | undefined },
): Promise<Page<Delivery>> {
  const values: unknown[] = [endpointId, request.status ?? null]
  const { where, tail } = keyset(NEWEST, request, values)
  const rows = await sql.rows<Delivery>(
    `${DELIVERY} where d.endpoint_id = $1 and ($2::text is null or d.status = $2) and ${where} ${tail}`,
    values,
  )
  return pageOf(rows, NEWEST, request)
}

export interface Attempt {
  at: Date
  httpStatus: number | null
  errorCode: string | null
  ms: number
}

export async function deliveryWithLog(
  sql: Sql,
  endpointId: string,
  id: string,
): Promise<Delivery & { body: string; log: Attempt[] }> {
  const found = await must(
    'delivery',
    id,
    sql.row<Delivery & { body: string }>(
      `${DELIVERY.replace('d.type,', 'd.type, d.body,')} where d.endpoint_id = $1 and d.id = $2`,
      [endpointId, id],
    ),
  )
  const log = await sql.rows<Attempt>(
    'select at, http_status, error_code, ms from webhook_attempt where delivery_id = $1 order by id',
    [id],
  )
  return { ...found, log }
}

/** A message of our own making, to be sent at once. */
export async function addDelivery(tx: Tx, endpointId: string, type: string, body: string): Promise<string> {
  const row = await tx.row<{ id: string }>(
    'insert into webhook_delivery (endpoint_id, type, body) values ($1, $2, $3) returning id',
    [endpointId, type, body],
  )
  return (row as { id: string }).id
}

/** Once more from the first attempt on, under the same id. */
export async function sendAgain(tx: Tx, endpointId: string, id: string): Promise<void> {
  const touched = await tx.run(
    `update webhook_delivery set status = 'pending', attempts = 0, next_at = now(), settled_at = null
     where endpoint_id = $1 and id = $2 and status <> 'pending'`,
    [endpointId, id],
  )
  if (touched === 0) await deliveryWithLog(tx, endpointId, id) // 404, or it is under way anyway
}

export interface DueDelivery {
  id: string
  body: string
  /** This one included. */
  attempts: number
  endpointId: string
  url: string
  secretVersion: number
}

/** How long an attempt may take before it counts as lost with its server, in seconds. */
const LEASE = 60

/**
 * Takes what is due, oldest first: nobody else takes it meanwhile, and it is due again should we end before we say what became of it.
 * Messages to an address that is switched off wait.
 */
export function takeDue(db: Db, limit: number): Promise<DueDelivery[]> {
  return db.rows<DueDelivery>(
    `update webhook_delivery d set attempts = d.attempts + 1, next_at = now() + interval '${LEASE} seconds'
     from webhook_endpoint e where e.id = d.endpoint_id and d.id in (
       select d.id from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
       where d.status = 'pending' and d.next_at <= now() and e.disabled_at is null and e.deleted_at is null
       order by d.next_at, d.id limit $1 for update of d skip locked)
     returning d.id, d.body, d.attempts, d.endpoint_id, e.url, e.secret_version`,
    [limit],
  )
}

export interface Attempted {
  delivery: Pick<DueDelivery, 'id' | 'endpointId'>
  outcome: Outcome
  delivered: boolean
  ms: number
  /** Seconds until the next attempt; null: there is none. */
  waitSeconds: number | null
}

/** Writes down what became of an attempt. Returns how many in a row have failed at this address. */
export async function recordAttempt(
  tx: Tx,
  { delivery, outcome, delivered, ms, waitSeconds }: Attempted,
): Promise<number> {
  await tx.run('insert into webhook_attempt (delivery_id, http_status, error_code, ms) values ($1, $2, $3, $4)', [
    delivery.id,
    outcome.status,
    outcome.code,
    ms,
  ])
  const status = delivered ? 'delivered' : waitSeconds === null ? 'failed' : 'pending'
  await tx.run(
    `update webhook_delivery set status = $2, next_at = now() + make_interval(secs => $3), settled_at = case $2 when 'pending' then null else now() end
     where id = $1 and status = 'pending'`,
    [delivery.id, status, waitSeconds ?? 0],
  )
  const row = await tx.row<{ failures: number }>(
    'update webhook_endpoint set failures = case when $2 then 0 else failures + 1 end where id = $1 returning failures',
    [delivery.endpointId, delivered],
  )
  return row?.failures ?? 0
}

export async function disableEndpoint(tx: Tx, id: string, why: string): Promise<void> {
  const touched = await tx.run(
    'update webhook_endpoint set disabled_at = now(), disabled_why = $2 where id = $1 and disabled_at is null',
    [id, why],
  )
  if (touched > 0)
    await audit(tx, { actor: 'server', type: 'webhook.disabled', target: 'webhook_endpoint', targetId: id })
}

/** What was settled longer ago than this is forgotten, with its log. */
const KEPT = '30 days'

export function pruneDeliveries(sql: Sql): Promise<number> {
  return sql.run(`delete from webhook_delivery where settled_at < now() - interval '${KEPT}'`)
}
