import type { Command } from 'commander'
import { withDatabase } from '../lib/with-database.ts'
import { moment } from '../lib/words.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  program
    .command('source')
    .description('a page, mail or note as it was stored, whole: what facts quote')
    .argument('<id>', 'of the source, or its beginning')
    .addHelpText('after', '\nExample: dealwright source 5d0c77e1 --json\ntext.slice(start, end) is a fact’s quote.')
    .action(async (id: string, _options: unknown, self: Command) => {
      const { findId } = await import('../lib/find.ts')
      const { sourceById } = await import('../../db/stores/evidence.ts')
      const source = await withDatabase('source', async ({ db }) => sourceById(db, await findId(db, 'source', id)))
      const { url, fetchedAt, hash, text, kind, title } = source
      await answer(self, { id: source.id, kind, url, title, fetchedAt, hash, text }, () => {
        const head = [title, url ?? kind.replaceAll('_', ' '), `${moment(fetchedAt)}, source ${source.id}`]
        return [...head.filter(Boolean), '', text].join('\n')
      })
    })
}
