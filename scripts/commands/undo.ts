import type { Command } from 'commander'
import type { UndoOptions } from '../lib/undo.ts'

const WORDS = {
  action: { path: 'actions', description: 'take back what one action changed', example: 'undo action 3f2a9c01' },
  field: {
    path: 'changes',
    description: 'take back one change of a field, by the id that its history shows',
    example: 'undo field 3f2a9c01-7a41-4a1e-9d5c-0c2a1f6b7e10',
  },
} as const

export function command(program: Command): void {
  const undo = program
    .command('undo')
    .description(
      'take back one action or one change of a field, sparing what was edited since (a whole run: dealwright run undo)',
    )
  for (const [word, { path, description, example }] of Object.entries(WORDS))
    undo
      .command(word)
      .description(description)
      .argument('<id>', word === 'action' ? 'of the action, or its beginning' : 'of the change')
      .option('--preview', 'only say what would be taken back', false)
      .option('--as <email>', 'who; else the first admin or manager')
      .addHelpText('after', `\nExample: dealwright ${example} --preview`)
      .action(async (id: string, options: UndoOptions, self: Command) => {
        const { undoBy } = await import('../lib/undo.ts')
        await undoBy(path, word === 'action' ? await wholeId(id) : id, options, self)
      })
}

async function wholeId(id: string): Promise<string> {
  const { findId } = await import('../lib/find.ts')
  const { requireServer } = await import('../lib/server-call.ts')
  const { withDatabase } = await import('../lib/with-database.ts')
  await requireServer()
  return withDatabase('undo', ({ db }) => findId(db, 'action', id))
}
