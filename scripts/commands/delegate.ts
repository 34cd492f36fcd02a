import type { Command } from 'commander'
import { shortId } from '../lib/words.ts'
import { withDatabase } from '../lib/with-database.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  program
    .command('delegate')
    .description('hand the decision about an action to somebody whose word is enough for it')
    .argument('<id>', 'of the action, or its beginning')
    .argument('<email>', 'whom to')
    .option('--as <email>', 'who hands it on; else the first admin or manager')
    .addHelpText('after', '\nExample: dealwright delegate 3f2a9c01 mo@acme.example --as ann@acme.example')
    .action(async (id: string, email: string, options: { as?: string }, self: Command) => {
      const { openAction } = await import('../lib/open-action.ts')
      const { serverCall } = await import('../lib/server-call.ts')
      const { knownUser } = await import('../lib/acting.ts')
      const { id: whole } = await openAction(id)
      const to = await withDatabase('delegate', ({ db }) => knownUser(db, email))
      await serverCall<{ to: string }>(`/api/actions/${whole}/delegate`, { as: options.as, body: { to: to.id } })
      await answer(
        self,
        { action: whole, to: to.id },
        () => `${to.name} may decide ${shortId(whole)} now, and so may you.`,
      )
    })
}
