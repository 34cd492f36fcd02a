import type { Command } from 'commander'
import { table } from '../lib/table.ts'
import { shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Suggestion {
  id: string
  kind: string
  recordId: string
  field: string
  value: unknown
  quote: string | null
  status: string
}

interface Options {
  as?: string
}

const AS = ['--as <email>', 'who; else the first admin or manager'] as const

export function command(program: Command): void {
  const suggestion = program
    .command('suggestion')
    .description('values that agents read for fields that a person owns: they wait for a person')
  suggestion
    .command('list')
    .description('what is suggested and not decided, newest first, with the quote')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright suggestion list')
    .action(async ({ as }: Options, self: Command) => {
      const items = await open(as)
      await answer(self, items, () => (items.length === 0 ? 'Nothing is suggested.' : inWords(items)))
    })
  for (const [word, description] of [
    ['accept', 'take over a suggested value; the field stays the person’s'],
    ['refuse', 'leave the field as it is'],
  ] as const)
    suggestion
      .command(word)
      .description(description)
      .argument('<id>', 'of the suggestion, or its beginning')
      .option(...AS)
      .addHelpText('after', `\nExample: dealwright suggestion ${word} 3f2a9c01`)
      .action(async (id: string, { as }: Options, self: Command) => {
        const { serverCall } = await import('../lib/server-call.ts')
        const { findStart } = await import('../lib/find-start.ts')
        const { id: whole } = findStart('suggestion', id, await open(as))
        const done = await serverCall<Suggestion>(`/api/suggestions/${whole}/${word}`, { as })
        await answer(self, done, () => `${done.status}: ${done.field} of ${done.kind} ${shortId(done.recordId)}`)
      })
}

async function open(as: string | undefined): Promise<Suggestion[]> {
  const { serverCall } = await import('../lib/server-call.ts')
  const { items } = await serverCall<{ items: Suggestion[] }>('/api/suggestions?limit=200', { as, method: 'GET' })
  return items
}

const inWords = (items: readonly Suggestion[]): string =>
  table<Suggestion>(
    [
      { head: 'SUGGESTION', get: row => shortId(row.id) },
      { head: 'OF', get: row => `${row.kind} ${shortId(row.recordId)}` },
      { head: 'FIELD', get: row => row.field, shrinkTo: 12 },
      {
        head: 'VALUE',
        get: row => (typeof row.value === 'string' ? row.value : JSON.stringify(row.value)),
        shrinkTo: 16,
      },
      { head: 'QUOTE', get: row => row.quote, shrinkTo: 24 },
    ],
    items,
  )
