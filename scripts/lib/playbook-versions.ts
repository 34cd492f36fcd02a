/** A playbook's versions, what differs between two, taking one back, pausing it. */
import type { Command } from 'commander'
import type { PlaybookState } from '../../db/stores/playbook-versions.ts'
import type { Tx } from '../../db/sql.ts'
import { answer } from '../output.ts'
import { textDiff, versionNumber, versionTable } from './versions.ts'
import { withDatabase } from './with-database.ts'

interface Options {
  as?: string
}

const AS = ['--as <email>', 'who says so: ops or admin'] as const
const stores = () => import('../../db/stores/playbook-versions.ts')

export function addVersions(playbook: Command): void {
  playbook
    .command('versions')
    .description('what was published of a playbook, newest first, and which is in force')
    .argument('<name>', 'of the playbook')
    .addHelpText('after', '\nExample: dealwright playbook versions inbound-lead')
    .action(async (name: string, _options: unknown, self: Command) => {
      const { versionsOf } = await stores()
      const rows = await withDatabase('playbook versions', ({ db }) => versionsOf(db, name))
      await answer(self, rows, () => versionTable(rows))
    })
  playbook
    .command('diff')
    .description('what one version says otherwise than another, or than the one in force')
    .argument('<name>', 'of the playbook')
    .argument('<from>', 'a version such as 3')
    .argument('[to]', 'a version; else the one in force')
    .addHelpText('after', '\nExample: dealwright playbook diff inbound-lead 1')
    .action(diff)
  playbook
    .command('rollback')
    .description('put an earlier version in force again; runs that have begun stay on theirs')
    .argument('<name>', 'of the playbook')
    .argument('[version]', 'which; else the one before')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright playbook rollback inbound-lead 3')
    .action((name: string, version: string | undefined, options: Options, self: Command) =>
      change(name, options, self, async (tx, now, by) =>
        (await stores()).rollBack(tx, name, version === undefined ? now.version - 1 : versionNumber(version), by),
      ),
    )
  for (const [word, description, paused] of [
    ['pause', 'let a playbook start nothing more; runs that have begun go on', true],
    ['resume', 'let a paused playbook start again', false],
  ] as const)
    playbook
      .command(word)
      .description(description)
      .argument('<name>', 'of the playbook')
      .option(...AS)
      .addHelpText('after', `\nExample: dealwright playbook ${word} inbound-lead`)
      .action((name: string, options: Options, self: Command) =>
        change(name, options, self, async (tx, _now, by) => (await stores()).setPaused(tx, name, paused, by)),
      )
}

async function diff(name: string, from: string, to: string | undefined, _options: unknown, self: Command) {
  const { playbookNamed, versionText } = await stores()
  const found = await withDatabase('playbook diff', async ({ db }) => {
    const until = to === undefined ? (await playbookNamed(db, name)).version : versionNumber(to)
    return textDiff(name, await versionText(db, name, versionNumber(from)), await versionText(db, name, until))
  })
  await answer(self, found, () => found.diff.trimEnd() || 'They say the same.')
}

async function change(
  name: string,
  { as }: Options,
  self: Command,
  how: (tx: Tx, now: PlaybookState, by: string) => Promise<PlaybookState>,
): Promise<void> {
  const { playbookNamed } = await stores()
  const { publisher } = await import('./by.ts')
  const after = await withDatabase(`playbook ${self.name()}`, async ({ db }) => {
    const by = await publisher(db, as)
    return db.tx(async tx => {
      await tx.run('select 1 from playbook where name = $1 for update', [name])
      return how(tx, await playbookNamed(tx, name), by)
    })
  })
  await answer(self, after, () =>
    after.pausedAt === null
      ? `${name}: version ${after.version} is in force.`
      : `${name}: version ${after.version} is paused and starts nothing.`,
  )
}
