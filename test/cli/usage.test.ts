/** Every command: help with an example, one JSON document, exit 2 and one line for wrong use, no stack traces. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { PROJECT } from '../../scripts/home.ts'
import { makeCli } from './cli.ts'

/** Nothing in here reaches a database. */
const nowhere = 'postgresql://nobody@127.0.0.1:1/none'
const cli = makeCli({ adminUrl: nowhere, serverUrl: nowhere, workerUrl: nowhere })
afterAll(() => cli.close())

/** Of other hands: their help has no example. */
const WITHOUT_EXAMPLE = new Set(['demo', 'import', 'migrate', 'server', 'up', 'worker'])
const COMMANDS = readdirSync(path.join(PROJECT, 'scripts', 'commands')).map(name => name.replace(/\.ts$/, ''))

/** A command, or each word of one that has several. */
const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves)

const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()

function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: part => (text += part) })
  command.outputHelp()
  return text
}

describe('help', () => {
  const all = COMMANDS.filter(name => !WITHOUT_EXAMPLE.has(name))
  it.each(all)('of %s, and of each of its words, shows an example', async name => {
    const program = new Command()
    const loaded = (await import(`../../scripts/commands/${name}.ts`)) as { command: (program: Command) => void }
    loaded.command(program)
    const words = leaves(program.commands[0] as Command)
    for (const one of words) expect(helpOf(one)).toContain(`Example: dealwright ${nameOf(one)}`)
    const ran = await cli.run(...nameOf(words.at(-1) as Command).split(' '), '--help')
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
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
