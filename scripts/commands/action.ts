import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import { terminalWidth } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  program
    .command('action')
    .description('one proposed action whole: its text, what it rests on, and how to decide it')
    .argument('<id>', 'of the action, or its beginning')
    .option('--message', 'of a mail, print subject and text alone, to be edited')
    .addHelpText('after', '\nExample: dealwright action 3f2a9c01')
    .action(async (id: string, options: { message?: boolean }, self: Command) => {
      const { describe, messageText, wholeAction } = await import('../lib/actions.ts')
      const { findId } = await import('../lib/find.ts')
      const action = await withDatabase('action', async ({ db }) => wholeAction(db, await findId(db, 'action', id)))
      const message = messageText(action)
      if (options.message && message === null)
        throw new DealwrightError('bad_input', `Action ${id} is a ${action.kind}: it has no message.`)
      await answer(self, options.message ? action.content : action, () =>
        options.message ? (message ?? '') : describe(action, terminalWidth()),
      )
    })
}
