/** Runs that began on earlier workflow code go on with today's: every recorded history is replayed. See README.md beside this file. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker'
import { beforeAll, expect, test } from 'vitest'
import { bundleWorkflows } from '../../scripts/processes/temporal-workers.ts'

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
})

const files = readdirSync(import.meta.dirname).filter(name => name.endsWith('.json'))
let code: string

beforeAll(async () => {
  code = await bundleWorkflows()
}, 60_000)

const historyIn = (file: string): unknown => JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8'))

async function replay(history: unknown, workflowId = 'run/replayed', bundle = code): Promise<string> {
  try {
    await Worker.runReplayHistory(
      { workflowBundle: { code: bundle }, replayName: 'replay' },
      historyFromJSON(history),
      workflowId,
    )
    return 'replayed'
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown'
  }
}

test('there is a history of each kind of end: answered, waiting, stopped, parked, a reply, a reading', () => {
  const kinds = files.map(file => file.split('.')[0])
  for (const kind of [
    'inbound-lead-answered',
    'inbound-lead-waiting',
    'inbound-lead-stopped',
    'inbound-lead-not-a-fit',
    'reply-received-answered',
    'reply-received-closed',
    'intake',
  ]) {
    expect(kinds).toContain(kind)
  }
})

test.each(files)('%s', async file => {
  expect(await replay(historyIn(file))).toBe('replayed')
})

test('a workflow that does its work in another order is caught', async () => {
  const changed = code.replaceAll('.openRun({', '.stepFailed({')
  expect(changed).not.toBe(code)
  const file = files.find(name => name.startsWith('inbound-lead-answered')) ?? ''
  expect(await replay(historyIn(file), 'run/changed', changed)).toBe('DeterminismViolationError')
})

/** Addresses and names lie in the database: a history holds ids, codes and instants. */
test.each(files)('%s holds nothing of anybody', file => {
  const text = JSON.stringify(historyIn(file))
  const payloads = [...text.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('utf8'),
  )
  for (const held of [text, ...payloads]) expect(held).not.toMatch(/[\w.+-]+@[\w-]+\.[a-z]{2,}/i)
})
