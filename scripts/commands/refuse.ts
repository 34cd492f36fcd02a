import type { Command } from 'commander'
import type { ShownAction } from '../lib/actions.ts'
import { answer } from '../output.ts'

interface Options {
  why: string
  hash?: string
  as?: string
  class?: string
  playbook?: string
  these?: string
}

export function command(program: Command): void {
  program
    .command('refuse')
    .description('refuse an action, with the reason: it will never happen')
    .argument('[id]', 'of the action, or its beginning')
    .requiredOption('--why <reason>', 'what is wrong with it, for whoever wrote the playbook')
    .option('--hash <hash>', 'of what you looked at, or its first 8 digits')
    .option('--as <email>', 'who decides; else the first admin or manager')
    .option('--class <kind>', 'instead of one: what waits of this kind, such as send_mail, shown with the hash of each')
    .option('--playbook <name>', 'with --class: only of this playbook')
    .option('--these <list>', 'with --class: refuse these, each as ID:HASH')
    .addHelpText('after', '\nExample: dealwright refuse 3f2a9c01 --why "we met them yesterday"')
    .action(async (id: string | undefined, options: Options, self: Command) => {
      const { decideClass } = await import('../lib/decide-many.ts')
      const { oneOrClass } = await import('../lib/one-or-class.ts')
      const what = oneOrClass(id, options)
      if ('kind' in what) return decideClass('refuse', { ...options, class: what.kind }, self)
      const { decided } = await import('../lib/actions.ts')
      const { serverCall } = await import('../lib/server-call.ts')
      const { openAction } = await import('../lib/open-action.ts')
      const { id: whole, hash } = await openAction(what.id, options.hash)
      const done = await serverCall<ShownAction>(`/api/actions/${whole}/refuse`, {
        as: options.as,
        body: { why: options.why, ...(hash === undefined ? {} : { hash }) },
      })
      await answer(self, done, () => decided(done))
    })
}
