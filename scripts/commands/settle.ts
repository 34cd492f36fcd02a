import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import type { ShownAction } from '../lib/actions.ts'
import { answer } from '../output.ts'

interface Options {
  sent?: boolean
  notSent?: boolean
  why?: string
  as?: string
}

export function command(program: Command): void {
  program
    .command('settle')
    .description('say what became of a mail of which it is not known whether it left')
    .argument('<id>', 'of the action, or its beginning')
    .option('--sent', 'you found it in the Sent folder, or they have it')
    .option('--not-sent', 'it is certain that it did not leave')
    .option('--why <reason>', 'how you know')
    .option('--as <email>', 'who says so; else the first admin or manager')
    .addHelpText('after', '\nExample: dealwright settle 3f2a9c01 --sent --why "it is in the Sent folder"')
    .action(async (id: string, options: Options, self: Command) => {
      if (Boolean(options.sent) === Boolean(options.notSent))
        throw new DealwrightError('bad_input', 'Say either --sent or --not-sent.')
      const { decided } = await import('../lib/actions.ts')
      const { serverCall } = await import('../lib/server-call.ts')
      const { openAction } = await import('../lib/open-action.ts')
      const { id: whole } = await openAction(id)
      const done = await serverCall<ShownAction>(`/api/actions/${whole}/settle`, {
        as: options.as,
        body: { sent: options.sent === true, ...(options.why === undefined ? {} : { why: options.why }) },
      })
      await answer(self, done, () => decided(done))
    })
}
