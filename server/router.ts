/** From what happened to what runs: starts the playbooks that an event triggers and wakes the runs that it concerns. */
import type { Logger } from 'pino'
import type { Db, Tx } from '../db/sql.ts'
import { markHandled, takeUnhandled, type DomainEvent } from '../db/stores/events.ts'
import { playbooksFor } from '../db/stores/playbooks.ts'
import { recordFields } from '../db/stores/record-fields.ts'
import { createRun, enqueueSignal, openRunsFor } from '../db/stores/runs.ts'
import { audit } from '../db/stores/audit.ts'
import { recordNotStarted, type NotStarted } from '../db/stores/why-not.ts'
import { triggers } from '../domain/playbook/interpreter.ts'
import type { JsonObject } from '../domain/playbook/types.ts'
import type { Playbook } from '../domain/playbook/model.ts'

const AT_ONCE = 50

/** Handles a batch of events, each batch in one transaction: run, start and wakes are there with the mark, or none of them. */
export async function routeEvents(db: Db, log: Logger): Promise<number> {
  return db.tx(async tx => {
    const events = await takeUnhandled(tx, AT_ONCE)
    for (const event of events) await route(tx, event, log)
    if (events.length > 0)
      await markHandled(
        tx,
        events.map(event => event.id),
      )
    return events.length
  })
}

async function route(tx: Tx, event: DomainEvent, log: Logger): Promise<void> {
  const open = await openRunsFor(tx, event)
  for (const runId of open) await enqueueSignal(tx, runId, 'wake', event.id, event.id)
  const versions = await playbooksFor(tx, event.name)
  if (versions.length === 0) return
  const fields = { ...(await recordFields(tx, event)), ...event.fields }
  for (const version of versions) {
    const { compiled } = version
    const not = (code: NotStarted['code']) =>
      recordNotStarted(tx, {
        ...recordsOf(event),
        eventId: event.id,
        playbook: version.playbook,
        version: version.version,
        code,
      })
    const want = await wanted(tx, compiled, event, fields, log)
    if (want !== true) {
      await not(want === false ? 'condition' : 'condition_failed')
      continue
    }
    const made = await createRun(tx, {
      playbook: version.playbook,
      versionId: version.id,
      eventId: event.id,
      onceKey: onceKey(compiled, event),
      leadId: event.leadId,
      contactId: event.contactId,
      accountId: event.accountId,
      dealId: event.dealId,
      ...(await placeOf(tx, event)),
    })
    if (made === null) await not('once')
  }
}

const recordsOf = ({ leadId, contactId, dealId }: DomainEvent) => ({ leadId, contactId, dealId })

/** Null: the condition cannot be evaluated; that starts nothing, and is kept with its reason. */
async function wanted(
  tx: Tx,
  playbook: Playbook,
  event: DomainEvent,
  fields: JsonObject,
  log: Logger,
): Promise<boolean | null> {
  try {
    return triggers(playbook, fields)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    log.warn({ playbook: playbook.name, event: event.id, why }, 'trigger condition failed')
    await audit(tx, {
      actor: 'server',
      type: 'trigger.failed',
      target: 'domain_event',
      targetId: event.id,
      data: { playbook: playbook.name, why: why.slice(0, 300) },
    })
    return null
  }
}

/** What `once_per` names: one run a contact, lead, account or deal; without it, or where the event has none, one an event. */
function onceKey(playbook: Playbook, event: DomainEvent): string {
  const per = playbook.on.oncePer
  const id =
    { contact: event.contactId, lead: event.leadId, account: event.accountId, deal: event.dealId }[per ?? ''] ?? null
  return id === null ? `event:${event.id}` : `${per}:${id}`
}

/** The zone and country whose working hours the run keeps: the contact's, else the owner's, else the organisation's. */
async function placeOf(tx: Tx, event: DomainEvent): Promise<{ zone: string; country: string | null }> {
  const row = await tx.row<{ zone: string | null; country: string | null }>(
    `select coalesce(c.zone, u.zone, o.zone) as zone, coalesce(c.country, a.country, o.country) as country
     from (select 1) one left join contact c on c.id = $1 left join account a on a.id = coalesce(c.account_id, $2)
       left join lead l on l.id = $3 left join "user" u on u.id = l.owner_id left join organisation o on true`,
    [event.contactId, event.accountId, event.leadId],
  )
  const country = row?.country && /^[A-Za-z]{2}$/.test(row.country) ? row.country.toUpperCase() : null
  return { zone: row?.zone ?? 'UTC', country }
}
