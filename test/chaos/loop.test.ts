/** The workflow loop over activities that do what a kill at a bad moment makes them do. Real Temporal, no database. */
import { Client, Connection } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { NativeConnection, type Worker } from '@temporalio/worker'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Occasion, Order, Turn } from '../../activities/advance.ts'
import { bundleWorkflows, workersOver } from '../../scripts/processes/temporal-workers.ts'
import { testTemporal } from '../support/temporal.ts'

const retry = { attempts: 2, firstMs: 100, factor: 1, maxMs: 100 }
const FRESH = { seq: 0, orders: [], retry, missed: [], fresh: true, ended: false }
const { address, namespace, queue } = testTemporal()
let bundle: string
let connection: NativeConnection
let client: Client

beforeAll(async () => {
  ;[bundle, connection, client] = await Promise.all([
    bundleWorkflows(),
    NativeConnection.connect({ address }),
    Connection.connect({ address }).then(connection => new Client({ connection, namespace })),
  ])
})
afterAll(async () => {
  await Promise.all([connection.close(), client.connection.close()])
})

/** Runs one playbookRun to its end over these activities; `meanwhile` happens once it has begun. */
async function runOver(activities: object, meanwhile: (workflowId: string) => Promise<void> = async () => {}) {
  const prefix = queue('loop')
  const workers: Worker[] = await workersOver({ connection, namespace, prefix, activities, bundle })
  const running = workers.map(worker => worker.run())
  try {
    const workflowId = `${prefix}/run`
    const handle = await client.workflow.start('playbookRun', {
      workflowId,
      taskQueue: `${prefix}-runs`,
      args: [{ runId: 'one' }],
    })
    await meanwhile(workflowId)
    await handle.result()
  } finally {
    for (const worker of workers) worker.shutdown()
    await Promise.all(running)
  }
}

test('an occasion that a stored turn has overtaken is taken in by the next turn', async () => {
  const asked: { seq: number; occasion: Occasion }[] = []
  const wait: Order = { type: 'wait', key: 'reply#1', until: new Date(Date.now() + 86_400_000).toISOString() }
  const advance = async (input: { seq: number; occasion: Occasion }): Promise<Turn> => {
    asked.push({ seq: input.seq, occasion: input.occasion })
    if (input.seq === 1) return { seq: 1, orders: [wait], retry }
    // Seq 2 was stored by a task that was lost before Temporal heard of it, and of another event than this one.
    if (input.seq === 2) return { seq: 2, orders: [], took: false, retry }
    return { seq: input.seq, orders: [{ type: 'end' }], retry }
  }
  await runOver({ openRun: async () => FRESH, advance }, async id => {
    await client.workflow.getHandle(id).signal('wake', 'second-event')
  })
  const happened = { type: 'happened', eventId: 'second-event' }
  expect(asked).toEqual([
    { seq: 1, occasion: { type: 'started' } },
    { seq: 2, occasion: happened },
    { seq: 3, occasion: happened },
  ])
})

test.each([
  'database_away',
  'disk_full',
])('%s uses up no try: no page is lost and no run is paused by it', async type => {
  const away = () => ApplicationFailure.create({ type, message: 'away' })
  let [fetches, extractions, paused] = [0, 0, 0]
  const occasions: Occasion[] = []
  await runOver({
    openRun: async () => FRESH,
    advance: async ({ seq, occasion }: { seq: number; occasion: Occasion }): Promise<Turn> => {
      occasions.push(occasion)
      if (seq > 1) return { seq, orders: [{ type: 'end' }], retry }
      return { seq, orders: [{ type: 'act', key: 'facts#1', kind: 'research', queue: 'procedure' }], retry }
    },
    beginResearch: async () => ({ homes: ['https://one.example/', 'http://one.example/'] }),
    fetchPage: async ({ url }: { url: string }) => {
      fetches += 1
      // The web queue gives a page three tries.
      if (fetches <= 4) throw away()
      return `source of ${url}`
    },
    planPages: async () => [],
    extractFacts: async () => {
      extractions += 1
      // The playbook above gives a step two tries.
      if (extractions <= 3) throw away()
    },
    stepFailed: async () => {
      paused += 1
    },
  })
  expect(occasions).toEqual([{ type: 'started' }, { type: 'completed', key: 'facts#1' }])
  // The fifth fetch was of the first address: the second was never needed.
  expect({ fetches, extractions, paused }).toEqual({ fetches: 5, extractions: 4, paused: 0 })
})
