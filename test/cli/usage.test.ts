/** Every command: help with an example, one JSON document, exit 2 and one line for wrong use, no stack traces. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PROJECT } from '../../scripts/home.ts'
import { makeCli } from './cli.ts'

/** Nothing in here reaches a database. */
const nowhere = 'postgresql://nobody@127.0.0.1:1/none'
const cli = makeCli({ adminUrl: nowhere, serverUrl: nowhere, workerUrl: nowhere })
afterAll(() => cli.close())

/** Words of commands that have several. */
const WORDS: Record<string, string[]> = {
  field: ['list', 'add', 'change'],
  hours: ['show', 'set', 'reset'],
  pipeline: ['list', 'add', 'change', 'add-stage', 'change-stage', 'archive-stage'],
  product: ['list', 'add', 'change', 'price-lists', 'add-price-list', 'change-price-list', 'price'],
  absence: ['add', 'list', 'end'],
  autonomy: ['list', 'lessons', 'grant', 'withdraw'],
  form: ['list', 'add', 'change'],
  me: ['show', 'set'],
  playbook: ['check', 'publish', 'list', 'versions', 'diff', 'rollback', 'pause', 'resume'],
  record: ['show', 'add', 'set', 'history'],
  suggestion: ['list', 'accept', 'refuse'],
  terms: ['show', 'set'],
  run: ['list', 'show', 'resume', 'skip', 'cancel', 'undo'],
  undo: ['action', 'field'],
  privacy: ['export', 'erase', 'receipts', 'basis', 'settings', 'retention', 'sweep', 'hold', 'release', 'holds'],
  invite: ['make', 'list', 'revoke'],
  key: ['create', 'list', 'revoke'],
  knowledge: ['load', 'list'],
  policy: ['check', 'publish', 'show', 'versions', 'describe', 'try', 'diff', 'rollback'],
  stop: ['engage', 'release', 'status'],
  suppress: ['add', 'list', 'remove'],
  scoring: ['check', 'publish', 'show', 'versions', 'diff', 'rollback', 'try'],
  team: ['add', 'change', 'list'],
  user: ['add', 'list', 'change', 'deactivate', 'reactivate', 'approvers'],
  webhook: ['list', 'add', 'remove', 'on', 'off', 'secret', 'test', 'deliveries'],
  territories: ['check', 'publish', 'show', 'versions', 'diff', 'rollback', 'try'],
}
/** Of other hands: their help has no example. */
const WITHOUT_EXAMPLE = new Set(['demo', 'import', 'migrate', 'server', 'up', 'worker'])
const COMMANDS = readdirSync(path.join(PROJECT, 'scripts', 'commands')).map(name => name.replace(/\.ts$/, ''))

describe('help', () => {
  const all = COMMANDS.filter(name => !WITHOUT_EXAMPLE.has(name))
  it.each(
    all.flatMap(name => WORDS[name]?.map(word => `${name} ${word}`) ?? [name]),
  )('of %s shows an example', async words => {
    const ran = await cli.run(...words.split(' '), '--help')
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
    expect(ran.stdout).toContain(`Example: dealwright ${words}`)
    expect(ran.stdout).toContain('--json')
  })
})

describe('wrong use', () => {
  it.each([
    'nonsense',
    'leads --limit many',
    'actions --status lost',
    'brief',
    'refuse abcd1234',
    'settle abcd1234 --sent --not-sent',
    'playbook check /nowhere/x.yaml',
    'evidence --sets secret',
    'approve',
    'approve abcd1234 --class send_mail',
    'approve --class send_mail --hash 9b1c2d3e',
    'refuse --these abcd1234:9b1c2d3e --why no',
    'terms set',
    'terms set --autonomy-level 1.5',
    'record set deal',
  ])('%s exits 2 with one line', async words => {
    const ran = await cli.run(...words.split(' '), '--json')
    expect(ran.exit).toBe(2)
    expect(ran.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } })
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    expect(ran.stderr).not.toMatch(/ at .*:\d+:\d+/)
  })

  it('says in one line that the database is away', async () => {
    const ran = await cli.run('leads', '--json')
    expect([ran.exit, ran.json()]).toMatchObject([1, { error: { code: 'unavailable' } }])
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
  })
})

it('measures the evidence check without a database', async () => {
  const ran = await cli.run('evidence', '--json')
  expect(ran.exit).toBe(0)
  expect(ran.json()).toMatchObject({
    open: { n: expect.any(Number), precision: expect.any(Number), recall: expect.any(Number) },
  })
})
