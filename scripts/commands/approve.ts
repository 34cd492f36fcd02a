import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import type { ShownAction } from '../lib/actions.ts'
import { answer } from '../output.ts'

interface Options {
  hash?: string
  as?: string
  edit?: string
  class?: string
  playbook?: string
  these?: string
}

export function command(program: Command): void {
  program
    .command('approve')
    .description('let an action happen, exactly as it is; with --edit a mail as you changed it')
    .argument('[id]', 'of the action, or its beginning')
    .option('--hash <hash>', 'of what you looked at, or its first 8 digits: refused if it is another by now')
    .option('--as <email>', 'who decides; else the first admin or manager')
    .option('--edit <file>', 'the mail as you want it: "Subject: …", an empty line, the text (or the text alone)')
    .option('--class <kind>', 'instead of one: what waits of this kind, such as send_mail, shown with the hash of each')
    .option('--playbook <name>', 'with --class: only of this playbook')
    .option('--these <list>', 'with --class: approve these, each as ID:HASH')
    .addHelpText(
      'after',
      '\nExample: dealwright approve 3f2a9c01 --hash 9b1c2d3e4f50 --as rep@company.example\nMany at once: dealwright approve --class send_mail --playbook inbound-lead',
    )
    .action(async (id: string | undefined, options: Options, self: Command) => {
      const { decideClass } = await import('../lib/decide-many.ts')
      const { oneOrClass } = await import('../lib/one-or-class.ts')
      const what = oneOrClass(id, options)
      if ('kind' in what) return decideClass('approve', { ...options, class: what.kind }, self)
      const { decided } = await import('../lib/actions.ts')
      const { parseMailEdit } = await import('../lib/mail-edit.ts')
      const { readText } = await import('../lib/read-file.ts')
      const { serverCall } = await import('../lib/server-call.ts')
      const { openAction } = await import('../lib/open-action.ts')
      const edit = options.edit === undefined ? undefined : parseMailEdit(await readText(options.edit), options.edit)
      const { id: whole, hash } = await openAction(what.id, options.hash)
      const done = await serverCall<ShownAction>(`/api/actions/${whole}/approve`, {
        as: options.as,
        body: { ...(hash === undefined ? {} : { hash }), ...(edit === undefined ? {} : { edit }) },
      })
      await answer(self, done, () => decided(done))
      if (done.status === 'expired')
        throw new DealwrightError('action_not_open', `Action ${what.id} had expired: nothing leaves.`)
    })
}
