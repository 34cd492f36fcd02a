import type { Command } from 'commander'
import type { TeamChange, TeamRow } from '../../db/stores/users.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { answer } from '../output.ts'

interface Options {
  name?: string
  manager?: string
  as?: string
}

const AS = ['--as <email>', 'the admin who says so'] as const

export function command(program: Command): void {
  const team = program.command('team').description('teams, each with whoever leads it')
  team
    .command('add')
    .description('make a team')
    .argument('<name>', 'of the team')
    .option('--manager <email>', 'who leads it')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright team add North --manager mo@acme.example')
    .action(add)
  team
    .command('change')
    .description('rename a team, or say who leads it')
    .argument('<team>', 'its name now')
    .option('--name <name>', 'its new name')
    .option('--manager <email>', 'who leads it; none: nobody')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright team change North --manager mo@acme.example')
    .action(change)
  team.command('list').description('all teams').addHelpText('after', '\nExample: dealwright team list').action(list)
}

async function add(name: string, options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { actingAdmin, knownUser } = await import('../lib/acting.ts')
  const { addTeam } = await import('../../db/stores/users.ts')
  await withDatabase('team add', async ({ db }) => {
    const by = await actingAdmin(db, options.as)
    const managerId = options.manager === undefined ? null : (await knownUser(db, options.manager)).id
    const made = await db.tx(tx => addTeam(tx, { name, managerId }, by))
    await answer(self, made, () => inWords(made))
  })
}

async function change(name: string, options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { actingAdmin, knownUser } = await import('../lib/acting.ts')
  const { changeTeam, listTeams, lockedTeam } = await import('../../db/stores/users.ts')
  await withDatabase('team change', async ({ db }) => {
    const by = await actingAdmin(db, options.as)
    const found = (await listTeams(db)).find(one => one.name === name)
    if (!found) throw new DealwrightError('not_found', `There is no team ${name}: see dealwright team list`)
    const to: TeamChange = { name: options.name }
    if (options.manager !== undefined)
      to.managerId = options.manager === 'none' ? null : (await knownUser(db, options.manager)).id
    const after = await db.tx(async tx => changeTeam(tx, await lockedTeam(tx, found.id), to, by))
    await answer(self, after, () => inWords(after))
  })
}

async function list(_options: unknown, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listTeams } = await import('../../db/stores/users.ts')
  const { table } = await import('../lib/table.ts')
  const items = await withDatabase('team list', ({ db }) => listTeams(db))
  await answer(self, { items }, () =>
    items.length === 0
      ? 'No team yet, so everybody sees everybody’s records: dealwright team add NAME'
      : table<TeamRow>(
          [
            { head: 'TEAM', get: row => row.name, shrinkTo: 12 },
            { head: 'LED BY', get: row => row.manager, shrinkTo: 12 },
            { head: 'PEOPLE', get: row => row.members, right: true },
          ],
          items,
        ),
  )
}

const inWords = ({ name, manager }: TeamRow): string => `Team ${name}, led by ${manager ?? 'nobody'}.`
