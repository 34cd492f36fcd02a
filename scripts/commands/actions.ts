import { type Command, Option } from 'commander'
import type { ShownAction } from '../lib/actions.ts'
import { limit } from '../lib/limit.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { moment, shortId, withoutAddress } from '../lib/words.ts'
import { answer } from '../output.ts'

const STATUSES = [
  'proposed',
  'allowed',
  'waiting',
  'approved',
  'refused',
  'expired',
  'superseded',
  'claimed',
  'done',
  'failed',
  'uncertain',
]

interface Options {
  status?: string
  limit: number
}

export function command(program: Command): void {
  program
    .command('actions')
    .description('what agents proposed, newest first, and what became of it')
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--limit <n>', 'how many at most', limit, 50)
    .addHelpText('after', '\nExample: dealwright actions --status waiting\nOne of them whole: dealwright action ID')
    .action(async (options: Options, self: Command) => {
      const { listActions } = await import('../../db/stores/actions.ts')
      const { showAction } = await import('../../server/show.ts')
      const { INSTALLATION } = await import('../../domain/access/viewer.ts')
      const { items } = await withDatabase('actions', ({ db }) => listActions(db, INSTALLATION, options))
      const actions: ShownAction[] = items.map(showAction)
      await answer(self, actions, () => human(actions, options.status))
    })
}

function human(actions: readonly ShownAction[], status: string | undefined): string {
  if (actions.length === 0) return status === undefined ? 'Nothing was proposed yet.' : `No action is ${status}.`
  return table<ShownAction>(
    [
      { head: 'ACTION', get: row => shortId(row.id) },
      { head: 'STATUS', get: row => row.status },
      { head: 'KIND', get: row => row.kind.replaceAll('_', ' ') },
      { head: 'WHAT', get: row => withoutAddress(row.summary), shrinkTo: 20 },
      { head: 'BY', get: row => row.by },
      { head: 'OWNER', get: row => row.owner, shrinkTo: 8 },
      { head: 'EXPIRES', get: row => (row.status === 'waiting' ? moment(row.expiresAt) : null) },
      { head: 'FAILURE', get: row => row.failure, shrinkTo: 12 },
    ],
    actions,
  )
}
