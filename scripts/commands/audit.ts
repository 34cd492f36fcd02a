import type { Command } from 'commander'
import type { AuditEvent } from '../../db/stores/audit.ts'
import { limit } from '../lib/limit.ts'
import { table } from '../lib/table.ts'
import { withDatabase } from '../lib/with-database.ts'
import { moment, shortId } from '../lib/words.ts'
import { answer } from '../output.ts'

interface Options {
  limit: number
  before?: number
}

export function command(program: Command): void {
  program
    .command('audit')
    .description('who did what to which record, newest first')
    .option('--limit <n>', 'how many at most', limit, 50)
    .option('--before <id>', 'only what is older than this event', limit)
    .addHelpText('after', '\nExample: dealwright audit --limit 20')
    .action(async (options: Options, self: Command) => {
      const { auditEvents } = await import('../../db/stores/audit.ts')
      const { events, names } = await withDatabase('audit', async ({ db }) => ({
        events: await auditEvents(db, options.limit, options.before),
        names: new Map(
          (await db.rows<{ id: string; name: string }>('select id, name from "user"')).map(one => [one.id, one.name]),
        ),
      }))
      await answer(self, events, () => human(events, names))
    })
}

function human(events: readonly AuditEvent[], names: ReadonlyMap<string, string>): string {
  if (events.length === 0) return 'Nothing is recorded.'
  return table<AuditEvent>(
    [
      { head: 'EVENT', get: row => row.id, right: true },
      { head: 'AT', get: row => moment(row.at) },
      { head: 'WHO', get: row => actorOf(row.actor, names), shrinkTo: 10 },
      { head: 'WHAT', get: row => row.type, shrinkTo: 14 },
      { head: 'TO', get: row => `${row.target} ${shortIfId(row.targetId)}`, shrinkTo: 12 },
      { head: 'DATA', get: row => dataOf(row.data), shrinkTo: 10 },
    ],
    events,
  )
}

function actorOf(actor: string, names: ReadonlyMap<string, string>): string {
  const [kind, id] = actor.split(':')
  if (id === undefined) return actor
  return kind === 'user' ? (names.get(id) ?? actor) : `${kind} ${shortIfId(id)}`
}

const shortIfId = (id: string): string => (/^[0-9a-f]{8}-/.test(id) ? shortId(id) : id)

/** Values in short; nothing where there is nothing to say. */
function dataOf(data: object): string {
  return Object.entries(data)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `${name} ${typeof value === 'string' ? (/^[0-9a-f]{40,}$/.test(value) ? value.slice(0, 12) : shortIfId(value)) : JSON.stringify(value)}`,
    )
    .join(', ')
}
