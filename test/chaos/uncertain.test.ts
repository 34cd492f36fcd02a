/** A worker killed after the mail server took a mail and before it said so: nobody knows, so it is asked for, and nothing is sent again. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { untilSettled } from '../../scripts/world/settled.ts'
import { until } from '../support/system.ts'
import { broken, duplicates, runsOf } from './checks.ts'
import { startInstallation, type Installation } from './installation.ts'
import { createRandom } from '../world/random.ts'
import { kill } from './victims.ts'

const PATIENCE_MS = 120_000
const LIMIT_MS = 400_000

let place: Installation
let slow = true

beforeAll(async () => {
  // Longer than a new worker needs to look after what the lost one left.
  const mail = { confirmAfterMs: () => (slow ? 90_000 : 0) }
  place = await startInstallation({ seed: 'uncertain', leads: 3, mail, say: () => {} })
}, LIMIT_MS)
afterAll(() => place.stop(), LIMIT_MS)

test(
  'it is listed as uncertain, sent once, and the run goes on when a person has said what became of it',
  async () => {
    const { db, sample, up, keys } = place
    await place.feed(sample.world.leads)
    const first = await until('a mail is on its way', async () => sample.mail.received[0], PATIENCE_MS)
    slow = false
    await kill('worker', () => place.parts(), createRandom('uncertain'))

    const manager = keys.get(sample.world.users.find(user => user.role === 'manager')?.id ?? '')
    const headers = { authorization: `Bearer ${manager}`, 'content-type': 'application/json' }
    const listed = async () => {
      const response = await fetch(`${up.serverUrl}/api/actions?status=uncertain`, { headers })
      return ((await response.json()) as { items: { id: string }[] }).items
    }
    const [uncertain] = await until(
      'it is listed',
      async () => {
        const list = await listed()
        return list.length > 0 ? list : null
      },
      PATIENCE_MS,
    )
    const action = await db.row<{ messageId: string; runId: string }>(
      `select content->>'messageId' as message_id, run_id from action where id = $1`,
      [uncertain?.id],
    )
    expect(action?.messageId).toBe(first.messageId)
    const { runs } = await runsOf(db)
    expect(runs.onUncertain).toBeGreaterThan(0)

    for (const { id } of await listed()) {
      const body = JSON.stringify({ sent: true })
      const answer = await fetch(`${up.serverUrl}/api/actions/${id}/settle`, { method: 'POST', headers, body })
      expect(answer.status).toBe(200)
    }
    const busy = async () => {
      await sample.mail.idle()
      return false
    }
    expect(await untilSettled(db, { limitMs: PATIENCE_MS, busy })).toBe(true)
    expect(sample.mail.duplicates()).toEqual([])
    expect(
      sample.mail.received.filter(mail => mail.to === first.to && mail.messageId === first.messageId),
    ).toHaveLength(1)
    expect(await broken(db, sample.mail)).toEqual([])
    expect(await duplicates(db)).toEqual({})
    expect((await runsOf(db)).stuck).toEqual([])
  },
  LIMIT_MS,
)
