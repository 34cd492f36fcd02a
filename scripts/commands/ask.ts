import type { Command } from 'commander'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  program
    .command('ask')
    .description('ask whoever made an action, or its owner, a question before you decide; it goes on waiting')
    .argument('<id>', 'of the action, or its beginning')
    .argument('<question>', 'what you want to know')
    .option('--as <email>', 'who decides and asks; else the first admin or manager')
    .addHelpText('after', '\nExample: dealwright ask 3f2a9c01 "Did they ask for the discount?" --as mo@acme.example')
    .action(async (id: string, question: string, options: { as?: string }, self: Command) => {
      const { openAction } = await import('../lib/open-action.ts')
      const { serverCall } = await import('../lib/server-call.ts')
      const { id: whole } = await openAction(id)
      const asked = await serverCall<{ question: string }>(`/api/actions/${whole}/ask`, {
        as: options.as,
        body: { question },
      })
      await answer(self, { action: whole, ...asked }, () =>
        [`Asked (${shortId(asked.question)}).`, `The answer will stand in: dealwright action ${shortId(whole)}`].join(
          '\n',
        ),
      )
    })
}
