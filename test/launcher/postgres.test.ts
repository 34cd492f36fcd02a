import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { isRunning, startMark } from '../../scripts/services/process.ts'
import { postgresIn, temporaryFolder, until, urlOf } from './helpers.ts'
import { killedStarter } from './killed-starter.ts'

async function query(port: number, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: urlOf(port) })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test('a half-made data folder is kept aside and a new one made; drafts of killed starts go away', async () => {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'postgres', 'base'), { recursive: true })
  writeFileSync(path.join(folder, 'postgres', 'PG_VERSION'), '18\n')
  mkdirSync(path.join(folder, 'postgres.draft-1'))
  const said: string[] = []
  const { port } = await postgresIn(folder, said)
  expect(await query(port, 'select 1 as one')).toEqual([{ one: 1 }])
  const left = readdirSync(folder).filter(name => name.startsWith('postgres.') && name !== 'postgres.log')
  expect(left).toHaveLength(1)
  expect(left[0]).toMatch(/^postgres\.unfinished-/)
  expect(said.join('\n')).toContain(left[0])
})

test('a pid file whose pid belongs to another program does not keep it from starting, and data survives', async () => {
  const folder = temporaryFolder()
  const first = await postgresIn(folder, [])
  await query(first.port, 'create table kept as select 42 as n')
  await first.stop()
  writeFileSync(
    path.join(folder, 'postgres', 'postmaster.pid'),
    `${process.pid}\n${folder}\n1\n5432\n\n127.0.0.1\n\nready\n`,
  )
  const again = await postgresIn(folder, [])
  expect(await query(again.port, 'select n from kept')).toEqual([{ n: 42 }])
  expect(await startMark(process.pid)).not.toBeNull() // the other program was left alone
})

test('a taken port is left to its owner, and said', async () => {
  const folder = temporaryFolder()
  const blocker = createServer()
  await new Promise<void>(resolve => {
    blocker.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void blocker.close())
  const taken = (blocker.address() as AddressInfo).port
  const said: string[] = []
  const { port } = await postgresIn(folder, said, { port: taken })
  expect(port).not.toBe(taken)
  expect(said.join('\n')).toContain(`port ${taken} is taken`)
  await expect(postgresIn(folder, [], { port: taken, strictPort: true })).rejects.toMatchObject({
    code: 'postgres_failed',
  })
})

test('killed at once, it comes back on its port with what was committed', async () => {
  const folder = temporaryFolder()
  const first = await postgresIn(folder, [], { disposable: false })
  await query(first.port, 'create table kept as select 42 as n')
  process.kill(first.identity.pid, 'SIGKILL')
  expect(await first.exited).toMatchObject({ signal: 'SIGKILL' })
  const again = await postgresIn(folder, [], { port: first.port, strictPort: true })
  expect(again.port).toBe(first.port)
  expect(await query(again.port, 'select n from kept')).toEqual([{ n: 42 }])
})

test('it does not outlive a starter that was killed', async () => {
  const folder = temporaryFolder()
  const orphan = await killedStarter(folder, { guard: true })
  await until('the orphan ends', async () => !(await isRunning(orphan)))
  expect(existsSync(path.join(folder, 'postgres', 'postmaster.pid'))).toBe(false) // it ended in order
})

test('an orphan that nothing stopped is stopped by the next start', async () => {
  const folder = temporaryFolder()
  const orphan = await killedStarter(folder, { guard: false })
  expect(await isRunning(orphan)).toBe(true)
  const said: string[] = []
  const { port } = await postgresIn(folder, said)
  expect(await isRunning(orphan)).toBe(false)
  expect(said).toContain('stopping a Postgres that an earlier start left running')
  expect(await query(port, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('what keeps it from starting is said in one line that names the log', async () => {
  const folder = temporaryFolder()
  const first = await postgresIn(folder, [])
  await first.stop()
  const conf = path.join(folder, 'postgres', 'postgresql.conf')
  writeFileSync(conf, `${readFileSync(conf, 'utf8')}\nno_such_setting = 1\n`)
  await expect(postgresIn(folder, [])).rejects.toThrow(/no_such_setting.*postgres\.log/)
})
