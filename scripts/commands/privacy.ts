import type { Command } from 'commander'
import type { Receipt } from '../../server/privacy.ts'
import { answer } from '../output.ts'

interface Options {
  as?: string
}

export function command(program: Command): void {
  const privacy = program
    .command('privacy')
    .description('a person’s data on request: all of it for them to have, or all of it erased')
  privacy
    .command('export')
    .description('write all that is stored of a person to a new file, as JSON')
    .argument('<lead>', 'a lead of theirs: its id, the e-mail address, or part of the name')
    .argument('<file>', 'that does not exist yet')
    .option('--as <email>', 'who; else the first admin')
    .addHelpText('after', '\nExample: dealwright privacy export anna@acme.example anna.json')
    .action(async (lead: string, file: string, options: Options, self: Command) => {
      const { writeFileSync } = await import('node:fs')
      const { serverCall } = await import('../lib/server-call.ts')
      const id = await contactOf(lead)
      const document = await serverCall<object>(`/api/contacts/${id}/export`, { as: options.as, method: 'GET' })
      writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
      await answer(self, { contact: id, file }, () => `All that is stored of contact ${id} is in ${file}.`)
    })
  privacy
    .command('erase')
    .description(
      'erase a person for good: sources, mails, facts, values; what is left is a receipt and a keyed hash of the address',
    )
    .argument('<lead>', 'a lead of theirs: its id, the e-mail address, or part of the name')
    .requiredOption('--yes', 'it cannot be undone')
    .option('--as <email>', 'who; else the first admin')
    .addHelpText('after', '\nExample: dealwright privacy erase anna@acme.example --yes')
    .action(async (lead: string, options: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const id = await contactOf(lead)
      const receipt = await serverCall<Receipt>(`/api/contacts/${id}/erasure`, { as: options.as })
      await answer(self, receipt, () => inWords(receipt))
    })
  privacy
    .command('receipts')
    .description('the receipts of erasures, newest first')
    .option('--as <email>', 'who; else the first admin')
    .addHelpText('after', '\nExample: dealwright privacy receipts')
    .action(async (options: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const all = await serverCall<Receipt[]>('/api/erasures', { as: options.as, method: 'GET' })
      await answer(self, all, () => (all.length === 0 ? 'Nobody was erased.' : all.map(inWords).join('\n\n')))
    })
}

async function contactOf(lead: string): Promise<string> {
  const { findLead } = await import('../lib/find.ts')
  const { requireServer } = await import('../lib/server-call.ts')
  const { withDatabase } = await import('../lib/with-database.ts')
  const { leadById } = await import('../../db/stores/records.ts')
  const { DealwrightError } = await import('../../domain/errors.ts')
  await requireServer()
  return withDatabase('privacy', async ({ db }) => {
    const { id, contactId } = await leadById(db, await findLead(db, lead))
    if (contactId === null)
      throw new DealwrightError('not_found', `Lead ${id} has no contact: there is no person to it.`)
    return contactId
  })
}

function inWords({ id, contactId, at, rows, left }: Receipt): string {
  return [
    `Contact ${contactId} was erased on ${at}. Receipt ${id}:`,
    ...Object.entries(rows).map(([table, n]) => `  ${table}: ${n}`),
    ...left.map(({ table, why }) => `  LEFT in ${table}: ${why}`),
  ].join('\n')
}
