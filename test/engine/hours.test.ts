/** Runs wait and escalate by the working hours that somebody set. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockedWorkingHours, setWorkingHours } from '../../db/stores/shape/working-hours.ts'
import { startSystem, type System, until } from '../support/system.ts'
import { begin, POLICY } from './begin.ts'

let system: System
beforeAll(async () => {
  system = await startSystem({ policy: POLICY })
  await system.startFlow()
  await system.startWorkers()
})
afterAll(() => system.close())

test('an approval is escalated in the hours set, not in the usual ones', async () => {
  // Sundays from six to seven in the morning: no instant of the usual hours is one of these.
  const hours = { workingDays: [7], from: '06:00', to: '07:00', daysOff: [] }
  await system.db.tx(async tx => setWorkingHours(tx, await lockedWorkingHours(tx, null), hours, 'test'))
  const { runId } = await begin(
    system,
    `  - { id: t, propose: set_lead_status, with: { status: nurture }, approve: { by: owner, escalate: { to: manager, after: 1 working hour } } }`,
  )
  const given = await until('the proposal', async () => {
    const rows = await system.db.rows('select commands from run_state where run_id = $1 order by seq', [runId])
    const text = JSON.stringify(rows)
    return text.includes('escalateAt') && text
  })
  const [, at = ''] = /"escalateAt":"([^"]+)"/.exec(given) ?? []
  const instant = new Date(at)
  expect([instant.getUTCDay(), instant.getUTCHours(), instant.getUTCMinutes()]).toEqual([0, 6, 0])
})
