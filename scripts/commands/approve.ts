import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import type { ShownAction } from '../lib/actions.ts'
import { answer } from '../output.ts'

interface Options {
  hash?: string
  as?: string
  edit?: string
}

export function command(program: Command): void {
  program
    .command('approve')
    .description('let an action happen, exactly as it is; with --edit a mail as you changed it')
    .argument('<id>', 'of the action, or its beginning')
    .option('--hash <hash>', 'of what you looked at, or its first 8 digits: refused if it is another by now')
    .option('--as <email>', 'who decides; else the first admin or manager')
    .option('--edit <file>', 'the mail as you want it: "Subject: …", an empty line, the text (or the text alone)')
    .addHelpText('after', '\nExample: dealwright approve 3f2a9c01 --hash 9b1c2d3e4f50 --as rep@company.example')
    .action(async (id: string, options: Options, self: Command) => {
      const { decided } = await import('../lib/actions.ts')
      const { parseMailEdit } = await import('../lib/mail-edit.ts')
      const { readText } = await import('../lib/read-file.ts')
      const { serverCall } = await import('../lib/server-call.ts')
      const { openAction } = await import('../lib/open-action.ts')
      const edit = options.edit === undefined ? undefined : parseMailEdit(await readText(options.edit), options.edit)
      const { id: whole, hash } = await openAction(id, options.hash)
      const done = await serverCall<ShownAction>(`/api/actions/${whole}/approve`, {
        as: options.as,
        body: { ...(hash === undefined ? {} : { hash }), ...(edit === undefined ? {} : { edit }) },
      })
      await answer(self, done, () => decided(done))
      if (done.status === 'expired')
        throw new DealwrightError('action_not_open', `Action ${id} had expired: nothing leaves.`)
    })
}
