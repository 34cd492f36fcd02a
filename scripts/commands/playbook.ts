import type { Command } from 'commander'
import type { PlaybookRow } from '../../db/stores/playbooks.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { addVersions } from '../lib/playbook-versions.ts'
import { describeProblems, mustBeClean } from '../lib/problems.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { moment } from '../lib/words.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  const playbook = program
    .command('playbook')
    .description(
      'what the agents do: check a playbook file, publish it, see what is in force, take it back or pause it',
    )
  playbook
    .command('check')
    .description('report every mistake of a playbook file, with line and column')
    .argument('<file>', 'YAML')
    .addHelpText('after', '\nExample: dealwright playbook check playbooks/inbound-lead.yaml')
    .action(async (file: string, _options: unknown, self: Command) => {
      const { problems, playbook } = await parsed(file)
      await answer(self, { ok: problems.length === 0, problems }, () =>
        playbook ? `${file}: playbook ${playbook.name} is in order.` : describeProblems(problems),
      )
      if (problems.length > 0) process.exitCode = 1
    })
  playbook
    .command('publish')
    .description('put a playbook in force; runs that have begun stay on the version they began with')
    .argument('<file>', 'YAML')
    .option('--as <email>', 'who publishes: ops or admin')
    .addHelpText('after', '\nExample: dealwright playbook publish playbooks/inbound-lead.yaml')
    .action(publish)
  playbook
    .command('list')
    .description('the playbooks in force and how their runs stand')
    .addHelpText('after', '\nExample: dealwright playbook list --json')
    .action(async (_options: unknown, self: Command) => {
      const { listPlaybooks } = await import('../../db/stores/playbooks.ts')
      const rows = await withDatabase('playbook list', ({ db }) => listPlaybooks(db))
      await answer(self, rows, () => list(rows))
    })
  addVersions(playbook)
}

async function parsed(file: string) {
  const { readText } = await import('../lib/read-file.ts')
  const { parsePlaybook } = await import('../../domain/playbook/parse.ts')
  const { catalogue } = await import('../../activities/registry.ts')
  const text = await readText(file)
  return { text, ...parsePlaybook(text, file, catalogue) }
}

async function publish(file: string, options: { as?: string }, self: Command): Promise<void> {
  const { text, playbook, problems } = await parsed(file)
  if (!playbook) {
    await answer(self, { ok: false, problems }, () => describeProblems(problems))
    mustBeClean(file, problems, 'playbook_invalid')
    throw new DealwrightError('playbook_invalid', `${file} holds no playbook: nothing was published.`)
  }
  const { publish } = await import('../../db/stores/playbooks.ts')
  const { publisher } = await import('../lib/by.ts')
  const done = await withDatabase('playbook publish', async ({ db }) => {
    const by = await publisher(db, options.as)
    return db.tx(tx => publish(tx, playbook, text, by))
  })
  await answer(self, { playbook: playbook.name, ...done }, () =>
    done.made
      ? `${playbook.name}: version ${done.version} is in force. Runs that have begun stay on theirs.`
      : `${playbook.name}: version ${done.version}, in force, has this very text.`,
  )
}

function list(rows: readonly PlaybookRow[]): string {
  if (rows.length === 0)
    return 'No playbook is published. Those that ship: dealwright playbook publish playbooks/inbound-lead.yaml'
  return table<PlaybookRow>(
    [
      { head: 'PLAYBOOK', get: row => row.name },
      { head: 'VERSION', get: row => row.version, right: true },
      { head: 'BEGINS ON', get: row => row.onEvent },
      { head: 'PUBLISHED', get: row => moment(row.publishedAt) },
      { head: 'RUNNING', get: row => row.running, right: true },
      { head: 'STOPPED', get: row => row.paused, right: true },
      { head: 'COMPLETED', get: row => row.completed, right: true },
      { head: 'NOTE', get: row => (row.pausedAt ? 'paused: starts nothing' : null) },
    ],
    rows,
  )
}
