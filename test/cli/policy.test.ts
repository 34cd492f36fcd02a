/** The commands of policy, stop switch and never-contact list do what the API does. */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCli, type Cli } from './cli.ts'
import { type CliWorld, startCliWorld } from './world.ts'

let world: CliWorld
let cli: Cli

beforeAll(async () => {
  world = await startCliWorld()
  cli = makeCli(world.database, { DEALWRIGHT_PORT: String(world.port) })
})
afterAll(async () => {
  cli.close()
  await world.close()
})

function fileOf(text: string): string {
  const file = path.join(tmpdir(), `policy-${process.pid}-${Math.random()}.yaml`)
  writeFileSync(file, text)
  return file
}

const run = (...words: string[]) => cli.run(...words, '--json')

test('a policy is checked with every place, tried on past actions, published, compared, and taken back', async () => {
  const { id } = await world.waiting('policy-try')
  const broken = await run(
    'policy',
    'check',
    fileOf('policy: 1\nrules:\n  - { name: a, actions: [set_led_status], decide: ask }\n'),
  )
  expect([broken.exit, broken.json()]).toMatchObject([1, { ok: false, problems: [{ line: 3, column: 26 }] }])

  const strict = fileOf('policy: 1\nrules:\n  - { name: nothing goes, decide: refuse }\n')
  const tried = await run('policy', 'try', strict)
  expect(tried.json()).toMatchObject({
    actions: 1,
    changed: [{ id, was: 'ask owner', would: 'refuse', rule: 'nothing goes' }],
  })
  expect((await run('policy', 'try', strict, '--since', '2999-01-01')).json()).toEqual({ actions: 0, changed: [] })
  expect((await run('policy', 'try', strict, '--since', 'soon')).exit).toBe(2)

  const before = (await run('policy', 'show')).json() as { version: number; text: string }
  expect((await run('policy', 'publish', strict)).json()).toMatchObject({ version: before.version + 1, made: true })
  const { changes } = (await run('policy', 'diff', String(before.version))).json() as {
    changes: { name: string; change: string }[]
  }
  expect(changes).toContainEqual(expect.objectContaining({ name: 'nothing goes', change: 'added' }))
  expect((await run('policy', 'describe')).json()).toMatchObject({
    rules: [{ words: 'for every action: it is refused.' }],
  })
  expect((await run('policy', 'rollback')).json()).toMatchObject({ version: before.version + 2, from: before.version })
  expect((await run('policy', 'show')).json()).toMatchObject({ text: before.text })
})

test('the switch is engaged, seen and released by command', async () => {
  const engaged = (await run('stop', 'engage', 'organisation', '--why', 'a drill')).json() as { id: string }
  expect((await run('stop', 'status')).json()).toMatchObject({
    engaged: [{ id: engaged.id, reason: 'a drill' }],
    held: [],
  })
  const human = await cli.run('stop', 'status')
  expect(human.stdout).toContain('the whole organisation')
  expect((await run('stop', 'release', 'ffffffff', '--why', 'x')).json()).toMatchObject({
    error: { code: 'not_found' },
  })
  expect((await run('stop', 'release', engaged.id.slice(0, 8), '--why', 'over')).exit).toBe(0)
  expect((await run('stop', 'status')).json()).toMatchObject({ engaged: [] })
  expect((await run('stop', 'engage', 'team', 'Nobody', '--why', 'x')).json()).toMatchObject({
    error: { code: 'not_found' },
  })
})

test('the never-contact list is kept by command', async () => {
  const added = (await run('suppress', 'add', '*.rival.example', '--why', 'a competitor')).json() as {
    entry: { id: string }
  }
  expect(added).toMatchObject({ made: true, entry: { kind: 'domain', value: '*.rival.example' } })
  await run('suppress', 'add', 'Ann@acme.example', '--why', 'a friend')
  expect((await run('suppress', 'list')).json()).toHaveLength(2)
  expect((await run('suppress', 'remove', added.entry.id, '--why', 'bought them')).exit).toBe(0)
  expect((await run('suppress', 'list')).json()).toMatchObject([{ kind: 'address', value: 'ann@acme.example' }])
  expect((await run('suppress', 'list', '--all')).json()).toHaveLength(2)
})
