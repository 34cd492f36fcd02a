import type { Command } from 'commander'
import { terminalWidth } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  program
    .command('brief')
    .description('what is known of a lead and its company, each line with its quote: for before a call')
    .argument('<lead>', 'its id or the beginning of it, an e-mail address, or part of a name')
    .addHelpText('after', '\nExample: dealwright brief "Ann Lee"')
    .action(async (text: string, _options: unknown, self: Command) => {
      const { findLead } = await import('../lib/find.ts')
      const { describeCard, leadCard } = await import('../lib/lead-card.ts')
      const { findingsOfLead } = await import('../research/findings.ts')
      const { describeFindings } = await import('../research/describe.ts')
      const { leadById } = await import('../../db/stores/records.ts')
      const { card, found } = await withDatabase('brief', async ({ db }) => {
        const lead = await leadById(db, await findLead(db, text))
        const { qualification, ...found } = await findingsOfLead(db, lead)
        return { found, card: await leadCard(db, lead.id, qualification) }
      })
      const { lines, ...document } = found
      const width = terminalWidth()
      await answer(self, { ...document, lead: card }, () =>
        [
          describeCard(card, found.account?.name ?? null, width),
          '',
          describeFindings({ ...document, lines }, width),
        ].join('\n'),
      )
    })
}
