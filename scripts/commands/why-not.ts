import type { Command } from 'commander'
import type { WhyNot } from '../../domain/why-not/sentence.ts'
import { withDatabase } from '../lib/with-database.ts'
import { moment } from '../lib/words.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  program
    .command('why-not')
    .description('what the agents did not do for a lead, and why, newest first')
    .argument('<lead>', 'its id or the beginning of it, the e-mail address, or part of a name')
    .addHelpText('after', '\nExample: dealwright why-not "Marby"')
    .action(async (lead: string, _options: unknown, self: Command) => {
      const { INSTALLATION } = await import('../../domain/access/viewer.ts')
      const { whyNot } = await import('../../db/stores/why-not.ts')
      const { findLead } = await import('../lib/find.ts')
      const ledger = await withDatabase('why-not', async ({ db }) =>
        whyNot(db, INSTALLATION, 'lead', await findLead(db, lead)),
      )
      await answer(self, ledger, () => human(ledger))
    })
}

function human(ledger: readonly WhyNot[]): string {
  if (ledger.length === 0) return 'Nothing was left undone.'
  return ledger.map(({ at, sentence }) => `${moment(at)}  ${sentence}`).join('\n')
}
