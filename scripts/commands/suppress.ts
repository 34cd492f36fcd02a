import { Option, type Command } from 'commander'
import { table } from '../lib/table.ts'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Entry {
  id: string
  kind: string
  value: string
  name: string | null
  reason: string
  addedAt: string
  removedAt: string | null
}

interface Page {
  items: Entry[]
  next: string | null
}

export function command(program: Command): void {
  const suppress = program
    .command('suppress')
    .description('whom nobody may write to, by your own word; unsubscribes are kept apart and stand for ever')
  suppress
    .command('add')
    .description('never write to an address, a domain (*.domain: with all beneath) or an account')
    .argument('<whom>', 'address, domain or account id')
    .addOption(new Option('--kind <kind>', 'when its looks do not say').choices(['address', 'domain', 'account']))
    .requiredOption('--why <reason>', 'for whoever wonders')
    .option('--as <email>', 'who says so')
    .addHelpText('after', '\nExample: dealwright suppress add "*.rival.example" --why "a competitor"')
    .action(add)
  suppress
    .command('list')
    .description('whom nobody may write to, newest first')
    .option('--all', 'with what is no longer in force')
    .option('--as <email>', 'who asks')
    .addHelpText('after', '\nExample: dealwright suppress list')
    .action(list)
  suppress
    .command('remove')
    .description('take an entry out of force; it stays on record')
    .argument('<id>', 'of the entry, or its beginning')
    .requiredOption('--why <reason>', 'for the record')
    .option('--as <email>', 'who says so: manager, ops or admin')
    .addHelpText('after', '\nExample: dealwright suppress remove 3f2a9c01 --why "no competitor any more"')
    .action(remove)
}

async function add(whom: string, options: { kind?: string; why: string; as?: string }, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { guessKind } = await import('../../domain/policy/never.ts')
  const body = { kind: options.kind ?? guessKind(whom), value: whom, reason: options.why }
  const done = await serverCall<{ entry: Entry; made: boolean }>('/api/never-contact', { as: options.as, body })
  await answer(self, done, () =>
    done.made
      ? `Nobody writes to ${called(done.entry)} any more.`
      : `${called(done.entry)} was on the list already (${done.entry.reason}).`,
  )
}

async function entries(as: string | undefined, all: boolean): Promise<Entry[]> {
  const { serverCall } = await import('../lib/server-call.ts')
  const found: Entry[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ limit: '200', all: String(all), ...(cursor ? { cursor } : {}) })
    const page: Page = await serverCall<Page>(`/api/never-contact?${query.toString()}`, { as, method: 'GET' })
    found.push(...page.items)
    cursor = page.next
  }
  return found
}

async function list(options: { all?: boolean; as?: string }, self: Command): Promise<void> {
  const found = await entries(options.as, options.all === true)
  await answer(self, found, () =>
    found.length === 0
      ? 'The list is empty.'
      : table(
          [
            { head: 'id', get: one => shortId(one.id) },
            { head: 'whom', get: called, shrinkTo: 40 },
            { head: 'why', get: one => one.reason, shrinkTo: 40 },
            { head: 'since', get: one => one.addedAt },
            { head: 'in force', get: one => (one.removedAt === null ? 'yes' : 'no') },
          ],
          found,
        ),
  )
}

async function remove(id: string, options: { why: string; as?: string }, self: Command): Promise<void> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { byBeginning } = await import('../lib/by-beginning.ts')
  const { id: whole } = byBeginning('entry', await entries(options.as, false), id)
  const done = await serverCall<Entry>(`/api/never-contact/${whole}/remove`, {
    as: options.as,
    body: { reason: options.why },
  })
  await answer(self, done, () => `${called(done)} may be written to again.`)
}

function called({ kind, value, name }: Entry): string {
  return kind === 'account' ? `the account ${name ?? value}` : value
}
