import { type Command, Option } from 'commander'
import type { UndoOptions } from '../lib/undo.ts'
import { withDatabase } from '../lib/with-database.ts'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

const STATUSES = ['running', 'waiting', 'paused', 'completed', 'cancelled']

const WORDS = {
  resume: 'try the step again at which a run stopped',
  skip: 'go on behind the step at which a run stopped',
  cancel: 'end a run; what it proposed and nobody decided is withdrawn',
} as const

export function command(program: Command): void {
  const run = program
    .command('run')
    .description('the playbooks at work: look at runs, steer them, take back what one changed')
  run
    .command('list')
    .description('the runs, those that need a person first')
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .addHelpText('after', '\nExample: dealwright run list --status paused')
    .action(async (options: { status?: string }, self: Command) => {
      const { INSTALLATION } = await import('../../domain/access/viewer.ts')
      const { listRuns } = await import('../../server/runs.ts')
      const { describeRuns } = await import('../lib/runs.ts')
      const { items: runs } = await withDatabase('run list', ({ db }) =>
        listRuns(db, INSTALLATION, { ...options, limit: 200 }),
      )
      await answer(self, runs, () =>
        runs.length === 0 && options.status !== undefined ? `No run is ${options.status}.` : describeRuns(runs),
      )
    })
  run
    .command('show')
    .description('one run: its steps, what they gave, what it proposed')
    .argument('<id>', 'of the run, or its beginning')
    .addHelpText('after', '\nExample: dealwright run show 8c1f02aa')
    .action(async (id: string, _options: unknown, self: Command) => {
      const { findId } = await import('../lib/find.ts')
      const { showRun } = await import('../../server/runs.ts')
      const { describeRun } = await import('../lib/runs.ts')
      const shown = await withDatabase('run show', async ({ db }) => showRun(db, await findId(db, 'run', id)))
      await answer(self, shown, () => describeRun(shown))
    })
  for (const [word, description] of Object.entries(WORDS)) steer(run, word, description)
  run
    .command('undo')
    .description('take back what a run changed, sparing what people edited since; a mail that left stays sent')
    .argument('<id>', 'of the run, or its beginning')
    .option('--preview', 'only say what would be taken back', false)
    .option('--as <email>', 'who; else the first admin or manager')
    .addHelpText('after', '\nExample: dealwright run undo 8c1f02aa --preview')
    .action(async (id: string, options: UndoOptions, self: Command) => {
      const { undoBy } = await import('../lib/undo.ts')
      await undoBy('runs', await openRun(id), options, self)
    })
}

function steer(run: Command, word: string, description: string): void {
  run
    .command(word)
    .description(description)
    .argument('<id>', 'of the run, or its beginning')
    .option('--why <reason>', 'kept with the run')
    .option('--as <email>', 'who; else the first admin or manager')
    .addHelpText('after', `\nExample: dealwright run ${word} 8c1f02aa`)
    .action(async (id: string, options: { why?: string; as?: string }, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const whole = await openRun(id)
      const done = await serverCall<{ id: string; sent: string }>(`/api/runs/${whole}/${word}`, {
        as: options.as,
        body: { why: options.why ?? '' },
      })
      await answer(
        self,
        done,
        () => `${word} is on its way to run ${shortId(whole)}. See it with: dealwright run show ${shortId(whole)}`,
      )
    })
}

async function openRun(id: string): Promise<string> {
  const { findId } = await import('../lib/find.ts')
  const { requireServer } = await import('../lib/server-call.ts')
  await requireServer()
  return withDatabase('run', ({ db }) => findId(db, 'run', id))
}
