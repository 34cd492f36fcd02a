import { type Command, Option } from 'commander'
import type { Receipt } from '../../server/privacy.ts'
import { LAWFUL_BASES, ORIGINS } from '../../domain/privacy/basis.ts'
import { answer } from '../output.ts'
import type { BasisOptions } from '../privacy/basis.ts'
import type { RetentionOptions } from '../privacy/retention.ts'

interface Options {
  as?: string
}

/** Where there are many rows, all of them are gone over. */
const LONGEST_ERASURE_MS = 280_000
const LEAD = ['<lead>', 'a lead of theirs: its id, the e-mail address, or part of the name'] as const
const AS = ['--as <email>', 'who; else whoever runs the command, or the first admin where the server is asked'] as const

export function command(program: Command): void {
  const privacy = program
    .command('privacy')
    .description('data of people: given to them, erased, on what ground it is held, how long what is kept')
  privacy
    .command('export')
    .description('write all that is stored of a person to a new file, as JSON')
    .argument(...LEAD)
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
    .argument(...LEAD)
    .requiredOption('--yes', 'it cannot be undone')
    .option('--as <email>', 'who; else the first admin')
    .addHelpText('after', '\nExample: dealwright privacy erase anna@acme.example --yes')
    .action(async (lead: string, options: Options, self: Command) => {
      const { serverCall } = await import('../lib/server-call.ts')
      const id = await contactOf(lead)
      const receipt = await serverCall<Receipt>(`/api/contacts/${id}/erasure`, {
        as: options.as,
        limitMs: LONGEST_ERASURE_MS,
      })
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
  terms(privacy)
  keeping(privacy)
}

async function contactOf(lead: string): Promise<string> {
  const { requireServer } = await import('../lib/server-call.ts')
  const { withDatabase } = await import('../lib/with-database.ts')
  const { contactOf: find } = await import('../lib/contact-of.ts')
  await requireServer()
  return withDatabase('privacy', ({ db }) => find(db, lead))
}

function terms(privacy: Command): void {
  privacy
    .command('basis')
    .description('on what ground a person’s data is held, and where it came from; with options, says so')
    .argument(...LEAD)
    .addOption(new Option('--basis <ground>', 'as the GDPR names them').choices([...LAWFUL_BASES, 'unknown']))
    .option('--on <date>', 'since when')
    .option('--note <text>', 'what there is to say of it')
    .addOption(new Option('--origin <word>', 'where they came from').choices([...ORIGINS, 'unknown']))
    .option('--origin-id <id>', 'of the import, form, run, user, mail, or who referred them')
    .option('--why <text>', 'why it is changed')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright privacy basis anna@acme.example --basis consent --on 2026-11-02')
    .action(async (lead: string, options: BasisOptions, self: Command) =>
      (await import('../privacy/basis.ts')).basis(await contactOf(lead), options, self),
    )
  privacy
    .command('settings')
    .description('what is asked for where data of people comes in; with options, sets it')
    .addOption(
      new Option('--import-basis <need>', 'whether rows of files need a lawful basis').choices([
        'required',
        'optional',
      ]),
    )
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright privacy settings --import-basis required')
    .action(async (options: { importBasis?: string; as?: string }, self: Command) =>
      (await import('../privacy/retention.ts')).settings(options, self),
    )
}

function keeping(privacy: Command): void {
  privacy
    .command('retention')
    .description('how long each kind of data is kept; with options, sets it or counts what would go')
    .option(
      '--set <kind=days>',
      'days, or forever; may be given several times',
      (one, all: string[]) => [...all, one],
      [],
    )
    .option('--preview', 'count what would go now, by the times given with --set where there are any; sets nothing')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright privacy retention --set mail=1095 --preview')
    .action(async (options: RetentionOptions, self: Command) =>
      (await import('../privacy/retention.ts')).retention(options, self),
    )
  privacy
    .command('sweep')
    .description('take away now what is past its time, instead of when the next sweep is due')
    .requiredOption('--yes', 'it cannot be undone')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright privacy sweep --yes')
    .action(async (options: Options, self: Command) => (await import('../privacy/retention.ts')).sweep(options, self))
  privacy
    .command('hold')
    .description('put a person under legal hold: nothing of them is erased or swept')
    .argument(...LEAD)
    .requiredOption('--why <text>', 'the reason')
    .option('--company', 'their whole company')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright privacy hold anna@acme.example --why "case 11 O 42/26"')
    .action(async (lead: string, options: { why: string; company?: boolean; as?: string }, self: Command) =>
      (await import('../privacy/retention.ts')).hold(lead, options, self),
    )
  privacy
    .command('release')
    .description('release a legal hold')
    .argument('<id>', 'of the hold, or its beginning')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright privacy release 5d0c77e1')
    .action(async (id: string, options: Options, self: Command) =>
      (await import('../privacy/retention.ts')).release(id, options, self),
    )
  privacy
    .command('holds')
    .description('legal holds, those in force first')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright privacy holds')
    .action(async (options: Options, self: Command) => (await import('../privacy/retention.ts')).holds(options, self))
}

function inWords({ id, contactId, at, rows, left }: Receipt): string {
  return [
    `Contact ${contactId} was erased on ${at}. Receipt ${id}:`,
    ...Object.entries(rows).map(([table, n]) => `  ${table}: ${n}`),
    ...left.map(({ table, why }) => `  LEFT in ${table}: ${why}`),
  ].join('\n')
}
