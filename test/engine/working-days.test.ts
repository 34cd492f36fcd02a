/**
 * Waits in working days, lived through: the workflow loop, its timer and the run's stored turns on a Temporal server whose clock jumps.
 * The dates are the next ones after today, so the expected instants are worked out here, day by day, by other means than the calendar's.
 */
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { eventsOf, runById } from '../../db/stores/runs.ts'
import { startSystem, type System, until } from '../support/system.ts'
import { startTimeSkipping, timeSkippingServer } from '../support/time-skipping.ts'

const program = await timeSkippingServer()

interface Trip {
  what: string
  zone: string
  /** Null: no holiday is kept. */
  country: string | null
  days: number
  from: Temporal.ZonedDateTime
  to: Temporal.ZonedDateTime
}

const at = (date: Temporal.PlainDate, zone: string, time: string) =>
  date.toZonedDateTime({ timeZone: zone, plainTime: time })
const day = (from: Temporal.PlainDate, is: (date: Temporal.PlainDate) => boolean): Temporal.PlainDate => {
  for (let date = from; ; date = date.add({ days: 1 })) if (is(date)) return date
}
/** The Sunday at whose end the clock of the zone has gone by this many hours. */
const change = (from: Temporal.PlainDate, zone: string, hours: number) =>
  day(from, date => date.dayOfWeek === 7 && at(date, zone, '00:00').hoursInDay === 24 - hours)

/** Two days off from now, so that the server's clock has only to go forwards. */
function trips(now: number): Trip[] {
  const soon = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate().add({ days: 2 })
  const [berlin, york] = ['Europe/Berlin', 'America/New_York']
  // Some years Easter is the Sunday on which clocks go forward: no holidays there.
  const friday = (zone: string, hours: number) => change(soon.add({ days: 3 }), zone, hours).subtract({ days: 2 })
  const plain = day(
    soon,
    date => date.dayOfWeek === 5 && date.day >= 8 && date.day <= 17 && [2, 7, 9].includes(date.month),
  )
  const fourth = day(soon.add({ days: 3 }), date => date.month === 7 && date.day === 4)
  // The fourth of July, or the day it is kept on; the eve of it is a Thursday, a Friday or a day of the week.
  const kept =
    fourth.dayOfWeek === 6 ? fourth.subtract({ days: 1 }) : fourth.dayOfWeek === 7 ? fourth.add({ days: 1 }) : fourth
  const eve = kept.dayOfWeek === 1 ? kept.subtract({ days: 3 }) : kept.subtract({ days: 1 })
  const after = kept.dayOfWeek === 5 ? kept.add({ days: 3 }) : kept.add({ days: 1 })
  const trip = (
    what: string,
    zone: string,
    country: string | null,
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
    days: number,
  ): Trip => ({
    what,
    zone,
    country,
    days,
    from: at(from, zone, '15:00'),
    to: at(to, zone, '15:00'),
  })
  return [
    trip('a weekend', berlin, 'DE', plain, plain.add({ days: 4 }), 2),
    trip('clocks that go forward', berlin, null, friday(berlin, 1), friday(berlin, 1).add({ days: 3 }), 1),
    trip('clocks that go back', berlin, null, friday(berlin, -1), friday(berlin, -1).add({ days: 3 }), 1),
    trip('clocks that go back on another date', york, null, friday(york, -1), friday(york, -1).add({ days: 3 }), 1),
    trip('a holiday', york, 'US', eve, after, 1),
  ].toSorted((a, b) => Temporal.ZonedDateTime.compare(a.from, b.from))
}

describe.skipIf(program === null)(
  'on a server that skips time (it could not be fetched: no pip, or no registry)',
  () => {
    let clock: TestWorkflowEnvironment
    let system: System
    beforeAll(async () => {
      clock = await startTimeSkipping(program ?? '')
      system = await startSystem({
        temporalAddress: clock.address,
        now: async () => new Date(await clock.currentTimeMs()),
      })
      await system.startFlow()
      await system.startWorkers()
    })
    afterAll(async () => {
      await system?.close()
      await clock?.teardown()
    })

    test.each(
      trips(Date.now()).map(trip => [trip.what, trip] as const),
    )('a wait over %s ends at the right instant', async (what, trip) => {
      await clock.sleep(trip.from.epochMilliseconds - (await clock.currentTimeMs()))
      const lead = await system.lead(`Over ${what}`)
      await system.db.run('update contact set zone = $2, country = $3 where id = $1', [
        lead.contactId,
        trip.zone,
        trip.country,
      ])
      const name = `over-${what.replaceAll(' ', '-')}`
      await system.publish(`
playbook: ${name}
language: 1
on: { event: lead.created, when: 'lead.id == "${lead.leadId}"' }
steps:
  - { id: reply, wait: { for: message.received, where: event.human, at_most: ${trip.days} working days } }
  - end: silent
`)
      await system.happen('lead.created', lead)
      const runId = await until('the run waits', async () => {
        const row = await system.db.row<{ id: string; status: string }>(
          'select id, status from run where playbook = $1',
          [name],
        )
        return row?.status === 'waiting' && row.id
      })
      const [waiting] = await eventsOf(system.db, runId)
      const began = waiting?.at.getTime() ?? 0
      const [command] = waiting?.commands ?? []
      // What passed between the server's clock and the turn is carried over to the end, in local time.
      const late = began - trip.from.epochMilliseconds
      expect(late).toBeGreaterThanOrEqual(0)
      expect(command?.type === 'wait' && Date.parse(command.until)).toBe(trip.to.epochMilliseconds + late)

      // A minute before, nothing has happened; a minute after, it has.
      await clock.sleep(trip.to.epochMilliseconds - 60_000 - (await clock.currentTimeMs()))
      expect((await runById(system.db, runId)).status).toBe('waiting')
      await clock.sleep(120_000 + late)
      await until('the run ends', async () => (await runById(system.db, runId)).status === 'completed')
      const last = (await eventsOf(system.db, runId)).at(-1)
      expect(last?.event.type).toBe('timer')
      const { events } = await system.client.workflow.getHandle(`run/${runId}`).fetchHistory()
      const fired = events?.find(event => event.timerFiredEventAttributes)?.eventTime
      const firedAt = Number(fired?.seconds) * 1_000 + (fired?.nanos ?? 0) / 1_000_000
      expect(firedAt).toBeGreaterThanOrEqual(trip.to.epochMilliseconds + late - 1)
      expect(firedAt).toBeLessThan(trip.to.epochMilliseconds + late + 60_000)
    })
  },
)
