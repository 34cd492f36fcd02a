import type { Command } from 'commander'
import type { KnowledgeItem } from '../../db/stores/people.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { plural, shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

export function command(program: Command): void {
  const knowledge = program
    .command('knowledge')
    .description('what agents may say of ourselves: offerings, proof points, case studies, prices, voice')
  knowledge
    .command('load')
    .description('approve the Markdown files of a folder; a changed one takes the place of the earlier')
    .argument('<folder>', 'with one .md file an item: id, kind, title and source in its front matter')
    .option('--as <email>', 'who approves: ops or admin')
    .addHelpText('after', '\nExample: dealwright knowledge load knowledge/')
    .action(load)
  knowledge
    .command('list')
    .description('the approved items')
    .addHelpText('after', '\nExample: dealwright knowledge list')
    .action(async (_options: unknown, self: Command) => {
      const { approvedKnowledge } = await import('../../db/stores/people.ts')
      const items = await withDatabase('knowledge list', ({ db }) => approvedKnowledge(db))
      await answer(self, items, () => list(items))
    })
}

interface Loaded {
  id: string
  kind: string
  title: string
  /** Against what was approved before. */
  change: 'new' | 'changed' | 'same'
}

async function load(folder: string, options: { as?: string }, self: Command): Promise<void> {
  const { readKnowledge } = await import('../lib/knowledge-files.ts')
  const { approveKnowledge, approvedKnowledge } = await import('../../db/stores/people.ts')
  const { sha256 } = await import('../../domain/gate/canonical.ts')
  const { publisher } = await import('../lib/by.ts')
  const files = await readKnowledge(folder)
  const items = await withDatabase('knowledge load', async ({ db }) => {
    const by = await publisher(db, options.as)
    return db.tx(async tx => {
      const before = new Map((await approvedKnowledge(tx)).map(item => [item.id, item]))
      const loaded: Loaded[] = []
      for (const { id, kind, title, text, lang } of files) {
        const known = before.get(id)
        const same =
          known !== undefined &&
          known.text === text &&
          known.title === title &&
          known.kind === kind &&
          known.lang === lang
        await approveKnowledge(tx, { id, kind, title, text, lang, hash: sha256(text) }, by)
        loaded.push({ id, kind, title, change: known === undefined ? 'new' : same ? 'same' : 'changed' })
      }
      return loaded
    })
  })
  await answer(self, { items }, () => {
    const count = (change: Loaded['change']) => items.filter(item => item.change === change).length
    return `${plural(items.length, 'item')} approved: ${count('new')} new, ${count('changed')} changed, ${count('same')} as before.`
  })
}

function list(items: readonly KnowledgeItem[]): string {
  if (items.length === 0)
    return 'Nothing is approved: agents can say nothing of ourselves. Load a folder: dealwright knowledge load DIR'
  return table<KnowledgeItem>(
    [
      { head: 'ID', get: row => row.id },
      { head: 'KIND', get: row => row.kind.replaceAll('_', ' ') },
      { head: 'TITLE', get: row => row.title, shrinkTo: 16 },
      { head: 'TEXT', get: row => row.text, shrinkTo: 20 },
      { head: 'SOURCE', get: row => shortId(row.sourceId) },
    ],
    items,
  )
}
