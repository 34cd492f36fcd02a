import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { expect, onTestFinished, test } from 'vitest'
import { startTemporal } from '../../scripts/services/temporal.ts'
import type { Temporal, TemporalOptions } from '../../scripts/services/temporal.ts'
import { temporaryFolder } from './helpers.ts'

async function temporalIn(folder: string, said: string[], more: Partial<TemporalOptions> = {}): Promise<Temporal> {
  const temporal = await startTemporal({
    folder: path.join(folder, 'temporal'),
    logFile: path.join(folder, 'temporal.log'),
    headless: true,
    say: line => said.push(line),
    ...more,
  })
  onTestFinished(() => temporal.stop())
  return temporal
}

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address })
  try {
    return await work(new Client({ connection }))
  } finally {
    await connection.close()
  }
}

test('killed at once, it comes back on its port and still knows the work', async () => {
  const folder = temporaryFolder()
  const first = await temporalIn(folder, [])
  await withClient(first.address, client =>
    client.workflow.start('anything', { taskQueue: 'nobody', workflowId: 'kept' }),
  )
  process.kill(first.identity.pid, 'SIGKILL')
  await first.exited
  const again = await temporalIn(folder, [], { port: first.port, strictPort: true })
  expect(again.address).toBe(first.address)
  const status = await withClient(again.address, client => client.workflow.getHandle('kept').describe())
  expect(status.status.name).toBe('RUNNING')
})

test('a server that an earlier start left running is stopped first: two never share one file', async () => {
  const folder = temporaryFolder()
  const orphan = await temporalIn(folder, [])
  const said: string[] = []
  await temporalIn(folder, said)
  expect(said).toContain('stopping a Temporal server that an earlier start left running')
  expect(await orphan.exited).toBeDefined()
})

test('a damaged file is kept aside and said; the server starts with a new one', async () => {
  const folder = temporaryFolder()
  const first = await temporalIn(folder, [])
  await first.stop()
  writeFileSync(path.join(folder, 'temporal', 'temporal.db'), 'no database at all')
  const said: string[] = []
  await temporalIn(folder, said)
  expect(said.join('\n')).toMatch(/damaged; it is kept as .*temporal\.db\.broken-/)
  expect(readdirSync(path.join(folder, 'temporal')).some(name => name.startsWith('temporal.db.broken-'))).toBe(true)
})
