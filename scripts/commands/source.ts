import { type Command, Option } from 'commander'
import { withDatabase } from '../lib/with-database.ts'
import { moment } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Options {
  mark?: 'internal' | 'open'
  as?: string
}

export function command(program: Command): void {
  program
    .command('source')
    .description('a page, mail or note as it was stored, whole: what facts quote')
    .argument('<id>', 'of the source, or its beginning')
    .addOption(
      new Option('--mark <how>', 'internal: nothing read in it enters what is written to a prospect').choices([
        'internal',
        'open',
      ]),
    )
    .option('--as <email>', 'who marks it; else whoever runs the command')
    .addHelpText(
      'after',
      '\nExample: dealwright source 5d0c77e1 --json\n         dealwright source 5d0c77e1 --mark internal\ntext.slice(start, end) is a fact’s quote.',
    )
    .action((id: string, options: Options, self: Command) =>
      options.mark === undefined ? show(id, self) : mark(id, options.mark === 'internal', options.as, self),
    )
}

async function show(given: string, self: Command): Promise<void> {
  const { findId } = await import('../lib/find.ts')
  const { sourceById } = await import('../../db/stores/evidence.ts')
  const source = await withDatabase('source', async ({ db }) => sourceById(db, await findId(db, 'source', given)))
  const { id, url, fetchedAt, hash, text, kind, title, internal } = source
  await answer(self, { id, kind, url, title, fetchedAt, internal, hash, text }, () => {
    const head = [
      title,
      url ?? kind.replaceAll('_', ' '),
      `${moment(fetchedAt)}, source ${id}${internal ? ', internal' : ''}`,
    ]
    return [...head.filter(Boolean), '', text].join('\n')
  })
}

async function mark(given: string, internal: boolean, as: string | undefined, self: Command): Promise<void> {
  const { acting } = await import('../lib/acting.ts')
  const { findId } = await import('../lib/find.ts')
  const { sourceToMark } = await import('../../db/stores/sources.ts')
  const { markInternal } = await import('../../db/stores/confidential.ts')
  const done = await withDatabase('source', async ({ db }) => {
    const { by, viewer } = await acting(db, as, 'account.change')
    const id = await findId(db, 'source', given)
    return db.tx(async tx => {
      await sourceToMark(tx, viewer, id)
      return { id, ...(await markInternal(tx, id, internal, by)) }
    })
  })
  await answer(self, done, () =>
    internal
      ? `Source ${done.id} is internal: nothing read in it enters what is written to a prospect. Mails withdrawn: ${done.withdrawn}.`
      : `Source ${done.id} is open again.`,
  )
}
